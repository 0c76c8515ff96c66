import { describe, expect, it } from "vitest";
import { openJobsAt } from "../../../src/model/reports/open-level.js";
import { isoFromEpoch } from "../../../src/model/time.js";

const at = (seconds: number) => Date.UTC(2025, 11, 7) + seconds * 1000;
const iso = (seconds: number) => isoFromEpoch(at(seconds));
const window = { from: iso(10), to: iso(100) };
const clocks = [{ id: "runner", zoneOffsetMinutes: 0, skewMs: 0, uncertaintyMs: 100, method: "bounds", anchors: 9 }] as const;
const openJobs = {
  ...{ peak: 2, peakAt: null, peakMembers: [], mean: 1, meanRange: [1, 1] as const, timeAtLevelMs: {} },
  points: [[at(10), 1] as const, [at(20), 2] as const, [at(60), 0] as const],
};

describe("the number of open Jobs at a moment", () => {
  it("is the level of the step function, from its step on", () => {
    const levelAt = openJobsAt({ clocks, concurrency: { window, openJobs } });
    expect([10, 19.999, 20, 59.999, 60, 100].map((seconds) => levelAt(at(seconds)))).toEqual([1, 1, 2, 2, 0, 0]);
  });

  it("is unknown outside of the window, without one and without a curve", () => {
    const levelAt = openJobsAt({ clocks, concurrency: { window, openJobs } });
    expect([9.999, 100.001].map((seconds) => levelAt(at(seconds)))).toEqual([undefined, undefined]);
    expect(openJobsAt({ clocks, concurrency: { window: null, openJobs } })(at(20))).toBeUndefined();
    expect(openJobsAt({ clocks, concurrency: { window } })(at(20))).toBeUndefined();
  });

  it("is unknown while nobody watched, and where Jobs are in no capture", () => {
    const levelAt = openJobsAt({ clocks, concurrency: { window, openJobs, unwatched: [{ from: iso(30), to: iso(50) }] } });
    expect([29, 40, 51].map((seconds) => levelAt(at(seconds)))).toEqual([2, undefined, 2]);
    expect(openJobsAt({ clocks, concurrency: { window, openJobs, unseenJobs: 1 } })(at(20))).toBeUndefined();
  });

  it("is unknown where the log can be held against nothing in the cluster", () => {
    const [runner] = clocks;
    const by = (clock: Partial<typeof runner> | { method: "http-date" } | { uncertaintyMs: null }) =>
      openJobsAt({ clocks: [{ ...runner, ...clock }], concurrency: { window, openJobs } })(at(20));
    expect(by({})).toBe(2);
    expect(by({ uncertaintyMs: null })).toBeUndefined();
    expect(by({ method: "http-date" })).toBeUndefined();
  });
});
