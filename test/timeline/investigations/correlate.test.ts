import { describe, expect, it } from "vitest";
import type { LogMark } from "../../../src/model/event.js";
import { correlate, inOne } from "../../../src/timeline/investigations/correlate.js";
import type { Draft } from "../../../src/timeline/investigations/draft.js";
import { cpuClock } from "../../cpu-clock.js";
import { focusServer, inTime, investigationMarks, mark, patternOf, T0 } from "../builders.js";

const take = (marks: readonly LogMark[]) => correlate(marks, focusServer);
const shape = (marks: readonly LogMark[]) => take(marks).drafts.map((draft) => [draft.jobId, draft.points.length]);
const withoutIds = (marks: readonly LogMark[]) => marks.filter((one) => one.groups.jobId === undefined);

describe("one investigation after the other", () => {
  it("owns its marks", () => {
    const marks = [...investigationMarks(0, "1-1", "12301"), ...investigationMarks(20_000, "2-2", "12302")];
    expect(shape(marks)).toEqual([
      ["1-1", 9],
      ["2-2", 9],
    ]);
    expect(take(marks)).toMatchObject({ unmatched: [], ambiguous: [] });
  });

  it("owns its id also where two lines of one moment have changed places", () => {
    const swapped = (ms: number, id: string, port: string) => {
      const [start, configured, tracked, ...rest] = investigationMarks(ms, id, port);
      return [start, { ...tracked, at: configured?.at }, configured, ...rest] as LogMark[];
    };
    const marks = [
      ...investigationMarks(0, "1-1", "12301"),
      ...swapped(20_000, "2-2", "12302"),
      ...investigationMarks(40_000, "3-3", "12303"),
    ];
    expect(shape(marks)).toEqual([
      ["1-1", 9],
      ["2-2", 9],
      ["3-3", 9],
    ]);
    expect(take(marks)).toMatchObject({ unmatched: [], ambiguous: [] });
    expect(shape([...swapped(0, "1-1", "12301"), ...swapped(20_000, "2-2", "12302")])).toEqual([
      ["1-1", 9],
      ["2-2", 9],
    ]);
  });

  it("keeps its header and number, and the number that was announced", () => {
    const header = (ms: number, index: string) => mark("investigation-header", ms, { index, total: "277" });
    const found = take([
      header(0, "1"),
      ...investigationMarks(10, "1-1", "12301"),
      header(20_000, "2"),
      ...investigationMarks(20_010, "2-2", "12302"),
    ]);
    expect([found.announced, found.drafts.map((draft) => draft.announcedIndex)]).toEqual([277, [1, 2]]);
    expect(found.drafts.map((draft) => draft.points.length)).toEqual([10, 10]);
  });

  it("uses a port again", () => {
    expect(shape([...investigationMarks(0, "1-1", "12301"), ...investigationMarks(20_000, "1-2", "12301")])).toEqual([
      ["1-1", 9],
      ["1-2", 9],
    ]);
    const marks = withoutIds([...investigationMarks(0, "1-1", "12301"), ...investigationMarks(20_000, "1-2", "12301")]);
    expect(take(marks).drafts.map((draft) => [draft.port, draft.points.length])).toEqual([
      ["12301", 8],
      ["12301", 8],
    ]);
  });

  it("keeps the marks of a retry and of a reconnect together", () => {
    const key = { host: "h", port: "12301" };
    const marks = [
      ...investigationMarks(0, "1-1", "12301").slice(0, 4),
      mark("connect-failed", 2_500, { ...key, error: "refused" }),
      mark("connecting", 3_000, key),
      mark("connected", 3_500, key),
      mark("stream-start", 3_600),
      mark("stream-failed", 4_000, { error: "Stream error" }),
      mark("connecting", 4_100, key),
      mark("connected", 4_200, key),
      mark("stream-start", 4_300),
      mark("stream-ended", 9_300, { frames: "5", seconds: "5.0" }),
      mark("disconnecting", 9_400),
      mark("disconnected", 9_500),
      ...investigationMarks(20_000, "2-2", "12302"),
    ];
    expect(shape(marks)).toEqual([
      ["1-1", 15],
      ["2-2", 9],
    ]);
  });

  it("begins in the middle where the beginning of the log is missing", () => {
    const found = take([...investigationMarks(0, "1-1", "12301").slice(4), ...investigationMarks(20_000, "2-2", "12302")]);
    expect(found.drafts.map((draft) => [draft.jobId, draft.port, draft.points.length])).toEqual([
      [null, "12301", 5],
      ["2-2", "12302", 9],
    ]);
  });

  it("leaves a mark without any possible owner visible", () => {
    const stray = mark("stream-ended", 0, { frames: "1", seconds: "1" });
    expect(take([stray]).unmatched).toEqual([stray]);
  });

  it("keeps marks of the run apart, and passes over those that the profile does not know", () => {
    const found = take([mark("iteration", 0, { iteration: "1" }), mark("no-such-mark", 1), ...investigationMarks(10, "1-1", "12301")]);
    expect([found.runMarks.map((point) => point.mark), found.drafts.length]).toEqual([["iteration"], 1]);
  });
});

