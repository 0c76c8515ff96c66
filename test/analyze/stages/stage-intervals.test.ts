import { describe, expect, it } from "vitest";
import { stageDuration } from "../../../src/analyze/metrics/log-metrics.js";
import { stageIntervals } from "../../../src/analyze/stages/stage-intervals.js";
import type { Investigation } from "../../../src/model/timeline.js";
import { focusServer } from "../../timeline/builders.js";
import { contextOf, investigation, point, timeline } from "../builders.js";

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

  it("mean nothing while investigations overlap, whether the profile says so or not", () => {
    const unsaid = { ...focusServer, stages: focusServer.stages.map((stage) => ({ ...stage, sequentialOnly: false })) };
    const overlapping = timeline([investigation(1, 0), investigation(2, 5_000)], [], { sequential: false });
    const stages = [...stageIntervals(overlapping, unsaid).values()].flat().map(({ stage }) => stage);
    expect(stages).toContain("connect");
    expect(stages).not.toContain("delay");
    const spec = { metric: "stage-duration", stage: "delay" } as const;
    expect(stageDuration(spec, { ...contextOf(overlapping), profile: unsaid })).toEqual({
      notMeasured: { key: "not-sequential", values: {} },
    });
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

describe("a stage whose marks occur several times", () => {
  it("lasts from the first beginning to the last end, however one point is written; of several points the last counts", () => {
    const points = [1, 3, 5].flatMap((second) => [point("connecting", second * 1000), point("connected", second * 1000 + 500)]);
    const lasting = (from: string | string[]) => {
      const stages = focusServer.stages.map((stage) => (stage.id === "connect" ? { ...stage, from, to: "connected" } : stage));
      const found = stageIntervals(timeline([investigation(1, 0, { points })], []), { ...focusServer, stages });
      return [...found.values()].flat().find(({ stage }) => stage === "connect")?.durationMs;
    };
    expect([lasting("connecting"), lasting(["connecting"]), lasting(["connecting", "configured"])]).toEqual([4_500, 4_500, 500]);
  });
});
