/** A report from a written timeline is that of the inputs, but for the list of sources. */
import { createWriteStream, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { describe, expect, test } from "vitest";
import type { Report } from "../../src/model/report.js";
import { type AnalyzeOptions, analyze, inspect } from "../../src/postrun.js";
import { simulateRun } from "../../src/simulate/index.js";
import { folderForEachTest } from "../folder-for-each-test.js";
import { FORMAT_MATRIX } from "../ingest/format-matrix.js";
import { fixedFrame } from "./frame.js";

let folder = "";
folderForEachTest("timeline", (path) => {
  folder = path;
});

/** The report of the inputs, and that of their timeline. */
async function bothReports(options: Omit<AnalyzeOptions, "frame">): Promise<readonly [Report, Report]> {
  const timeline = join(folder, "timeline.ndjson");
  const rest = { frame: fixedFrame, whatIf: false, ...options };
  const first = await analyze({ ...rest, onTimeline: (ndjson) => pipeline(ndjson, createWriteStream(timeline)) });
  return [first, await analyze({ ...rest, inputs: [timeline] })];
}

/** The report with sources named where a number says which, and without the timeline itself among them. */
function comparable({ sources, ...report }: Report): unknown {
  const named = JSON.parse(JSON.stringify(report), (key, value: unknown) =>
    key === "source" && typeof value === "number" ? sources[value]?.path : value,
  );
  return { ...named, sources: sources.filter(({ format }) => format !== "postrun-timeline") };
}

/** Envelopes that hold nothing to report on alone, as those without an event do. */
const UNUSABLE = new Set(["junit-xml", "pytest-reportlog", "pytest-json-report", "kubectl-table", "error-text", "empty"]);

const samples = [
  ...readdirSync("samples", { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !["capture", "python", "pytest-run"].includes(entry.name))
    .map(({ name }) => ({ sample: name, ...(name === "batch-jobs" ? { profile: "batch-jobs" } : {}) })),
  ...FORMAT_MATRIX.filter(({ format, events }) => !UNUSABLE.has(format) && events !== 0).map(({ sample }) => ({ sample })),
];

describe("the report from a timeline is that of the inputs", () => {
  test.each(samples)("$sample", async ({ sample, ...options }) => {
    const [first, again] = await bothReports({ inputs: [join("samples", sample)], ...options });
    expect(comparable(again)).toEqual(comparable(first));
    expect(again.sources[0]).toMatchObject({ format: "postrun-timeline", ignored: 0, unparsed: 0 });
  });

  test("whichever of its runs is asked about, with what was said in that run", async () => {
    const scripts = ["run_30_investigations_test.py", "run_277_investigations_test.py"];
    const logs = scripts.map((script, index) =>
      simulateRun({ seed: script, script, investigations: 5, startAt: Date.UTC(2026, 0, 5 + index, 9) }).files.get("test-run.log"),
    );
    writeFileSync(join(folder, "a.log"), logs.join(""));
    const found = [];
    for (const run of [1, 2, "all"] as const) {
      const [first, again] = await bothReports({ inputs: [join(folder, "a.log")], run });
      expect(comparable(again)).toEqual(comparable(first));
      found.push(
        again.parameters.test?.value,
        again.diagnostics.some(({ id }) => id === "parameter-ambiguous"),
      );
    }
    expect(found).toEqual(["30", false, "277", false, null, true]);
  });

  test("and inspecting it shows what was told of each source", async () => {
    const inputs = ["samples/ugly-logs/structlog.jsonl", "samples/ugly-logs/live-without-date.log"];
    await bothReports({ inputs });
    const [plain, again] = await Promise.all(
      [inputs, [join(folder, "timeline.ndjson")]].map((given) => inspect({ inputs: given, frame: fixedFrame })),
    );
    const told = (found: typeof plain) => found?.sources.map(({ path, diagnostics }) => [path, diagnostics.map(({ id }) => id)]);
    expect(told(again)?.slice(1)).toEqual(told(plain));
    expect(told(plain)).toContainEqual([inputs[1], expect.arrayContaining(["date-from-file"])]);
  });
});
