import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { finer, type Grid, gridsOf, isOnGrid } from "../../../src/analyze/polling/polling-grid.js";

/** The one of their grids that has the values on these levels. */
function gridOn(levels: readonly number[], values: readonly number[]): Grid {
  const [grid, ...others] = gridsOf(values).filter((one) => one.levels.join() === levels.join());
  if (grid === undefined || others.length > 0) throw new Error("not one grid has these levels");
  return grid;
}

describe("values on whole steps", () => {
  it("give the step, the place of the lowest level, and the level of each", () => {
    const grid = gridOn([0, 1, 2], [61_000, 41_000, 51_000, 41_000]);
    expect(grid.stepMs).toBeCloseTo(10_000, 6);
    expect(grid.originMs).toBeCloseTo(41_000, 6);
    expect([41_000, 45_900, 46_100, 61_000, 81_000].map(grid.levelOf)).toEqual([0, 0, 1, 2, 4]);
  });

  it("need not occupy every level", () => {
    expect(gridOn([0, 1, 4], [5_000, 15_000, 45_000]).stepMs).toBeCloseTo(10_000, 6);
  });

  it("are a grid only from two levels on", () => {
    expect(gridsOf([])).toEqual([]);
    expect(gridsOf([7_000])).toEqual([]);
    expect(gridsOf([7_000, 7_000, 7_000])).toEqual([]);
    expect(gridsOf([7_000, 9_000])).toHaveLength(1);
  });

  it("are on one level where they are equal", () => {
    expect(gridsOf([5_000, 5_000, 15_000]).map(({ levels, stepMs }) => ({ levels, stepMs: Math.round(stepMs) }))).toEqual([
      { levels: [0, 1], stepMs: 10_000 },
    ]);
  });

  it("leave nothing to vary where two values are all", () => {
    expect(gridOn([0, 1], [7_000, 9_000])).toMatchObject({ halfWidthMs: 0, residualDeviationMs: 0, stepMs: 2_000 });
  });
});

describe("values that scatter about their level", () => {
  it("say how far, and how well the step is known: a least-squares line with Student's t", () => {
    const grid = gridOn([0, 1], [-100, 100, 9_900, 10_100]);
    expect(grid.stepMs).toBeCloseTo(10_000, 6);
    expect(grid.residualsMs[0]).toBeCloseTo(-100, 6);
    expect(grid.residualsMs[1]).toBeCloseTo(100, 6);
    // Four squares of 100 over two degrees of freedom; the level numbers have a sum of squares of 1; t(0.975, 2) = 4.303.
    expect(grid.residualDeviationMs).toBeCloseTo(Math.sqrt(20_000), 6);
    expect(grid.halfWidthMs).toBeCloseTo(4.303 * Math.sqrt(20_000), 0);
  });

  it("are no grid where a level is wider than 0.4 of the distance", () => {
    expect(gridsOf([0, 3_900, 10_000, 13_900])).toHaveLength(1);
    expect(gridsOf([0, 4_100, 10_000, 14_100])).toEqual([]);
  });

  it("are a grid however many there are: the outermost in a hundred at each end do not make a level wide", () => {
    const scattered = (count: number) =>
      [0, 10_000, 20_000].flatMap((place) => Array.from({ length: count }, (_, index) => place + (3_000 * index) / (count - 1)));
    const outermost = [-600, 3_600, 9_400, 13_600, 19_400, 23_600];
    expect(gridsOf([...scattered(20), ...outermost])).toEqual([]);
    const grids = gridsOf([...scattered(200), ...outermost]);
    expect(new Set(grids.map(({ levels }) => levels.join()))).toEqual(new Set(["0,1,2"]));
    // They are of their level, where other values of levels lie as far out: a cut that leaves them out is none.
    expect(grids.map(({ strays }) => strays.size)).toEqual([0]);
    // What many of a level do counts.
    expect(gridsOf([...scattered(200), ...outermost.flatMap((value) => [value, value, value, value])])).toEqual([]);
  });

  it("are no grid where levels are off their multiple by more than a tenth of a step", () => {
    expect(gridsOf([0, 10_000, 20_900]).map(({ levels }) => levels)).toEqual([[0, 1, 2]]);
    expect(gridsOf([0, 10_000, 21_100]).filter(({ levels }) => levels.length === 3)).toEqual([]);
    // Over several steps it may be so much for each.
    expect(gridsOf([0, 10_000, 41_000]).at(-1)?.levels).toEqual([0, 1, 4]);
  });
});