describe("investigations in parallel", () => {
  const overlapping = inTime([
    ...investigationMarks(0, "1-1", "12301"),
    ...investigationMarks(1_000, "2-2", "12302"),
    ...investigationMarks(4_700, "3-3", "12303"),
  ]);

  it("are told apart by keys and by the order of marks", () => {
    const { drafts, unmatched } = take(overlapping);
    expect(drafts.map((draft) => draft.jobId)).toEqual(["1-1", "2-2", "3-3"]);
    expect(drafts.map((draft) => draft.points.at(-1)?.mark)).toEqual(["disconnected", "disconnected", "disconnected"]);
    expect(unmatched).toEqual([]);
  });

  it("leave the lines to nobody that an investigation from before the log logs while another waits", () => {
    const own = investigationMarks(0, "1-1", "12301");
    const other = [mark("stream-ended", 600, { frames: "1", seconds: "1" }), mark("disconnecting", 610), mark("disconnected", 690)];
    const marks = (others: readonly LogMark[]) => {
      const { drafts, unmatched } = take(inTime([...own, ...others]));
      return { own: drafts.map((draft) => draft.points.map((point) => point.at)), unmatched };
    };
    const kept = [own.map(({ at }) => at.at)];
    expect(marks(other)).toEqual({ own: kept, unmatched: other });
    const apart = [mark("disconnecting", 600), mark("disconnected", 2_500)];
    expect(marks(apart)).toEqual({ own: kept, unmatched: apart });
  });

  it("keep lines that have changed places within a moment, and those after lines that are missing", () => {
    const own = investigationMarks(0, "1-1", "12301");
    const swapped = [...own.slice(0, 4), mark("stream-start", 3_000, { streamId: "0", maxFrames: "500" }), own[4], ...own.slice(6)];
    expect(shape(swapped.flatMap((one) => one ?? []))).toEqual([["1-1", 9]]);
    const again = [mark("connecting", 11_000, { host: "h", port: "12301" }), mark("connected", 12_000, { host: "h", port: "12301" })];
    expect(shape([...own.slice(0, 6), ...own.slice(7), ...again])).toEqual([["1-1", 10]]);
  });

  it("find the stream that lasted as long as its end says", () => {
    const key = (port: string) => ({ host: "h", port });
    const streams = inTime([
      ...investigationMarks(0, "1-1", "12301").slice(0, 6),
      ...investigationMarks(500, "2-2", "12302").slice(0, 6),
      mark("stream-ended", 6_600, { frames: "500", seconds: "3.00" }),
      mark("stream-ended", 9_100, { frames: "500", seconds: "6.00" }),
      mark("connecting", 9_200, key("12301")),
    ]);
    const { drafts, ambiguous } = take(streams);
    const endOf = (index: number) => drafts[index]?.points.find((point) => point.mark === "stream-ended")?.groups.seconds;
    expect([endOf(0), endOf(1), ambiguous.length]).toEqual(["6.00", "3.00", 0]);
  });

  it("measure nothing with a mark that several could own, and count it", () => {
    const same = inTime([
      ...investigationMarks(0, "1-1", "12301").slice(0, 7),
      ...investigationMarks(300, "2-2", "12302").slice(0, 7),
      mark("disconnecting", 12_000),
      mark("disconnecting", 12_010),
    ]);
    const { drafts, ambiguous } = take(same);
    expect(ambiguous.map((one) => one.mark)).toContain("disconnecting");
    const uncertain = drafts.flatMap((draft) => draft.points.filter((point) => point.mark === "disconnecting" && point.uncertain === true));
    expect(uncertain.length).toBe(ambiguous.filter((one) => one.mark === "disconnecting").length);
    expect(uncertain.every((point) => point.resolutionMs > 1)).toBe(true);
  });

  it("never blame one of several for a failure without a key", () => {
    const failing = inTime([
      ...investigationMarks(0, "1-1", "12301").slice(0, 6),
      ...investigationMarks(300, "2-2", "12302").slice(0, 6),
      mark("stream-failed", 12_000, { error: "Stream error" }),
    ]);
    const { drafts, ambiguous } = take(failing);
    expect(ambiguous.map((one) => one.mark)).toEqual(["stream-failed"]);
    expect(drafts.every((draft) => draft.points.every((point) => point.mark !== "stream-failed"))).toBe(true);
  });
});

