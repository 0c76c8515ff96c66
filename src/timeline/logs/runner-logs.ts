import type { ClockChange } from "../../model/clock.js";
import { groupBy } from "../../model/collections/group-by.js";
import { inOrder } from "../../model/collections/in-order.js";
import type { HttpDate, LogMark } from "../../model/event.js";
import type { Bounds, ClockId, DurationMs } from "../../model/time.js";
import { dateShifts } from "./date-shifts.js";
import { groupLogs } from "./group-logs.js";
import type { LogContext } from "./log-bounds.js";
import { inTimeOrder } from "./record-identity.js";
import { wholeLogs } from "./rotated-parts.js";
import { sessionSteps } from "./session-steps.js";
import { addShifts, type Shifts, shiftedDates, shiftedMarks } from "./shifts.js";
import { unfoldLogs } from "./unfold-logs.js";

/** All that was logged on one clock, whose readings run on through every change. */
export interface RunnerLog {
  readonly clock: ClockId;
  readonly marks: readonly LogMark[];
  readonly dates: readonly HttpDate[];
  /** From what the files print to these readings. */
  readonly shifts: Shifts;
  /** Of them what holds for all lines: the day, and the zone of another log. */
  readonly baseShifts: ReadonlyMap<number, DurationMs>;
  /** The part of them that is a difference between the zones of two logs. */
  readonly zoneShifts: ReadonlyMap<number, DurationMs>;
  readonly changes: readonly ClockChange[];
  /** Stretches in which the clock may have been set without anything that tells. */
  readonly doubtful: readonly Bounds[];
  /** How many sessions begin earlier, as printed, than the one before them in their file ended. */
  readonly setBackSessions: number;
  /** Nothing ties it to the clock of the other logs. */
  readonly apart: boolean;
}

/** Those of them in which nothing tells whether it was set at all. */
export function holesOf({ doubtful, changes }: Pick<RunnerLog, "doubtful" | "changes">): readonly Bounds[] {
  return doubtful.filter((hole) => changes.every(({ between }) => between.lo !== hole.lo));
}

/** The logs by their clocks: that of the first runner, and those of others. Without any log one that is empty. */
export function runnerLogs(given: readonly LogMark[], givenDates: readonly HttpDate[], context: LogContext): RunnerLog[] {
  const days = dateShifts(given, context);
  const toDay: Shifts = new Map([...days].map(([source, byMs]) => [source, [{ fromLine: 0, byMs }]]));
  const onDay = shiftedMarks(given, toDay, "runner");
  const steps = sessionSteps(onDay, context);
  const toFileOrder = addShifts(toDay, steps);
  const marks = shiftedMarks(onDay, steps, "runner");
  const dates = shiftedDates(givenDates, toFileOrder, "runner");
  const whole = wholeLogs(marks, dates, context.sources);
  const { shifts: ofWholes, changes, holes } = unfoldLogs(whole.marks, whole.dates, context);
  const shifts = whole.toParts(ofWholes);
  const unfolded = groupBy(shiftedMarks(whole.marks, ofWholes, "runner"), (mark) => mark.evidence.source);
  const logs = [...unfolded].map(([source, ofSource]) => ({ source, marks: inOrder(ofSource, inTimeOrder) }));
  const groups = groupLogs(logs, context);
  if (groups.length === 0)
    return [
      {
        clock: "runner",
        marks: [],
        dates,
        shifts,
        baseShifts: new Map(),
        zoneShifts: new Map(),
        changes: [],
        doubtful: [],
        setBackSessions: 0,
        apart: false,
      },
    ];
  const sourcesWithMarks = new Set([...unfolded.keys()].flatMap(whole.partsOf));
  return groups.map(({ members, apart }, index) => {
    const clock: ClockId = index === 0 ? "runner" : `runner:${index + 1}`;
    const shiftsOfParts = members.flatMap(({ log, shiftMs }) => whole.partsOf(log.source).map((source) => [source, shiftMs] as const));
    const toGroup = new Map(shiftsOfParts.map(([source, byMs]) => [source, [{ fromLine: 0, byMs }]]));
    // Logs without any mark may still bring HTTP dates.
    const isMember = ({ evidence }: LogMark | HttpDate) =>
      toGroup.has(evidence.source) || (index === 0 && !sourcesWithMarks.has(evidence.source));
    const ofGroup = addShifts(new Map([...shifts].filter(([source]) => toGroup.has(source))), toGroup);
    return {
      clock,
      marks: shiftedMarks(marks.every(isMember) ? marks : marks.filter(isMember), ofGroup, clock),
      dates: shiftedDates(dates.filter(isMember), ofGroup, clock),
      shifts: addShifts(ofGroup, toFileOrder),
      baseShifts: new Map(shiftsOfParts.map(([source, shiftMs]) => [source, shiftMs + (days.get(source) ?? 0)])),
      zoneShifts: new Map(shiftsOfParts),
      changes: once(members.flatMap(({ log, shiftMs }) => changeAt(changes.get(log.source), shiftMs))),
      doubtful: members.flatMap(({ log, shiftMs }) =>
        (holes.get(log.source) ?? []).map(({ lo, hi }) => ({ lo: lo + shiftMs, hi: hi + shiftMs })),
      ),
      setBackSessions: shiftsOfParts.reduce((sum, [source]) => sum + (steps.get(source)?.length ?? 0), 0),
      apart,
    };
  });
}

function changeAt(change: ClockChange | undefined, shiftMs: number): ClockChange[] {
  if (change === undefined) return [];
  return [{ ...change, between: { lo: change.between.lo + shiftMs, hi: change.between.hi + shiftMs } }];
}

/** Several logs of one clock tell of the same change; the narrowest says it best. */
function once(changes: readonly ClockChange[]): ClockChange[] {
  const narrowest = (a: ClockChange, b: ClockChange) => a.between.hi - a.between.lo - (b.between.hi - b.between.lo);
  return [...groupBy(changes, ({ byMs }) => byMs).values()].flatMap((same) => [...same].sort(narrowest).slice(0, 1));
}

/** The log with readings as the clock shows them after its changes: for a run that begins only then. */
export function afterChanges(log: RunnerLog, byMs: DurationMs): RunnerLog {
  const back: Shifts = new Map([...log.zoneShifts.keys()].map((source) => [source, [{ fromLine: 0, byMs: -byMs }]]));
  return {
    ...log,
    marks: shiftedMarks(log.marks, back, log.clock),
    dates: shiftedDates(log.dates, back, log.clock),
    shifts: addShifts(log.shifts, back),
    changes: [],
    doubtful: [],
  };
}
