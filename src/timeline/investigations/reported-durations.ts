import { firstIndex } from "../../model/collections/first-index.js";
import type { LogMark } from "../../model/event.js";
import type { Pattern } from "../../model/profile.js";
import { type DecimalSign, plainNumber, reportedNumber } from "../../model/text/number-text.js";
import type { DurationMs, EpochMs } from "../../model/time.js";
import type { Point } from "../../model/timeline.js";
import type { Draft } from "./draft.js";

/** How far a self-reported duration is from the stamps around it as a rule, beside what they and its last digit leave open. */
const USUAL_LATENESS_MS: DurationMs = 50;

/** How far it may be, where a busy runner is late with a line. */
const MOST_LATENESS_MS: DurationMs = 250;

/** What so many lines of a log show of it holds for all of them, */
const ENOUGH_LINES = 20;

/** with so much to spare, */
const SPARE = 4;

/** but no finer than this. */
const LEAST_LATENESS_MS: DurationMs = 10;

/** How the durations stand in a log that its lines report. */
export interface Reporting {
  /** How far from the stamps around them they may be. */
  readonly latenessMs: DurationMs;
  /** That of the profile. */
  readonly decimalSign: DecimalSign | undefined;
}

/** An investigation in which something began as long ago as a line says that it lasted. */
export interface Reported {
  readonly draft: Draft;
  /** Where it began. */
  readonly since: Point;
  readonly deviationMs: DurationMs;
  /** It may, but only if the line is uncommonly late. */
  readonly isLate: boolean;
}

/** A duration that a line reports. */
interface ReportedDuration {
  /** The mark from which it counts. */
  readonly since: string;
  readonly ms: DurationMs;
  /** A unit of its last digit. */
  readonly resolutionMs: DurationMs;
}

/** `decimalSign`: that of the profile; without one, a text whose comma may be either is no duration. */
export function reportedDuration(
  { groups }: LogMark,
  { reports }: Pattern,
  decimalSign: DecimalSign | undefined,
): ReportedDuration | undefined {
  const text = reports === undefined ? "" : (groups[reports.seconds] ?? "");
  const seconds = decimalSign === undefined ? plainNumber(text) : reportedNumber(text, decimalSign);
  if (reports === undefined || seconds === undefined) return undefined;
  return { since: reports.since, ms: seconds * 1000, resolutionMs: 1000 / 10 ** (text.split(decimalSign ?? ".")[1]?.length ?? 0) };
}

/** How far from the stamps around them the durations may be that a log reports: as the lines show that can be held against a single beginning. */
export function latenessOf(
  marks: readonly LogMark[],
  patterns: ReadonlyMap<string, Pattern>,
  decimalSign: DecimalSign | undefined,
): DurationMs {
  const begins = new Map<string, EpochMs[]>();
  for (const { reports } of patterns.values()) if (reports !== undefined) begins.set(reports.since, []);
  for (let index = 0; index < marks.length; index += 1) {
    const { mark, at } = marks[index] as LogMark;
    begins.get(mark)?.push(at.at);
  }
  for (const times of begins.values()) times.sort((a, b) => a - b);
  let lines = 0;
  let largestMs: DurationMs = 0;
  for (let index = 0; index < marks.length; index += 1) {
    const mark = marks[index] as LogMark;
    const pattern = patterns.get(mark.mark);
    const duration = pattern && reportedDuration(mark, pattern, decimalSign);
    if (duration === undefined) continue;
    const openMs = duration.resolutionMs + 2 * mark.at.resolutionMs;
    const latenesses = near(begins.get(duration.since) ?? [], mark.at.at - duration.ms, MOST_LATENESS_MS + openMs);
    if (latenesses.length !== 1) continue;
    lines += 1;
    largestMs = Math.max(largestMs, (latenesses[0] ?? 0) - openMs);
  }
  if (lines < ENOUGH_LINES) return MOST_LATENESS_MS;
  return Math.min(MOST_LATENESS_MS, Math.max(LEAST_LATENESS_MS, SPARE * largestMs));
}

/** Of times in ascending order, how far those are from a moment that are no farther than so much. */
function near(times: readonly EpochMs[], at: EpochMs, withinMs: DurationMs): DurationMs[] {
  const found: DurationMs[] = [];
  for (let index = firstIndex(times, (time) => time >= at - withinMs); index < times.length; index += 1) {
    const time = times[index] as EpochMs;
    if (time > at + withinMs) break;
    found.push(Math.abs(time - at));
  }
  return found;
}

/** Those that it may fit, the nearest first; undefined where it cannot be held against any of them. */
export function draftsReported(
  drafts: readonly Draft[],
  { at }: LogMark,
  duration: ReportedDuration,
  latenessMs: DurationMs = MOST_LATENESS_MS,
): readonly Reported[] | undefined {
  let compared = false;
  const fitting = drafts.flatMap((draft) => {
    const since = latestPoint(draft.points, duration.since);
    if (since === undefined) return [];
    compared = true;
    const deviationMs = Math.abs(at.at - since.at - duration.ms);
    const openMs = duration.resolutionMs + since.resolutionMs + at.resolutionMs;
    const isLate = deviationMs > USUAL_LATENESS_MS + openMs;
    return deviationMs <= latenessMs + openMs ? [{ draft, since, deviationMs, isLate }] : [];
  });
  return compared ? fitting.sort((a, b) => a.deviationMs - b.deviationMs) : undefined;
}

/** Fewer points than this are looked through at once. */
const FEW_POINTS = 64;

/** Of the points of long investigations, which only grow: where the latest of a mark stands, and how many have been looked through for it. */
const knownLatest = new WeakMap<readonly Point[], Map<string, { readonly index: number; readonly seen: number }>>();

/** The latest point of a mark: one stream may report many thousand durations since its one beginning. */
function latestPoint(points: readonly Point[], mark: string): Point | undefined {
  if (points.length < FEW_POINTS) return points.findLast((point) => point.mark === mark);
  const ofMarks = knownLatest.get(points) ?? new Map<string, { readonly index: number; readonly seen: number }>();
  const { index: before, seen } = ofMarks.get(mark) ?? { index: -1, seen: 0 };
  let index = points.length - 1;
  while (index >= seen && points[index]?.mark !== mark) index -= 1;
  const latest = index >= seen ? index : before;
  ofMarks.set(mark, { index: latest, seen: points.length });
  knownLatest.set(points, ofMarks);
  return points[latest];
}
