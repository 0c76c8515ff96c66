import { inOrder } from "../../model/collections/in-order.js";
import type { HttpDate, LogMark } from "../../model/event.js";
import type { ClockId, DurationMs, Instant } from "../../model/time.js";

/** What is added to the readings of a log from a line on, so that they run on as if its clock had never been set. */
export interface Shift {
  readonly fromLine: number;
  readonly byMs: DurationMs;
}

/** The shifts of each log (index of its source), by line; each replaces the one before. */
export type Shifts = ReadonlyMap<number, readonly Shift[]>;

/** What is added to the reading of a line. */
export function shiftAt(shifts: Shifts, source: number, line: number): DurationMs {
  return shifts.get(source)?.findLast(({ fromLine }) => fromLine <= line)?.byMs ?? 0;
}

/** One shift after another: both are added. */
export function addShifts(first: Shifts, second: Shifts): Shifts {
  const sources = new Set([...first.keys(), ...second.keys()]);
  return new Map(
    [...sources].map((source) => {
      const lines = [...(first.get(source) ?? []), ...(second.get(source) ?? [])].map(({ fromLine }) => fromLine);
      const added = [...new Set(lines)]
        .sort((a, b) => a - b)
        .map((fromLine) => ({ fromLine, byMs: shiftAt(first, source, fromLine) + shiftAt(second, source, fromLine) }));
      return [source, added];
    }),
  );
}

/** The marks with their readings on the axis of one clock. */
export function shiftedMarks(marks: readonly LogMark[], shifts: Shifts, clock: ClockId): readonly LogMark[] {
  const none = isNone(shifts);
  if (none && marks.every(({ at }) => at.clock === clock)) return marks;
  return marks.map((mark) => {
    const byMs = none ? 0 : shiftAt(shifts, mark.evidence.source, mark.evidence.line);
    return byMs === 0 && mark.at.clock === clock ? mark : withReading(mark, { ...mark.at, clock, at: mark.at.at + byMs });
  });
}

/** The mark as if its log had said another time. */
export function withReading({ type, mark, groups, logger, variant, message, evidence }: LogMark, at: Instant): LogMark {
  return { type, mark, groups, logger, variant, message, evidence, at };
}

function isNone(shifts: Shifts): boolean {
  for (const ofSource of shifts.values()) if (ofSource.some(({ byMs }) => byMs !== 0)) return false;
  return true;
}

/** The same for HTTP dates: when they were logged. */
export function shiftedDates(dates: readonly HttpDate[], shifts: Shifts, clock: ClockId): HttpDate[] {
  return dates.map((date) => {
    const byMs = shiftAt(shifts, date.evidence.source, date.evidence.line);
    return byMs === 0 && date.logged.clock === clock ? date : { ...date, logged: { ...date.logged, clock, at: date.logged.at + byMs } };
  });
}

/** In the order of the file. */
export function inLineOrder<T extends LogMark | HttpDate>(events: readonly T[]): readonly T[] {
  return inOrder(events, (a, b) => a.evidence.line - b.evidence.line);
}
