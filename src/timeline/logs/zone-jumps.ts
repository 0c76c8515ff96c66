import type { ClockChange } from "../../model/clock.js";
import type { HttpDate, LogMark } from "../../model/event.js";
import type { Pattern } from "../../model/profile.js";
import type { DecimalSign } from "../../model/text/number-text.js";
import { type DurationMs, HOUR_MS, MINUTE_MS } from "../../model/time.js";
import { offsetsAtWallTime, zoneOffsetAt } from "../clocks/clocks.js";
import { reportedDuration } from "../investigations/reported-durations.js";
import { beginsRun } from "../investigations/runs.js";

/** What summer time adds: an hour, on Lord Howe Island half of one (IANA time zone database). */
const CHANGES_MS = [HOUR_MS, HOUR_MS / 2];
const HALF_HOUR_ZONES_MINUTES: readonly (number | undefined)[] = [630, 660];
/** Between two marks at a change no more time passes than this; what is longer cannot be told from any other silence. Above every documented timeout. */
const LONGEST_SILENCE_MS = 3 * MINUTE_MS;
/** Threads write records out of order by less than this; a log that goes back farther shows where its clock was set back. */
export const DISORDER_MS: DurationMs = 250;
/** Self-reported durations are rounded to hundredths of a second, and logged a little later. */
const REPORT_SLACK_MS = 1000;
/** Offsets before and after are the same, or apart by the change; half of the smallest change is far above any correction of a clock. */
export const SAME_OFFSET_MS: DurationMs = 10 * MINUTE_MS;

/** Where a log jumps by what summer time adds. */
export interface ZoneJump {
  readonly source: number;
  /** The marks on either side, as printed. */
  readonly before: LogMark;
  readonly after: LogMark;
  /** What the clock would have been set by; forward is positive. */
  readonly byMs: DurationMs;
}

/** A change is proven, or that there was none; `open` where nothing tells. */
export type Settlement = ClockChange["settledBy"] | "no-change" | "open";

/** A place where a log jumps; `wide`: not by what summer time adds and a short silence, but with one of up to most of an hour. That is enough to ask for proof, and too little to go without. */
export interface FoundJump {
  readonly jump: ZoneJump;
  readonly wide: boolean;
}

/** Places where a log may jump by what summer time adds. */
interface FoundJumps {
  readonly all: readonly FoundJump[];
  readonly only: FoundJump | undefined;
}

/**
 * The only place of a log (its marks in the order of its lines) where it goes back by no more than summer time takes; else the only one where two marks are apart by as much as that adds, with
 * a short silence or else with a longer one. A log with several such holes has a habit of pausing: then `all` are worth a proof. A jump where another run begins is none of a run.
 */
export function findZoneJumps(
  marks: readonly LogMark[],
  patterns: ReadonlyMap<string, Pattern>,
  sizes: readonly DurationMs[] = CHANGES_MS,
): FoundJumps {
  const found: FoundJump[] = [];
  for (let index = 1; index < marks.length; index += 1) {
    const [before, after] = [marks[index - 1] as LogMark, marks[index] as LogMark];
    const difference = after.at.at - before.at.at;
    // As nearly all are.
    if (Math.abs(difference) <= LONGEST_SILENCE_MS) continue;
    const narrowMs = changeOf(difference, sizes);
    const byMs = narrowMs ?? wideChangeOf(difference);
    if (byMs !== undefined && !beginsRun(after, patterns))
      found.push({ jump: { source: after.evidence.source, before, after, byMs }, wide: narrowMs === undefined });
  }
  const back = found.filter(({ jump }) => jump.byMs < 0);
  const narrow = found.filter(({ wide }) => !wide);
  const [only, ...others] = back.length > 0 ? back : narrow.length > 0 ? narrow : found;
  return { all: found, only: others.length > 0 ? undefined : only };
}

/** By how much the clock of a zone (its offset outside of summer time or in it) is set; of an unknown one by any. */
export function changesOfZone(zoneMinutes: number | undefined): readonly DurationMs[] {
  return zoneMinutes === undefined || HALF_HOUR_ZONES_MINUTES.includes(zoneMinutes) ? CHANGES_MS : [HOUR_MS];
}

function changeOf(difference: DurationMs, sizes: readonly DurationMs[]): DurationMs | undefined {
  const fits = (byMs: DurationMs) => difference - byMs >= -DISORDER_MS && difference - byMs <= LONGEST_SILENCE_MS;
  for (const size of sizes) if (fits(-size) || fits(size)) return fits(-size) ? -size : size;
  return undefined;
}

