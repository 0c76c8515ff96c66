import { groupBy } from "../../model/collections/group-by.js";
import type { LogMark } from "../../model/event.js";
import { DAY_MS, type DurationMs, HOUR_MS } from "../../model/time.js";
import { boundsOfMarks, type LogContext, offsetOf } from "./log-bounds.js";

/** No clock is farther from the cluster's than a zone and a correction; what is more is a wrong date. */
const LARGEST_OFFSET_MS: DurationMs = 14.5 * HOUR_MS;

/** Logs whose day or year was guessed, and what puts them on the day on which their Jobs were created: whole days [ms], by source. */
export function dateShifts(marks: readonly LogMark[], context: LogContext): ReadonlyMap<number, DurationMs> {
  const shifts = new Map<number, DurationMs>();
  for (const [source, ofSource] of groupBy(marks, (mark) => mark.evidence.source)) {
    const { undated } = context.sources[source] ?? {};
    if (undated === undefined) continue;
    const offset = offsetOf(boundsOfMarks(ofSource, context));
    if (offset === undefined || Math.abs(offset) <= LARGEST_OFFSET_MS) continue;
    const shiftMs = undated === "day" ? -Math.round(offset / DAY_MS) * DAY_MS : yearsBack(ofSource, offset);
    if (Math.abs(offset + shiftMs) <= LARGEST_OFFSET_MS) shifts.set(source, shiftMs);
  }
  return shifts;
}

/** From the same day of the year in which the Jobs were created to the first mark. */
function yearsBack(marks: readonly LogMark[], offset: DurationMs): DurationMs {
  const first = marks[0]?.at.at ?? 0;
  const given = new Date(first);
  const year = new Date(first - offset).getUTCFullYear();
  const moved = [year - 1, year, year + 1].map((candidate) => new Date(first).setUTCFullYear(candidate) - given.getTime());
  return moved.reduce((best, shift) => (Math.abs(offset + shift) < Math.abs(offset + best) ? shift : best));
}
