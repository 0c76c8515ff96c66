import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../src/model/statistics/random.js";
import { countOpen } from "../../src/model/statistics/step-function.js";
import { rankCorrelation } from "../../src/predict/dependence.js";
import { runDrawer } from "../../src/predict/draw-run.js";
import { forecast } from "../../src/predict/forecast.js";
import { delayOf, type MeasuredRow } from "../../src/predict/measured-rows.js";
import { runOutcome } from "../../src/predict/run-outcome.js";
import { drawShares } from "../../src/predict/shares.js";
import { tailSource } from "../../src/predict/tails.js";
import { reportOf } from "./builders.js";

describe("a simulated run", () => {
  it("counts open Jobs as a report does", () => {
    const row = fc.record({
      busy: fc.integer({ min: 1, max: 50 }),
      lag: fc.integer({ min: 0, max: 5 }),
      life: fc.integer({ min: 1, max: 400 }),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 60 }), fc.integer({ min: 0, max: 20 }), (rows, delay) => {
        const run = {
          n: rows.length,
          busyMs: Float64Array.from(rows, ({ busy }) => busy),
          overheadMs: new Float64Array(rows.length),
          jobOf: rows.map((_, index) => index),
          createdMs: rows.map(({ lag }) => lag),
          goneMs: rows.map(({ lag, life }) => lag + life),
          jobs: rows.length,
        };
        let at = 0;
        const intervals = rows.map(({ busy, lag, life }) => {
          const from = at + lag;
          at += busy + delay;
          return { name: "", from, to: from + life };
        });
        const [from, to] = [Math.min(...intervals.map((one) => one.from)), Math.max(...intervals.map((one) => one.to))];
        const counted = countOpen(intervals, from, to);
        const outcome = runOutcome(run, delay);
        expect(outcome.totalMs).toBe(at - delay);
        expect(outcome.peak).toBe(counted.peak);
        expect(outcome.mean).toBeCloseTo(counted.mean, 9);
      }),
    );
  });

  it("keeps a Job that stays to the end of the run", () => {
    const run = {
      n: 2,
      busyMs: Float64Array.of(10, 10),
      overheadMs: Float64Array.of(0, 0),
      jobOf: [0, 1],
      createdMs: [0, 0],
      goneMs: [Number.POSITIVE_INFINITY, 5],
      jobs: 2,
    };
    expect(runOutcome(run, 0)).toEqual({ totalMs: 20, peak: 2, mean: 25 / 20 });
  });
});

describe("a run of very many investigations", () => {
  it("is taken as any other", () => {
    const job = { kind: "", lagMs: 1, tailMs: 30_000, ended: true };
    const rows = Array.from({ length: 300_000 }, () => ({ outcome: "ok" as const, busyMs: 10_000, gapMs: 5000, jobs: [job] }));
    const report = { ...reportOf([]), parameters: { delay: { value: 5, origin: "given" as const } } };
    expect(delayOf(report, rows)).toEqual({ delayMs: 5000, isSet: true });
    expect(tailSource(rows)({ kind: "", tailMs: 0 }, "ok", createRandom("many"))).toBe(30_000);
  });
});

describe("a draw of many investigations whose Jobs nobody saw", () => {
  it("looks at each of them a few times, not once for each other", () => {
    let looks = 0;
    const counted = (jobs: MeasuredRow["jobs"]): MeasuredRow => ({
      get outcome() {
        looks += 1;
        return "ok" as const;
      },
      busyMs: 10_000,
      gapMs: 5000,
      jobs,
    });
    const n = 2000;
    const rows = Array.from({ length: n }, (_, index) =>
      counted(index % 2 === 0 ? null : [{ kind: "", lagMs: 1, tailMs: 9, ended: true }]),
    );
    expect(runDrawer(rows, 5000, n)(createRandom("unseen")).jobs).toBe(n);
    expect(looks).toBeLessThan(10 * n);
  });
});

