import { describe, expect, it } from "vitest";
import { runDuration } from "../../../src/analyze/metrics/run-duration.js";
import type { Clock } from "../../../src/model/clock.js";
import type { ClockId } from "../../../src/model/time.js";
import type { Investigation, Timeline, UnownedLine } from "../../../src/model/timeline.js";
import { anchoredRunner, T0 } from "../../timeline/builders.js";
import { contextOf, investigation, point, timeline } from "../builders.js";

const HOUR = 3_600_000;

/** From its request to its end [ms after T0], on a clock that reads `offsetMs` more than the cluster's. */
function lasting(number: number, from: number, to: number, fields: Partial<Investigation> = {}, offsetMs = 0): Investigation {
  const points = [point("configure-start", from + offsetMs), point("disconnected", to + offsetMs)];
  return investigation(number, from, { points, ...fields });
}

function clock(id: ClockId, offsetMs: number | null, uncertaintyMs: number | null): Clock {
  return { ...anchoredRunner(), id, offsetMs, uncertaintyMs };
}

const measured = (investigations: readonly Investigation[], fields: Partial<Timeline> = {}) => {
  const result = runDuration(contextOf(timeline(investigations, [], { sequential: false, ...fields })));
  return "measurement" in result ? result.measurement : result.notMeasured.key;
};

describe("the length of a run", () => {
  it("reaches to the last end, whichever investigation has it", () => {
    const overlapping = [lasting(1, 0, 309_100), lasting(2, 2_000, 17_600), lasting(3, 14_000, 29_600)];
    expect(measured(overlapping)).toMatchObject({ value: 309.1, interval: [309.099, 309.101], resolution: 0.001, n: 3 });
  });

  it("counts to the end of a failed investigation too", () => {
    const failed = lasting(2, 20_000, 150_000, {
      outcome: "timeout",
      points: [point("configure-start", 20_000), point("failed", 150_000)],
    });
    expect(measured([lasting(1, 0, 10_000), failed])).toMatchObject({ value: 150 });
  });

  it("is that of its only investigation", () => {
    expect(measured([lasting(1, 5_000, 17_500)])).toMatchObject({ value: 12.5, interval: [12.499, 12.501], n: 1 });
  });

  it("is as uncertain as the stamps at its two ends", () => {
    const coarse = { points: [point("configure-start", 5_000), { ...point("disconnected", 30_000), resolutionMs: 1_000 }] };
    const [first, last] = [lasting(1, 0, 10_000), lasting(2, 5_000, 30_000, coarse)];
    expect(measured([first, last])).toMatchObject({ value: 30, interval: [29.999, 31], resolution: 1 });
  });

  it("is not blurred by a last mark that several investigations could own", () => {
    const blurred = { ...point("disconnected", 30_000), resolutionMs: 20_000, uncertain: true as const };
    const last = lasting(2, 5_000, 30_000, { points: [point("configure-start", 5_000), blurred] });
    expect(measured([lasting(1, 0, 10_000), last])).toMatchObject({ value: 30, interval: [29.999, 30.001] });
  });
});