describe("a failure in parallel that names nobody", () => {
  const key = (port: string) => ({ host: "h", port });
  const failed = mark("stream-failed", 6_000, { error: "Stream error" });
  const both = [...investigationMarks(0, "1-1", "12301").slice(0, 6), ...investigationMarks(1_000, "2-2", "12302").slice(0, 6), failed];
  const ends = (ms: number, seconds = "6.00") => [
    mark("stream-ended", ms, { frames: "500", seconds }),
    mark("disconnecting", ms + 10),
    mark("disconnected", ms + 100),
  ];
  const draftsOf = (marks: readonly LogMark[]) => take(inTime(marks)).drafts;
  const told = (draft: Draft | undefined) => draft?.points.map(({ mark: id, uncertain }) => (uncertain === true ? `${id}?` : id)).slice(6);

  it("is whose it must be once the others are known to go on", () => {
    const { drafts, ambiguous } = take(inTime([...both, ...ends(10_100)]));
    expect([told(drafts[0]), told(drafts[1]), ambiguous]).toEqual([
      ["stream-failed"],
      ["stream-ended", "disconnecting", "disconnected"],
      [],
    ]);
    expect(drafts.map(({ mixUp }) => mixUp)).toEqual([undefined, undefined]);
  });

  it("is of the one that tries again", () => {
    const again = [mark("connecting", 6_500, key("12302")), mark("connected", 7_000, key("12302")), mark("stream-start", 7_010)];
    const [first, second] = draftsOf([...both, ...again, ...ends(9_100)]);
    expect(told(first)).toEqual(["stream-ended", "disconnecting", "disconnected"]);
    expect(told(second)).toEqual(["stream-failed", "connecting", "connected", "stream-start"]);
  });

  it("leaves open how they ended where nothing tells", () => {
    const drafts = draftsOf([...both, ...ends(10_100, "")]);
    expect(drafts.flatMap((draft) => told(draft)).every((id) => id?.endsWith("?"))).toBe(true);
    expect(drafts.every(({ mixUp }) => mixUp !== undefined)).toBe(true);
  });

  it("leaves open how one ended whose request may have failed, also where others are given keys", () => {
    const refused = (ms: number) => mark("configure-failed", ms, { error: "quota" });
    const granted = (ms: number, jobId: string) => mark("job-body", ms, { jobId, port: `1230${jobId[0]}` });
    const drafts = draftsOf([
      ...[mark("configure-start", 0), granted(10, "1-1")],
      ...[mark("configure-start", 100), refused(110)],
      // Of the second one, or the first one's told again.
      ...[mark("configure-start", 500), refused(510)],
      ...[mark("configure-start", 1_000), granted(1_010, "2-2"), granted(1_020, "1-1")],
    ]);
    expect(drafts.map(({ jobId, points, mixUp }) => [jobId, (points[0]?.at ?? 0) - T0, mixUp !== undefined])).toEqual([
      ["1-1", 0, false],
      [null, 100, true],
      [null, 500, true],
      ["2-2", 1_000, false],
    ]);
  });

  it("is not settled by a key that another may have got", () => {
    const profile = {
      ...focusServer,
      patterns: [
        patternOf("ask", [], { opens: true }),
        patternOf("refused", ["ask"], { fails: true }),
        patternOf("leased", ["ask"]),
        patternOf("granted", ["ask", "leased"]),
        patternOf("working", ["granted"]),
        patternOf("dropped", ["leased", "working"], { fails: true }),
      ],
    };
    const granted = (ms: number, jobId: string) => mark("granted", ms, { jobId });
    const { drafts } = correlate(
      [
        ...[mark("ask", 0), granted(1, "0-1"), mark("ask", 2), granted(3, "1-1"), mark("working", 4, { jobId: "1-1" })],
        // Of this one, or of the one before it.
        ...[mark("ask", 20), mark("leased", 30), mark("dropped", 40)],
        ...[mark("ask", 100), mark("refused", 110), mark("ask", 500)],
        // Of this one, or told again by the one before it.
        ...[mark("refused", 510), granted(1_000, "2-2"), mark("working", 1_100, { jobId: "0-1" })],
      ],
      profile,
    );
    expect(drafts.filter(({ mixUp }) => mixUp === undefined).map(({ jobId }) => jobId)).toEqual(["0-1", "2-2"]);
  });

  it("does not take the lines of those that go on", () => {
    const third = investigationMarks(20_000, "3-3", "12303");
    expect(told(draftsOf([...both, ...ends(10_100), ...third])[2])).toEqual(["stream-ended", "disconnecting", "disconnected"]);
  });

  it("makes what they got uncertain once the one that failed turns out to have gone on", () => {
    const [first, second] = [investigationMarks(0, "1-1", "12301").slice(0, 6), investigationMarks(1_000, "2-2", "12302").slice(0, 7)];
    const lines = [...first, mark("stream-failed", 4_000, { error: "Stream error" }), ...second];
    const late = [mark("disconnecting", 10_500), mark("disconnecting", 10_505), mark("disconnected", 10_600), mark("disconnected", 10_610)];
    const drafts = draftsOf([...lines, ...late]);
    expect(drafts.map((draft) => told(draft))).toEqual([
      ["stream-failed", "disconnecting?", "disconnected?"],
      ["stream-ended", "disconnecting?", "disconnected?"],
    ]);
  });
});

