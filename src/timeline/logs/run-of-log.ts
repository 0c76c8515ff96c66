import type { Clock } from "../../model/clock.js";
import { groupBy } from "../../model/collections/group-by.js";
import type { HttpDate, LogMark } from "../../model/event.js";
import { patternsByMark } from "../../model/marks.js";
import type { Bounds, DurationMs, EpochMs } from "../../model/time.js";
import type { RunSelection, Timeline } from "../../model/timeline.js";
import { findStep, type StepEstimate } from "../clocks/clock-step.js";
import { resolveZone, splitOffset, unanchoredClock } from "../clocks/clocks.js";
import type { OffsetBound } from "../clocks/offset-bound.js";
import { estimateOffset, LEAST_AGREEMENT } from "../clocks/offset-estimate.js";
import { anchorRunner, httpDateBounds, withZoneOfLogs, zoneShown } from "../clocks/runner-clock.js";
import { type Correlation, correlate, inOne } from "../investigations/correlate.js";
import { type CreationWindow, creationWindows } from "../investigations/creation-windows.js";
import { beginsRun } from "../investigations/runs.js";
import { offsetBounds } from "../links/request-bounds.js";
import { deduplicate } from "./deduplicate.js";
import { readingsAnchored } from "./hole-sides.js";
import type { LogContext } from "./log-bounds.js";
import { afterChanges, holesOf, type RunnerLog } from "./runner-logs.js";
import { selectRun } from "./select-run.js";
import { shiftAt } from "./shifts.js";
import { withoutStep } from "./step-log.js";

/** One run in the log of one runner. */
export interface RunInLog extends Correlation {
  /** From its first mark to its last one; null without any. */
  readonly span: Bounds | null;
  /** Its first lines are those of a new run, wherever they stand. */
  readonly isBeginning: boolean;
}

/** The run of one runner's log, correlated, with its clock. */
export interface RunOfLog {
  readonly log: RunnerLog;
  readonly doubles: number;
  readonly selection: RunSelection;
  readonly runLines: Timeline["runLines"];
  /** Each that was read: all of the log's where all were asked for. */
  readonly ofRuns: readonly RunInLog[];
  /** The same in one. */
  readonly correlation: Omit<Correlation, "announced">;
  readonly windows: readonly CreationWindow[];
  /** Undefined without any investigation. */
  readonly clock: Clock | undefined;
  /** All its lines come with a date. */
  readonly isDated: boolean;
  /** How many bounds there were. */
  readonly bounds: number;
  /** Its Jobs were made by a schedule: they tell the zone of its clock alone. */
  readonly bySchedule: boolean;
  /** Bounds that do not fit, for which the uncertainty was widened. */
  readonly widenedFor: number;
  readonly httpBounds: ReadonlyMap<string, readonly OffsetBound[]>;
  /** From the first mark of the run to its last one, or to the end of the log if nothing follows. */
  readonly span: Bounds | null;
}

/** Selects the run, gives its marks to investigations, and ties its clock; a clock that was set in the middle is run on first. */
export function runOfLog(log: RunnerLog, context: LogContext, wanted: number | "all" | undefined): RunOfLog {
  const run = readRun(log, context, wanted);
  const { anchors = 0, method } = run.result.clock ?? {};
  const mayBeSet = method === "bounds" && anchors < run.bounds.length && anchors >= run.bounds.length * LEAST_AGREEMENT;
  if (!mayBeSet || context.declared.skewMs !== undefined) return run.result;
  const inOrder = [...run.bounds].filter(({ lo, hi }) => lo <= hi).sort(inLogOrder);
  const constant = estimateOffset(inOrder, true);
  const widened = { ...run.result, widenedFor: constant?.widenedFor ?? 0 };
  const step = constant === undefined ? undefined : findStep(inOrder, constant.explained);
  if (step === undefined) return widened;
  const stepped = withoutStep(log, step);
  if (stepped === log) return widened;
  const { result } = readRun(stepped, context, wanted);
  const isZone = stepped.changes.at(-1)?.kind === "zone";
  return result.clock === undefined || isZone ? result : { ...result, clock: withStep(result.clock, step), widenedFor: 0 };
}

