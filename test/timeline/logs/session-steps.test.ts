import { describe, expect, it } from "vitest";
import type { LogMark } from "../../../src/model/event.js";
import { candidateJobs, type LinkableJob } from "../../../src/timeline/links/candidate-jobs.js";
import type { LogContext } from "../../../src/timeline/logs/log-bounds.js";
import { runOfLog } from "../../../src/timeline/logs/run-of-log.js";
import { runnerLogs } from "../../../src/timeline/logs/runner-logs.js";
import { sessionSteps } from "../../../src/timeline/logs/session-steps.js";
import { focusServer, investigationMarks, mark, T0 } from "../builders.js";

const HOUR = 3_600_000;
const context: LogContext = {
  profile: focusServer,
  sources: [],
  candidates: candidateJobs([], focusServer),
  declared: {},
};
const session = (ms: number, count: number, first: number): LogMark[] => [
  mark("run-start", ms),
  ...Array.from({ length: count }, (_, index) => [
    mark("investigation-header", ms + index * 20_000, { index: String(index + 1), total: String(count) }),
    ...investigationMarks(ms + index * 20_000 + 10, `${index + 1}-${first + index}`, String(12_301 + index)),
  ]).flat(),
];
/** Those of a session by a clock that reads so much more than the cluster's. */
const jobsOf = (marks: readonly LogMark[], offsetMs: number): LinkableJob[] =>
  marks.flatMap(({ mark: id, groups, at }) => {
    if (id !== "tracked") return [];
    const created = at.at - 200 - offsetMs;
    const moment = { at: created, lo: created, hi: created, how: "watch-received", bracket: false } as const;
    const name = `grpc-job-${groups.jobId}`;
    return [{ uid: `uid-${groups.jobId}`, name, namespace: "default", role: "serving", jobId: groups.jobId ?? null, created: moment }];
  });
const stepsOf = (...sessions: LogMark[][]) => [...sessionSteps(sessions.flat(), context).values()].flat().map(({ byMs }) => byMs);
const idsOf = (marks: readonly LogMark[], wanted: number | "all" | undefined) => {
  const [log] = runnerLogs(marks, [], context);
  if (log === undefined) throw new Error("no log");
  const { correlation, selection, span } = runOfLog(log, context, wanted);
  return { ids: correlation.drafts.map(({ jobId }) => jobId), found: selection.found, begin: (span?.lo ?? 0) - T0 };
};

describe("a session that begins earlier than the one before it ended", () => {
  const first = session(0, 3, 100);

  it.each([
    ["inside of its times", 30_000],
    ["before them", -600_000],
  ])("%s is a run of its own, the last one, with its times as printed", (_, ms) => {
    const marks = [...first, ...session(ms, 4, 200)];
    expect(idsOf(marks, undefined)).toEqual({ ids: ["1-200", "2-201", "3-202", "4-203"], found: 2, begin: ms });
    expect(idsOf(marks, 1)).toEqual({ ids: ["1-100", "2-101", "3-102"], found: 2, begin: 0 });
    expect(idsOf(marks, "all").ids).toHaveLength(7);
  });

  it("is put behind it by as many hours as it takes", () => {
    expect(stepsOf(first, session(30_000, 2, 200))).toEqual([HOUR]);
    expect(stepsOf(first, session(30_000, 2, 200), session(120_000, 2, 300))).toEqual([HOUR]);
    expect(stepsOf(first, session(30_000 - HOUR, 2, 200), session(-HOUR, 2, 300))).toEqual([2 * HOUR, 3 * HOUR]);
  });

  it("is none where the next begins at once, or later", () => {
    expect(stepsOf(first, session(50_010, 2, 200))).toEqual([]);
    expect(stepsOf(first, session(49_500, 2, 200))).toEqual([]);
    expect(stepsOf(first, session(5 * HOUR, 2, 200))).toEqual([]);
    expect(stepsOf(first)).toEqual([]);
  });

  it("is held against the Jobs of both sides", () => {
    const [before, after] = [session(0, 3, 100), session(30_000, 3, 200)];
    const steps = (offsetMs: number) => {
      const candidates = candidateJobs([...jobsOf(before, 0), ...jobsOf(after, offsetMs)], focusServer);
      return [...sessionSteps([...before, ...after], { ...context, candidates }).values()].flat().map(({ byMs }) => byMs);
    };
    // Set back by two hours; set forward, which explains nothing; not set: then the times say what was first.
    expect([steps(-2 * HOUR), steps(HOUR), steps(0)]).toEqual([[2 * HOUR], [HOUR], []]);
  });
});
