import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Ingester } from "../../src/ingest/ingester.js";
import { junitXml } from "../../src/ingest/readers/junit-xml.js";
import { pytestJsonReport } from "../../src/ingest/readers/pytest-json-report.js";
import { pytestReportlog } from "../../src/ingest/readers/pytest-reportlog.js";
import { robotXml } from "../../src/ingest/readers/robot-xml.js";
import type { Recorder } from "../../src/ingest/recorder.js";
import { physicalLines, readWith } from "./support.js";

const sample = (name: string): string => readFileSync(`samples/ugly-logs/${name}`, "utf8");
const results = ({ events }: Recorder) =>
  events.flatMap((event) => (event.type === "test-result" ? [[event.nodeId, event.outcome, event.durationMs, event.started?.at]] : []));

describe("JUnit XML", () => {
  test("of pytest gives outcomes and durations, and no start", async () => {
    const recorder = await readWith(junitXml, sample("junit-pytest.xml"));
    expect(results(recorder)).toEqual([
      ["tests.load.test_investigations.test_one[5s]", "passed", 12_345, undefined],
      ["tests.load.test_investigations.test_two", "failed", 9100, undefined],
      ["tests.load.test_investigations.test_three", "skipped", 1, undefined],
      ["tests.load.test_investigations.test_four", "error", 300, undefined],
    ]);
    expect(recorder.counts).toEqual({ lines: 10, matched: 7, ignored: 3, unparsed: 0 });
    expect([recorder.usable, recorder.clock, recorder.from]).toEqual([false, null, null]);
    expect(recorder.diagnostics.find(({ id }) => id === "failed-tests")).toMatchObject({ count: 2 });
  });

  test("of mocha: thousands separators, an empty duration", async () => {
    expect(results(await readWith(junitXml, sample("junit-mocha.xml")))).toEqual([
      ["stream.opens", "passed", 1_200_500, undefined],
      ["stream.closes", "failed", undefined, undefined],
    ]);
  });
});

describe("Robot's output.xml", () => {
  test("has the result of a test in the status of the test, not in those of its keywords", async () => {
    const keyword = '<kw name="k"><status status="FAIL"/></kw>';
    const text = `<robot generator="Robot 7"><suite name="s"><test name="a">${keyword}<status status="PASS"/></test><test name="b">${keyword}</test></suite></robot>\n`;
    expect(results(await readWith(robotXml, text))).toEqual([["s.a", "passed", undefined, undefined]]);
  });

  test.each([
    ["robot-6.xml", "failed"],
    ["robot-7.xml", "passed"],
  ])("%s: the test has its start, of its own status and not of a keyword's", async (name, outcome) => {
    const recorder = await readWith(robotXml, sample(name));
    expect(results(recorder)).toEqual([["Load.Investigation", outcome, 3500, Date.parse("2025-12-07T10:51:11.900Z")]]);
    expect([recorder.clock, recorder.from]).toEqual(["runner", Date.parse("2025-12-07T10:51:11.900Z")]);
  });

  test("a message of several lines is one record", async () => {
    const text = '<robot generator="Robot 6"><msg timestamp="20251207 10:51:15.323" level="FAIL">Failed to connect: a\nb</msg></robot>\n';
    const { events, counts } = await readWith(robotXml, text);
    expect(events).toMatchObject([{ mark: "failed", at: { at: Date.parse("2025-12-07T10:51:15.323Z"), resolutionMs: 1 } }]);
    expect(counts).toEqual({ lines: 2, matched: 2, ignored: 0, unparsed: 0 });
  });
});

describe("reports of pytest's plugins", () => {
  test("reportlog: one result a test; rows without a clock have no start; captured sections give no event", async () => {
    const recorder = await readWith(pytestReportlog, `${sample("reportlog.jsonl")}{"cut`);
    expect(recorder.events).toMatchObject([
      { nodeId: "tests/test_load.py::test_one", outcome: "passed", durationMs: 12_500, startedUtc: 1_765_097_475_400 },
      { nodeId: "tests/test_load.py::test_two", outcome: "error", durationMs: 100 },
    ]);
    expect(recorder.events[1]).not.toHaveProperty("startedUtc");
    expect(recorder.counts).toEqual({ lines: 7, matched: 2, ignored: 4, unparsed: 1 });
  });

  test("json-report: outcomes, and the duration of the call", async () => {
    expect(results(await readWith(pytestJsonReport, sample("json-report.json")))).toEqual([
      ["tests/test_load.py::test_one", "passed", 12_500, undefined],
      ["tests/test_load.py::test_two", "failed", 2500, undefined],
    ]);
    expect((await readWith(pytestJsonReport, '{"exitcode": 1,\n"tests": [')).counts).toEqual({
      lines: 2,
      matched: 0,
      ignored: 0,
      unparsed: 2,
    });
  });
});

test("every line of a report that is cut or broken anywhere is counted exactly once", async () => {
  const readers: readonly (readonly [Ingester, string])[] = [
    [junitXml, "junit-pytest.xml"],
    [junitXml, "junit-entities.xml"],
    [robotXml, "robot-6.xml"],
    [pytestReportlog, "reportlog.jsonl"],
    [pytestJsonReport, "json-report.json"],
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...readers),
      fc.nat(2000),
      fc.nat(2000),
      fc.string({ maxLength: 3 }),
      async ([reader, name], from, length, noise) => {
        const text = sample(name);
        const broken = text.slice(0, from) + noise + text.slice(from + (length % 60));
        const { counts } = await readWith(reader, broken, 99);
        expect(counts.lines).toBe(physicalLines(broken.replaceAll("\r\n", "\n").replace(/^\ufeff/, "")));
        expect(counts.matched + counts.ignored + counts.unparsed).toBe(counts.lines);
        expect(Math.min(counts.matched, counts.ignored, counts.unparsed)).toBeGreaterThanOrEqual(0);
      },
    ),
    { numRuns: 300 },
  );
});
