/** One run of several runners, each with its own log and clock. */
import { smallest } from "../model/statistics.js";
import type { Bounds, ClockId, EpochMs } from "../model/time.js";
import {
  type Clock,
  fromClusterTime,
  type Investigation,
  type Point,
  type RunSelection,
  type Timeline,
  toClusterTime,
} from "../model/timeline.js";
import { type LimitedRun, limitRun, type RunLimits } from "./limit-run.js";
import { changedPoint } from "./mark-point.js";
import type { RunOfLog } from "./run-of-log.js";
import { httpClock } from "./runner-clock.js";
import { RUN_GAP_MS } from "./runs.js";

/**
 * The runs that belong together, and those of logs that ended long before the last one began. The first keeps the clock `runner`, the others
 * are numbered after it.
 */
export function runsTogether(all: readonly RunOfLog[]): { readonly runs: readonly RunOfLog[]; readonly left: readonly RunOfLog[] } {
  const working = all.filter(({ correlation }) => correlation.drafts.length > 0);
  const wantsAll = all[0]?.selection.selected === "all";
  if (working.length <= 1 || wantsAll) return { runs: numbered(working.length === 0 ? all.slice(0, 1) : working), left: [] };
  const spans = new Map(working.map((run) => [run, clusterSpan(run)]));
  const late = [...working].sort((a, b) => (spans.get(b)?.hi ?? 0) - (spans.get(a)?.hi ?? 0));
  let since = Number.POSITIVE_INFINITY;
  const together = new Set<RunOfLog>();
  for (const run of late) {
    const span = spans.get(run) ?? null;
    // What nothing anchors cannot be told from this run's.
    // As between two marks of a single log.
    if (span !== null && since !== Number.POSITIVE_INFINITY && span.hi < since - RUN_GAP_MS) continue;
    together.add(run);
    if (span !== null) since = Math.min(since, span.lo);
  }
  return { runs: numbered(working.filter((run) => together.has(run))), left: working.filter((run) => !together.has(run)) };
}

function numbered(runs: readonly RunOfLog[]): RunOfLog[] {
  return runs.map((run, index) => {
    const id: ClockId = index === 0 ? "runner" : `runner:${index + 1}`;
    return { ...run, log: { ...run.log, clock: id }, clock: run.clock === undefined ? undefined : { ...run.clock, id } };
  });
}

function clusterSpan({ clock, span }: RunOfLog): Bounds | null {
  if (span === null) return null;
  const [lo, hi] = [toClusterTime(clock, span.lo), toClusterTime(clock, span.hi)];
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

/** Each runner's part of what `--from` and `--to` leave; they must leave something of one of them. */
export function limitRuns(runs: readonly RunOfLog[], limits: RunLimits): LimitedRun[] {
  const limit = (run: RunOfLog, oneOfSeveral: boolean) => limitRun(run.correlation.drafts, run.span, run.clock, limits, oneOfSeveral);
  const limited = runs.map((run) => limit(run, runs.length > 1));
  const [first] = runs;
  return first !== undefined && runs.length > 1 && limited.every(({ drafts }) => drafts.length === 0) ? [limit(first, false)] : limited;
}

/** In order of their start; those that no clock places come last. Numbered anew. */
export function inRunOrder(byLog: readonly (readonly Investigation[])[], clocks: ReadonlyMap<ClockId, Clock>): Investigation[] {
  if (byLog.length === 1) return [...(byLog[0] ?? [])];
  const startOf = (investigation: Investigation) => {
    const reading = investigation.points[0]?.at;
    const at = reading === undefined ? null : toClusterTime(clocks.get(investigation.clock ?? "runner"), reading);
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
  const at = toClusterTime(clock, reading);
  return at === null ? null : fromClusterTime(first, at);
}

/** From the first record of any runner to the last, on the first one's clock. */
export function jointSpan(runs: readonly RunOfLog[], limited: readonly LimitedRun[]): Bounds | null {
  const first = runs[0]?.clock;
  const spans = runs.flatMap(({ clock }, index) => {
    const span = limited[index]?.span ?? null;
    if (span === null) return [];
    const [lo, hi] = [onFirstClock(span.lo, clock, first), onFirstClock(span.hi, clock, first)];
    return lo === null || hi === null ? [] : [{ lo, hi }];
  });
  return spans.length === 0 ? null : { lo: Math.min(...spans.map(({ lo }) => lo)), hi: Math.max(...spans.map(({ hi }) => hi)) };
}

/** Marks of a runner's log that belong to no investigation, on the first runner's clock. */
export function runMarksOf({ correlation, clock }: RunOfLog, span: Bounds | null, first: Clock | undefined): Point[] {
  return correlation.runMarks.flatMap((point) => {
    const at = onFirstClock(point.at, clock, first);
    return at === null || (span !== null && (point.at < span.lo || point.at > span.hi)) ? [] : [changedPoint(point, { at })];
  });
}

/** Which run of the logs this is; logs of other runs count as one run each. */
export function jointSelection(runs: readonly RunOfLog[], left: readonly RunOfLog[]): RunSelection {
  const selection = runs[0]?.selection ?? { selected: 1, found: 1 };
  if (left.length === 0) return selection;
  const found = selection.found + left.length;
  return { found, selected: selection.selected === "all" ? "all" : selection.selected + left.length };
}

/** How many investigations the logs announce; of no meaning where --from or --to leave some of them out. */
export function announcedOf(runs: readonly RunOfLog[], limited: readonly LimitedRun[]): Pick<RunSelection, "announced"> {
  const byTotal = new Map<number, RunOfLog["correlation"][]>();
  for (const [index, { correlation }] of runs.entries()) {
    const { announced, drafts } = correlation;
    if (announced === undefined || (limited[index]?.drafts.length ?? 0) < drafts.length) return {};
    byTotal.set(announced, [...(byTotal.get(announced) ?? []), correlation]);
  }
  const totals = [...byTotal].map(([total, alike]) => (shareNumbering(total, alike) ? total : total * alike.length));
  return runs.length === 0 ? {} : { announced: totals.reduce((sum, total) => sum + total, 0) };
}

/**
 * Whether runners that announce the same total divide it among them. Each that has a total of its own begins at the same number; where lines
 * tell no number, they have their own if together they did more.
 */
function shareNumbering(total: number, runners: readonly RunOfLog["correlation"][]): boolean {
  const firsts = runners.flatMap(({ drafts }) => {
    const numbers = drafts.flatMap(({ announcedIndex }) => announcedIndex ?? []);
    return numbers.length === 0 ? [] : [smallest(numbers)];
  });
  if (firsts.length === runners.length) return new Set(firsts).size === firsts.length;
  return runners.reduce((sum, { drafts }) => sum + drafts.length, 0) <= total;
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
export function placedLogs(runs: readonly RunOfLog[]): Map<number, NonNullable<ReturnType<NonNullable<Timeline["logs"]>["get"]>>> {
  const placed = new Map<number, { clock: ClockId; from: EpochMs; to: EpochMs }>();
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
