/**
 * pytest-reportlog: a JSON row for each phase of each test (`$report_type`: SessionStart, CollectReport, TestReport, WarningMessage, SessionFinish).
 * `start` and `stop` are epoch seconds, in rows written since 2023; older rows have no clock. The captured sections of a row have no times of
 * their own and are not read. A test has one result: of its call, or of the setup or teardown that did not pass.
 */
import type { TestResult } from "../../model/event.js";
import type { JsonObject } from "../../model/text/json-object.js";
import { forEachLine } from "../bytes/lines.js";
import type { Ingester } from "../ingester.js";
import { asNumber, asText, parseObject } from "../json/json-fields.js";
import type { LineClass, Recorder } from "../recorder.js";
import { emitResult, milliseconds, outcomeOf, resultsOnly } from "../test-results.js";

/** Rows carry tracebacks and captured output [characters]. */
const ROW_LIMIT = 16 * 1024 * 1024;

export const pytestReportlog: Ingester = {
  id: "pytest-reportlog",
  matches: (head) => /^\s*\{/.test(head) && /"\$report_type"\s*:\s*"/.test(head),
  async read(source, recorder) {
    const cut = await forEachLine(source, (text, line) => recorder.count(classify(text, line, recorder)), ROW_LIMIT);
    if (cut > 0) recorder.diagnose("long-line", "warning", { lines: cut, limit: ROW_LIMIT });
    resultsOnly(recorder);
  },
};

function classify(text: string, line: number, recorder: Recorder): LineClass {
  if (text.trim() === "") return "ignored";
  const row = parseObject(text);
  if (!row) {
    recorder.diagnose("unreadable-document", "warning", { line }, recorder.evidence(line, text));
    return "unparsed";
  }
  const result = row.$report_type === "TestReport" ? readReport(row, line, recorder) : null;
  if (!result) return "ignored";
  emitResult(recorder, result);
  return "matched";
}

function readReport(row: JsonObject, line: number, recorder: Recorder): TestResult | null {
  const outcome = outcomeOf(asText(row.outcome));
  const isCall = row.when === "call";
  if (outcome === undefined || (!isCall && outcome === "passed")) return null;
  const start = asNumber(row.start);
  const durationMs = milliseconds(asNumber(row.duration)?.toString());
  return {
    type: "test-result",
    nodeId: asText(row.nodeid),
    outcome: !isCall && outcome === "failed" ? "error" : outcome,
    ...(start === undefined ? {} : { startedUtc: Math.round(start * 1e6) / 1000 }),
    ...(durationMs === undefined ? {} : { durationMs }),
    evidence: recorder.evidence(line),
  };
}
