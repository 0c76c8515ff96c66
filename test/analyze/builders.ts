/** A hand-made timeline: moments are milliseconds after T0, every clock is the cluster's. */
import { concurrency } from "../../src/analyze/concurrency/concurrency.js";
import type { MetricContext } from "../../src/analyze/metrics/metric-context.js";
import { stageIntervals } from "../../src/analyze/stages/stage-intervals.js";
import type { Investigation, Job, Moment, Point, Timeline } from "../../src/model/timeline.js";
import { anchoredRunner, focusServer, T0 } from "../timeline/builders.js";

export function moment(ms: number, widthMs = 0, how: Moment["how"] = "audit"): Moment {
  return { at: T0 + ms, lo: T0 + ms - widthMs, hi: T0 + ms, how, bracket: widthMs > 1000 };
}

export function point(mark: string, ms: number, groups: Record<string, string> = {}): Point {
  return { mark, at: T0 + ms, resolutionMs: 1, groups, message: mark, evidence: { source: 0, line: 1 } };
}

/** A successful investigation of 10 s from `ms` on, served by the Job `uid-<number>`. */
export function investigation(number: number, ms: number, fields: Partial<Investigation> = {}): Investigation {
  const points = [
    point("configure-start", ms),
    point("configured", ms + 300),
    point("connecting", ms + 2_000),
    point("connected", ms + 3_000),
    point("stream-start", ms + 3_100, { maxFrames: "500" }),
    point("stream-ended", ms + 9_100, { frames: "500" }),
    point("disconnecting", ms + 9_500),
    point("disconnected", ms + 10_000),
  ];
  return { number, jobId: `1-${number}`, outcome: "ok", attempts: 1, points, jobUid: `uid-${number}`, jobLink: "job-id", ...fields };
}

export function job(number: number, createdMs: number, goneMs: number | null, fields: Partial<Job> = {}): Job {
  return {
    name: `grpc-job-1-${number}`,
    namespace: "default",
    uid: `uid-${number}`,
    role: "serving",
    jobId: `1-${number}`,
    ofThisRun: true,
    investigation: number,
    created: moment(createdMs),
    ...(goneMs === null ? {} : { gone: moment(goneMs) }),
    mechanism: goneMs === null ? "open" : "idle-cleanup",
    truncated: false,
    env: {},
    images: [],
    specSeen: true,
    evidence: [],
    ...fields,
  };
}

export function timeline(investigations: readonly Investigation[], jobs: readonly Job[], fields: Partial<Timeline> = {}): Timeline {
  const marks = investigations.flatMap((one) => one.points.map((p) => p.at));
  return {
    run: { selected: 1, found: 1 },
    clocks: [{ ...anchoredRunner(), id: "cluster", method: "reference" }, anchoredRunner()],
    investigations,
    sequential: true,
    runMarks: [],
    jobs,
    pods: [],
    logSpan: marks.length === 0 ? null : { lo: Math.min(...marks), hi: Math.max(...marks) + 1 },
    runLines: new Map(),
    jobCoverage: { lo: T0, hi: T0 + 1_000_000 },
    diagnostics: [],
    ...fields,
  } as Timeline;
}

/** What metrics are taken from, for a timeline. */
export function contextOf(line: Timeline, documentedCleanupMs: number | null = 50_000): MetricContext {
  return {
    timeline: line,
    profile: focusServer,
    stages: stageIntervals(line, focusServer),
    concurrency: concurrency(line, focusServer, documentedCleanupMs),
  } as MetricContext;
}

/** `n` investigations 20 s apart whose Jobs are gone `cleanupMs` after the disconnect. */
export function regularRun(n: number, cleanupMs: (index: number) => number | null): Timeline {
  const numbers = Array.from({ length: n }, (_, index) => index);
  return timeline(
    numbers.map((index) => investigation(index + 1, index * 20_000)),
    numbers.map((index) => {
      const cleanup = cleanupMs(index);
      const end = cleanup === null ? null : index * 20_000 + 10_000 + cleanup;
      const open = { censoredAt: T0 + 1_000_000 };
      return job(index + 1, index * 20_000 + 150, end, end === null ? open : {});
    }),
  );
}
