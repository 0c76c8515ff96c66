import type { Profile } from "../model/profile.js";
import type { ReportParameter } from "../model/report.js";
import type { Diagnostic, Evidence, ParameterHint } from "../model/source.js";
import { secondsToTenth } from "../model/statistics/rounding.js";
import { median } from "../model/statistics/statistics.js";
import type { Investigation, Timeline } from "../model/timeline.js";
import { intervalsOfStage, type StageInterval } from "./stages/stage-intervals.js";

/** What may tell the value of a parameter. */
export interface ParameterSources {
  readonly profile: Profile;
  /** By the user. */
  readonly given: Readonly<Record<string, string | number>>;
  readonly hints: readonly ParameterHint[];
  readonly timeline: Timeline;
}

/**
 * Values of the profile's parameters: as given, else as the run's own log or file names say, else the profile's default, else (for a number
 * named like a stage) the measured median in whole tenths of a second, else what was counted in the run under that name.
 */
export function resolveParameters(
  { profile, given, hints, timeline }: ParameterSources,
  stages: ReadonlyMap<Investigation, readonly StageInterval[]>,
  facts: Readonly<Record<string, number | null>>,
): { parameters: Record<string, ReportParameter>; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const parameters: Record<string, ReportParameter> = {};
  for (const [name, definition] of Object.entries(profile.parameters)) {
    const ofRun = hints.filter((hint) => hint.parameter === name && isOfRun(hint.evidence, timeline));
    const detected = [...new Set(ofRun.map((hint) => hint.value))];
    const measured = measuredSeconds(name, definition.type, stages);
    if (given[name] !== undefined) parameters[name] = { value: given[name], origin: "given" };
    else if (detected.length === 1) parameters[name] = { value: detected[0] ?? null, origin: "detected" };
    else if (definition.default !== undefined) parameters[name] = { value: definition.default, origin: "default" };
    else if (measured !== undefined && detected.length === 0) parameters[name] = { value: measured, origin: "measured" };
    else if (detected.length === 0 && facts[name] != null) parameters[name] = { value: facts[name], origin: "detected" };
    else parameters[name] = { value: null, origin: "unknown" };
    if (detected.length > 1 && given[name] === undefined) {
      const examples = ofRun.map((hint) => hint.evidence).slice(0, 3);
      diagnostics.push({
        id: "parameter-ambiguous",
        severity: "warning",
        count: detected.length,
        values: { parameter: name, found: detected.join(", ") },
        examples,
      });
    }
  }
  return { parameters, diagnostics };
}

/** Names of a condition that a log alone tells the values of: parameters that are found in it or measured by it, and what is counted in it. */
export function toldByLog(profile: Profile, counted: readonly string[]): ReadonlySet<string> {
  const stages = new Set(profile.stages.map(({ id }) => id));
  const found = Object.entries(profile.parameters).filter(
    ([name, { type, detect }]) => detect.length > 0 || (type === "number" && stages.has(name)),
  );
  return new Set([...found.map(([name]) => name), ...counted]);
}

function isOfRun({ source, line }: Evidence, timeline: Timeline): boolean {
  const lines = timeline.runLines.get(source);
  return line === 0 || lines === undefined || (line >= lines.lo && line <= lines.hi);
}

function measuredSeconds(
  name: string,
  type: "string" | "number",
  stages: ReadonlyMap<Investigation, readonly StageInterval[]>,
): number | undefined {
  if (type !== "number") return undefined;
  const durations = intervalsOfStage(stages, name)
    .filter(({ outcome }) => outcome === "ok")
    .map(({ durationMs }) => durationMs ?? 0);
  return durations.length === 0 ? undefined : secondsToTenth(median(durations));
}
