import { describe, expect, it } from "vitest";
import type { LogMark } from "../../../src/model/event.js";
import type { Profile } from "../../../src/model/profile.js";
import { correlate } from "../../../src/timeline/investigations/correlate.js";
import type { Draft } from "../../../src/timeline/investigations/draft.js";
import { cpuClock } from "../../cpu-clock.js";
import { focusServer, inTime, investigationMarks, mark, patternOf, T0 } from "../builders.js";

const take = (marks: readonly LogMark[], profile: Profile = focusServer) => correlate(inTime(marks), profile);
const told = ({ points }: Draft) => points.map(({ mark: id, uncertain }) => (uncertain === true ? `${id}?` : id));
const shape = (marks: readonly LogMark[], profile?: Profile) => take(marks, profile).drafts.map((draft) => [draft.jobId, ...told(draft)]);
const whole = investigationMarks(0, "", "").map((one) => one.mark);
const key = (port: string) => ({ host: "h", port });

describe("a job id that comes again in one run", () => {
  const first = investigationMarks(0, "1-1", "12301");
  const second = investigationMarks(20_000, "2-2", "12302");

  it("is of the investigation that waits for one, whether the first that had it closed or failed", () => {
    const again = investigationMarks(40_000, "1-1", "12301");
    expect(shape([...first, ...second, ...again])).toEqual([
      ["1-1", ...whole],
      ["2-2", ...whole],
      ["1-1", ...whole],
    ]);
    const refused = [...first.slice(0, 4), mark("connect-failed", 2_500, { ...key("12301"), error: "refused" })];
    expect(shape([...refused, ...again])).toEqual([
      ["1-1", ...whole.slice(0, 4), "connect-failed"],
      ["1-1", ...whole],
    ]);
    expect(take([...first, ...second, ...again])).toMatchObject({ unmatched: [], ambiguous: [] });
  });

  it("is of the one that has begun, also where its line comes in the same moment as the one before it", () => {
    const [start, configured, tracked, ...rest] = investigationMarks(20_000, "1-1", "12301") as [LogMark, LogMark, LogMark];
    const swapped = [start, { ...tracked, at: configured.at }, configured, ...rest];
    expect(shape([...first, ...swapped]).map(([id, ...marks]) => [id, marks.length])).toEqual([
      ["1-1", 9],
      ["1-1", 9],
    ]);
  });

  it("is of the one that waits where investigations overlap", () => {
    const beside = investigationMarks(9_000, "2-2", "12302");
    const again = investigationMarks(12_000, "1-1", "12301");
    expect(shape([...first, ...beside, ...again])).toEqual([
      ["1-1", ...whole],
      ["2-2", ...whole],
      ["1-1", ...whole],
    ]);
  });

  it("may be of two clients of one Job: the order of their lines tells them apart, and what it leaves open measures nothing", () => {
    const client = (ms: number) => investigationMarks(ms, "1-1", "12301");
    // The second dials while the first one reads its stream.
    expect(shape([...client(0), ...client(6_500)])).toEqual([
      ["1-1", ...whole],
      ["1-1", ...whole],
    ]);
    const both = shape([...client(0), ...client(800)]);
    expect(both.map(([id, ...marks]) => [id, marks.length])).toEqual([
      ["1-1", 9],
      ["1-1", 9],
    ]);
    // Both wait for the connection.
    expect(both.flat().filter((id) => id === "connecting?").length).toBeGreaterThan(0);
  });

  it("stays that of the first where its lines or its failure come late", () => {
    const own = [...first, ...second];
    const late = mark("investigation-created", 20_305, { jobId: "1-1" });
    expect(shape([...own, late])).toEqual([
      ["1-1", ...whole, "investigation-created"],
      ["2-2", ...whole],
    ]);
    const failed = mark("configure-failed", 20_100, { jobId: "1-1", error: "late" });
    expect(shape([...own, failed])).toEqual([
      ["1-1", ...whole, "configure-failed"],
      ["2-2", ...whole],
    ]);
    const twice = (ms: number) => mark("tracked", ms, { jobId: "1-1" });
    const beside = investigationMarks(1_000, "2-2", "12302");
    expect(shape([...first, ...beside, twice(1_305)]).map(([id, ...marks]) => [id, marks.length])).toEqual([
      ["1-1", 10],
      ["2-2", 9],
    ]);
    expect(shape([...first, twice(311), ...investigationMarks(305, "2-2", "12302").slice(1)])[0]?.slice(0, 5)).toEqual([
      "1-1",
      ...whole.slice(0, 3),
      "tracked",
    ]);
  });

  it("begins anew where the log holds no requests", () => {
    const withoutRequests = (marks: readonly LogMark[]) => marks.slice(2);
    const again = withoutRequests(investigationMarks(40_000, "1-1", "12301"));
    expect(shape([...withoutRequests(first), ...withoutRequests(second), ...again])).toEqual([
      ["1-1", ...whole.slice(2)],
      ["2-2", ...whole.slice(2)],
      ["1-1", ...whole.slice(2)],
    ]);
  });

  it("leaves open whose a line is that one that has closed may log as it connects again, and one that overlaps it as it begins", () => {
    const profile = {
      ...focusServer,
      patterns: [patternOf("ask", [], { opens: true }), patternOf("dial", ["ask", "left"]), patternOf("left", ["dial"], { closes: true })],
    };
    const dial = (ms: number, jobId: string) => mark("dial", ms, { jobId });
    const left = (ms: number, jobId: string) => mark("left", ms, { jobId });
    const marks = [
      ...[mark("ask", 0), dial(1, "1-1"), mark("ask", 2), dial(3, "2-2"), left(4, "1-1"), mark("ask", 5)],
      ...[dial(6, "1-1"), left(7, "1-1")],
    ];
    const { drafts, ambiguous } = take(marks, profile);
    expect(drafts.map((draft) => [draft.jobId, draft.keyShared, ...told(draft)])).toEqual([
      ["1-1", true, "ask", "dial", "left", "dial?", "left?"],
      ["2-2", undefined, "ask", "dial"],
      [null, true, "ask"],
    ]);
    expect(ambiguous.map(({ at }) => at.at - T0)).toEqual([6, 7]);
    // An id of its own tells that the lines were not its.
    const settled = take([...marks, dial(8, "3-3"), dial(9, "1-1")], profile).drafts;
    expect(settled.map((draft) => [draft.jobId, draft.keyShared])).toEqual([
      ["1-1", undefined],
      ["2-2", undefined],
      ["3-3", undefined],
    ]);
    expect(told(settled[0] as Draft).at(-1)).toBe("dial");
  });

  it.each([
    ["that succeed", 9],
    ["whose streams never end", 6],
  ])("of 40,000 investigations %s takes no longer", (_, length) => {
    const marks = Array.from({ length: 40_000 }, (_unused, index) =>
      investigationMarks(index * 20_000, `${index % 3}-0`, String(12_300 + (index % 3))).slice(0, length),
    ).flat();
    const cpuMs = cpuClock();
    expect(correlate(marks, focusServer).drafts).toHaveLength(40_000);
    expect(cpuMs()).toBeLessThan(4_000);
  });
});
