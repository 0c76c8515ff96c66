import { oncePer } from "../model/once-per.js";
import type { Profile, StageDefinition } from "../model/profile.js";
import type { Evidence } from "../model/source.js";
import type { DurationMs, EpochMs } from "../model/time.js";
import { type Investigation, isSound, type Point, type Timeline } from "../model/timeline.js";

/** One stage of one investigation, on the runner's clock. */
export interface StageInterval {
  readonly stage: string;
  readonly from: EpochMs;
  /** Missing: still going on when the log ends, or its end was not logged. */
  readonly to?: EpochMs;
  readonly durationMs: DurationMs | null;
  /** How far the duration may be off because stamps are cut. */
  readonly resolutionMs: DurationMs;
  readonly outcome: "ok" | "failed" | "censored";
  readonly evidence: readonly Evidence[];
}

/**
 * The stages that the profile defines between marks of the log, for each investigation in run order. Retries and reconnects count from the
 * first start to the final success. Stages that end with the next investigation exist only in sequential runs; those across a moment
 * at which the clock may have been set are left out.
 */
export function stageIntervals(timeline: Timeline, profile: Profile): ReadonlyMap<Investigation, readonly StageInterval[]> {
  const attempts = attemptMarks(profile);
  const opening = new Set(profile.patterns.filter((pattern) => pattern.opens).map((pattern) => pattern.id));
  const inLog = profile.stages
    .filter((stage) => !isJobStage(stage) && (timeline.sequential || !stage.sequentialOnly))
    .map((stage) => ({ stage, begins: beginOf(stage), firstEnd: attempts.has(stage.to) }));
  const result = new Map<Investigation, StageInterval[]>();
  for (let index = 0; index < timeline.investigations.length; index += 1) {
    const investigation = timeline.investigations[index] as Investigation;
    const next = timeline.investigations[index + 1];
    const nextStart = next?.points.find((point) => opening.has(point.mark)) ?? next?.points[0];
    const clock = investigation.clock ?? "runner";
    const isKnown = ({ from, to = from }: StageInterval) => isSound(timeline, clock, { lo: from, hi: to });
    const intervals: StageInterval[] = [];
    for (const inStage of inLog) {
      const interval = stageOf(inStage, investigation, nextStart);
      if (interval !== undefined && isKnown(interval)) intervals.push(interval);
    }
    result.set(investigation, intervals);
  }
  return result;
}

/** A stage of one investigation. */
export interface IntervalOf {
  readonly investigation: Investigation;
  readonly interval: StageInterval;
}

/** The investigations that went through a stage, in run order. */
export function intervalsOfStage(stages: ReadonlyMap<Investigation, readonly StageInterval[]>, stage: string): readonly IntervalOf[] {
  return byStage(stages).get(stage) ?? [];
}

const byStage = oncePer((stages: ReadonlyMap<Investigation, readonly StageInterval[]>) => {
  const found = new Map<string, IntervalOf[]>();
  for (const [investigation, intervals] of stages) {
    for (const interval of intervals) {
      const ofStage = found.get(interval.stage);
      if (ofStage === undefined) found.set(interval.stage, [{ investigation, interval }]);
      else if (ofStage.at(-1)?.investigation !== investigation) ofStage.push({ investigation, interval });
    }
  }
  return found;
});

/** A stage with an end in the cluster is measured from the Jobs. */
export function isJobStage(stage: StageDefinition): boolean {
  return [stage.from, stage.to].flat().some((point) => point.startsWith("job."));
}

/** A stage that can be found in a log. */
interface StageInLog {
  readonly stage: StageDefinition;
  /** Its beginning among the points of an investigation. */
  readonly begins: (points: readonly Point[]) => Point | undefined;
  /** Each try has an end of its own: the first one counts, not the last. */
  readonly firstEnd: boolean;
}

/** Marks that are one attempt of several. */
export const attemptMarks: (profile: Profile) => ReadonlySet<string> = oncePer(
  ({ patterns }) => new Set(patterns.filter((pattern) => pattern.attempt).map((pattern) => pattern.id)),
);

/** The last of several points, the first of a single one. */
export function beginOf({ from }: StageDefinition): StageInLog["begins"] {
  const isBegin = (point: Point) => (typeof from === "string" ? point.mark === from : from.includes(point.mark));
  return (points) => (typeof from === "string" ? points.find(isBegin) : points.findLast(isBegin));
}

/** Where a stage ends among the points of an investigation. */
export function endOf(points: readonly Point[], to: string, firstEnd: boolean): Point | undefined {
  const isEnd = (point: Point) => point.mark === to;
  return firstEnd ? points.find(isEnd) : points.findLast(isEnd);
}

function stageOf(
  { stage, begins, firstEnd }: StageInLog,
  investigation: Investigation,
  nextStart: Point | undefined,
): StageInterval | undefined {
  const { points, outcome } = investigation;
  const from = begins(points);
  if (from === undefined || from.uncertain === true) return undefined;
  if (stage.to === "next.start") {
    if (nextStart === undefined || (outcome !== "ok" && !stage.includeFailed)) return undefined;
    return between(stage.id, from, nextStart, "ok");
  }
  const to = endOf(points, stage.to, firstEnd);
  if (to?.uncertain === true) return undefined;
  if (to !== undefined && to.at >= from.at) return between(stage.id, from, to, "ok");
  const { failure } = investigation;
  if (failure !== undefined && failure.at >= from.at) return between(stage.id, from, failure, "failed");
  // Nobody went on with it (an unopened Job), or the line of its end is lost: then there is no stage that still goes on.
  if (outcome !== "running") return undefined;
  const evidence = [from.evidence];
  return { stage: stage.id, from: from.at, durationMs: null, resolutionMs: from.resolutionMs, outcome: "censored", evidence };
}

function between(stage: string, from: Point, to: Point, outcome: "ok" | "failed"): StageInterval {
  return {
    stage,
    from: from.at,
    to: to.at,
    durationMs: roundMicroseconds(to.at - from.at),
    resolutionMs: Math.max(from.resolutionMs, to.resolutionMs),
    outcome,
    evidence: [from.evidence, to.evidence],
  };
}

/** Differences of epoch milliseconds carry binary noise below a microsecond; no stamp is finer. */
export function roundMicroseconds(durationMs: DurationMs): DurationMs {
  return Math.round(durationMs * 1000) / 1000;
}

/** Its stages are counted apart. (A stage of a successful investigation without an end lost a line; unmatched lines are counted elsewhere.) */
export function hasFailed({ outcome }: Investigation): boolean {
  return outcome !== "ok" && outcome !== "running";
}
