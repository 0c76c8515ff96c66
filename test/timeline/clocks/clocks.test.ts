import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  clockFromBounds,
  isPlausibleZone,
  resolveZone,
  runnerClock,
  splitOffset,
  unanchoredClock,
} from "../../../src/timeline/clocks/clocks.js";
import type { OffsetBound } from "../../../src/timeline/clocks/offset-bound.js";
import { estimateOffset } from "../../../src/timeline/clocks/offset-estimate.js";
import { cpuClock } from "../../cpu-clock.js";
import { T0 } from "../builders.js";

const MINUTE = 60_000;

/** Bounds of half width `half` around an offset that drifts, one every `everyMs`. */
function boundsAround(offsetMs: number, n: number, half: number, everyMs = 20_000, driftPpm = 0): OffsetBound[] {
  return Array.from({ length: n }, (_, index) => {
    const at = T0 + index * everyMs;
    const truth = offsetMs + driftPpm * 1e-6 * (at - T0);
    const lean = ((index * 37) % 100) / 100;
    return { at, lo: truth - half * lean, hi: truth + half * (1 - lean) };
  });
}

describe("splitting an offset", () => {
  it.each([
    [120 * MINUTE - 3_700, 120, -3_700],
    [345 * MINUTE + 41_000, 345, 41_000],
    [-210 * MINUTE - 200_000, -210, -200_000],
    [-180 * MINUTE + 7 * MINUTE, -180, 7 * MINUTE],
    [840 * MINUTE, 840, 0],
    [0, 0, 0],
  ])("of %i ms gives the zone %i and the skew %i", (offset, zoneOffsetMinutes, skewMs) => {
    const split = splitOffset(offset);
    expect([split.zoneOffsetMinutes + 0, split.skewMs + 0]).toEqual([zoneOffsetMinutes, skewMs]);
  });

  it("loses nothing", () => {
    fc.assert(
      fc.property(fc.integer({ min: -14 * 60 * MINUTE, max: 14 * 60 * MINUTE }), (offset) => {
        const { zoneOffsetMinutes, skewMs } = splitOffset(offset);
        expect(zoneOffsetMinutes * MINUTE + skewMs).toBe(offset);
        expect(Math.abs(zoneOffsetMinutes % 15)).toBe(0);
        expect(Math.abs(skewMs)).toBeLessThanOrEqual(7.5 * MINUTE);
      }),
    );
  });
});

describe("estimating an offset", () => {
  it("meets where the bounds do, far finer than any of them", () => {
    const found = estimateOffset(boundsAround(7_200_000, 200, 1_000), false);
    expect(found?.driftPpm).toBeUndefined();
    expect(found?.agreement.lo).toBeLessThanOrEqual(7_200_000);
    expect(found?.agreement.hi).toBeGreaterThanOrEqual(7_200_000);
    expect((found?.agreement.hi ?? 0) - (found?.agreement.lo ?? 0)).toBeLessThan(50);
  });

  it("keeps the constant while nine of ten bounds agree", () => {
    const liars = boundsAround(99_000, 10, 300);
    const found = estimateOffset([...boundsAround(5_000, 90, 1_000), ...liars], false);
    expect([found?.driftPpm, found?.agreement.agreeing]).toEqual([undefined, 90]);
  });

  it.each([60, -60, 200])("finds a drift of %i ppm where a constant leaves bounds out", (driftPpm) => {
    const bounds = boundsAround(1_000, 400, 600, 60_000, driftPpm);
    const found = estimateOffset(bounds, false);
    expect(Math.abs((found?.driftPpm ?? 0) - driftPpm)).toBeLessThanOrEqual(15);
    expect(found?.agreement.agreeing).toBeGreaterThan(390);
  });

  it("does not call a handful of bounds a drift", () => {
    const bounds = boundsAround(0, 5, 10, 3_600_000, 400);
    expect(estimateOffset(bounds, false)?.driftPpm).toBeUndefined();
  });

  it("is nothing without bounds, and leaves the given bounds alone", () => {
    expect(estimateOffset([], false)).toBeUndefined();
    expect(estimateOffset([{ at: 0, lo: 2, hi: 1 }], false)).toBeUndefined();
    const given = Object.freeze(boundsAround(0, 20, 500).map((bound) => Object.freeze(bound)));
    expect(() => estimateOffset(given, false)).not.toThrow();
  });

  it("takes hundreds of thousands of bounds, even where they ask for a drift, within seconds", () => {
    const cpuMs = cpuClock();
    expect(estimateOffset(boundsAround(1_000, 200_000, 300, 100, 40), false)?.driftPpm).toBeGreaterThan(0);
    expect(cpuMs()).toBeLessThan(6_000);
  });
});

