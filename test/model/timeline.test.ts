import { describe, expect, it } from "vitest";
import { isSound } from "../../src/model/timeline.js";

describe("a stretch of a runner's clock", () => {
  const line = { doubtful: [{ clock: "runner" as const, lo: 100, hi: 200 }] };

  it("is sound up to where its clock may have been set, and from there on", () => {
    expect(isSound(line, "runner", { lo: 0, hi: 100 })).toBe(true);
    expect(isSound(line, "runner", { lo: 200, hi: 300 })).toBe(true);
  });

  it("is not where it reaches into that, and on another clock it is", () => {
    expect(isSound(line, "runner", { lo: 0, hi: 101 })).toBe(false);
    expect(isSound(line, "runner", { lo: 150, hi: 150 })).toBe(false);
    expect(isSound(line, "runner", { lo: 0, hi: 300 })).toBe(false);
    expect(isSound(line, "runner:2", { lo: 0, hi: 300 })).toBe(true);
  });
});
