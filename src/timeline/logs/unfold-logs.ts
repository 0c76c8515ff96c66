import type { ClockChange } from "../../model/clock.js";
import { groupBy } from "../../model/collections/group-by.js";
import type { HttpDate, LogMark } from "../../model/event.js";
import { patternsByMark } from "../../model/marks.js";
import type { Pattern } from "../../model/profile.js";
import { largest, smallest } from "../../model/statistics/statistics.js";
import { type Bounds, MINUTE_MS, ZONE_STEP_MS } from "../../model/time.js";
import type { OffsetBound } from "../clocks/offset-bound.js";
import { hiddenJumps } from "./hidden-changes.js";
import { boundsOfMarks, type LogContext, offsetOf } from "./log-bounds.js";
import { inLineOrder, type Shift, type Shifts, shiftedMarks } from "./shifts.js";
import {
  changesOfZone,
  DISORDER_MS,
  type FoundJump,
  findZoneJumps,
  goesOnBehind,
  offsetsByHost,
  SAME_OFFSET_MS,
  type Settlement,
  settledByOffsets,
  settledByReport,
  settledByZone,
  type ZoneJump,
} from "./zone-jumps.js";

/** Each place at which a log may have been set is tried on all of it. */
const MOST_TRIED = 8;

/** Logs whose clocks were set by a change of summer time, and what was found out about it. */
export interface Unfolded {
  /** What puts the readings after a change on the axis of those before. */
  readonly shifts: Shifts;
  readonly changes: ReadonlyMap<number, ClockChange>;
  /** Holes of an hour of which nothing tells whether time passed or the clock was set (readings as printed), and stretches somewhere in which it was. */
  readonly holes: ReadonlyMap<number, readonly Bounds[]>;
}

/**
 * Looks in each log for the place where summer time began or ended. A jump is taken for a change where the offsets on its two sides, the rules
 * of the declared zone or a reported duration prove it, in this log or in another that jumps with it; without any proof only if the log goes
 * back, which no pause can do. Where a log shows none, its longer silences may hide one. A log that names its zone on every line has no such place.
 */
export function unfoldLogs(marks: readonly LogMark[], dates: readonly HttpDate[], context: LogContext): Unfolded {
  const patterns = patternsByMark(context.profile);
  const jumps: JumpOfLog[] = [];
  const logs = [...groupBy(marks, (mark) => mark.evidence.source).values()].map(inLineOrder);
  for (const inOrder of logs) {
    const found = jumpIn(inOrder, dates, context, patterns);
    if (found !== undefined) jumps.push(found);
  }
  const shifts = new Map<number, readonly Shift[]>();
  const changes = new Map<number, ClockChange>();
  const holes = new Map<number, readonly Bounds[]>();
  const takeForChange = ({ jump: { before, after, byMs, source }, wide, settlement, somewhere }: FoundJump & Proof): void => {
    shifts.set(source, [{ fromLine: after.evidence.line, byMs: -byMs }]);
    const between = somewhere ?? { lo: before.at.at, hi: Math.max(before.at.at, after.at.at - byMs) };
    // How long the silence was is taken from what summer time adds, as a rule.
    if (somewhere !== undefined || (settlement === "open" && wide)) holes.set(source, [between]);
    const settledBy = settlement === "open" || settlement === "no-change" ? "backwards" : settlement;
    changes.set(source, { between, byMs, kind: "zone", settledBy });
  };
  for (const { jump, wide, isSetBack, settlement, somewhere } of jumps) {
    const settled =
      settlement !== "open"
        ? settlement
        : (jumps.find((other) => jumpsWith(jump, other.jump) && other.settlement !== "open")?.settlement ?? "open");
    const { before, after, byMs, source } = jump;
    if (settled === "no-change" || (settled === "open" && wide && !isSetBack)) continue;
    if (settled === "open" && byMs > 0) {
      holes.set(source, [{ lo: before.at.at, hi: after.at.at }]);
      continue;
    }
    takeForChange({ jump, wide, settlement: settled, ...(somewhere === undefined ? {} : { somewhere }) });
  }
  for (const inOrder of logs) {
    const source = inOrder[0]?.evidence.source;
    if (source === undefined || shifts.has(source) || holes.has(source)) continue;
    const { proven, open } = hiddenIn(inOrder, dates, context, patterns);
    if (proven !== undefined) takeForChange(proven);
    else if (open.length > 0) holes.set(source, open);
  }
  return { shifts, changes, holes };
}

/** Longer silences in which the clock may have been set: the one of which something proves it, else each of which nothing tells. */
function hiddenIn(
  marks: readonly LogMark[],
  dates: readonly HttpDate[],
  context: LogContext,
  patterns: ReadonlyMap<string, Pattern>,
): { readonly proven?: FoundJump & Proof; readonly open: readonly Bounds[] } {
  const [first] = marks;
  if (first === undefined || context.sources[first.evidence.source]?.zoned === true) return { open: [] };
  const zone = { name: context.declared.zoneName, minutes: zoneOf(marks, context) };
  const open: Bounds[] = [];
  for (const jump of hiddenJumps(marks, patterns, zone)) {
    const proof = settle(jump, marks, dates, context, patterns);
    if (proof.settlement === "open") open.push({ lo: jump.before.at.at, hi: jump.after.at.at });
    else if (proof.settlement !== "no-change") return { proven: { jump, wide: false, ...proof }, open: [] };
  }
  return { open };
}

type JumpOfLog = FoundJump & Proof & { readonly isSetBack: boolean };

