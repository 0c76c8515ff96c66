import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { littlesLaw, littlesLawDiagnostics } from "../../../src/analyze/concurrency/littles-law.js";
import type { Report, ReportJob, StepCurve } from "../../../src/model/report.js";
import { countOpen } from "../../../src/model/statistics/step-function.js";
import { isoFromEpoch } from "../../../src/model/time.js";
import { T0 } from "../../timeline/builders.js";

const interval = fc.tuple(fc.integer({ min: -5_000, max: 60_000 }), fc.option(fc.nat(30_000), { nil: undefined }));
const window = fc.tuple(fc.nat(20_000), fc.integer({ min: 1, max: 60_000 }));
type Given = readonly (readonly [number, number | undefined])[];

function jobRow(index: number, from: number, to: number | undefined): ReportJob {
  return {
    ...{
      name: `grpc-job-${index}`,
      namespace: "default",
      uid: `uid-${index}`,
      role: "serving",
      ofThisRun: true,
      failed: false,
      truncated: false,
    },
    createdAt: isoFromEpoch(from),
    ...(to === undefined
      ? { mechanism: "open", censored: true }
      : { deletedAt: isoFromEpoch(to), mechanism: "idle-cleanup", censored: false }),
    ...{ sources: { createdAt: "audit", deletedAt: null }, resolutionMs: 0, evidence: [] },
  };
}

/** Rows and curve of the same Jobs, as a report prints them. */
function printed(given: Given, from: number, length: number): Pick<Report, "jobs" | "concurrency"> {
  const spans = given.map(([start, life]) => ({ from: T0 + start, to: life === undefined ? undefined : T0 + start + life }));
  const [lo, hi] = [T0 + from, T0 + from + length];
  const steps = countOpen(
    spans.map((span, index) => ({ name: `grpc-job-${index}`, from: span.from, ...(span.to === undefined ? {} : { to: span.to }) })),
    lo,
    hi,
  );
  const openJobs: StepCurve = {
    ...{ peak: steps.peak, peakAt: null, peakMembers: [], mean: steps.mean, meanRange: [steps.mean, steps.mean] },
    ...{ timeAtLevelMs: {}, points: steps.points },
  };
  return {
    jobs: spans.map((span, index) => jobRow(index, span.from, span.to)),
    concurrency: { window: { from: isoFromEpoch(lo), to: isoFromEpoch(hi) }, openJobs },
  };
}

describe("Little's law over the window of a run", () => {
  it("holds exactly: the area under the curve is the sum of the open times inside the window", () => {
    fc.assert(
      fc.property(fc.array(interval, { maxLength: 40 }), window, (given, [from, length]) => {
        const [lo, hi] = [from, from + length];
        const inside = given.map(([start, life]) =>
          Math.max(0, Math.min(life === undefined ? hi : start + life, hi) - Math.max(start, lo)),
        );
        const { jobs, concurrency } = printed(given, from, length);
        const points = concurrency.openJobs?.points ?? [];
        const area = points.reduce((sum, [at, level], index) => sum + level * ((points[index + 1]?.[0] ?? T0 + hi) - at), 0);
        expect(area).toBe(inside.reduce((sum, ms) => sum + ms, 0));
        const law = littlesLaw({ jobs, concurrency });
        expect([law?.holds, law?.jobs]).toEqual([true, inside.filter((ms) => ms > 0).length]);
        expect(law?.expectedMean).toBeCloseTo(area / length, 9);
        expect(law?.curveMean).toBeCloseTo(area / length, 9);
      }),
    );
  });

  it("counts Jobs that the window cuts with the part inside", () => {
    const given: Given = [
      [-1_000, 3_000],
      [2_000, 4_000],
      [9_000, undefined],
    ];
    const { jobs, concurrency } = printed(given, 0, 10_000);
    const law = littlesLaw({ jobs, concurrency });
    // 2 s + 4 s + 1 s of three Jobs in 10 s.
    expect(law).toMatchObject({ windowMs: 10_000, jobs: 3, cutAtStart: 1, cutAtEnd: 1, jobsPerHour: 1_080, holds: true });
    expect(law?.meanOpenMs).toBeCloseTo(7_000 / 3, 9);
    expect(law?.expectedMean).toBeCloseTo(0.7, 9);
    expect(littlesLawDiagnostics(law)).toEqual([]);
  });

  it("leaves out the time between two runs", () => {
    const given: Given = [
      [0, 2_000],
      [8_000, 2_000],
    ];
    const { jobs, concurrency } = printed(given, 0, 10_000);
    const pauses = [{ from: isoFromEpoch(T0 + 2_000), to: isoFromEpoch(T0 + 8_000) }];
    expect(littlesLaw({ jobs, concurrency: { ...concurrency, pauses } })).toMatchObject({
      windowMs: 4_000,
      expectedMean: 1,
      curveMean: 1,
      holds: true,
    });
  });

  it("counts an open Job whose own source ended inside the window up to then, as the curve does", () => {
    const { jobs, concurrency } = printed([[0, 4_000]], 0, 10_000);
    const open: ReportJob[] = [{ ...jobRow(0, T0, undefined), openMs: 4_000 }];
    expect(littlesLaw({ jobs: open, concurrency })).toMatchObject({ holds: true, cutAtEnd: 0 });
    expect(littlesLaw({ jobs: open, concurrency })).toEqual(littlesLaw({ jobs, concurrency }));
  });

  it("is broken where a row says something else than the curve, and that is an error of ours", () => {
    fc.assert(
      fc.property(fc.integer({ min: 50, max: 3_000 }), (shiftMs) => {
        const given: Given = [
          [0, 4_000],
          [5_000, 4_000],
        ];
        const { jobs, concurrency } = printed(given, 0, 10_000);
        const wrong = jobs.map((job, index) => (index === 0 ? jobRow(0, T0, T0 + 4_000 + shiftMs) : job));
        const law = littlesLaw({ jobs: wrong, concurrency });
        expect(law?.holds).toBe(false);
        expect(littlesLawDiagnostics(law)).toMatchObject([{ id: "littles-law-broken", severity: "error" }]);
      }),
    );
  });

  it("says nothing where there is no curve, no window, or an empty one", () => {
    const { jobs, concurrency } = printed([[0, 1_000]], 0, 10_000);
    expect(littlesLaw({ jobs, concurrency: { window: null } })).toBeUndefined();
    expect(littlesLaw({ jobs, concurrency: { window: concurrency.window } })).toBeUndefined();
    const empty = { ...concurrency, window: { from: isoFromEpoch(T0), to: isoFromEpoch(T0) } };
    expect(littlesLaw({ jobs, concurrency: empty })).toBeUndefined();
    expect(littlesLawDiagnostics(undefined)).toEqual([]);
  });
});
