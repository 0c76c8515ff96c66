/** What should be in a statistic and is not, because not both of its ends are known. */

import { marksThat } from "../../model/marks.js";
import type { Profile, StageDefinition } from "../../model/profile.js";
import type { ReportStage } from "../../model/report.js";
import { hasFailed } from "../../model/reports/outcome.js";
import { NEXT_START } from "../../model/reserved-stages.js";
import type { Diagnostic } from "../../model/source.js";
import type { Investigation } from "../../model/timeline.js";
import { intervalsOfStage, isSequentialOnly } from "../stages/stage-intervals.js";
import type { MetricContext } from "./metric-context.js";

/** The count as a field of a row; absent where there are none. */
export function unknownField(count: number): { readonly unknown?: number } {
  return count === 0 ? {} : { unknown: count };
}

/** A stage of the log: investigations that went into it, but not into its statistic, though none of them failed. */
export function unknownInLog(stage: StageDefinition, { timeline, profile, stages }: MetricContext): number {
  if (isSequentialOnly(stage) && !timeline.sequential) return 0;
  const known = new Set(intervalsOfStage(stages, stage.id).map(({ investigation }) => investigation));
  // A log in which nothing goes into it has no lines for it.
  if (known.size === 0) return 0;
  const { investigations } = timeline;
  return investigations.filter((investigation, index) => {
    if (known.has(investigation) || hasFailed(investigation)) return false;
    const next = investigations[index + 1];
    if (stage.to === NEXT_START && (next === undefined || next.run !== investigation.run)) return false;
    return hasMarkOf(stage, investigation) && !skips(stage, investigation, profile);
  }).length;
}

/** A stage between a mark and a point of a Job: investigations that passed a mark of it, and whose Job no source shows. */
export function unknownWithoutJob(stage: StageDefinition, { timeline, profile }: Pick<MetricContext, "timeline" | "profile">): number {
  return timeline.investigations.filter(
    (one) => one.jobUid === undefined && hasMarkOf(stage, one) && !hasFailed(one) && !skips(stage, one, profile),
  ).length;
}

function hasMarkOf(stage: StageDefinition, { points }: Investigation): boolean {
  return points.some(({ mark }) => mark === stage.to || [stage.from].flat().includes(mark));
}

/** Whether an investigation did not go into a stage: the log has its beginning, and none of the marks that begin the stage. */
export function skips(stage: StageDefinition, { points }: Investigation, profile: Profile): boolean {
  const froms = [stage.from].flat();
  if (froms.some((point) => point.startsWith("job."))) return false;
  const opening = marksThat(profile, "opens");
  return points.some(({ mark }) => opening.has(mark)) && !points.some(({ mark }) => froms.includes(mark));
}

type Counts = Pick<ReportStage, "n" | "censored" | "unknown">;

/** More than this share of what went through a stage, and those that are not in its statistic need not be like those that are. */
const MOST_UNKNOWN = 0.05;

function isOfPart({ n, censored, unknown = 0 }: Counts): boolean {
  return unknown > (n + censored + unknown) * MOST_UNKNOWN;
}

/** Whether more are missing from a statistic than are in it: the median of all may be any value. */
export function isOfFewest({ n, censored, unknown = 0 }: Counts): boolean {
  return unknown > n + censored;
}

/** Stages whose numbers are those of a part of all that went through them. */
export function partlyKnownStages(stages: readonly ReportStage[]): Diagnostic[] {
  const partly = stages.filter((row) => row.n > 0 && isOfPart(row));
  if (partly.length === 0) return [];
  const names = partly.map(({ stage, n, censored, unknown = 0 }) => `${stage} ${n}/${n + censored + unknown}`).join(", ");
  const values = { count: partly.length, stages: names };
  return [{ id: "stages-partly-known", severity: "warning", count: partly.length, values, examples: [] }];
}
