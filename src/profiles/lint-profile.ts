import type { ParameterDefinition, Pattern, Profile } from "../model/profile.js";
import { dateFormatProblems, tellsTime } from "../model/text/date-format.js";
import { suggestion } from "../model/text/nearest.js";
import { lintCrossChecks } from "./lint-cross-checks.js";
import { canBeMentioned } from "./lint-expressions.js";
import { badPattern, groupsOf, unknown } from "./lint-names.js";
import { type LintProblem, usedTwice } from "./lint-problem.js";
import { lintStages } from "./lint-stages.js";

function lintPattern(pattern: Pattern, marks: readonly string[]): LintProblem[] {
  const place = `patterns.${pattern.id}`;
  const { reports } = pattern;
  const bad = badPattern(`${place}.message`, pattern.message);
  return [
    ...bad,
    ...(pattern.message === ""
      ? [{ place: `${place}.message`, message: "an empty expression matches every line", hint: "a text of the line" }]
      : []),
    ...lintGroups(`${place}.message`, pattern.message),
    ...lintFlags(place, pattern),
    ...lintAfter(`${place}.after`, pattern),
    ...unknown(`${place}.after`, pattern.after, marks, "pattern"),
    ...(reports === undefined ? [] : unknown(`${place}.reports.since`, [reports.since], marks, "pattern")),
    ...(reports === undefined || bad.length > 0
      ? []
      : unknown(`${place}.reports.seconds`, [reports.seconds], groupsOf(pattern.message), "group")),
  ];
}

/** What a pattern cannot be at once. */
const EXCLUSIVE: readonly (readonly [keyof Pattern, readonly (keyof Pattern)[]])[] = [
  ["ignore", ["opens", "closes", "fails", "header", "attempt", "startsRun"]],
  ["closes", ["fails"]],
];

function lintFlags(place: string, pattern: Pattern): LintProblem[] {
  return EXCLUSIVE.flatMap(([flag, others]) =>
    others
      .filter((other) => pattern[flag] === true && pattern[other] === true)
      .map((other) => ({ place, message: `${flag} and ${other} exclude each other`, hint: `leave out ${flag} or ${other}` })),
  );
}

function lintAfter(place: string, { id, after }: Pattern): LintProblem[] {
  if (after.length === 0 || after.some((mark) => mark !== id)) return [];
  const message = `"${id}" comes after itself alone, so the first of them would never come`;
  return [{ place, message, hint: "name the marks that may stand before the first one too" }];
}

/** Groups that mean something to the analysis; others are the profile's own. */
const KEY_GROUPS = ["jobId", "port", "host", "investigation", "index", "total", "iteration", "active", "error", "seconds"];

/** A group whose name differs from a known one in nothing but how it is written. */
function lintGroups(place: string, message: string): LintProblem[] {
  const bare = (name: string) => name.replaceAll("_", "").toLowerCase();
  return groupsOf(message).flatMap((group) => {
    const meant = KEY_GROUPS.find((known) => bare(known) === bare(group));
    if (meant === undefined || meant === group) return [];
    return [{ place, message: `unknown group "${group}"`, hint: `did you mean ${meant}?` }];
  });
}

/** What the name of a Job in Kubernetes can hold, and what stands for a part of it. */
const JOB_NAME = /^(?:[a-z0-9.*-]|\{[^{}]*\}?|\})*$/;

/** Braces cannot stand in the name of a Job, so they are placeholders. */
function lintJobNames({ jobs }: Profile): LintProblem[] {
  return jobs.flatMap(({ name }, index) => {
    if (!JOB_NAME.test(name)) {
      const message = `"${name}" can be the name of no Job: these hold lower-case letters, digits, hyphens and dots`;
      return [{ place: `jobs.${index}.name`, message, hint: 'known: {jobId}, and * for any text, as in "worker-{jobId}"' }];
    }
    const placeholders = [...name.matchAll(/\{[^{}]*\}?|\}/g)].map(([found]) => found).filter((found) => found !== "{jobId}");
    return placeholders.map((found) => ({
      place: `jobs.${index}.name`,
      message: `unknown placeholder "${found}" in "${name}"`,
      hint: "known: {jobId}, and * for any text",
    }));
  });
}

/** An expression without what it escapes and without its classes: what stands in these is no anchor. */
const withoutClasses = (pattern: string) => pattern.replace(/\\.|\[\^?\]?(?:\\.|[^\]\\])*\]/gs, "");

