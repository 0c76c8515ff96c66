import { describe, expect, it } from "vitest";
import type { LogMark } from "../../../src/model/event.js";
import { candidateJobs, type LinkableJob } from "../../../src/timeline/links/candidate-jobs.js";
import { groupLogs } from "../../../src/timeline/logs/group-logs.js";
import { moment } from "../../analyze/builders.js";
import { focusServer, investigationMarks, mark, sources, T0 } from "../builders.js";

const ids = (slot: number) => Array.from({ length: 6 }, (_, index) => `${slot}-${100 + index}`);
const startOf = (index: number) => index * 20_037;
const created = (ms: number) => ({ ...moment(0), at: T0 + ms, lo: T0 + ms, hi: T0 + ms });
const jobs = [1, 2].flatMap((slot) =>
  ids(slot).map(
    (jobId, index): LinkableJob => ({
      uid: jobId,
      name: `grpc-job-${jobId}`,
      namespace: "default",
      role: "serving",
      jobId,
      created: created(startOf(index) + 150),
    }),
  ),
);
const from = (source: number, marks: readonly LogMark[]) => ({
  source,
  marks: marks.map((one) => ({ ...one, evidence: { ...one.evidence, source } })),
});
/** A runner's log whose clock is so far ahead. */
const runner = (source: number, slot: number, aheadMs: number) =>
  from(
    source,
    ids(slot).flatMap((id, index) => investigationMarks(startOf(index) + aheadMs, id, `${12300 + slot}`)),
  );
const grouped = (...logs: readonly ReturnType<typeof from>[]) =>
  groupLogs(logs, { profile: focusServer, sources: sources(600_000), candidates: candidateJobs(jobs, focusServer), declared: {} }).map(
    ({ members, apart }) => [members.map(({ log, shiftMs }) => [log.source, shiftMs]), apart],
  );

describe("the logs of one clock", () => {
  const one = runner(0, 1, 0);
  /** Nothing in it names an investigation, and it does not go on where another ends. */
  const piece = from(2, [mark("stream-start", 400_000), mark("stream-ended", 406_000)]);

  it("are those whose offsets agree but for the zones that they print", () => {
    expect(grouped(one, runner(1, 2, 0))).toEqual([
      [
        [
          [0, 0],
          [1, 0],
        ],
        false,
      ],
    ]);
    expect(grouped(one, runner(1, 2, 7_200_000))).toMatchObject([
      [
        [
          [0, 0],
          [1, -7_200_000],
        ],
        false,
      ],
    ]);
  });

  it("are not those of another that is minutes off", () => {
    expect(grouped(one, runner(1, 2, 100_000)).map(([members]) => members)).toEqual([[[0, 0]], [[1, 0]]]);
  });

  it("are not those of another that counts its own investigations meanwhile, of however many", () => {
    const counted = (source: number, slot: number, total: number, aheadMs: number) =>
      from(
        source,
        ids(slot).flatMap((id, index) => [
          mark("investigation-header", startOf(index) + aheadMs, { index: `${index + 1}`, total: `${total}` }),
          ...investigationMarks(startOf(index) + aheadMs, id, `${12300 + slot}`),
        ]),
      );
    for (const total of [6, 30]) {
      expect(grouped(counted(0, 1, 6, 0), counted(1, 2, total, 0)).map(([members]) => members)).toEqual([[[0, 0]], [[1, 0]]]);
    }
  });

  it("include a piece without an investigation where there is but one clock that it can be of", () => {
    expect(grouped(one, piece)).toHaveLength(1);
    const [, , alone] = grouped(one, runner(1, 2, 100_000), piece);
    expect(alone).toEqual([[[2, 0]], true]);
  });

  it("are the same in whatever order they are given", () => {
    const logs = [one, runner(1, 2, 100_000), piece] as const;
    expect(grouped(...logs.toReversed())).toEqual(grouped(...logs));
  });
});
