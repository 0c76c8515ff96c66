/** One run of several runners, each with its own log and clock. */

import { type Clock, fromUtc, toUtc } from "../../model/clock.js";
import { groupBy } from "../../model/collections/group-by.js";
import { hull } from "../../model/statistics/bounds.js";
import { largest, smallest } from "../../model/statistics/statistics.js";
import type { Bounds, ClockId, EpochMs } from "../../model/time.js";
import type { Investigation, PlacedLog, Point, RunSelection, UnownedLine } from "../../model/timeline.js";
import { httpClock } from "../clocks/runner-clock.js";
import type { Correlation } from "../investigations/correlate.js";
import { changedPoint } from "../investigations/mark-point.js";
import { type LimitedRun, limitRun, type RunLimits } from "./limit-run.js";
import type { RunOfLog } from "./run-of-log.js";
import type { RunnerLog } from "./runner-logs.js";
import { type RunPlace, sameRuns } from "./same-runs.js";
import { noSuchRun } from "./select-run.js";

/** What the logs of several runners tell of one run, or of all of them. */
export interface JointRun {
  /** The first keeps the clock `runner`, the others are numbered after it. */
  readonly logs: readonly RunOfLog[];
  /** Logs of other runs. */
  readonly left: readonly RunOfLog[];
  readonly selection: RunSelection;
  /** Each run that was taken, with what every log tells of it. */
  readonly runs: readonly (readonly Correlation[])[];
  /** No run has investigations in several logs, and none began before another had ended. */
  readonly inTurn: boolean;
}

/**
 * The run that was asked for, else the last, or all of them. In several logs a run is what `sameRuns` puts together; investigations are numbered by their
 * runs where there are several. Throws a PostrunError (usage) for a run that the logs do not hold.
 */
export function jointRun(
  logs: readonly RunnerLog[],
  wanted: number | "all" | undefined,
  read: (log: RunnerLog, wanted: number | "all" | undefined) => RunOfLog,
): JointRun {
  const whole = logs.length === 1 ? [] : logs.map((log) => ({ log, all: read(log, "all") }));
  const working = whole.filter(({ all }) => all.correlation.drafts.length > 0);
  const [only] = working.length === 0 ? logs : working.map(({ log }) => log);
  if (only !== undefined && working.length <= 1) return runsOfOneLog(read(only, wanted));
  const together = sameRuns(working.flatMap(({ all }, log) => placesOf(all, log)));
  const found = together.runs.length;
  const correlationsOf = (places: readonly RunPlace[]) => places.flatMap(({ log, run }) => working[log]?.all.ofRuns[run - 1] ?? []);
  if (wanted === "all") {
    const runs = numberedRuns(together.runs.map(correlationsOf));
    const selection = { selected: wanted, found };
    return { logs: numbered(working.map(({ all }) => all)), left: [], selection, runs, inTurn: together.inTurn };
  }
  const selected = wanted ?? found;
  const places = together.runs[selected - 1];
  if (places === undefined) throw noSuchRun(selected, found);
  const runIn = new Map(places.map(({ log, run }) => [log, run]));
  const ofRun = working.flatMap(({ log, all }, index) => {
    const run = runIn.get(index);
    if (run === undefined) return [];
    return [all.selection.found === 1 ? all : read(log, run)];
  });
  return {
    logs: numbered(ofRun),
    left: working.flatMap(({ all }, index) => (runIn.has(index) ? [] : [all])),
    selection: { selected, found },
    runs: [ofRun.flatMap(({ ofRuns }) => ofRuns)],
    inTurn: ofRun.length === 1,
  };
}

function runsOfOneLog(log: RunOfLog): JointRun {
  const runs = numberedRuns(log.ofRuns.map((run) => [run]));
  return { logs: numbered([log]), left: [], selection: log.selection, runs, inTurn: true };
}

/** Of several runs the investigations of each are marked with its number. */
function numberedRuns(runs: readonly (readonly Correlation[])[]): readonly (readonly Correlation[])[] {
  if (runs.length > 1) {
    for (const [index, run] of runs.entries()) for (const { drafts } of run) for (const draft of drafts) draft.run = index + 1;
  }
  return runs;
}

/** One in which nothing was begun is a part of none. */
function placesOf({ ofRuns, clock }: RunOfLog, log: number): RunPlace[] {
  return ofRuns.flatMap(({ drafts, span, isBeginning }, index) =>
    drafts.length === 0 ? [] : [{ log, run: index + 1, span: span && inUtc(span, clock), isBeginning }],
  );
}