describe("a forecast", () => {
  it("holds its share of the values, and whole numbers stay whole", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 300 }), (values) => {
        const { median, pi90, pi95 } = forecast(Float64Array.from(values));
        const share = ([lo, hi]: readonly [number, number]) => values.filter((value) => value >= lo && value <= hi).length / values.length;
        expect(share(pi90)).toBeGreaterThanOrEqual(0.9);
        expect(share(pi95)).toBeGreaterThanOrEqual(0.95);
        for (const end of [median, ...pi90, ...pi95]) expect(values).toContain(end);
      }),
    );
  });

  it("is no wider than its share asks for", () => {
    expect(forecast(Float64Array.from({ length: 1000 }, (_, index) => index))).toEqual({ median: 499, pi90: [50, 949], pi95: [25, 974] });
  });
});

describe("the draws", () => {
  it("of shares have the mean and variance of their distribution", () => {
    const random = createRandom("shares");
    const [a, b] = [3.5, 27.5];
    const drawn = Array.from({ length: 20_000 }, () => drawShares([a, b], random)[0] ?? Number.NaN);
    const mean = drawn.reduce((sum, value) => sum + value, 0) / drawn.length;
    const variance = drawn.reduce((sum, value) => sum + (value - mean) ** 2, 0) / drawn.length;
    expect(mean).toBeCloseTo(a / (a + b), 2);
    expect(variance / ((a * b) / ((a + b) ** 2 * (a + b + 1)))).toBeCloseTo(1, 1);
  });

  it("of the end of a Job respect what was seen of it", () => {
    const job = (tailMs: number, ended: boolean, kind = "") => ({ kind, lagMs: 0, tailMs, ended });
    const rows = [10, 20, 30, 40].map((tailMs) => ({ outcome: "ok" as const, busyMs: 1, gapMs: 1, jobs: [job(tailMs, true)] }));
    const draw = tailSource(rows);
    const random = createRandom("tails");
    const drawn = (seenUntilMs: number) =>
      [...new Set(Array.from({ length: 200 }, () => draw(job(seenUntilMs, false), "ok", random)))].sort((a, b) => a - b);
    expect(drawn(15)).toEqual([20, 30, 40]);
    // Still open when another of its age was gone, it is older than that.
    expect(drawn(20)).toEqual([30, 40]);
    const leaking = tailSource([...rows, { outcome: "ok", busyMs: 1, gapMs: 1, jobs: [job(500, false)] }]);
    expect(leaking(job(500, false), "ok", random)).toBe(Number.POSITIVE_INFINITY);
    const cutShort = tailSource([...rows, { outcome: "ok", busyMs: 1, gapMs: 1, jobs: [job(45, false)] }]);
    expect(cutShort(job(45, false), "ok", random)).toBe(45);
  });

  it("of the end of a Job ask those of its kind, where one was seen", () => {
    const job = (kind: string, tailMs: number, ended = true) => ({ kind, lagMs: 0, tailMs, ended });
    const rows = [10, 20, 30].map((tailMs) => ({
      outcome: "ok" as const,
      busyMs: 1,
      gapMs: 1,
      jobs: [job("runner-", tailMs), job("sidecar-", 10 * tailMs), job(`load--${tailMs}`, 1000 * tailMs, false)],
    }));
    const [draw, random] = [tailSource(rows), createRandom("kinds")];
    const drawn = (kind: string) => new Set(Array.from({ length: 200 }, () => draw(job(kind, 0, false), "ok", random)));
    expect([...drawn("runner-")].sort((a, b) => a - b)).toEqual([10, 20, 30]);
    expect([...drawn("sidecar-")].sort((a, b) => a - b)).toEqual([100, 200, 300]);
    expect(drawn("load--10").has(10)).toBe(true);
  });

  it("of ranks correlate as published", () => {
    // IQ and hours of television, https://en.wikipedia.org/wiki/Spearman%27s_rank_correlation_coefficient: -29/165.
    const iq = [106, 100, 86, 101, 99, 103, 97, 113, 112, 110];
    const hours = [7, 27, 2, 50, 28, 29, 20, 12, 6, 17];
    expect(rankCorrelation(iq, hours)).toBeCloseTo(-29 / 165, 10);
    expect(rankCorrelation([1, 2, 3], [5, 5, 5])).toBe(0);
  });
});