function readRun(
  log: RunnerLog,
  context: LogContext,
  wanted: number | "all" | undefined,
): { readonly result: RunOfLog; readonly bounds: readonly OffsetBound[] } {
  const { profile, sources, candidates } = context;
  const { marks, doubles } = deduplicate(log.marks);
  const { selection, marks: ofRun, runs, runLines, isLast } = selectRun(marks, profile, wanted, log.doubtful);
  const changedBefore = changesBefore(log, ofRun[0]);
  if (changedBefore !== 0) return readRun(afterChanges(log, changedBefore), context, wanted);
  const patterns = patternsByMark(profile);
  const ofRuns = runs.map((own) => ({
    ...correlate(own, profile),
    span: spanOf(own, null),
    isBeginning: own.some((mark) => beginsRun(mark, patterns)),
  }));
  const correlation = inOne(ofRuns);
  const windows = creationWindows(correlation.drafts, profile);
  const found = offsetBounds(windows, candidates);
  const { through, bySchedule } = found;
  const bounds = bySchedule ? [] : found.bounds;
  const httpBounds = new Map([...groupBy(log.dates, hostOf)].map(([host, dates]) => [host, httpDateBounds(dates, ofRun)]));
  const declared = log.clock === "runner" ? context.declared : {};
  const wallTime = ofRun[0]?.at.at ?? 0;
  const isBeforeEnd = log.changes.some(({ kind, byMs }) => kind === "zone" && byMs < 0);
  const shown = bySchedule || declared.zoneName !== undefined ? zoneShown(found.bounds) : undefined;
  const told = resolveZone(withZoneOfLogs(ofRun, sources, declared, log.zoneShifts), wallTime, isBeforeEnd, shown);
  const byJobs = bySchedule && told.zoneOffsetMinutes === undefined && shown !== undefined;
  const resolved = byJobs ? { ...told, zoneOffsetMinutes: shown } : told;
  const anchored = log.apart && resolved.zoneOffsetMinutes === undefined ? unanchoredClock(log.clock) : undefined;
  const ofHttp = [...httpBounds.values()].flat();
  const readings = spanOf(ofRun, null) ?? undefined;
  const tied = correlation.drafts.length === 0 ? undefined : (anchored ?? anchorRunner(resolved, bounds, ofHttp, log.clock, readings));
  const clock = tied?.method === "bounds" && through !== undefined ? { ...tied, through } : tied;
  const result = {
    log,
    doubles,
    selection,
    runLines,
    ofRuns,
    correlation,
    windows,
    clock: clock && withDoubt(clock, log, clock.method === "http-date" ? ofHttp : found.bounds, wallTime),
    isDated: ofRun.every(({ evidence }) => sources[evidence.source]?.undated === undefined),
    bounds: bounds.length,
    bySchedule,
    widenedFor: 0,
    httpBounds,
    span: spanOf(ofRun, isLast ? logEnd(log, context) : null),
  };
  return { result, bounds };
}

/** The clock with where it was set, and where it may have been. `begin`: the first reading of the run. */
function withDoubt(clock: Clock, log: RunnerLog, bounds: readonly OffsetBound[], begin: EpochMs): Clock {
  const holdsFor = readingsAnchored(clock, holesOf(log), bounds, begin);
  return {
    ...clock,
    ...(log.changes.length === 0 ? {} : { changes: log.changes }),
    ...(holdsFor === undefined ? {} : { holdsFor }),
  };
}

/** What the changes of the clock before a mark have added to its reading. */
function changesBefore({ shifts, baseShifts }: RunnerLog, mark: LogMark | undefined): DurationMs {
  if (mark === undefined) return 0;
  const { source, line } = mark.evidence;
  return shiftAt(shifts, source, line) - (baseShifts.get(source) ?? 0);
}

/** Each side has its own uncertainty; the bounds of the other say nothing about it. */
function withStep(clock: Clock, { before, uncertaintyMs, agreeing }: StepEstimate): Clock {
  if (clock.method !== "bounds") return clock;
  const { driftPpm, originAt, ...rest } = clock;
  const offsetMs = (before.lo + before.hi) / 2;
  return { ...rest, offsetMs, uncertaintyMs, ...splitOffset(offsetMs), anchors: agreeing };
}

/** In one log the order of its lines, for a clock that was set back repeats itself; between logs that of their readings. */
function inLogOrder(a: OffsetBound, b: OffsetBound): number {
  return a.lines !== undefined && a.lines.source === b.lines?.source ? a.lines.from - b.lines.from : a.at - b.at;
}

function hostOf(date: HttpDate): string {
  return date.host;
}

/** The last stamp of the logs, marks or not, on the axis of the clock. */
function logEnd({ marks, shifts }: RunnerLog, { sources }: LogContext): EpochMs | null {
  const lastMarks = new Map<number, EpochMs>();
  for (let index = 0; index < marks.length; index += 1) {
    const { at, evidence } = marks[index] as LogMark;
    const known = lastMarks.get(evidence.source);
    if (known === undefined || at.at > known) lastMarks.set(evidence.source, at.at);
  }
  const ends = [...lastMarks].flatMap(([source, last]) => {
    const printed = sources[source]?.to ?? null;
    if (printed === null) return [];
    const ofSource = shifts.get(source) ?? [];
    const atEnd = ofSource.at(-1)?.byMs ?? 0;
    // Where the clock was set back, the latest stamp may be one from before.
    return [ofSource.length > 1 && atEnd > (ofSource[0]?.byMs ?? 0) ? last : printed + atEnd];
  });
  return ends.length === 0 ? null : Math.max(...ends);
}

function spanOf(marks: RunnerLog["marks"], end: EpochMs | null): Bounds | null {
  const [first, last] = [marks[0], marks.at(-1)];
  return first === undefined || last === undefined ? null : { lo: first.at.at, hi: Math.max(end ?? 0, last.at.at + last.at.resolutionMs) };
}
