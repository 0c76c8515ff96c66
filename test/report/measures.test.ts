import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { SurvivalCurve } from "../../src/model/report.js";
import { templateAddress } from "../../src/report/template-files.js";
import { type Drawing, loadDrawing } from "../../src/report/templates/page-script.js";

interface Numbers {
  shareAt(steps: SurvivalCurve["steps"], at: number): SurvivalCurve["steps"][number];
  numberTicks(from: number, to: number, most: number): { readonly ticks: readonly number[]; readonly step: number };
}

const WORDS = { documentedText: "documented", medianText: "median", axisText: "axis", unitText: "s" };

/** Kaplan-Meier curves whose times rise and whose shares fall. */
const curves = fc
  .uniqueArray(fc.integer({ min: 1, max: 100_000 }), { maxLength: 40 })
  .chain((times) =>
    fc.record({
      times: fc.constant(times.sort((a, b) => a - b)),
      censoredAtMs: fc.array(fc.integer({ min: 0, max: 120_000 }), { maxLength: 10 }),
      documentedMs: fc.option(fc.integer({ min: 1, max: 100_000 })),
    }),
  )
  .map(
    ({ times, censoredAtMs, documentedMs }): SurvivalCurve => ({
      n: times.length + censoredAtMs.length,
      censored: censoredAtMs.length,
      medianMs: times[Math.floor(times.length / 2)] ?? null,
      steps: times.map((at, index) => {
        const share = 1 - (index + 1) / (times.length + 1);
        return [at, share, share * 0.8, Math.min(1, share * 1.1)];
      }),
      censoredAtMs,
      documentedMs,
      resolutionMs: 1,
    }),
  );

describe("pictures of the cleanup and of a stage over the run", () => {
  let drawing: Drawing;
  let numbers: Numbers;
  beforeAll(async () => {
    drawing = await loadDrawing();
    numbers = (await import(templateAddress("scripts/draw-measures.js"))) as Numbers;
  });

  it("are finite and inside their width for any curve and any part of it", () => {
    fc.assert(
      fc.property(
        curves,
        fc.double({ min: 0, max: 0.9, noNaN: true }),
        fc.double({ min: 0.01, max: 0.1, noNaN: true }),
        (curve, at, part) => {
          const end = drawing.survivalEnd(curve);
          const markup = drawing.survivalMarkup(curve, { from: end * at, to: end * (at + part), ...WORDS });
          expect(markup).not.toMatch(/NaN|Infinity|undefined|null/);
          const line = /class="measured-line" d="([^"]*)"/.exec(markup)?.[1] ?? "";
          const places = [...line.matchAll(/H(-?[\d.]+)/g)].map((match) => Number(match[1]));
          expect(places.slice(0, -1).every((x) => x >= 0 && x <= 10_000)).toBe(true);
        },
      ),
    );
  });

  it.each([
    // Median and documented time in seconds of 100, then where the word of the median stands: its place in percent and its side.
    [60, 30, 60, "start"],
    [80, 30, 80, "end"],
    [40, 50, 40, "end"],
    [10, 20, 20, "start"],
  ])("keep the word of a median of %i s off the line of %i s", (median, documented, at, side) => {
    const curve: SurvivalCurve = {
      n: 1,
      censored: 0,
      medianMs: median * 1000,
      steps: [[median * 1000, 0, 0, 0]],
      censoredAtMs: [],
      documentedMs: documented * 1000,
      resolutionMs: 1,
    };
    const markup = drawing.survivalMarkup(curve, { from: 0, to: 100, ...WORDS });
    expect(markup).toMatch(new RegExp(`class="peak" x="${at}%" dx="-?9" y="[\\d.]+" text-anchor="${side}">median`));
  });

  it("have the words of the documented time above every curve", () => {
    const curve: SurvivalCurve = {
      n: 18,
      censored: 2,
      medianMs: 53_000,
      steps: [
        [40_000, 0.5, 0.3, 0.7],
        [55_000, 0.06, 0, 0.24],
      ],
      censoredAtMs: [150_000],
      documentedMs: 50_000,
      resolutionMs: 1,
    };
    const markup = drawing.survivalMarkup(curve, { from: 0, to: 155, ...WORDS });
    const baseline = Number(/class="tick halo" x="[\d.]+%" dx="-?9" y="([\d.]+)"/.exec(markup)?.[1]);
    const highest = Number(/class="measured-line" d="M0 ([\d.]+)/.exec(markup)?.[1]);
    expect(baseline).toBeLessThan(highest);
  });

  it("show the share that the steps say, at every time", () => {
    fc.assert(
      fc.property(curves, fc.integer({ min: 0, max: 110_000 }), (curve, at) => {
        const last = curve.steps.filter(([time]) => time <= at).at(-1);
        expect(numbers.shareAt(curve.steps, at)[1]).toBe(last?.[1] ?? 1);
      }),
    );
  });

  it("have round ticks inside the part that is shown, one step apart", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 50_000 }), fc.integer({ min: 1, max: 50_000 }), (from, length) => {
        const { ticks, step } = numbers.numberTicks(from, from + length, 7);
        expect(ticks.length).toBeLessThanOrEqual(8);
        for (const [index, tick] of ticks.entries()) {
          expect(tick).toBeGreaterThanOrEqual(from - step * 1e-6);
          expect(tick).toBeLessThanOrEqual(from + length + step * 1e-6);
          if (index > 0) expect(tick - (ticks[index - 1] ?? 0)).toBeCloseTo(step, 6);
        }
      }),
    );
  });

  it("have a dot for each investigation of the part that is shown", () => {
    const samples = Array.from({ length: 50 }, (_, index) => 1000 + index);
    const dots = (from: number, to: number): number =>
      (/class="points" d="([^"]*)"/.exec(drawing.overRunMarkup(samples, 1025, { from, to, ...WORDS }))?.[1] ?? "").split("M").length - 1;
    expect(dots(0, 50)).toBe(50);
    expect(dots(10, 20)).toBe(11);
  });
});
