import { expect, it } from "vitest";
import { clockOf, toClusterTime } from "../../src/model/timeline.js";
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