describe("the length of a run is not told by a log", () => {
  const [first, second] = [lasting(1, 0, 10_000), lasting(2, 20_000, 30_000)];

  it("of which several runs were asked for", () => {
    expect(
      measured([
        { ...first, run: 1 },
        { ...second, run: 2 },
      ]),
    ).toBe("several-runs");
  });

  it("that ends while an investigation goes on, even if another began later", () => {
    expect(measured([{ ...first, outcome: "running" }, second])).toBe("run-not-whole");
    expect(measured([{ ...first, outcome: "running" }])).toBe("run-not-whole");
  });

  it("that has fewer investigations than it announces", () => {
    const run = { selected: 1, found: 1 };
    expect(measured([first, second], { run: { ...run, announced: 277 } })).toBe("run-not-whole");
    expect(measured([first, second], { run: { ...run, announced: 2 } })).toMatchObject({ value: 30 });
  });

  it("that begins in the middle of an investigation", () => {
    const begun = { ...first, points: [point("connected", 3_000), point("disconnected", 10_000)] };
    expect(measured([begun, second])).toBe("run-not-whole");
    // Here no request was ever logged.
    expect(measured([begun, { ...second, points: [point("connected", 23_000), point("disconnected", 30_000)] }])).toMatchObject({
      value: 27,
    });
  });

  it("that holds lines of an investigation that began before it", () => {
    const unowned = (ms: number, fields: Partial<UnownedLine> = {}) => ({
      unowned: [{ clock: "runner" as const, at: T0 + ms, ...fields }],
    });
    expect(measured([first, second], unowned(-5_000))).toBe("run-not-whole");
    // One after another, whatever began before the log has ended by now.
    expect(measured([first, second], unowned(11_000))).toMatchObject({ value: 30 });
    expect(measured([first, second], unowned(-5_000, { run: 2 }))).toMatchObject({ value: 30 });
    const run = { selected: 1, found: 1 };
    expect(measured([first, second], { run: { ...run, announced: 2 }, ...unowned(-5_000) })).toMatchObject({ value: 30 });
  });

  it("that may hold some of an investigation that began before it and overlaps others", () => {
    const overlapping = [first, lasting(2, 5_000, 15_000), lasting(3, 140_000, 150_000)];
    const unowned = (ms: number) => ({ unowned: [{ clock: "runner" as const, at: T0 + ms }] });
    const begun = (ms: number) => lasting(4, ms, ms + 5_000, { points: [point("connected", ms), point("disconnected", ms + 5_000)] });
    expect(measured(overlapping, unowned(119_000))).toBe("run-not-whole");
    expect(measured([...overlapping, begun(6_000)])).toBe("run-not-whole");
    // None is silent for so long, unless another was.
    expect(measured(overlapping, unowned(121_000))).toMatchObject({ value: 150 });
    expect(measured([...overlapping, begun(141_000)])).toMatchObject({ value: 150 });
    expect(measured([...overlapping, lasting(4, 10_000, 140_000)], unowned(121_000))).toBe("run-not-whole");
  });

  it("whose clock may have been set in between", () => {
    const doubtful = (lo: number, hi: number) => ({ doubtful: [{ lo: T0 + lo, hi: T0 + hi, clock: "runner" as const }] });
    expect(measured([first, second], doubtful(12_000, 18_000))).toBe("clock-doubtful");
    expect(measured([first, second], doubtful(-8_000, -2_000))).toMatchObject({ value: 30 });
  });
});

describe("the length of a run of several runners", () => {
  const other = { clock: "runner:2" } as const;
  const apart = HOUR + 500;
  const clocks = [clock("runner", 0, 20), clock("runner:2", apart, 30)];

  it("is taken on the cluster's time, with what the offsets of both clocks leave open", () => {
    const run = [lasting(1, 0, 10_000), lasting(2, 5_000, 15_000, other, apart)];
    expect(measured(run, { clocks })).toMatchObject({ value: 15, interval: [14.949, 15.051], resolution: 0.101 });
  });

  it("is known as finely as on one clock where one runner has both ends", () => {
    const run = [lasting(1, 0, 100_000), lasting(2, 5_000, 15_000, other, apart)];
    expect(measured(run, { clocks })).toMatchObject({ value: 100, interval: [99.999, 100.001], resolution: 0.001 });
  });

  it("is no shorter than that of any runner, however uncertain the offsets are", () => {
    const vague = [clock("runner", 0, 4_000), clock("runner:2", apart, 4_000)];
    const run = [lasting(1, 0, 10_000), lasting(2, 1_000, 11_000, other, apart)];
    expect(measured(run, { clocks: vague })).toMatchObject({ value: 11, interval: [9.999, 19.001] });
  });

  it("is not known where nothing ties one of the clocks to the others", () => {
    const run = [lasting(1, 0, 10_000), lasting(2, 5_000, 15_000, other, apart)];
    expect(measured(run, { clocks: [clock("runner", 0, 20), clock("runner:2", null, null)] })).toBe("clock-unanchored");
    // Its zone is known, how far it is off within it is not.
    expect(measured(run, { clocks: [clock("runner", 0, 20), clock("runner:2", HOUR, null)] })).toBe("clock-unanchored");
  });

  it("is known where all that the runners announce ran, and not where fewer did", () => {
    const run = [lasting(1, 0, 10_000), lasting(2, 5_000, 15_000, other, apart)];
    const announcing = (announced: number) => measured(run, { clocks, run: { selected: 1, found: 1, announced } });
    expect(announcing(2)).toMatchObject({ value: 15 });
    expect(announcing(3)).toBe("run-not-whole");
  });

  it("needs no tie where all stand on one clock, whichever it is", () => {
    const run = [lasting(1, 0, 10_000, other, apart), lasting(2, 5_000, 15_000, other, apart)];
    expect(measured(run, { clocks: [clock("runner:2", null, null)] })).toMatchObject({ value: 15 });
  });
});
