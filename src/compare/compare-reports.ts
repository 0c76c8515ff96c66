import { PostrunError } from "../model/errors.js";
import type { NameChange, Report, ReportComparison } from "../model/report.js";
import { claimChanges } from "./claim-changes.js";
import { compareDurations } from "./durations.js";
import { comparedRun, isSameRun, runsTogether } from "./run-identity.js";
import { compareRunLevel } from "./run-level.js";

/**
 * What has changed since an earlier run, from the two reports alone. Throws a PostrunError (input) for a baseline of another profile, of several runs, of
 * this very run, or without anything to compare.
 */
export function compareReports(older: Report, newer: Report): ReportComparison {
  assertComparable(older, newer);
  return {
    baseline: comparedRun(older),
    durations: compareDurations(older, newer),
    runLevel: compareRunLevel(older, newer),
    ...claimChanges(older, newer),
    labels: nameChanges(older.labels, newer.labels),
    parameters: nameChanges(parameterTexts(older), parameterTexts(newer)),
  };
}

function assertComparable(older: Report, newer: Report): void {
  if (older.profile.id !== newer.profile.id) {
    throw new PostrunError(
      "input",
      `the baseline is of profile "${older.profile.id}", this run of "${newer.profile.id}": their stages are not the same things`,
      "give a report of a run of the same profile",
    );
  }
  if (older.pooled !== undefined) {
    throw new PostrunError(
      "input",
      "the baseline is a pooled report: the runs in it cannot be told apart any more, and are not one run",
      "give the report of one run",
    );
  }
  for (const [name, report] of [["the baseline", older] as const, ["this report", newer] as const]) {
    const runs = runsTogether(report);
    if (runs > 1)
      throw new PostrunError(
        "input",
        `${name} takes ${runs} runs together: they cannot be told apart in it, and are not one run`,
        "analyze one of them by itself (--run N)",
      );
  }
  if (isSameRun(older, newer)) {
    throw new PostrunError(
      "input",
      "the baseline is a report of this very run: it holds the same Jobs, or the same lines of a log",
      "give the report of an earlier run",
    );
  }
  if (!holdsMeasurements(older)) {
    throw new PostrunError(
      "input",
      "the baseline holds nothing to compare: no measured stage and no open Jobs",
      "give the report of a run that was measured",
    );
  }
}

function holdsMeasurements({ stages, concurrency }: Report): boolean {
  return stages.some((stage) => stage.n > 0) || concurrency.openJobs !== undefined;
}

function parameterTexts({ parameters }: Report): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([name, { value }]) => (value === null ? [] : [[name, String(value)] as const])),
  );
}

/** Names with another value, those of the newer run first. */
function nameChanges(older: Readonly<Record<string, string>>, newer: Readonly<Record<string, string>>): NameChange[] {
  const valueUnder = (values: Readonly<Record<string, string>>, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? null) : null;
  const names = new Set([...Object.keys(newer), ...Object.keys(older)]);
  return [...names]
    .map((name) => ({ name, before: valueUnder(older, name), after: valueUnder(newer, name) }))
    .filter(({ before, after }) => before !== after);
}