function numbered(runs: readonly RunOfLog[]): RunOfLog[] {
  return runs.map((run, index) => {
    const id: ClockId = index === 0 ? "runner" : `runner:${index + 1}`;
    return { ...run, log: { ...run.log, clock: id }, clock: run.clock === undefined ? undefined : { ...run.clock, id } };
  });
}

/** As much of it as the clock places. */
function inUtc(span: Bounds, clock: Clock | undefined): Bounds | null {
  const [begin, end] = [toUtc(clock, span.lo), toUtc(clock, span.hi)];
  const [lo, hi] = [begin ?? end, end ?? begin];
  return lo === null || hi === null ? null : { lo, hi };
}

/** Each server's clock, from the first runner that logged its dates. */
export function httpClocks(runs: readonly RunOfLog[]): Clock[] {
  const clocks = new Map<string, Clock>();
  for (const { clock, httpBounds } of runs) {
    if (clock === undefined) continue;
    for (const [host, bounds] of httpBounds) if (!clocks.has(host)) clocks.set(host, httpClock(host, bounds, clock));
  }
  return [...clocks.values()];
}

/** The run in one log, and what `--from` and `--to` leave of it. */
export type TakenRun<R extends RunOfLog = RunOfLog> = R & { readonly taken: LimitedRun };

/** Each runner's part of what `--from` and `--to` leave; they must leave something of one of them. */
export function limitRuns<R extends RunOfLog>(runs: readonly R[], limits: RunLimits): TakenRun<R>[] {
  const limit = (run: R, oneOfSeveral: boolean) => ({
    ...run,
    taken: limitRun(run.correlation.drafts, run.span, run.clock, limits, oneOfSeveral),
  });
  const limited = runs.map((run) => limit(run, runs.length > 1));
  const [first] = runs;
  return first !== undefined && runs.length > 1 && limited.every(({ taken }) => taken.drafts.length === 0)
    ? [limit(first, false)]
    : limited;
}

/** In order of their start; those that no clock places come last. Numbered anew. */
export function inRunOrder(byLog: readonly (readonly Investigation[])[], clocks: ReadonlyMap<ClockId, Clock>): Investigation[] {
  if (byLog.length === 1) return [...(byLog[0] ?? [])];
  const startOf = (investigation: Investigation) => {
    const reading = investigation.points[0]?.at;
    const at = reading === undefined ? null : toUtc(clocks.get(investigation.clock ?? "runner"), reading);
    return at ?? Number.POSITIVE_INFINITY;
  };
  const starts = new Map(byLog.flat().map((investigation) => [investigation, startOf(investigation)]));
  const isPlaced = (investigation: Investigation) => starts.get(investigation) !== Number.POSITIVE_INFINITY;
  const placed = byLog.flat().filter(isPlaced);
  placed.sort((a, b) => (starts.get(a) ?? 0) - (starts.get(b) ?? 0));
  return [...placed, ...byLog.flat().filter((investigation) => !isPlaced(investigation))].map((investigation, index) => ({
    ...investigation,
    number: index + 1,
  }));
}

/** A reading of one runner's clock as the first runner's would show it; null where nothing ties the two. */
function onFirstClock(reading: EpochMs, clock: Clock | undefined, first: Clock | undefined): EpochMs | null {
  if (clock === first) return reading;
  const at = toUtc(clock, reading);
  return at === null ? null : fromUtc(first, at);
}

/** From the first record of any runner to the last, on the first one's clock. */
export function jointSpan(runs: readonly Pick<TakenRun, "clock" | "taken">[], first: Clock | undefined): Bounds | null {
  const spans = runs.flatMap(({ clock, taken: { span } }) => {
    if (span === null) return [];
    const [lo, hi] = [onFirstClock(span.lo, clock, first), onFirstClock(span.hi, clock, first)];
    return lo === null || hi === null ? [] : [{ lo, hi }];
  });
  return hull(spans);
}

/** Marks of a runner's log that belong to no investigation, within what is left of it, on the first runner's clock. */
export function runMarksOf({ correlation, clock, taken: { span } }: TakenRun, first: Clock | undefined): Point[] {
  if (span === null) return [];
  return correlation.runMarks.flatMap((point) => {
    const at = onFirstClock(point.at, clock, first);
    return at === null || point.at < span.lo || point.at > span.hi ? [] : [changedPoint(point, { at })];
  });
}

/** Runners that went on after what `--to` leaves of their logs. */
export function runnersGoingOn(runs: readonly Pick<TakenRun, "log" | "taken">[]): Set<ClockId> {
  return new Set(runs.flatMap(({ log, taken }) => (taken.goesOn === true ? [log.clock] : [])));
}