describe("a value that lies on no level", () => {
  const many = [0, 10_000, 20_000].flatMap((place) => Array.from({ length: 40 }, () => place));

  it("is a stray where it is one of a few", () => {
    const grid = gridOn([0, 1, 2], [...many, 14_000]);
    expect([...grid.strays]).toEqual([14_000]);
    expect([isOnGrid(14_000, grid), isOnGrid(10_000, grid)]).toEqual([false, true]);
    expect(grid.stepMs).toBeCloseTo(10_000, 6);
    expect([...finer(grid, 2).strays]).toEqual([14_000]);
    expect(gridOn([0, 1, 2], [...many, 14_000, 4_000]).strays).toEqual(new Set([14_000, 4_000]));
  });

  it("is one of eight at most, or of one in a hundred, and of one in twelve where there are fewer", () => {
    const away = (count: number) => [3_100, 4_300, 5_500, 6_700, 13_100, 14_300, 15_500, 16_700, 23_300, 24_500].slice(0, count);
    /** How many there are of a grid of 10 s that none of them shifts; undefined where there is no such grid. */
    const straysOf = (times: number, count: number) =>
      gridsOf([...Array.from({ length: times }, () => [0, 10_000, 20_000]).flat(), ...away(count)]).find(
        ({ stepMs }) => Math.abs(stepMs - 10_000) < 1e-6,
      )?.strays.size;
    expect([straysOf(40, 8), straysOf(40, 9)]).toEqual([8, undefined]);
    expect([straysOf(300, 9), straysOf(300, 10)]).toEqual([9, undefined]);
    expect([straysOf(8, 2), straysOf(8, 3)]).toEqual([2, undefined]);
    expect([straysOf(4, 1), straysOf(3, 1)]).toEqual([1, undefined]);
  });

  it("is a level with others at its place: a cut so fine that it takes them apart is none", () => {
    const scattered = [0, 10_000, 20_000].flatMap((place) => Array.from({ length: 40 }, (_, index) => place + 5 * index));
    // Half a step away, farther from each other than the values of any other level are.
    const grids = gridsOf([...scattered, 25_000, 25_040, 25_090]);
    expect(grids.map(({ stepMs }) => Math.round(stepMs / 1_000))).toEqual([5]);
  });

  it("is a stray below the lowest level of many, and where it alone would make the step finer", () => {
    expect([...gridOn([0, 1, 2], [...many, -10_000]).strays]).toEqual([-10_000]);
    // An unopened Job is known to go on the first level.
    const [known] = gridsOf([...many, -10_000], new Set([-10_000]));
    expect(known).toMatchObject({ levels: [0, 1, 2, 3], strays: new Set() });
    expect([...gridOn([0, 1, 2], [...many, 15_000]).strays]).toEqual([15_000]);
  });

  it("is none where it lies a whole number of steps from the others, about as far off as they do", () => {
    const grid = gridOn([0, 1, 2, 5], [...many, 50_100, 34_000]);
    expect([...grid.strays]).toEqual([34_000]);
    // Three steps further, exact values leave less than a tenth of a step.
    expect(gridOn([0, 1, 2, 5], [...many, 50_900]).strays.size).toBe(0);
    expect([...gridOn([0, 1, 2], [...many, 30_900]).strays]).toEqual([30_900]);
    const scattered = many.map((value, index) => value + 100 * (index % 15));
    expect(gridOn([0, 1, 2, 3], [...scattered, 31_400]).strays.size).toBe(0);
  });

  it("is no level with another one that is far from it, where others lie close together", () => {
    // Three strays of thirteen, two of them nearer to each other than to anything else.
    const close = Array.from({ length: 10 }, (_, index) => 70_060 + 7 * index);
    expect(gridsOf([...close, 13_700, 20_000, 40_200])).toEqual([]);
    // A fourth one is taken into their level by a coarse cut.
    expect(gridsOf([...close, 75_000, 20_000, 44_000, 46_700])).toEqual([]);
    expect(gridsOf([...close, 60_050, 60_090, 40_200]).map(({ stepMs }) => Math.round(stepMs / 1_000))).toContain(10);
  });

  it("is of a level that it lies as close to as others do, however fine the cut", () => {
    const scattered = many.map((value, index) => value + 100 * (index % 15));
    expect(gridsOf([...scattered, 22_500]).every(({ strays }) => strays.size === 0)).toBe(true);
    expect(gridsOf([...scattered, 24_500]).map(({ strays }) => [...strays])).toContainEqual([24_500]);
  });
});

