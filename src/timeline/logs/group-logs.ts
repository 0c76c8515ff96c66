import type { LogMark } from "../../model/event.js";
import type { Profile } from "../../model/profile.js";
import { type Agreement, agreement, centre, meets } from "../../model/statistics/bounds.js";
import { smallest } from "../../model/statistics/statistics.js";
import { type Bounds, type DurationMs, MINUTE_MS, ZONE_STEP_MS } from "../../model/time.js";
import type { OffsetBound } from "../clocks/offset-bound.js";
import { unseenDrift } from "../clocks/unseen-drift.js";
import { isAnotherRunner, zoneShiftOfDoubles } from "./compare-logs.js";
import { agreedOffset, boundsOfMarks, type LogContext } from "./log-bounds.js";
import { withReading } from "./shifts.js";

/** A log that goes on where another ends, within the longest documented timeout of a client, is its next piece. */
const NEXT_PIECE_MS: DurationMs = 2 * MINUTE_MS;

/** One log: its marks run on through every change of its clock. */
export interface SourceLog {
  readonly source: number;
  /** In order of time, at least one. */
  readonly marks: readonly LogMark[];
}

/** Logs of one clock, each with what puts its readings on the clock of the first. */
export interface LogGroup {
  readonly members: readonly { readonly log: SourceLog; readonly shiftMs: DurationMs }[];
  /** Nothing ties it to the others, which are tied to the cluster. */
  readonly apart: boolean;
}

interface Candidate extends SourceLog {
  readonly bounds: readonly OffsetBound[];
  readonly offset: Agreement | undefined;
  readonly zoneMs: DurationMs | undefined;
}

interface OpenGroup {
  members: { log: Candidate; shiftMs: DurationMs }[];
  bounds: OffsetBound[];
  apart: boolean;
}

/**
 * Tells the logs of one clock from those of several machines. Logs with the same records share a clock, whatever zone they print; so do logs
 * whose offsets agree once a difference of zones is taken out. A log that nothing anchors belongs to the others only if it shares their
 * records, has no investigation of its own, or goes on where one of them ends; where nothing is anchored at all, logs are taken to share
 * a clock unless they count the same investigations apart. The order in which logs are given does not matter.
 */
export function groupLogs(logs: readonly SourceLog[], context: LogContext): LogGroup[] {
  const identity = ({ source }: SourceLog) => context.sources[source]?.sha256 ?? "";
  const inOrder = [...logs].sort((a, b) => start(a) - start(b) || (identity(a) < identity(b) ? -1 : 1));
  if (inOrder.length <= 1) return inOrder.map((log) => ({ members: [{ log, shiftMs: 0 }], apart: false }));
  const candidates = inOrder.map((log): Candidate => {
    const bounds = boundsOfMarks(log.marks, context);
    const zone = context.sources[log.source]?.zoneMinutes;
    return {
      ...log,
      bounds,
      offset: agreedOffset(bounds),
      zoneMs: zone === undefined ? undefined : zone * MINUTE_MS,
    };
  });
  const groups: OpenGroup[] = [];
  const anchored = candidates.filter(({ offset }) => offset !== undefined).sort((a, b) => b.bounds.length - a.bounds.length);
  for (const log of anchored) place(log, groups, (group) => shiftOfAnchored(log, group, context.profile), false);
  const isAnchored = groups.length > 0;
  for (const log of candidates.filter(({ offset }) => offset === undefined)) {
    const shiftTo = (group: OpenGroup) => (isAnchored ? shiftOfPiece(log, group, groups) : shiftOfUnanchored(log, group, context.profile));
    place(log, groups, shiftTo, groups.length > 0);
  }
  return groups
    .map(({ members, apart }) => ({ members, apart }))
    .sort((a, b) => Number(a.apart) - Number(b.apart) || clusterStart(a) - clusterStart(b));
}

