import { expect, it } from "vitest";
import { fromUtc, isTied, toClusterTime, toUtc } from "../../src/model/clock.js";
import { clockOf } from "../../src/model/timeline.js";
import { anchoredRunner } from "../timeline/builders.js";

it("brings a reading to the cluster's time with zone, skew and drift taken off", () => {
  const clock = anchoredRunner({ offsetMs: 7_200_000 - 3_700 });
  expect(toClusterTime(clock, 7_200_000)).toBe(3_700);
  const drifting = { ...clock, driftPpm: 100, originAt: 7_200_000 };
  expect(toClusterTime(drifting, 7_200_000)).toBe(3_700);
  expect(toClusterTime(drifting, 7_200_000 + 1e6)).toBeCloseTo(3_700 + 1e6 - 100, 6);
});

it("has no cluster time without an anchor", () => {
  expect(toClusterTime(undefined, 5)).toBeNull();
  expect(toClusterTime({ ...anchoredRunner(), offsetMs: null }, 5)).toBeNull();
  expect(clockOf({ clocks: [anchoredRunner()] }, "cluster")).toBeUndefined();
  expect(clockOf({ clocks: [anchoredRunner()] }, "runner")?.id).toBe("runner");
});

it("has no cluster time for readings for which its offset does not hold", () => {
  const clock = anchoredRunner({ offsetMs: 1_000, holdsFor: { lo: 5_000, hi: 9_000 } });
  expect([4_999, 5_000, 9_000, 9_001].map((reading) => toClusterTime(clock, reading))).toEqual([null, 4_000, 8_000, null]);
  expect([3_999, 4_000, 8_000, 8_001].map((at) => fromUtc(clock, at))).toEqual([null, 5_000, 9_000, null]);
});

it("is the cluster's only where the clock is tied to that, not where its zone or another server's clock is all that is known", () => {
  const tied = anchoredRunner({ offsetMs: 1_000 });
  for (const clock of [
    anchoredRunner({ offsetMs: 1_000, uncertaintyMs: null }),
    anchoredRunner({ offsetMs: 1_000, method: "http-date" }),
  ]) {
    expect([isTied(clock), toClusterTime(clock, 5_000), toUtc(clock, 5_000)]).toEqual([false, null, 4_000]);
  }
  expect([isTied(tied), toClusterTime(tied, 5_000), toUtc(tied, 5_000)]).toEqual([true, 4_000, 4_000]);
  expect(isTied(undefined)).toBe(false);
});