describe("values that can be seen in several ways", () => {
  it("are given in all of them, from the fewest levels on", () => {
    // Pairs 2 s apart, every 10 s.
    const grids = gridsOf([0, 2_000, 10_000, 12_000, 20_000, 22_000]);
    expect(grids.map(({ levels }) => levels)).toEqual([
      [0, 1, 2],
      [0, 1, 5, 6, 10, 11],
    ]);
    expect(grids.map(({ stepMs }) => Math.round(stepMs))).toEqual([10_000, 2_000]);
  });
});

describe("a step that is cut into parts", () => {
  it("keeps the place, and counts the levels in parts", () => {
    const grid = gridOn([0, 1], [-100, 100, 9_900, 10_100]);
    const half = finer(grid, 2);
    expect(half).toMatchObject({ stepMs: grid.stepMs / 2, halfWidthMs: grid.halfWidthMs / 2, originMs: grid.originMs, levels: [0, 2] });
    expect([0, 5_000, 10_000].map(half.levelOf)).toEqual([0, 1, 2]);
    expect(half.residualDeviationMs).toBe(grid.residualDeviationMs);
    expect(finer(grid, 1)).toMatchObject({ stepMs: grid.stepMs, levels: grid.levels });
  });
});

describe("whatever the step, the first level, the scatter and the order are", () => {
  const scenes = fc.record({
    stepMs: fc.double({ min: 1_000, max: 60_000, noNaN: true }),
    originMs: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
    // Two neighbours, so that the step is among the distances; each level twice at least.
    levels: fc.array(fc.nat(8), { maxLength: 20 }).map((more) => [0, 1, 0, 1, ...more, ...more]),
    scatter: fc.array(fc.double({ min: -0.02, max: 0.02, noNaN: true }), { minLength: 44, maxLength: 44 }),
    shiftMs: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  });

  it("one of the grids is that from which the values were made", () => {
    fc.assert(
      fc.property(scenes, ({ stepMs, originMs, levels, scatter }) => {
        const values = levels.map((level, index) => originMs + stepMs * (level + (scatter[index] ?? 0)));
        const grid = gridsOf(values).find(
          (one) => one.levels.join() === [...new Set(levels)].sort((a, b) => a - b).join() && Math.abs(one.stepMs / stepMs - 1) < 0.05,
        );
        expect(grid).toBeDefined();
        // Below its level a value of level 0 gives -0.
        expect(values.map((value) => (grid?.levelOf(value) ?? Number.NaN) + 0)).toEqual(levels);
        expect((grid?.residualsMs[1] ?? 0) - (grid?.residualsMs[0] ?? 0)).toBeLessThanOrEqual(0.08 * stepMs);
      }),
    );
  });

  it("other values that all lie so much later have the same grids, so much later", () => {
    fc.assert(
      fc.property(scenes, ({ stepMs, originMs, levels, scatter, shiftMs }) => {
        const values = levels.map((level, index) => Math.round(originMs + stepMs * (level + (scatter[index] ?? 0))));
        const shift = Math.round(shiftMs);
        const [before, after] = [gridsOf(values), gridsOf(values.map((value) => value + shift).toReversed())];
        expect(after.map(({ levels: found }) => found)).toEqual(before.map(({ levels: found }) => found));
        for (const [index, grid] of before.entries()) {
          expect(Math.abs((after[index]?.stepMs ?? 0) - grid.stepMs)).toBeLessThan(1e-3);
          expect(Math.abs((after[index]?.originMs ?? 0) - grid.originMs - shift)).toBeLessThan(1e-2);
        }
      }),
    );
  });
});
