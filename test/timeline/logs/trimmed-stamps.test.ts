import { describe, expect, it } from "vitest";
import type { LogMark } from "../../../src/model/event.js";
import { createRandom } from "../../../src/model/statistics/random.js";
import { deduplicate } from "../../../src/timeline/logs/deduplicate.js";
import { withTrimmedZeros } from "../../../src/timeline/logs/trimmed-stamps.js";
import { mark, T0 } from "../builders.js";

const TEXTS = ["Asking for a worker", "Got a worker", "Order finished"];

/** Records that name nothing, in the order of time, with whatever milliseconds. */
function records(count: number, seed: string): LogMark[] {
  const random = createRandom(seed);
  let ms = 0;
  return Array.from({ length: count }, (_, index) => {
    ms += 1 + Math.floor(random.next() * 400);
    const message = TEXTS[index % TEXTS.length] ?? "";
    return mark(message, ms, {}, { message });
  });
}

/** The same as a printer with so many decimals for each remainder of a second leaves them. */
function printed(marks: readonly LogMark[], decimalsOf: (milliseconds: number) => number): LogMark[] {
  return marks.map((one) => ({ ...one, at: { ...one.at, resolutionMs: 1000 / 10 ** decimalsOf(one.at.at % 1000) } }));
}

const go = (ms: number) => (ms === 0 ? 0 : String(ms).padStart(3, "0").replace(/0+$/, "").length);
const java = (ms: number) => (ms === 0 ? 0 : 3);
/** The repr of a float has one decimal at least. */
const float = (ms: number) => Math.max(1, go(ms));

/** What another handler makes of records: whole seconds, on the next line. */
function wholeSeconds(marks: readonly LogMark[]): LogMark[] {
  return marks.map((one) => ({
    ...one,
    at: { ...one.at, at: Math.floor(one.at.at / 1000) * 1000, resolutionMs: 1000 },
    evidence: { ...one.evidence, line: one.evidence.line + 0.5 },
  }));
}

const resolutions = (marks: readonly LogMark[]) => [...new Set(marks.map(({ at }) => at.resolutionMs))];

describe("stamps whose zeros at the end are not printed", () => {
  it.each([
    ["Go", go],
    ["Java", java],
    ["Python", float],
  ])("are as fine as the others of their form, as %s prints them, and no record is a double", (_, decimalsOf) => {
    for (let run = 0; run < 40; run += 1) {
      const fine = records(20 + run * 20, `run ${run}`);
      const found = withTrimmedZeros(printed(fine, decimalsOf));
      expect(found).toEqual(fine);
      expect(deduplicate(found).doubles).toBe(0);
    }
  });

  it("are so where everything happens in steps of half a second", () => {
    const fine = Array.from({ length: 60 }, (_, index) => mark("x", index * 500, {}, { message: `x ${index}`, resolutionMs: 100 }));
    expect(withTrimmedZeros(printed(fine, float))).toEqual(fine);
    expect(resolutions(withTrimmedZeros(printed(fine, go)))).toEqual([100]);
  });

  it("are so beside microseconds and finer, where zeros are seen that were only cut", () => {
    const fine = records(100, "nanoseconds").map((one) => ({ ...one, at: { ...one.at, resolutionMs: 0.001 } }));
    const trimmed = fine.map((one, index) => (index === 7 ? { ...one, at: { ...one.at, resolutionMs: 1 } } : one));
    expect(withTrimmedZeros(trimmed)).toEqual(fine);
  });

  it("are left alone in a form that has no finer ones", () => {
    const marks = [...printed(records(20, "a"), () => 0), ...records(20, "b").map((one) => ({ ...one, variant: "bracketed" }))];
    expect(withTrimmedZeros(marks)).toBe(marks);
  });
});

describe("whole seconds that another handler prints in the same form", () => {
  it("stay whole seconds, and its records doubles, however few", () => {
    for (const count of [3, 5, 9, 30, 300]) {
      const fine = Array.from({ length: count }, (_, index) => mark("tracked", index * 2_345 + 1, { jobId: `${index}-1` }));
      const found = withTrimmedZeros([...fine, ...wholeSeconds(fine)]);
      expect(resolutions(found)).toEqual([1, 1000]);
      expect(deduplicate(found)).toMatchObject({ marks: fine, doubles: count });
    }
  });

  it("stay so where it prints a part of the records alone", () => {
    const fine = Array.from({ length: 200 }, (_, index) => mark("tracked", index * 2_345 + 1, { jobId: `${index}-1` }));
    for (const copies of [fine.slice(50, 51), fine.slice(50, 53), fine.filter((_one, index) => index % 5 === 0)]) {
      expect(deduplicate(withTrimmedZeros([...fine, ...wholeSeconds(copies)])).doubles).toBe(copies.length);
    }
  });

  it("stay so where the same texts come many times a second", () => {
    const fine = records(3_000, "busy");
    const { marks, doubles } = deduplicate(withTrimmedZeros([...fine, ...wholeSeconds(fine)]));
    expect([marks.length, doubles]).toEqual([3_000, 3_000]);
  });
});

describe("whole seconds of a part of a log", () => {
  it("stay so where the finer ones print their zeros", () => {
    const marks = [mark("a", 0), mark("b", 1_500), mark("c", 3_000, {}, { resolutionMs: 1000 }), mark("d", 4_321)];
    expect(withTrimmedZeros(marks)).toBe(marks);
  });

  it("stay so where a logger prints nothing finer, or where they are too many for chance", () => {
    const fine = records(200, "many");
    const other = [10, 20, 30].map((second) => mark("other", second * 1000, {}, { logger: "other", resolutionMs: 1000 }));
    expect(resolutions(withTrimmedZeros([...fine, ...other]))).toEqual([1, 1000]);
    const many = Array.from({ length: 40 }, (_, index) => mark("other", index * 2_000, {}, { resolutionMs: 1000 }));
    expect(resolutions(withTrimmedZeros([...fine, ...many]))).toEqual([1, 1000]);
  });

  it("stay so however few records there are: of another program whose records name no logger, and of a logger that prints nothing finer", () => {
    const at = [123, 417, 1_000, 5_000, 5_000, 9_000, 9_258];
    const marks = at.map((ms) => mark("a", ms, {}, { message: `at ${ms}`, logger: "", resolutionMs: ms % 1000 === 0 ? 1000 : 1 }));
    expect(resolutions(withTrimmedZeros(marks))).toEqual([1, 1000]);
    const other = mark("other", 7_000, {}, { logger: "other", resolutionMs: 1000 });
    expect(resolutions(withTrimmedZeros([...records(5, "few"), other]))).toEqual([1, 1000]);
  });

  it("stay so beside times that are no printed decimals: of arrival, or without seconds", () => {
    const marks = [mark("a", 123, {}, { resolutionMs: 50 }), mark("b", 1_000, {}, { resolutionMs: 1000 })];
    expect(withTrimmedZeros(marks)).toBe(marks);
  });

  it("of one file say nothing of another", () => {
    const there = mark("a", 1_000, {}, { resolutionMs: 1000, evidence: { source: 1, line: 1 } });
    const marks = [mark("a", 123), there];
    expect(withTrimmedZeros(marks)).toBe(marks);
    expect(T0 % 1000).toBe(0);
  });
});