/** Into the first group that takes it, those with the same records first; else it begins a group of its own. */
function place(log: Candidate, groups: OpenGroup[], shiftTo: (group: OpenGroup) => DurationMs | undefined, apart: boolean): void {
  for (const shiftOf of [(group: OpenGroup) => zoneShiftOfDoubles(log.marks, marksOf(group)), shiftTo]) {
    for (const group of groups) {
      const shiftMs = shiftOf(group);
      if (shiftMs === undefined) continue;
      group.members.push({ log, shiftMs });
      group.bounds.push(
        ...log.bounds.map((bound) => ({ ...bound, at: bound.at + shiftMs, lo: bound.lo + shiftMs, hi: bound.hi + shiftMs })),
      );
      return;
    }
  }
  groups.push({ members: [{ log, shiftMs: 0 }], bounds: [...log.bounds], apart });
}

/** The difference of the zones, if nothing else is between the two clocks. */
function shiftOfAnchored(log: Candidate, group: OpenGroup, profile: Profile): DurationMs | undefined {
  const agreed = agreement(group.bounds);
  if (agreed === undefined || log.offset === undefined) return undefined;
  const shiftMs = Math.round((centre(agreed) - centre(log.offset)) / ZONE_STEP_MS) * ZONE_STEP_MS;
  const between = log.bounds.concat(group.bounds).map(({ at }) => at);
  const allowed = unseenDrift(between.reduce((a, b) => Math.max(a, b)) - between.reduce((a, b) => Math.min(a, b)));
  const agree = log.offset.lo + shiftMs <= agreed.hi + allowed && log.offset.hi + shiftMs >= agreed.lo - allowed;
  return agree && !isAnotherRunner(log.marks, marksOf(group), shiftMs, profile) ? shiftMs : undefined;
}

/** A piece of a log whose clock is known: one without an investigation that could have bounds, or the one that goes on where it ends. */
function shiftOfPiece(log: Candidate, group: OpenGroup, groups: readonly OpenGroup[]): DurationMs | undefined {
  const together = groups.filter(({ apart }) => !apart).length === 1;
  if (group.apart || !together) return undefined;
  const own = spanOf(log.marks);
  const others = group.members.map(({ log: member, shiftMs }) => spanOf(member.marks, shiftMs));
  const isNext = others.some(({ lo, hi }) => isNear(own.lo - hi) || isNear(lo - own.hi));
  return isNext || log.marks.every(({ groups: { jobId, port, index } }) => (jobId ?? port ?? index) === undefined) ? 0 : undefined;
}

/**
 * With no cluster data, logs share a clock; what they say of their zones is taken out. If only one of them names a zone, the other's is the same
 * where both ran at the same time.
 */
function shiftOfUnanchored(log: Candidate, group: OpenGroup, profile: Profile): DurationMs | undefined {
  const zoneMs = group.members[0]?.log.zoneMs;
  const shiftMs = zoneMs === undefined || log.zoneMs === undefined ? 0 : zoneMs - log.zoneMs;
  const own = spanOf(log.marks);
  const together = group.members.some((member) => meets(own, spanOf(member.log.marks, member.shiftMs)));
  if ((zoneMs === undefined) !== (log.zoneMs === undefined) && !together) return undefined;
  return isAnotherRunner(log.marks, marksOf(group), shiftMs, profile) ? undefined : shiftMs;
}

function marksOf(group: OpenGroup): LogMark[] {
  return group.members.flatMap(({ log, shiftMs }) => log.marks.map((mark) => withReading(mark, { ...mark.at, at: mark.at.at + shiftMs })));
}

function start({ marks }: SourceLog): number {
  return marks[0]?.at.at ?? 0;
}

function spanOf(marks: readonly LogMark[], shiftMs: DurationMs = 0): Bounds {
  return { lo: (marks[0]?.at.at ?? 0) + shiftMs, hi: (marks.at(-1)?.at.at ?? 0) + shiftMs };
}

function isNear(pauseMs: DurationMs): boolean {
  return pauseMs >= 0 && pauseMs <= NEXT_PIECE_MS;
}

/** Cluster time of the first mark, where it is known. */
function clusterStart(group: Pick<OpenGroup, "members">): number {
  const starts = group.members.map(({ log, shiftMs }) => start(log) + shiftMs);
  const offset = group.members[0]?.log.offset;
  return smallest(starts) - (offset === undefined ? 0 : centre(offset));
}
