import { suggestion } from "../model/nearest.js";
import type { Profile } from "../model/profile.js";
import { compilePattern } from "../model/safe-pattern.js";
import type { LintProblem } from "./lint-claims.js";

const pointsOfJobs = ["job.created", "job.scheduled", "job.started", "job.finished", "job.deleted", "next.start"];

function badPattern(place: string, pattern: string): LintProblem[] {
  try {
    compilePattern(pattern);
    return [];
  } catch (error) {
    return [{ place, message: error instanceof Error ? error.message : `not a regular expression: ${pattern}` }];
  }
}

function unknown(place: string, names: readonly string[], known: readonly string[], what: string): LintProblem[] {
  return names
    .filter((name) => !known.includes(name))
    .map((name) => ({ place, message: `unknown ${what} "${name}"`, hint: suggestion(name, known) }));
}

function lintPatterns(profile: Profile): LintProblem[] {
  const marks = profile.patterns.map((pattern) => pattern.id);
  return profile.patterns.flatMap((pattern) => {
    const place = `patterns.${pattern.id}`;
    return [
      ...badPattern(`${place}.message`, pattern.message),
      ...unknown(`${place}.after`, pattern.after, marks, "pattern"),
      ...(pattern.reports ? unknown(`${place}.reports.since`, [pattern.reports.since], marks, "pattern") : []),
    ];
  });
}

function lintStages(profile: Profile): LintProblem[] {
  const ids = profile.stages.map((stage) => stage.id);
  const points = [...profile.patterns.map((pattern) => pattern.id), ...pointsOfJobs];
  return profile.stages.flatMap((stage) => {
    const place = `stages.${stage.id}`;
    const ends = [...(typeof stage.from === "string" ? [stage.from] : stage.from), stage.to];
    return [...unknown(place, ends, points, "point"), ...unknown(`${place}.partOf`, stage.partOf ? [stage.partOf] : [], ids, "stage")];
  });
}

/** Problems of a profile that its schema cannot see: expressions that do not compile, names that do not exist, ids used twice. */
export function lintProfile(profile: Profile): LintProblem[] {
  const ids = [...profile.patterns, ...profile.stages].map(
    (entry, index) => (index < profile.patterns.length ? "patterns." : "stages.") + entry.id,
  );
  const twice = [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))];
  const parameters = Object.entries(profile.parameters);
  return [
    ...twice.map((place) => ({ place, message: "this id is used twice" })),
    ...badPattern("jobId", profile.jobId),
    ...profile.timeoutErrors.flatMap((pattern, index) => badPattern(`timeoutErrors.${index}`, pattern)),
    ...profile.cleanupUsers.flatMap((pattern, index) => badPattern(`cleanupUsers.${index}`, pattern)),
    ...parameters.flatMap(([name, { detect }]) => detect.flatMap(({ text }) => badPattern(`parameters.${name}.detect`, text))),
    ...lintPatterns(profile),
    ...lintStages(profile),
  ];
}
