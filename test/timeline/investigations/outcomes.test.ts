import { describe, expect, it } from "vitest";
import type { LogMark } from "../../../src/model/event.js";
import type { Pattern, Profile } from "../../../src/model/profile.js";
import { ResourceVersions } from "../../../src/timeline/cluster/resource-versions.js";
import { correlate } from "../../../src/timeline/investigations/correlate.js";
import { changedPoint } from "../../../src/timeline/investigations/mark-point.js";
import { endings } from "../../../src/timeline/investigations/outcomes.js";
import { point } from "../../analyze/builders.js";
import { clusterEvent, focusServer, investigationMarks, mark, T0 } from "../builders.js";

function outcome(marks: readonly LogMark[], endMs: number): (string | number | undefined)[] {
  const { drafts } = correlate(marks, focusServer);
  const [first] = endings(drafts, true, T0 + endMs, focusServer);
  return [first?.outcome, first?.attempts];
}

describe("how an investigation ended", () => {
  const whole = investigationMarks(0, "1-1", "12301");
  const key = { host: "h", port: "12301" };
  const refused = (ms: number, error: string) => mark("connect-failed", ms, { ...key, error }, { message: `Failed to connect: ${error}` });

  it.each([
    ["well", whole, 20_000, ["ok", 1]],
    ["not yet", whole.slice(0, 7), 20_000, ["running", 1]],
    ["long ago, without a word", whole.slice(0, 7), 400_000, ["failed", 1]],
    ["without anyone connecting", whole.slice(0, 3), 400_000, ["unopened", 0]],
    ["in an error", [...whole.slice(0, 4), refused(3_000, "refused")], 20_000, ["failed", 1]],
    ["in a timeout", [...whole.slice(0, 4), refused(32_000, "channel not ready after 30s")], 40_000, ["timeout", 1]],
    [
      "well at the second attempt",
      [...whole.slice(0, 4), refused(2_100, "refused"), mark("connecting", 2_200, key), ...whole.slice(4)],
      20_000,
      ["ok", 2],
    ],
  ] as const)("%s", (_, marks, endMs, expected) => {
    expect(outcome(marks, endMs)).toEqual(expected);
  });
});

describe("how long an investigation may say nothing and still go on", () => {
  const LONG = 300_000;
  const silentFor = (ms: number, uncertain: boolean) => {
    const { drafts } = correlate(
      [...investigationMarks(0, "1-1", "12301"), ...investigationMarks(600_000, "2-2", "12302").slice(0, 7)],
      focusServer,
    );
    const [slow] = drafts;
    // The first one took that long to disconnect.
    if (slow !== undefined)
      slow.points = slow.points.map((point, index) =>
        index < 7 ? point : changedPoint(point, { at: point.at + LONG, ...(uncertain && index === 7 ? { uncertain: true } : {}) }),
      );
    return endings(drafts, false, T0 + 609_100 + ms, focusServer)[1]?.outcome;
  };

  it("is as long as another of the run did at the same mark, if that line is its own for certain", () => {
    expect(outcome([...investigationMarks(0, "1-1", "12301").slice(0, 7)], 9_100 + 120_000)).toEqual(["running", 1]);
    expect(silentFor(LONG - 60_000, false)).toBe("running");
    expect(silentFor(LONG - 60_000, true)).toBe("failed");
  });
});

describe("investigations that were taken for one another", () => {
  it("may have ended as the other did, and tell no line of it", () => {
    const failed = mark("stream-failed", 6_000, { error: "Stream error" });
    const streams = [...investigationMarks(0, "1-1", "12301").slice(0, 6), ...investigationMarks(1_000, "2-2", "12302").slice(0, 6)];
    const marks = [...streams, failed, mark("stream-ended", 9_300, {}), mark("disconnecting", 9_310), mark("disconnected", 9_400)];
    const { drafts } = correlate(
      marks.sort((a, b) => a.at.at - b.at.at),
      focusServer,
    );
    const ends = endings(drafts, false, T0 + 400_000, focusServer);
    expect(ends.map(({ outcome: how, uncertain }) => [how, uncertain])).toEqual([
      ["failed", true],
      ["ok", true],
    ]);
    expect(ends.flatMap(({ failure, error }) => [failure, error])).toEqual([undefined, undefined, undefined, undefined]);
  });
});

