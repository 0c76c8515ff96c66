import type { Profile, StageDefinition } from "../model/profile.js";
import type { LintProblem } from "./lint-claims.js";
import { unknown } from "./lint-names.js";

/** Points of a Job's life, in the order in which a Job passes them. */
const POINTS_OF_JOBS = ["job.created", "job.scheduled", "job.started", "job.finished", "job.deleted"];
const NEXT_START = "next.start";

/** Whether a stage begins or ends with a point of a Job's life, and is measured from the Jobs. */
export function isStageOfJobs({ from, to }: StageDefinition): boolean {
  return [from, to].flat().some((point) => POINTS_OF_JOBS.includes(point));
}

/** Problems of stages: points that do not exist, that cannot follow each other, or that nothing could measure. */
export function lintStages(profile: Profile): LintProblem[] {
  const ids = profile.stages.map((stage) => stage.id);
  const marks = profile.patterns.map((pattern) => pattern.id);
  const points = [...marks, ...POINTS_OF_JOBS, NEXT_START];
  const ofStages = profile.stages.flatMap((stage) => {
    const place = `stages.${stage.id}`;
    return [
      ...unknown(place, [...[stage.from].flat(), stage.to], points, "point"),
      ...unknown(`${place}.partOf`, stage.partOf ? [stage.partOf] : [], ids, "stage"),
      ...lintOrder(place, stage),
      ...lintParts(place, stage, profile.stages),
    ];
  });
  return [...ofStages, ...lintClosing(profile, marks)];
}

/** Points that no Job and no investigation passes in this order. */
function lintOrder(place: string, { from, to }: StageDefinition): LintProblem[] {
  const froms = [from].flat();
  if (froms.length === 0) return [{ place: `${place}.from`, message: "names no point", hint: "a point, or a list of them" }];
  if (froms.includes(NEXT_START)) return [{ place: `${place}.from`, message: `${NEXT_START} can only end a stage` }];
  const ofJobs = froms.filter((point) => POINTS_OF_JOBS.includes(point));
  if (to === NEXT_START)
    return ofJobs.map((point) => ({ place, message: `a stage from ${point} cannot end at ${NEXT_START}: that is a line of the log` }));
  const end = POINTS_OF_JOBS.indexOf(to);
  if (end < 0) return [];
  return ofJobs
    .filter((point) => POINTS_OF_JOBS.indexOf(point) >= end)
    .map((point) => ({ place, message: `${point} never comes before ${to}`, hint: `in order: ${POINTS_OF_JOBS.join(", ")}` }));
}

/** A stage that is a part of itself. */
function lintParts(place: string, stage: StageDefinition, stages: readonly StageDefinition[]): LintProblem[] {
  const whole = new Map(stages.map(({ id, partOf }) => [id, partOf]));
  const passed: string[] = [];
  for (let id = stage.partOf; id !== undefined && !passed.includes(id); id = whole.get(id)) passed.push(id);
  if (!passed.includes(stage.id)) return [];
  return [{ place: `${place}.partOf`, message: `the stage is a part of itself: ${[stage.id, ...passed].join(", ")}` }];
}

/** Stages of the log are measured over investigations that ended well, which a pattern has to say. */
function lintClosing({ patterns, stages }: Profile, marks: readonly string[]): LintProblem[] {
  const ofLog = stages.find(({ from, to, includeFailed }) => !includeFailed && [from, to].flat().some((point) => marks.includes(point)));
  if (ofLog === undefined || patterns.some((pattern) => pattern.closes)) return [];
  const message = `no pattern closes an investigation: none would end well, and the stage "${ofLog.id}" would never be measured`;
  return [{ place: "patterns", message, hint: "add closes: true to the pattern of the line that ends an investigation well" }];
}