describe("a stream in parallel that says how long it lasted", () => {
  const begun = [...investigationMarks(0, "1-1", "12301").slice(0, 6), ...investigationMarks(46, "2-2", "12302").slice(0, 6)];
  const ended = (ms: number, seconds: string) => mark("stream-ended", ms, { frames: "500", seconds });
  const closing = (ms: number) => [mark("disconnecting", ms), mark("disconnected", ms + 90)];
  const endsOf = (marks: readonly LogMark[]) =>
    take(inTime(marks)).drafts.map(({ points }) => points.find((point) => point.mark === "stream-ended"));

  it("measures nothing where it fits another nearly as well, nor does what is left", () => {
    const found = take(inTime([...begun, ended(9_365, "6.26"), ...closing(9_366), ended(9_911, "6.76"), ...closing(9_912)]));
    const points = found.drafts.map((draft) => draft.points.slice(6));
    expect(points.map((own) => own.map((point) => [point.mark, point.uncertain]))).toEqual(
      [0, 1].map(() => ["stream-ended", "disconnecting", "disconnected"].map((id) => [id, true])),
    );
    expect(points.map(([first]) => first?.groups.seconds)).toEqual(["6.26", "6.76"]);
    // Both have ended, whichever did first.
    expect(found.drafts.every(({ mixUp }) => mixUp === undefined)).toBe(true);
  });

  it("measures nothing where it fits nobody", () => {
    const alone = [...investigationMarks(0, "1-1", "12301").slice(0, 6), ...investigationMarks(5_000, "2-2", "12302").slice(0, 4)];
    expect(endsOf([...alone, ended(9_100, "3.00")])[0]).toMatchObject({ mark: "stream-ended", uncertain: true });
    expect(endsOf([...alone, ended(9_100, "6.00")])[0]).not.toHaveProperty("uncertain");
  });

  it("may be rounded to whole seconds", () => {
    const apart = [...investigationMarks(0, "1-1", "12301").slice(0, 6), ...investigationMarks(4_000, "2-2", "12302").slice(0, 6)];
    const [first, second] = endsOf([...apart, ended(9_500, "6"), ended(13_500, "6")]);
    expect([first?.at, second?.at].map((at) => (at ?? 0) - T0)).toEqual([9_500, 13_500]);
    expect([first?.uncertain, second?.uncertain]).toEqual([undefined, undefined]);
  });
});