/** The job id is looked for inside a name, where no line of a text begins or ends. */
function lintJobId({ jobId }: Profile): LintProblem[] {
  const bad = badPattern("jobId", jobId);
  const [anchor] = /[$^]/.exec(withoutClasses(jobId)) ?? [];
  if (bad.length > 0 || anchor === undefined) return bad;
  const hint = "leave it out: the expression is held against the whole job id, and is a part of the names of Jobs";
  return [{ place: "jobId", message: `"${anchor}" in the expression of a job id keeps it from being found in the name of a Job`, hint }];
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

/** A field of the % style without the letter that ends it. */
const UNENDED_FIELD = /(?<!%)%\(\w+\)(?![-#0 +]{0,3}\d{0,4}(?:\.\d{1,4})?[diouxXeEfFgGcrsa])/;

const DOLLAR_FIELD = /\$\{\w/;

/** How a format is written, where logging itself would not take it for what it was meant to be. */
function lintStyle(place: string, format: string): LintProblem[] {
  const [unended] = UNENDED_FIELD.exec(format) ?? [];
  if (unended !== undefined)
    return [{ place, message: `the field ${unended} of the log format "${format}" has no conversion`, hint: `as in ${unended}s` }];
  if (!format.includes("%(") && DOLLAR_FIELD.test(format))
    return [
      {
        place,
        message: `the log format "${format}" is of the $ style`,
        hint: "write it in the % style, as in %(asctime)s, or as {asctime}",
      },
    ];
  return [];
}

/** The fields that a format of Python's logging must have, and each only once. */
function lintLog({ log }: Profile): LintProblem[] {
  if (log === undefined) return [];
  const ofDate = log.datefmt === undefined ? [] : dateFormatProblems(log.datefmt).map((problem) => ({ place: "log.datefmt", ...problem }));
  return [...ofDate, ...log.formats.flatMap((format, index) => lintFormat(`log.formats.${index}`, format, log.datefmt))];
}

function lintFormat(place: string, format: string, datefmt: string | undefined): LintProblem[] {
  const fields = [...format.matchAll(format.includes("%(") ? /%\((\w+)\)/g : /\{(\w+)/g)].map(([, field = ""]) => field);
  // What is wrong with the date format is told at its own place.
  const hasTimeOfDay = datefmt === undefined || dateFormatProblems(datefmt).length > 0 || tellsTime(datefmt);
  const hasTime = fields.includes("created") || (fields.includes("asctime") && hasTimeOfDay);
  const twice = ["message", "asctime", "created", "name"].filter((field) => fields.indexOf(field) !== fields.lastIndexOf(field));
  return [
    ...lintStyle(place, format),
    ...(fields.includes("message") ? [] : [{ place, message: `the log format "${format}" has no message`, hint: FORMAT_HINT }]),
    ...(hasTime ? [] : [{ place, message: `the log format "${format}" has no time`, hint: FORMAT_HINT }]),
    ...twice.map((field) => ({ place, message: `the log format "${format}" has the field ${field} twice`, hint: FORMAT_HINT })),
  ];
}

const FORMAT_HINT =
  'a format as given to logging.Formatter or log_cli_format, for example "%(asctime)s - %(name)s - %(levelname)s - %(message)s"; a datefmt with the hour';

/** Problems of a profile that its schema cannot see: expressions that do not compile, names that do not exist, ids used twice. */
export function lintProfile(profile: Profile): LintProblem[] {
  const marks = profile.patterns.map((pattern) => pattern.id);
  return [
    ...(["patterns", "stages", "crossChecks"] as const).flatMap((list) => usedTwice(profile[list].map(({ id }) => `${list}.${id}`))),
    ...lintJobId(profile),
    ...lintJobNames(profile),
    ...lintAliases(profile),
    ...profile.timeoutErrors.flatMap((pattern, index) => badPattern(`timeoutErrors.${index}`, pattern)),
    ...profile.cleanupUsers.flatMap((pattern, index) => badPattern(`cleanupUsers.${index}`, pattern)),
    ...Object.entries(profile.parameters).flatMap(([name, parameter]) => lintParameter(name, parameter)),
    ...lintLog(profile),
    ...profile.patterns.flatMap((pattern) => lintPattern(pattern, marks)),
    ...lintStages(profile),
    ...lintCrossChecks(profile),
  ];
}
