import { isTied, toUtc } from "../../model/clock.js";
import { marksThat } from "../../model/marks.js";
import type { Profile } from "../../model/profile.js";
import { connectedMark } from "../../model/reserved-stages.js";
import { type Interval, interval } from "../../model/statistics/step-function.js";
import type { EpochMs } from "../../model/time.js";
import { clockOf, clockOfInvestigation, type Investigation, type Point, type Timeline } from "../../model/timeline.js";
import { type Curve, exactCurve } from "./curves.js";
import type { RunsWindow } from "./run-pauses.js";

/** From each connection to the disconnect or failure after it; on the runner's own clock where not even its zone is known. */
export function connectedOverTime(timeline: Timeline, profile: Profile, window: RunsWindow | null): Curve | undefined {
  const connectEnd = connectedMark(profile);
  if (connectEnd === undefined || timeline.logSpan === null) return undefined;
  const runner = clockOf(timeline, "runner");
  const others = timeline.investigations.filter(({ clock }) => clock !== undefined && clock !== "runner");
  // Who was connected at once cannot be told while nothing ties the clocks of some to those of others.
  if (others.length > 0 && timeline.investigations.some((investigation) => !isTied(clockOfInvestigation(timeline, investigation))))
    return undefined;
  if (timeline.clocks.some(({ holdsFor }) => holdsFor !== undefined)) return undefined;
  const placeBy = (clock: typeof runner) => (reading: EpochMs) => toUtc(clock, reading) ?? reading;
  const marks = { connects: connectEnd, closing: marksThat(profile, "closes"), failing: marksThat(profile, "fails") };
  const intervals: Interval[] = [];
  for (const investigation of timeline.investigations) {
    const place = placeBy(clockOfInvestigation(timeline, investigation));
    const name = investigation.jobId ?? String(investigation.number);
    for (const { start, end } of connections(investigation, marks))
      intervals.push(interval(name, place(start.at), end === undefined ? undefined : place(end.at)));
  }
  if (intervals.length === 0) return undefined;
  const place = placeBy(runner);
  const [lo, hi] = [place(timeline.logSpan.lo), place(timeline.logSpan.hi)];
  const anchored = window !== null && runner?.offsetMs !== null;
  return exactCurve(intervals, anchored ? { ...window, lo: Math.min(lo, window.lo), hi: Math.max(hi, lo) } : { lo, hi, pauses: [] });
}

/** What begins a connection, and what ends it. */
interface ConnectionMarks {
  readonly connects: string;
  readonly closing: ReadonlySet<string>;
  readonly failing: ReadonlySet<string>;
}

interface Connection {
  readonly start: Point;
  /** Open where the log ends. */
  readonly end: Point | undefined;
}

/** Whoever connects again without having left was connected all the time; a failure after the disconnect is of an attempt to come back. */
function connections({ points, outcome }: Investigation, { connects, closing, failing }: ConnectionMarks): Connection[] {
  const found: Connection[] = [];
  let start: Point | undefined;
  let closed: Point | undefined;
  let failed: Point | undefined;
  for (const point of points) {
    if (point.mark === connects) {
      const end = closed ?? failed;
      if (start !== undefined && end !== undefined) found.push({ start, end });
      if (start === undefined || end !== undefined) start = point;
      closed = undefined;
      failed = undefined;
    } else if (start !== undefined && closing.has(point.mark)) closed = point;
    else if (start !== undefined && failing.has(point.mark)) failed = point;
  }
  // One that broke off without a word was connected until its last sign, not until the log ends.
  const last = closed ?? failed ?? (outcome === "running" ? undefined : points.at(-1));
  return start === undefined ? found : [...found, { start, end: last }];
}