/** The place in one log, its marks in the order of their lines, with what is known of it. */
function jumpIn(
  marks: readonly LogMark[],
  dates: readonly HttpDate[],
  context: LogContext,
  patterns: ReadonlyMap<string, Pattern>,
): JumpOfLog | undefined {
  const ofAnyZone = findZoneJumps(marks, patterns).all;
  if (ofAnyZone.length === 0) return undefined;
  const { all, only } = findZoneJumps(marks, patterns, changesOfZone(zoneOf(marks, context)));
  const settled = only && { ...only, ...settle(only.jump, marks, dates, context, patterns) };
  const isProven = settled !== undefined && settled.settlement !== "open" && settled.settlement !== "no-change";
  // What is proven need not be usual in its zone.
  const others = ofAnyZone.filter(({ jump }) => !all.some((one) => one.jump.after === jump.after && one.jump.byMs === jump.byMs));
  const found = (isProven ? undefined : provenAmong([...all, ...others], marks, context)) ?? settled;
  return found && { ...found, isSetBack: found.jump.byMs < 0 && goesOnBehind(found.jump, marks, patterns) };
}

/** Of several that could be the change the one that requests and their Jobs place best; undefined where they prove none, or where a log pauses all the time. */
function provenAmong(all: readonly FoundJump[], marks: readonly LogMark[], context: LogContext): (FoundJump & Proof) | undefined {
  if (all.length > MOST_TRIED || all.some(({ jump }) => context.sources[jump.source]?.zoned === true)) return undefined;
  const proven = all
    .map((found) => ({ ...found, ...settledByBounds(found.jump, marks, context) }))
    .filter(({ settlement }) => settlement === "bounds");
  const widthOf = ({ somewhere }: Proof) => (somewhere === undefined ? 0 : somewhere.hi - somewhere.lo);
  return proven.sort((a, b) => widthOf(a) - widthOf(b))[0];
}

/** As requests and their Jobs show it, or as it was declared [minutes]; undefined where neither does. */
function zoneOf(marks: readonly LogMark[], context: LogContext): number | undefined {
  const offset = offsetOf(boundsOfMarks(marks, context));
  return offset === undefined ? context.declared.zoneOffsetMinutes : (Math.round(offset / ZONE_STEP_MS) * ZONE_STEP_MS) / MINUTE_MS;
}

function settle(
  jump: ZoneJump,
  marks: readonly LogMark[],
  dates: readonly HttpDate[],
  context: LogContext,
  patterns: ReadonlyMap<string, Pattern>,
): Proof {
  if (context.sources[jump.source]?.zoned === true) return { settlement: "no-change" };
  const byBounds = settledByBounds(jump, marks, context);
  if (byBounds.settlement !== "open") return byBounds;
  const hosts = offsetsByHost(jump, dates);
  const byHttp = settledByOffsets(jump, hosts?.before, hosts?.after);
  if (byHttp !== "open") return { settlement: byHttp === "change" ? "http-date" : byHttp };
  const byReport = settledByReport(jump, marks, patterns, context.profile.decimalSign);
  return { settlement: byReport === "open" ? settledByZone(jump, context.declared.zoneName) : byReport };
}

/** What is known of a jump, and where the clock was set if other silences may hide that as well (readings as after the change). */
interface Proof {
  readonly settlement: Settlement;
  readonly somewhere?: Bounds;
}

/** Requests and their Jobs on either side, in the log as it would be if the clock was set. */
function settledByBounds(jump: ZoneJump, marks: readonly LogMark[], context: LogContext): Proof {
  const fromLine = jump.after.evidence.line;
  const shifted = shiftedMarks(marks, new Map([[jump.source, [{ fromLine, byMs: -jump.byMs }]]]), "runner");
  const bounds = boundsOfMarks(shifted, context);
  const before = offsetOf(bounds.filter(({ lines }) => lines !== undefined && lines.to < fromLine));
  const after = offsetOf(bounds.filter(({ lines }) => lines !== undefined && lines.from >= fromLine));
  const settlement = settledByOffsets(jump, before, after);
  if (settlement !== "change") return { settlement };
  const somewhere = provenBetween(jump, shifted, bounds, before);
  return { settlement: "bounds", ...(somewhere === undefined ? {} : { somewhere }) };
}

/**
 * A clock that was set forward lies anywhere between the last bound before the jump that agrees and the first one after it, if another silence there is as long. Undefined where there is
 * none; one that was set back shows it where the log goes back.
 */
function provenBetween(
  { after, byMs }: ZoneJump,
  shifted: readonly LogMark[],
  bounds: readonly OffsetBound[],
  offset = 0,
): Bounds | undefined {
  if (byMs < 0) return undefined;
  const agreeing = bounds.filter(({ lo, hi }) => lo < offset + SAME_OFFSET_MS && hi > offset - SAME_OFFSET_MS);
  const lines = agreeing.flatMap((bound) => bound.lines ?? []);
  const since = largest(lines.flatMap(({ to }) => (to < after.evidence.line ? [to] : [])));
  const until = smallest(lines.flatMap(({ from }) => (from >= after.evidence.line ? [from] : [])));
  const within = shifted.filter(({ evidence }) => evidence.line >= since && evidence.line <= until);
  const isSilent = ({ at, evidence }: LogMark, index: number) =>
    evidence.line !== after.evidence.line && at.at - (within[index - 1]?.at.at ?? at.at) >= byMs - DISORDER_MS;
  const [first, last] = [within[0], within.at(-1)];
  return first !== undefined && last !== undefined && within.some(isSilent) ? { lo: first.at.at, hi: last.at.at } : undefined;
}

/** Two logs of one machine jump together. */
function jumpsWith(jump: ZoneJump, other: ZoneJump): boolean {
  return jump !== other && jump.byMs === other.byMs && Math.abs(jump.before.at.at - other.before.at.at) < Math.abs(jump.byMs) / 2;
}