describe("several runs", () => {
  it("keep their own when they are put together", () => {
    const run = (ms: number, jobId: string) => [
      mark("investigation-header", ms, { index: "1", total: "20" }),
      ...investigationMarks(ms + 10, jobId, "12301"),
    ];
    const [first, second] = [run(0, "1-1").slice(0, 7), run(60_000, "1-2")].map((marks) => correlate(marks, focusServer));
    if (first === undefined || second === undefined) throw new Error("two runs");
    expect(inOne([first, second]).drafts).toEqual([...first.drafts, ...second.drafts]);
    expect(inOne([first, second]).drafts.map(({ points }) => points.length)).toEqual([7, 10]);
    expect([inOne([first]), inOne([])]).toEqual([first, { drafts: [], runMarks: [], unmatched: [], ambiguous: [] }]);
  });
});

describe("long runs", () => {
  it("of lines without a key that come before one, or of durations of one stream, are correlated at once", () => {
    const ended = (ms: number) => mark("stream-ended", ms, { frames: "5", seconds: "0.01" });
    const many = Array.from({ length: 150_000 }, (_, index) => ended(400 + index));
    const own = investigationMarks(0, "1-1", "12301");
    const cpuMs = cpuClock();
    const late = own.slice(3).map((one) => ({ ...one, at: { ...one.at, at: one.at.at + 200_000 } }));
    expect(correlate([...own.slice(0, 3), ...many, ...late], focusServer).unmatched).toHaveLength(150_000);
    const reports = Array.from({ length: 40_000 }, (_, index) => ended(9_100 + index));
    expect(correlate([...own.slice(0, 6), ...reports, ...own.slice(7)], focusServer).drafts[0]?.points).toHaveLength(40_008);
    expect(cpuMs()).toBeLessThan(4_000);
  });

  it.each([
    ["that succeed", 9],
    ["whose streams never end", 6],
  ])("of 40,000 investigations %s are correlated at once", (_, length) => {
    const marks = Array.from({ length: 40_000 }, (_unused, index) =>
      investigationMarks(index * 20_000, `${index % 30}-${index}`, String(12_300 + (index % 30))).slice(0, length),
    ).flat();
    const cpuMs = cpuClock();
    expect(take(marks).drafts).toHaveLength(40_000);
    expect(cpuMs()).toBeLessThan(4_000);
  });
});
