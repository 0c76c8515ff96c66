/**
 * pytest-json-report: one document `{created, duration, exitcode, root, environment, summary, tests: [{nodeid, outcome, setup, call, teardown}]}`. Tests have
 * durations and no start. Read as a whole: such a report is some megabytes at most.
 */
import type { Ingester } from "../ingester.js";
import { asArray, asNumber, asObject, asText, parseObject } from "../json/json-fields.js";
import { emitResult, milliseconds, outcomeOf, resultsOnly } from "../test-results.js";

/** Largest report that is read [characters]. */
const SIZE_LIMIT = 64 * 1024 * 1024;

export const pytestJsonReport: Ingester = {
  id: "pytest-json-report",
  matches: (head) =>
    /^\s*\{/.test(head) && /"exitcode"\s*:/.test(head) && /"(?:created|root|tests)"\s*:/.test(head) && !head.includes('"$report_type"'),
  async read(source, recorder) {
    let text = "";
    let lines = 0;
    let last = "\n";
    for await (const chunk of source.chunks) {
      lines += chunk.split("\n").length - 1;
      last = chunk.at(-1) ?? last;
      if (text.length <= SIZE_LIMIT) text += chunk;
    }
    if (last !== "\n") lines += 1;
    const report = text.length > SIZE_LIMIT ? null : parseObject(text);
    if (!report) {
      recorder.diagnose(text.length > SIZE_LIMIT ? "document-too-large" : "unreadable-document", "warning", { line: 1 });
      recorder.count("unparsed", lines);
      return;
    }
    let found = 0;
    for (const entry of asArray(report.tests)) {
      const test = asObject(entry);
      const outcome = outcomeOf(asText(test.outcome));
      if (outcome === undefined) continue;
      const durationMs = milliseconds(asNumber(asObject(test.call).duration)?.toString());
      found += 1;
      emitResult(recorder, {
        type: "test-result",
        nodeId: asText(test.nodeid),
        outcome,
        ...(durationMs === undefined ? {} : { durationMs }),
        evidence: recorder.evidence(1),
      });
    }
    recorder.count(found > 0 ? "matched" : "ignored", lines);
    resultsOnly(recorder);
  },
};
