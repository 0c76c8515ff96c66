import { describe, expect, it } from "vitest";
import { stageIntervals } from "../../src/analyze/stage-intervals.js";
import type { Investigation } from "../../src/model/timeline.js";
import { focusServer } from "../timeline/builders.js";
import { investigation, point, timeline } from "./builders.js";

const stagesOf = (investigations: readonly Investigation[], of: string) =>
  [...stageIntervals(timeline(investigations, []), focusServer).values()].map(
    (stages) => stages.find(({ stage }) => stage === of)?.durationMs ?? null,
  );

describe("stages that end with the next investigation", () => {
  it("do not reach from one run into the next", () => {
    const two = [investigation(1, 0, { run: 1 }), investigation(2, 15_000, { run: 1 }), investigation(3, 900_000, { run: 2 })];
    expect(stagesOf(two, "delay")).toEqual([5_000, null, null]);
    expect(stagesOf(two, "investigation")).toEqual([15_000, null, null]);
  });
});

describe("a stage of an investigation that failed", () => {
  it("does not end with a failure that may be another's", () => {
    const points = [point("connected", 3_000), point("stream-start", 3_100)];
    const failing = (uncertain: object) =>
      investigation(1, 0, { outcome: "failed", points, failure: { ...point("stream-failed", 5_000), ...uncertain } });
    expect(stagesOf([failing({})], "frames")).toEqual([1_900]);
    expect(stagesOf([failing({ uncertain: true })], "frames")).toEqual([null]);
  });
});
