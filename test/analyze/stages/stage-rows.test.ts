import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { StageInterval } from "../../../src/analyze/stages/stage-intervals.js";
import { StageRows } from "../../../src/analyze/stages/stage-rows.js";
import type { ReportInvestigationStage } from "../../../src/model/report.js";
import { isoFromEpoch, localIso } from "../../../src/model/time.js";
import type { Investigation } from "../../../src/model/timeline.js";
import { MarkPoint } from "../../../src/timeline/investigations/mark-point.js";
import { mark } from "../../timeline/builders.js";

const evidence = fc.record({ source: fc.nat(3), line: fc.nat(), text: fc.string() }, { requiredKeys: ["source", "line"] });
const time = fc.double({ noNaN: true, min: 1e12, max: 2e12 });
const interval = fc
  .record({
    stage: fc.constantFrom("connect", "frames", "חיבור", "__proto__"),
    from: time,
    to: fc.option(time, { nil: undefined }),
    durationMs: fc.option(fc.double({ noNaN: true }), { nil: null }),
    resolutionMs: fc.constantFrom(0.001, 1, 1000),
    outcome: fc.constantFrom("ok", "failed", "censored"),
    evidence: fc.array(evidence, { minLength: 1, maxLength: 2 }),
  })
  .map((fields): StageInterval => {
    const begin = new MarkPoint(mark("connect-start", 0));
    const investigation: Investigation = { number: 1, jobId: null, outcome: "ok", attempts: 1, points: [begin] };
    return { ...fields, investigation, begin, end: undefined };
  });

/** As a report has said it ever since. */
function rowOf(
  { stage, from, to, durationMs, resolutionMs, outcome, evidence: lines }: StageInterval,
  offsetMs: number | null,
): ReportInvestigationStage {
  const rest = { durationMs, resolutionMs, outcome, evidence: lines };
  if (offsetMs !== null)
    return { stage, from: isoFromEpoch(from - offsetMs), to: to === undefined ? null : isoFromEpoch(to - offsetMs), ...rest };
  return { stage, from: null, to: null, fromLocal: localIso(from), ...(to === undefined ? {} : { toLocal: localIso(to) }), ...rest };
}

describe("rows of stages", () => {
  test("come back as the report says them, whatever the clock and however many there are", () => {
    const groups = fc.array(
      fc.record({
        intervals: fc.array(interval, { maxLength: 12 }),
        offsetMs: fc.option(fc.double({ noNaN: true, min: -1e8, max: 1e8 })),
        times: fc.constantFrom(1, 1, 200),
      }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(groups, (given) => {
        const rows = new StageRows();
        const added = given.flatMap(({ intervals, offsetMs, times }) => {
          const clusterTime = offsetMs === null ? null : (reading: number) => reading - offsetMs;
          return Array.from({ length: times }, () => ({ intervals, offsetMs, range: rows.add(intervals, clusterTime) }));
        });
        for (const { intervals, offsetMs, range } of added) {
          const said = intervals.map((one) => rowOf(one, offsetMs));
          expect(JSON.stringify(rows.rowsOf(range))).toBe(JSON.stringify(said));
        }
      }),
      { numRuns: 60 },
    );
  });
});
