import { PostrunError } from "../../model/errors.js";
import type { LogMark } from "../../model/event.js";
import { patternsByMark } from "../../model/marks.js";
import type { Profile } from "../../model/profile.js";
import type { Bounds } from "../../model/time.js";
import type { RunSelection, Timeline } from "../../model/timeline.js";
import { splitRuns } from "../investigations/runs.js";

/** One of the runs in the log. */
export interface RunChoice {
  readonly selection: RunSelection;
  readonly marks: readonly LogMark[];
  /** The same, run by run where all were asked for; else the one. */
  readonly runs: readonly (readonly LogMark[])[];
  readonly runLines: Timeline["runLines"];
  /** Nothing follows it in the log, so what stands after its last mark belongs to it. */
  readonly isLast: boolean;
}

/** The run that was asked for, else the last. Throws a PostrunError (usage) for a run that the log does not hold. */
export function selectRun(
  marks: readonly LogMark[],
  profile: Profile,
  wanted: number | "all" | undefined,
  doubtful: readonly Bounds[],
): RunChoice {
  const patterns = patternsByMark(profile);
  const runs = splitRuns(marks, patterns, doubtful);
  if (wanted === "all") {
    const all = runs.flat();
    return { selection: { selected: "all", found: runs.length }, marks: all, runs, runLines: linesOfRun([all], 0), isLast: true };
  }
  const selected = wanted ?? Math.max(1, runs.length);
  if (wanted !== undefined && runs[wanted - 1] === undefined) throw noSuchRun(wanted, runs.length);
  const own = runs[selected - 1] ?? [];
  return {
    selection: { selected, found: Math.max(1, runs.length) },
    marks: own,
    runs: [own],
    runLines: linesOfRun(runs, selected - 1),
    isLast: selected >= runs.length,
  };
}

/** That a run was asked for which the logs do not hold. */
export function noSuchRun(wanted: number, found: number): PostrunError {
  const message = `run ${wanted} was asked for, but the log holds ${found}`;
  return new PostrunError("usage", message, found > 1 ? `use --run 1 to --run ${found}, or --run all` : "leave --run out");
}

/** The last line of each log. */
function lastLines(runs: readonly (readonly LogMark[])[]): Map<number, number> {
  const lines = new Map<number, number>();
  for (const marks of runs) {
    for (let index = 0; index < marks.length; index += 1) {
      const { source, line } = (marks[index] as LogMark).evidence;
      if (line > (lines.get(source) ?? Number.NEGATIVE_INFINITY)) lines.set(source, Math.max(line, 0));
    }
  }
  return lines;
}

/** From behind the last line of the run before it to its own last line, or to the end of the log. */
function linesOfRun(runs: readonly (readonly LogMark[])[], index: number): Map<number, Bounds> {
  const before = lastLines(runs.slice(0, index));
  const own = lastLines(runs.slice(index, index + 1));
  const isLast = index >= runs.length - 1;
  // A log that tells of other runs alone holds no line of this one.
  const others = [...lastLines(runs).keys()].filter((source) => !own.has(source));
  return new Map([
    ...others.map((source) => [source, { lo: Number.POSITIVE_INFINITY, hi: Number.NEGATIVE_INFINITY }] as const),
    ...[...own].map(
      ([source, line]) => [source, { lo: (before.get(source) ?? 0) + 1, hi: isLast ? Number.POSITIVE_INFINITY : line }] as const,
    ),
  ]);
}
