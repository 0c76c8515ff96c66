import type { Profile, StageDefinition } from "../model/profile.js";
import { NEXT_START } from "../model/reserved-stages.js";
import { groupsOf, unknown } from "./lint-names.js";
import type { LintProblem } from "./lint-problem.js";

/** Points of a Job's life, in the order in which a Job passes them. */
export const POINTS_OF_JOBS = ["job.created", "job.scheduled", "job.started", "job.finished", "job.deleted"];

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
      ...lintBeginning(place, stage, profile),
      ...lintParts(place, stage, profile.stages),
    ];
  });
  return [...ofStages, ...lintOpening(profile), ...lintClosing(profile, marks)];
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

/** A stage that ends with the line that begins an investigation; one that names its investigation may come again in it. */
function lintBeginning(place: string, { from, to }: StageDefinition, { patterns }: Profile): LintProblem[] {
  const opening = patterns.filter(({ id, opens, attempt, after }) => id === to && opens && !attempt && after.length === 0);
  const begins = opening.some(({ message }) => !groupsOf(message).includes("investigation"));
  const earlier = [from].flat().filter((point) => point !== to && patterns.some(({ id, header }) => id === point && !header));
  if (!begins || earlier.length === 0) return [];
  const message = `"${to}" opens an investigation, so "${earlier.join('", "')}" never comes before it`;
  return [{ place, message, hint: `exchange from and to; a stage that lasts until the next investigation ends at ${NEXT_START}` }];
}

/** A stage that is a part of itself. */
function lintParts(place: string, stage: StageDefinition, stages: readonly StageDefinition[]): LintProblem[] {
  const whole = new Map(stages.map(({ id, partOf }) => [id, partOf]));
  const passed: string[] = [];
  for (let id = stage.partOf; id !== undefined && !passed.includes(id); id = whole.get(id)) passed.push(id);
  if (!passed.includes(stage.id)) return [];
  return [{ place: `${place}.partOf`, message: `the stage is a part of itself: ${[stage.id, ...passed].join(", ")}` }];
}

/** Groups that say whose a line is. */
const KEYS = ["jobId", "port", "investigation"];

/** Where lines have no key, an investigation begins with the pattern that says so. */
function lintOpening({ patterns }: Profile): LintProblem[] {
  if (patterns.some(({ opens, header }) => opens || header)) return [];
  const keyless = patterns.find(
    ({ ignore, standalone, startsRun, message }) =>
      !ignore && !standalone && !startsRun && !groupsOf(message).some((group) => KEYS.includes(group)),
  );
  if (keyless === undefined) return [];
  const message = `no pattern opens an investigation: lines of "${keyless.id}" have no key, and nothing would tell whose they are`;
  return [{ place: "patterns", message, hint: "add opens: true to the pattern of the line that begins an investigation" }];
}

/** Stages of the log are measured over investigations that ended well, which a pattern has to say. */
function lintClosing({ patterns, stages }: Profile, marks: readonly string[]): LintProblem[] {
  const ofLog = stages.find(({ from, to, includeFailed }) => !includeFailed && [from, to].flat().some((point) => marks.includes(point)));
  if (ofLog === undefined || patterns.some((pattern) => pattern.closes)) return [];
  const message = `no pattern closes an investigation: none would end well, and the stage "${ofLog.id}" would never be measured`;
  return [{ place: "patterns", message, hint: "add closes: true to the pattern of the line that ends an investigation well" }];
}