function wideChangeOf(difference: DurationMs): DurationMs | undefined {
  return [-HOUR_MS, HOUR_MS].find((byMs) => difference - byMs > LONGEST_SILENCE_MS && difference - byMs < HOUR_MS - LONGEST_SILENCE_MS);
}

/** Whether an investigation goes on behind a jump that had begun before it, and not ended: then one log was set back there, and not one put behind another. */
export function goesOnBehind({ after }: ZoneJump, marks: readonly LogMark[], patterns: ReadonlyMap<string, Pattern>): boolean {
  const last = new Map<string, Pattern | undefined>();
  const seen = new Set<string>();
  for (const { groups, mark, evidence } of marks) {
    const key = groups.investigation ?? groups.jobId;
    if (key === undefined) continue;
    const pattern = patterns.get(mark);
    if (evidence.line < after.evidence.line) last.set(key, pattern);
    else if (!seen.has(key)) {
      seen.add(key);
      const before = last.get(key);
      const isOpen = before !== undefined && before.closes !== true && before.fails !== true;
      if (isOpen && pattern?.opens !== true && pattern?.header !== true) return true;
    }
  }
  return false;
}

/** What two offsets (of the log before and after, the change already taken out) say of a jump. */
export function settledByOffsets(jump: ZoneJump, before: number | undefined, after: number | undefined): "change" | "no-change" | "open" {
  if (before === undefined || after === undefined) return "open";
  if (Math.abs(after - before) < SAME_OFFSET_MS) return "change";
  return Math.abs(after - before + jump.byMs) < SAME_OFFSET_MS ? "no-change" : "open";
}

/** What the rules of a named zone say: whether its offset changes between the two marks, and by that much. */
export function settledByZone({ before, after, byMs }: ZoneJump, zoneName: string | undefined): Settlement {
  if (zoneName === undefined) return "open";
  // Before the clock was set back, a wall time that comes twice comes for the first time.
  const [startOffset = 0] = offsetsAtWallTime(zoneName, before.at.at);
  const start = before.at.at - startOffset * MINUTE_MS;
  // As much time as passes if the clock was set; if it was not, the rules say so there too.
  const end = start + (after.at.at - before.at.at - byMs);
  if ((zoneOffsetAt(zoneName, end) - startOffset) * MINUTE_MS === byMs) return "zone-rules";
  return "no-change";
}

/** What a line says that reports how long something took which began before the jump. `decimalSign`: that of the profile. */
export function settledByReport(
  jump: ZoneJump,
  marks: readonly LogMark[],
  patterns: ReadonlyMap<string, Pattern>,
  decimalSign: DecimalSign | undefined,
): Settlement {
  const { before, after, byMs } = jump;
  for (const mark of marks) {
    const pattern = patterns.get(mark.mark);
    if (pattern === undefined || mark.evidence.line < after.evidence.line) continue;
    const reported = reportedDuration(mark, pattern, decimalSign);
    if (reported === undefined) continue;
    const since = marks.findLast(({ mark: id, evidence }) => id === reported.since && evidence.line < mark.evidence.line);
    // The first report behind the jump is the only one that may tell of it.
    if (since === undefined || since.evidence.line > before.evidence.line) return "open";
    const passed = mark.at.at - since.at.at;
    const isNear = (durationMs: DurationMs) => Math.abs(durationMs - reported.ms) <= REPORT_SLACK_MS;
    return isNear(passed - byMs) ? "reported-duration" : isNear(passed) ? "no-change" : "open";
  }
  return "open";
}

/** HTTP dates of one host on either side of a jump, the change already taken out: reading less date, of the nearest on each side. */
export function offsetsByHost(jump: ZoneJump, dates: readonly HttpDate[]): { before: number; after: number } | undefined {
  const hosts = new Map<string, { before?: number; after?: number }>();
  for (const { host, logged, date, evidence } of dates) {
    if (evidence.source !== jump.source) continue;
    const sides = hosts.get(host) ?? {};
    const offset = logged.at - date;
    if (evidence.line < jump.after.evidence.line) sides.before = offset;
    else sides.after ??= offset - jump.byMs;
    hosts.set(host, sides);
  }
  for (const { before, after } of hosts.values()) if (before !== undefined && after !== undefined) return { before, after };
  return undefined;
}
