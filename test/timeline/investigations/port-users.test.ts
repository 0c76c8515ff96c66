import { describe, expect, it } from "vitest";
import type { LogMark } from "../../../src/model/event.js";
import { correlate } from "../../../src/timeline/investigations/correlate.js";
import type { Draft } from "../../../src/timeline/investigations/draft.js";
import { endings } from "../../../src/timeline/investigations/outcomes.js";
import { focusServer, investigationMarks, mark, T0 } from "../builders.js";

const key = (port: string) => ({ host: "10.0.0.1", port });
/** As a log of the level INFO shows it: with its port, and without a job id. */
const withPort = (ms: number, port: string) => investigationMarks(ms, "0-0", port).filter(({ mark: id }) => id !== "tracked");
const draftsOf = (marks: readonly LogMark[]) =>
  correlate(
    [...marks].sort((a, b) => a.at.at - b.at.at),
    focusServer,
  ).drafts;
const outcomesOf = (drafts: readonly Draft[], endMs: number) =>
  endings(drafts, false, T0 + endMs, focusServer).map(({ outcome, uncertain }) => `${outcome}${uncertain === true ? "?" : ""}`);
const told = (draft: Draft | undefined) => draft?.points.map(({ mark: id, uncertain }) => (uncertain === true ? `${id}?` : id));
/** From the first beginning of a stream to its last end, where both are sure. */
const streamMs = ({ points }: Draft) => {
  const begin = points.find((point) => point.mark === "stream-start");
  const end = points.findLast((point) => point.mark === "stream-ended");
  return begin === undefined || end === undefined || begin.uncertain || end.uncertain ? null : end.at - begin.at;
};
/** Two at a time, which use so many ports in turn. */
const pairs = (count: number, ports: number) =>
  Array.from({ length: count }, (_, index) =>
    withPort(Math.floor(index / 2) * 20_000 + (index % 2) * 1_000, String(12_301 + (index % ports))),
  ).flat();

describe("ports without job ids", () => {
  it.each([24, 8, 4])("are given to the investigations that wait for them: 24 with %i ports in turn", (ports) => {
    const drafts = draftsOf(pairs(24, ports));
    expect(drafts).toHaveLength(24);
    expect(outcomesOf(drafts, 250_000)).toEqual(Array(24).fill("ok"));
    expect(drafts.map(streamMs)).toEqual(Array(24).fill(6_000));
    // Whose request led to which port is open where two waited.
    expect(told(drafts[0])?.slice(0, 4)).toEqual(["configure-start?", "configured?", "connecting", "connected"]);
  });

  it("are new ones in a log that tells of connections alone", () => {
    const connections = (marks: readonly LogMark[]) => marks.filter(({ mark: id }) => !id.startsWith("configur"));
    const inTurn = [0, 1, 2].flatMap((index) => withPort(index * 20_000, "12301"));
    for (const [marks, count] of [
      [inTurn, 3],
      [pairs(8, 4), 8],
    ] as const) {
      const drafts = draftsOf(connections(marks));
      expect(drafts.map(streamMs)).toEqual(Array(count).fill(6_000));
    }
  });

  it("stay with the one that tries again, also while another waits", () => {
    const first = withPort(0, "12301");
    const failed = [mark("connect-failed", 2_500, { ...key("12301"), error: "refused" }), mark("connecting", 2_800, key("12301"))];
    const drafts = draftsOf([...first.slice(0, 3), ...failed, ...first.slice(3), ...withPort(1_000, "12302")]);
    expect(outcomesOf(drafts, 20_000)).toEqual(["ok", "ok"]);
    expect(drafts.map(({ points }) => points.filter(({ mark: id }) => id === "connecting").length)).toEqual([2, 1]);
  });

  it("leave open who used one after a failure, where one that waited never got any", () => {
    const first = withPort(0, "12301");
    const failed = mark("stream-failed", 5_000, { error: "Stream error" });
    const again = withPort(30_000, "12301");
    const drafts = draftsOf([...first.slice(0, 5), failed, ...withPort(1_000, "12302"), ...again]);
    expect(drafts.map(({ port }) => port)).toEqual(["12301", "12302", null]);
    expect(outcomesOf(drafts, 45_000)).toEqual(["ok?", "ok", "running?"]);
    expect(drafts.flatMap((draft) => streamMs(draft) ?? [])).toEqual([6_000]);
    expect(told(drafts[0])?.slice(-6)).toEqual([
      "connecting",
      "connected",
      "stream-start",
      "stream-ended",
      "disconnecting",
      "disconnected",
    ]);
  });

  it("go to the one that waits when their last user has been silent for too long", () => {
    const drafts = draftsOf([...withPort(0, "12301").slice(0, 5), ...withPort(1_000, "12302"), ...withPort(200_000, "12301")]);
    expect(drafts.map(({ port, points }) => [port, points.length])).toEqual([
      ["12301", 5],
      ["12302", 8],
      ["12301", 8],
    ]);
  });

  it("make it doubtful whose request was whose once one is used whose request the log does not show", () => {
    const [early, late] = [withPort(-1_500, "12301").slice(2), withPort(0, "12302")];
    const drafts = draftsOf([...early, ...late]);
    expect(drafts.map(({ port }) => port)).toEqual(["12301", "12302"]);
    expect(told(drafts[0])?.slice(0, 3)).toEqual(["configure-start?", "configured?", "connecting"]);
    expect(drafts.map(streamMs)).toEqual([6_000, 6_000]);
  });

  it("of an investigation from before the log may be used next by another one from there", () => {
    const failed = [mark("connecting", -900, key("12301")), mark("connect-failed", -800, { ...key("12301"), error: "refused" })];
    const [draft] = draftsOf([...failed, ...withPort(0, "12302"), ...withPort(7_000, "12301").slice(2)]);
    expect(told(draft)?.slice(0, 3)).toEqual(["connecting?", "connect-failed?", "connecting"]);
  });
});
