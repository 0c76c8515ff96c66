import { oncePer } from "../../model/collections/once-per.js";
import { marksThat } from "../../model/marks.js";
import type { Profile, StageDefinition } from "../../model/profile.js";
import { NEXT_START } from "../../model/reserved-stages.js";
import type { Evidence } from "../../model/source.js";
import { type DurationMs, type EpochMs, roundMicroseconds } from "../../model/time.js";
import { type Investigation, isSound, type Point, type Timeline } from "../../model/timeline.js";

/** One stage of one investigation, on the runner's clock. */
export interface StageInterval {
  readonly stage: string;
  readonly investigation: Investigation;
  readonly from: EpochMs;
  /** Missing: still going on when the log ends. */
  readonly to?: EpochMs | undefined;
  readonly durationMs: DurationMs | null;
  /** How far the duration may be off because stamps are cut. */
  readonly resolutionMs: DurationMs;
  readonly outcome: "ok" | "failed" | "censored";
  readonly begin: Point;
  /** Of the next investigation, where the stage ends with it. */
  readonly end: Point | undefined;
  /** Their lines. */
  readonly evidence: readonly Evidence[];
}

/** A stage between two points. A long run has ten to an investigation: what its points can tell is asked of them. */
class PointInterval implements StageInterval {
  constructor(
    readonly stage: string,
    readonly investigation: Investigation,
    readonly outcome: StageInterval["outcome"],
    readonly begin: Point,
    readonly end: Point | undefined,
  ) {}

  get from(): EpochMs {
    return this.begin.at;
  }
  get to(): EpochMs | undefined {
    return this.end?.at;
  }
  get durationMs(): DurationMs | null {
    return this.end === undefined ? null : roundMicroseconds(this.end.at - this.begin.at);
  }
  get resolutionMs(): DurationMs {
    return Math.max(this.begin.resolutionMs, this.end?.resolutionMs ?? 0);
  }
  get evidence(): readonly Evidence[] {
    return this.end === undefined ? [this.begin.evidence] : [this.begin.evidence, this.end.evidence];
  }
}

/**
 * The stages that the profile defines between marks of the log, for each investigation in run order. Retries and reconnects count from the
 * first start to the final success. Stages that end with the next investigation exist only in sequential runs; those across a moment
 * at which the clock may have been set are left out.
 */
export function stageIntervals(timeline: Timeline, profile: Profile): ReadonlyMap<Investigation, readonly StageInterval[]> {
  const attempts = attemptMarks(profile);
  const opening = marksThat(profile, "opens");
  const inLog = profile.stages
    .filter((stage) => !isJobStage(stage) && (timeline.sequential || !isSequentialOnly(stage)))
    .map((stage) => ({ stage, begins: beginOf(stage), firstEnd: attempts.has(stage.to) }));
  const result = new Map<Investigation, StageInterval[]>();
  for (let index = 0; index < timeline.investigations.length; index += 1) {
    const investigation = timeline.investigations[index] as Investigation;
    const following = timeline.investigations[index + 1];
    // What lies between two runs is no part of either.
    const next = following?.run === investigation.run ? following : undefined;
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

/** A stage of all investigations that went through it, in run order. */
export function intervalsOfStage(stages: ReadonlyMap<Investigation, readonly StageInterval[]>, stage: string): readonly StageInterval[] {
  return byStage(stages).get(stage) ?? [];
}

const byStage = oncePer((stages: ReadonlyMap<Investigation, readonly StageInterval[]>) => {
  const found = new Map<string, StageInterval[]>();
  for (const intervals of stages.values()) {
    for (const interval of intervals) {
      const ofStage = found.get(interval.stage);
      if (ofStage === undefined) found.set(interval.stage, [interval]);
      else if (ofStage.at(-1)?.investigation !== interval.investigation) ofStage.push(interval);
    }
  }
  return found;
});

/** A stage with an end in the cluster is measured from the Jobs. */
export function isJobStage(stage: StageDefinition): boolean {
  return [stage.from, stage.to].flat().some((point) => point.startsWith("job."));
}

/** Whether a stage means nothing while investigations overlap: the next one may then begin before it does. */
export function isSequentialOnly({ to, sequentialOnly }: StageDefinition): boolean {
  return sequentialOnly || to === NEXT_START;
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
export const attemptMarks: (profile: Profile) => ReadonlySet<string> = oncePer((profile) => marksThat(profile, "attempt"));

/** The last of several points, the first of a single one. */
export function beginOf({ from }: StageDefinition): StageInLog["begins"] {
  const marks = [from].flat();
  const isBegin = (point: Point) => marks.includes(point.mark);
  return (points) => (marks.length === 1 ? points.find(isBegin) : points.findLast(isBegin));
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
  if (stage.to === NEXT_START) {
    if (nextStart === undefined || nextStart.uncertain === true || (outcome !== "ok" && !stage.includeFailed)) return undefined;
    return new PointInterval(stage.id, investigation, "ok", from, nextStart);
  }
  const to = endOf(points, stage.to, firstEnd);
  if (to?.uncertain === true) return undefined;
  if (to !== undefined && to.at >= from.at) return new PointInterval(stage.id, investigation, "ok", from, to);
  const { failure } = investigation;
  if (failure !== undefined && failure.uncertain !== true && failure.at >= from.at)
    return new PointInterval(stage.id, investigation, "failed", from, failure);
  // Nobody went on with it (an unopened Job), or the line of its end is lost: then there is no stage that still goes on.
  return outcome === "running" ? new PointInterval(stage.id, investigation, "censored", from, undefined) : undefined;
}