describe("an investigation of a profile with stages side by side", () => {
  const EMPTY = { message: "x", header: false, opens: false, closes: false, fails: false, attempt: false, startsRun: false, after: [] };
  const named = (id: string, more: Partial<Profile["patterns"][number]> = {}) => ({
    ...(focusServer.patterns[0] as Pattern),
    ...EMPTY,
    ...more,
    id,
  });
  const farm: Profile = {
    ...focusServer,
    patterns: [
      named("asked", { opens: true }),
      named("ready", { after: ["asked"] }),
      named("drawn", { after: ["ready"] }),
      named("failed", { fails: true, after: ["asked", "ready", "drawn"] }),
      named("done", { closes: true, after: ["drawn"] }),
    ],
    stages: focusServer.stages.filter(({ id }) => id === "frames"),
  };
  const draftOf = (...marks: readonly (readonly [string, number])[]) => ({
    points: marks.map(([id, ms]) => point(id, ms, id === "failed" ? { error: "GPU lost" } : {})),
  });
  const ended = (endMs: number, drafts: readonly ReturnType<typeof draftOf>[], profile = farm) =>
    endings(drafts as unknown as Parameters<typeof endings>[0], false, T0 + endMs, profile);

  it("has failed, although a stage beside the one that failed goes on", () => {
    const failed = draftOf(["asked", 0], ["ready", 100], ["failed", 200], ["drawn", 1_200]);
    expect(ended(900_000, [failed])).toMatchObject([{ outcome: "failed", error: "GPU lost" }]);
    expect(ended(5_000, [failed])).toMatchObject([{ outcome: "failed", error: "GPU lost" }]);
  });

  it("has ended well where it was tried again with success, and failed where it was without", () => {
    const again = [
      ["asked", 0],
      ["failed", 200],
      ["ready", 300],
      ["drawn", 1_200],
      ["done", 1_300],
    ] as const;
    expect(ended(5_000, [draftOf(...again)])).toMatchObject([{ outcome: "ok" }]);
    const lost = draftOf(["asked", 0], ["ready", 100], ["failed", 200], ["ready", 300]);
    expect(ended(5_000, [lost])).toMatchObject([{ outcome: "running" }]);
    expect(ended(900_000, [lost])).toMatchObject([{ outcome: "failed", error: "GPU lost" }]);
  });

  it("still goes on while it is silent for no longer than others were at that point", () => {
    const whole = draftOf(["asked", 0], ["ready", 100], ["drawn", 720_000], ["done", 720_100]);
    expect(ended(1_400_000, [whole, draftOf(["asked", 800_000], ["ready", 800_100])])).toMatchObject([{}, { outcome: "running" }]);
    expect(ended(1_600_000, [whole, draftOf(["asked", 800_000], ["ready", 800_100])])).toMatchObject([{}, { outcome: "failed" }]);
    expect(ended(1_400_000, [whole, draftOf(["asked", 800_000])])).toMatchObject([{}, { outcome: "failed" }]);
  });

  it("ended by its silence alone where no line and no later one tells that it did", () => {
    const whole = draftOf(["asked", 0], ["ready", 100], ["drawn", 720_000], ["done", 720_100]);
    const failed = draftOf(["asked", 0], ["ready", 100], ["failed", 200]);
    const silent = draftOf(["asked", 800_000], ["ready", 800_100]);
    const how = (endMs: number, sequential: boolean) =>
      endings([whole, failed, silent, silent] as unknown as Parameters<typeof endings>[0], sequential, T0 + endMs, farm).map(
        ({ bySilence }) => bySilence,
      );
    expect(how(1_600_000, false)).toEqual([undefined, undefined, true, true]);
    expect(how(1_400_000, false)).toEqual([undefined, undefined, undefined, undefined]);
    // In turn, the one behind it tells that it ended.
    expect(how(1_600_000, true)).toEqual([undefined, undefined, undefined, true]);
  });

  it("is never unopened where no line tells of connecting", () => {
    expect(ended(900_000, [draftOf(["asked", 0], ["ready", 100])])).toMatchObject([{ outcome: "failed", failure: { mark: "ready" } }]);
    const stage = { ...(farm.stages[0] as Profile["stages"][number]), id: "connect", from: "asked", to: "ready" };
    expect(ended(900_000, [draftOf(["asked", 0])], { ...farm, stages: [stage] })).toMatchObject([{ outcome: "unopened" }]);
  });
});

describe("the neighbours of a write", () => {
  const write = (version: number, ms: number, more = {}) =>
    clusterEvent("Scheduled", { kind: "Pod", name: "p", uid: "p" }, ms, { resourceVersion: version, ...more });
  const versions = (...events: readonly LogMark[] | ReturnType<typeof write>[]) =>
    new ResourceVersions(events, new Map([["cluster", { offsetMs: 0, uncertaintyMs: 0 } as never]]));

  it("bracket it in any order of reading", () => {
    const events = [write(30, 9_300), write(10, 1_200), write(20, 5_400)];
    const found = versions(...events).neighbourhood(15);
    expect(found.lo).toBeGreaterThanOrEqual(T0 + 1_200);
    expect(found.hi - T0 - 5_400).toBeLessThanOrEqual(100);
    expect(versions(...[...events].reverse()).neighbourhood(15)).toEqual(found);
  });

  it("are open where there is none", () => {
    expect(versions(write(10, 1_200)).neighbourhood(5).lo).toBe(Number.NEGATIVE_INFINITY);
    expect(versions(write(10, 1_200)).neighbourhood(50).hi).toBe(Number.POSITIVE_INFINITY);
    expect(versions().neighbourhood(1)).toEqual({ lo: Number.NEGATIVE_INFINITY, hi: Number.POSITIVE_INFINITY, fine: false });
  });

  it("are not narrowed by an Event that was sent late", () => {
    const late = write(40, 2_000, { createdAt: T0 + 60_000 });
    const found = versions(write(30, 50_000), late).neighbourhood(35);
    expect(found.hi).toBeGreaterThanOrEqual(found.lo);
    expect(found.hi).toBeGreaterThanOrEqual(T0 + 50_000);
  });
});