describe("a clock from bounds", () => {
  it("allows for a drift that its bounds cannot show: 50 ppm over half the run", () => {
    const hour = clockFromBounds(
      "runner",
      [
        { at: 0, lo: -10, hi: 10 },
        { at: 3_600_000, lo: -10, hi: 10 },
      ],
      "bounds",
    );
    expect(hour.uncertaintyMs).toBeCloseTo(10 + (50e-6 * 3_600_000) / 2, 9);
    const moment = clockFromBounds("runner", [{ at: 0, lo: -10, hi: 10 }], "bounds");
    expect(moment.uncertaintyMs).toBe(10);
  });

  it("is not anchored without bounds, or by ones that leave the zone open", () => {
    expect(clockFromBounds("runner", [], "bounds")).toEqual(unanchoredClock("runner"));
    expect(clockFromBounds("runner", [{ at: 0, lo: 0, hi: 16 * MINUTE }], "bounds").offsetMs).toBeNull();
    expect(clockFromBounds("runner", [{ at: 0, lo: 0, hi: Number.POSITIVE_INFINITY }], "bounds").offsetMs).toBeNull();
  });
});

describe("a declared clock", () => {
  const bounds = boundsAround(120 * MINUTE - 3_700, 50, 400);

  it("leaves the skew to the bounds where only the zone was declared", () => {
    const clock = runnerClock({ zoneOffsetMinutes: 120 }, bounds, "bounds", "runner", undefined);
    expect([clock.zoneOffsetMinutes, clock.method]).toEqual([120, "bounds"]);
    expect(Math.abs((clock.skewMs ?? 0) + 3_700)).toBeLessThan(60);
    const alone = runnerClock({ zoneOffsetMinutes: 120 }, [], "bounds", "runner", undefined);
    expect(alone).toMatchObject({ offsetMs: 120 * MINUTE, skewMs: null, uncertaintyMs: null, method: "declared" });
  });

  it("leaves the zone to the bounds where only the skew was declared", () => {
    const clock = runnerClock({ skewMs: -3_700 }, bounds, "bounds", "runner", undefined);
    expect(clock).toMatchObject({ zoneOffsetMinutes: 120, skewMs: -3_700, offsetMs: 120 * MINUTE - 3_700, uncertaintyMs: 0 });
    expect(runnerClock({ skewMs: -3_700 }, [], "bounds", "runner", undefined)).toMatchObject({ offsetMs: null, skewMs: -3_700 });
  });

  it("takes both as they were declared", () => {
    const clock = runnerClock({ zoneOffsetMinutes: -210, skewMs: 500 }, bounds, "bounds", "runner", undefined);
    expect(clock).toMatchObject({ offsetMs: -210 * MINUTE + 500, method: "declared", anchors: 0 });
  });

  it.each([
    ["before the change in March", Date.UTC(2025, 2, 28, 1, 30), 120],
    ["after the change in March", Date.UTC(2025, 2, 28, 3, 30), 180],
    ["the evening before the change in October", Date.UTC(2025, 9, 25, 23, 30), 180],
    ["half an hour before the change in October", Date.UTC(2025, 9, 26, 0, 30), 180],
    ["after the change in October", Date.UTC(2025, 9, 26, 2, 30), 120],
  ])("knows the zone of Jerusalem %s", (_, wallTime, minutes) => {
    expect(resolveZone({ zoneName: "Asia/Jerusalem" }, wallTime, false)).toEqual({ zoneOffsetMinutes: minutes });
  });

  it("takes the hour that comes twice as the Jobs show it, else as the log does, and a zone that they show nowhere else", () => {
    const twice = Date.UTC(2025, 9, 26, 1, 30);
    const zoneOf = (wallTime: number, beforeEnd: boolean, shown?: number) =>
      resolveZone({ zoneName: "Asia/Jerusalem" }, wallTime, beforeEnd, shown).zoneOffsetMinutes;
    expect([zoneOf(twice, false), zoneOf(twice, false, 180), zoneOf(twice, false, 120), zoneOf(twice, false, 0)]).toEqual([
      120, 180, 120, 120,
    ]);
    expect([zoneOf(twice, true), zoneOf(twice, true, 120)]).toEqual([180, 120]);
    expect(zoneOf(Date.UTC(2025, 6, 1), false, 120)).toBe(180);
  });

  it.each([
    ["Asia/Kathmandu", 345],
    ["America/St_Johns", -210],
    ["UTC", 0],
  ])("knows %s", (zoneName, minutes) => {
    expect(resolveZone({ zoneName, skewMs: 5 }, T0, false)).toEqual({ zoneOffsetMinutes: minutes, skewMs: 5 });
  });

  it("prefers an offset to a name", () => {
    expect(resolveZone({ zoneName: "Asia/Jerusalem", zoneOffsetMinutes: 0 }, T0, false)).toEqual({ zoneOffsetMinutes: 0 });
  });
});

it("no zone lies beyond -12 and +14 hours", () => {
  const inZone = (minutes: number | null) => isPlausibleZone({ ...unanchoredClock("runner"), zoneOffsetMinutes: minutes });
  expect([-735, -720, 840, 855, null].map(inZone)).toEqual([false, true, true, false, true]);
});