/** How many investigations the logs announce, and up to which they come; of no meaning where --from or --to leave some of them out. */
export function announcedOf(
  { runs }: Pick<JointRun, "runs">,
  logs: readonly Pick<TakenRun, "correlation" | "taken">[],
): Pick<RunSelection, "announced" | "lastNumber"> {
  const announced = runs.reduce((sum, run) => sum + announcedTogether(run), 0);
  if (runs.length === 0 || !leaveAll(logs) || Number.isNaN(announced)) return {};
  const drafts = runs.flat().flatMap((runner) => runner.drafts);
  const lastNumber = largest(drafts.map(({ announcedIndex }) => announcedIndex ?? 0));
  return { announced, ...(lastNumber > drafts.length ? { lastNumber } : {}) };
}

/** Of each log the first line that none of its investigations can own; of no meaning where --from or --to leave some of them out. */
export function unownedLines(logs: readonly Pick<TakenRun, "log" | "ofRuns" | "correlation" | "taken">[]): UnownedLine[] {
  if (!leaveAll(logs)) return [];
  return logs.flatMap(({ log, ofRuns }) =>
    ofRuns.flatMap(({ drafts: [draft], unmatched: [first], isBeginning }) => {
      // What goes on where a run begins is of the one before it.
      if (draft === undefined || first === undefined || isBeginning) return [];
      return [{ clock: log.clock, at: first.at.at, ...(draft.run === undefined ? {} : { run: draft.run }) }];
    }),
  );
}

/** Whether --from and --to leave every investigation. */
function leaveAll(logs: readonly Pick<TakenRun, "correlation" | "taken">[]): boolean {
  return logs.every(({ correlation, taken }) => correlation.drafts.length <= taken.drafts.length);
}

/** What the runners of one run announce; NaN where one of them announces nothing. */
function announcedTogether(runners: readonly Correlation[]): number {
  const byTotal = groupBy(runners, ({ announced }) => announced ?? Number.NaN);
  return [...byTotal].reduce((sum, [total, alike]) => sum + (shareNumbering(total, alike) ? total : total * alike.length), 0);
}

/**
 * Whether runners that announce the same total divide it among them. Each that has a total of its own begins at the same number or, where a log begins later,
 * uses most of those that another does, while a few may only have been tried again; where lines tell no number, they have their own if together they did more.
 */
function shareNumbering(total: number, runners: readonly Correlation[]): boolean {
  const numbersOf = runners.flatMap(({ drafts }) => {
    const numbers = new Set(drafts.flatMap(({ announcedIndex }) => announcedIndex ?? []));
    return numbers.size === 0 ? [] : [numbers];
  });
  if (numbersOf.length < runners.length) return runners.reduce((sum, { drafts }) => sum + drafts.length, 0) <= total;
  const firsts = new Set(numbersOf.map((numbers) => smallest([...numbers])));
  const used = numbersOf.flatMap((numbers) => [...numbers]);
  const again = used.length - new Set(used).size;
  return firsts.size === runners.length && again <= smallest(numbersOf.map(({ size }) => size)) / 2;
}

/** Lines of each log that belong to the run; none of logs of other runs. */
export function jointLines(runs: readonly RunOfLog[], left: readonly RunOfLog[]): Map<number, Bounds> {
  const none = { lo: Number.POSITIVE_INFINITY, hi: Number.NEGATIVE_INFINITY };
  return new Map([
    ...left.flatMap(({ runLines }) => [...runLines.keys()].map((source) => [source, none] as const)),
    ...runs.flatMap(({ runLines }) => [...runLines]),
  ]);
}

/** Logs of other runners and logs whose clock was set: whose clock it is, and the first and last mark on it. */
export function placedLogs(runs: readonly RunOfLog[]): Map<number, PlacedLog> {
  const placed = new Map<number, PlacedLog>();
  for (const { log } of runs) {
    const asPrinted = (source: number) => log.clock === "runner" && (log.shifts.get(source) ?? []).every(({ byMs }) => byMs === 0);
    // As a rule all of them are.
    if ([...log.shifts.keys()].every(asPrinted) && log.clock === "runner") continue;
    for (const { at, evidence } of log.marks) {
      if (asPrinted(evidence.source)) continue;
      const known = placed.get(evidence.source) ?? { clock: log.clock, from: at.at, to: at.at };
      placed.set(evidence.source, { clock: log.clock, from: Math.min(known.from, at.at), to: Math.max(known.to, at.at) });
    }
  }
  return placed;
}
