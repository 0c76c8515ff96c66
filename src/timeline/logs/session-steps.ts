import { groupBy } from "../../model/collections/group-by.js";
import type { LogMark } from "../../model/event.js";
import { patternsByMark } from "../../model/marks.js";
import type { Pattern } from "../../model/profile.js";
import { type DurationMs, type EpochMs, HOUR_MS, ZONE_STEP_MS } from "../../model/time.js";
import { boundsOfMarks, type LogContext, offsetOf } from "./log-bounds.js";
import { inLineOrder, type Shift, type Shifts } from "./shifts.js";
import { SAME_OFFSET_MS } from "./zone-jumps.js";

/** Threads write records out of order, and one of two handlers prints whole seconds: no more than that is no step back. */
const SESSION_DISORDER_MS: DurationMs = 1250;

/**
 * Test sessions that begin earlier than the one before them in the file ended: the clock was set back in between, or logs of one time were joined. Their runs
 * are told apart in the order of the file, so their readings are put behind that end: by what the Jobs of both sides say of the clock, else by as many hours
 * as it takes. Where the Jobs show one and the same clock, nothing was set, and the times say which came first.
 */
export function sessionSteps(marks: readonly LogMark[], context: LogContext): Shifts {
  const patterns = patternsByMark(context.profile);
  const shifts = new Map<number, readonly Shift[]>();
  if (!marks.some(({ mark }) => patterns.get(mark)?.startsRun === true)) return shifts;
  for (const [source, ofSource] of groupBy(marks, (mark) => mark.evidence.source)) {
    const steps = stepsOf(sessionsIn(inLineOrder(ofSource), patterns), context);
    if (steps.length > 0) shifts.set(source, steps);
  }
  return shifts;
}

/** In the order of the file, each from its header on. */
function sessionsIn(marks: readonly LogMark[], patterns: ReadonlyMap<string, Pattern>): readonly (readonly LogMark[])[] {
  const headers = marks.flatMap(({ mark }, place) => (place > 0 && patterns.get(mark)?.startsRun === true ? [place] : []));
  return [0, ...headers].map((from, index) => marks.slice(from, headers[index]));
}

function stepsOf(sessions: readonly (readonly LogMark[])[], context: LogContext): Shift[] {
  const steps: Shift[] = [];
  let byMs: DurationMs = 0;
  let end: EpochMs = Number.NEGATIVE_INFINITY;
  for (const [index, session] of sessions.entries()) {
    const [first] = session;
    if (first === undefined) continue;
    const lateBy = end - (first.at.at + byMs);
    const setBackByMs = lateBy > SESSION_DISORDER_MS ? setBackFor(sessions[index - 1] ?? [], session, lateBy, context) : 0;
    byMs += setBackByMs;
    if (setBackByMs > 0) steps.push({ fromLine: first.evidence.line, byMs });
    for (const { at } of session) end = Math.max(end, at.at + byMs);
  }
  return steps;
}

/** By how much, at least so much; 0 where the clock of both was the same. */
function setBackFor(before: readonly LogMark[], session: readonly LogMark[], leastMs: DurationMs, context: LogContext): DurationMs {
  const [then, now] = [before, session].map((marks) => offsetOf(boundsOfMarks(marks, context)));
  // As a rule a clock goes back by the hour of summer time.
  const assumed = Math.ceil(leastMs / HOUR_MS) * HOUR_MS;
  if (then === undefined || now === undefined) return assumed;
  if (Math.abs(then - now) < SAME_OFFSET_MS) return 0;
  const byZone = Math.round((then - now) / ZONE_STEP_MS) * ZONE_STEP_MS;
  return byZone >= leastMs ? byZone : assumed;
}
