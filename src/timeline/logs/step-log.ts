import type { ClockChange } from "../../model/clock.js";
import { groupBy } from "../../model/collections/group-by.js";
import type { LogMark } from "../../model/event.js";
import { type Bounds, type DurationMs, type EpochMs, MINUTE_MS } from "../../model/time.js";
import type { StepEstimate } from "../clocks/clock-step.js";
import type { RunnerLog } from "./runner-logs.js";
import { addShifts, inLineOrder, type Shifts, shiftedDates, shiftedMarks, withReading } from "./shifts.js";
import { DISORDER_MS } from "./zone-jumps.js";

/** A change that is a multiple of this is one of summer time, not a correction. */
const ZONE_CHANGE_MS: DurationMs = 30 * MINUTE_MS;
/** How far from it the measured step may lie: half widths of both sides are below. */
const ZONE_SLACK_MS: DurationMs = MINUTE_MS;

/** The log with the step taken out: readings after it run on from those before. Between the last bound before it and the first after it all is doubtful. */
export function withoutStep(log: RunnerLog, step: StepEstimate): RunnerLog {
  const nearest = Math.round(step.byMs / ZONE_CHANGE_MS) * ZONE_CHANGE_MS;
  const isZone = nearest !== 0 && Math.abs(step.byMs - nearest) <= ZONE_SLACK_MS;
  const byMs = isZone ? nearest : step.byMs;
  const bySource = groupBy(log.marks, (mark) => mark.evidence.source);
  const own = step.last.lines?.source;
  const inOrder = inLineOrder(own === undefined ? [] : (bySource.get(own) ?? []));
  const [last, first] = edges(inOrder, step);
  if (last === undefined || first === undefined || own === undefined) return log;
  const between = { lo: last.at.at, hi: Math.max(last.at.at, first.at.at - byMs) };
  const shifts: Shifts = new Map(
    [...bySource].map(([source, marks]) => {
      const fromLine = source === own ? last.evidence.line + 1 : lineOfReading(inLineOrder(marks), first.at.at);
      return [source, [{ fromLine, byMs: -byMs }]];
    }),
  );
  const change: ClockChange = { between, byMs, kind: isZone ? "zone" : "step", settledBy: "bounds" };
  const inside = new Set(inOrder.filter(({ evidence }) => evidence.line > last.evidence.line && evidence.line < first.evidence.line));
  const isExact = isZone && inside.size === 0;
  const held = log.marks.map((mark) => (inside.has(mark) ? into(between, mark, byMs) : mark));
  return {
    ...log,
    marks: shiftedMarks(held, shifts, log.clock),
    dates: shiftedDates(log.dates, shifts, log.clock),
    shifts: addShifts(log.shifts, shifts),
    changes: [...log.changes, change],
    doubtful: isExact ? log.doubtful : [...log.doubtful, between],
  };
}

/**
 * The last mark before the step and the first after it. A clock that was set forward shows it between an answer and the next request; one that
 * was set back, between a request and the next answer, or where the log itself goes back.
 */
function edges(marks: readonly LogMark[], { last, first, byMs }: StepEstimate): readonly [LogMark | undefined, LogMark | undefined] {
  const [from, to] = byMs > 0 ? [last.lines?.to, first.lines?.from] : [last.lines?.from, first.lines?.to];
  if (from === undefined || to === undefined || last.lines?.source !== first.lines?.source) return [undefined, undefined];
  const within = marks.filter(({ evidence }) => evidence.line >= from && evidence.line <= to);
  const back = within.findIndex((mark, index) => byMs < 0 && mark.at.at - (within[index - 1]?.at.at ?? mark.at.at) < -DISORDER_MS);
  return back > 0 ? [within[back - 1], within[back]] : [within[0], within.at(-1)];
}

/** Whether a mark in between is from before or from after is not known: it is kept inside of the stretch, where nothing is measured by it. */
function into({ lo, hi }: Bounds, mark: LogMark, byMs: DurationMs): LogMark {
  const margin = (hi - lo) / 1000;
  const at = Math.min(Math.max(mark.at.at - byMs, lo + margin), hi - margin);
  return withReading(mark, { ...mark.at, at: at + byMs });
}

/** The line from which on a log stays at or behind a reading. */
function lineOfReading(marks: readonly LogMark[], reading: EpochMs): number {
  const before = marks.findLast((mark) => mark.at.at < reading);
  return before === undefined ? 0 : before.evidence.line + 1;
}
