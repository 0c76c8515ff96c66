import { suggestion } from "../model/nearest.js";
import type { ParameterDefinition, Pattern, Profile } from "../model/profile.js";
import type { LintProblem } from "./lint-claims.js";
import { canBeMentioned } from "./lint-expressions.js";
import { badPattern, groupsOf, unknown } from "./lint-names.js";
import { lintStages } from "./lint-stages.js";

function lintPattern(pattern: Pattern, marks: readonly string[]): LintProblem[] {
  const place = `patterns.${pattern.id}`;
  const { reports } = pattern;
  const bad = badPattern(`${place}.message`, pattern.message);
  return [
    ...bad,
    ...unknown(`${place}.after`, pattern.after, marks, "pattern"),
    ...(reports === undefined ? [] : unknown(`${place}.reports.since`, [reports.since], marks, "pattern")),
    ...(reports === undefined || bad.length > 0
      ? []
      : unknown(`${place}.reports.seconds`, [reports.seconds], groupsOf(pattern.message), "group")),
  ];
}

/** Braces cannot stand in the name of a Job, so they are placeholders. */
function lintJobNames({ jobs }: Profile): LintProblem[] {
  return jobs.flatMap(({ name }, index) => {
    const placeholders = [...name.matchAll(/\{[^{}]*\}?|\}/g)].map(([found]) => found).filter((found) => found !== "{jobId}");
    return placeholders.map((found) => ({
      place: `jobs.${index}.name`,
      message: `unknown placeholder "${found}" in "${name}"`,
      hint: "known: {jobId}, and * for any text",
    }));
  });
}

function lintAliases({ aliases, jobId }: Profile): LintProblem[] {
  if (badPattern("", jobId).length > 0) return [];
  const groups = groupsOf(jobId);
  return aliases.flatMap(({ slotGroup }, index) => unknown(`aliases.${index}.slotGroup`, [slotGroup], groups, "group of jobId"));
}

function lintParameter(name: string, parameter: ParameterDefinition): LintProblem[] {
  const place = `parameters.${name}`;
  const given = [
    ...(parameter.default === undefined ? [] : [{ at: `${place}.default`, value: parameter.default }]),
    ...parameter.detect.map(({ value }, index) => ({ at: `${place}.detect.${index}.value`, value })),
  ];
  const unfit = given.flatMap(({ at, value }): LintProblem[] => {
    if (parameter.type === "number") return typeof value === "number" ? [] : [{ place: at, message: `expected a number, not "${value}"` }];
    const { values } = parameter;
    if (values === undefined || values.includes(String(value))) return [];
    return [{ place: at, message: `"${value}" is not among the values`, hint: suggestion(String(value), values) }];
  });
  return [
    ...(canBeMentioned(name) ? [] : [{ place, message: NOT_MENTIONABLE, hint: MENTIONABLE }]),
    ...parameter.detect.flatMap(({ text }) => badPattern(`${place}.detect`, text)),
    ...unfit,
  ];
}

const NOT_MENTIONABLE = "no condition could speak of a parameter with this name";
const MENTIONABLE = "letters and digits joined by hyphens, a lower-case letter first, and no word of the expressions";

/** Directives of strftime that tell the hour, or all of the time. */
const TELLS_TIME = /%[HITRs]/;

/** The fields that a format of Python's logging must have, and each only once. */
function lintLog({ log }: Profile): LintProblem[] {
  if (log === undefined) return [];
  return log.formats.flatMap((format, index) => {
    const place = `log.formats.${index}`;
    const fields = [...format.matchAll(format.includes("%(") ? /%\((\w+)\)/g : /\{(\w+)/g)].map(([, field = ""]) => field);
    const hasTime =
      fields.includes("created") || (fields.includes("asctime") && (log.datefmt === undefined || TELLS_TIME.test(log.datefmt)));
    const twice = ["message", "asctime", "created", "name"].filter((field) => fields.indexOf(field) !== fields.lastIndexOf(field));
    return [
      ...(fields.includes("message") ? [] : [{ place, message: `the log format "${format}" has no message`, hint: FORMAT_HINT }]),
      ...(hasTime ? [] : [{ place, message: `the log format "${format}" has no time`, hint: FORMAT_HINT }]),
      ...twice.map((field) => ({ place, message: `the log format "${format}" has the field ${field} twice`, hint: FORMAT_HINT })),
    ];
  });
}

const FORMAT_HINT =
  'a format as given to logging.Formatter or log_cli_format, for example "%(asctime)s - %(name)s - %(levelname)s - %(message)s"; a datefmt with the hour';

/** Problems of a profile that its schema cannot see: expressions that do not compile, names that do not exist, ids used twice. */
export function lintProfile(profile: Profile): LintProblem[] {
  const marks = profile.patterns.map((pattern) => pattern.id);
  const ids = [...profile.patterns, ...profile.stages].map(
    (entry, index) => (index < profile.patterns.length ? "patterns." : "stages.") + entry.id,
  );
  const twice = [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))];
  return [
    ...twice.map((place) => ({ place, message: "this id is used twice" })),
    ...badPattern("jobId", profile.jobId),
    ...lintJobNames(profile),
    ...lintAliases(profile),
    ...profile.timeoutErrors.flatMap((pattern, index) => badPattern(`timeoutErrors.${index}`, pattern)),
    ...profile.cleanupUsers.flatMap((pattern, index) => badPattern(`cleanupUsers.${index}`, pattern)),
    ...Object.entries(profile.parameters).flatMap(([name, parameter]) => lintParameter(name, parameter)),
    ...lintLog(profile),
    ...profile.patterns.flatMap((pattern) => lintPattern(pattern, marks)),
    ...lintStages(profile),
  ];
}
