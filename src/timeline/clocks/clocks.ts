import type { Clock } from "../../model/clock.js";
import { centre, farthest, width } from "../../model/statistics/bounds.js";
import {
  type Bounds,
  type ClockId,
  type DurationMs,
  type EpochMs,
  isCollectorClock,
  isRunnerClock,
  isZoneOffset,
  MINUTE_MS,
  ZONE_RANGE_MINUTES,
  ZONE_STEP_MS,
} from "../../model/time.js";
import type { OffsetBound } from "./offset-bound.js";
import { type ClockEstimate, estimateOffset } from "./offset-estimate.js";
import { withUnseenDrift } from "./unseen-drift.js";

/** The cluster's own clock: what all others are compared with. */
export const referenceClock: Clock = {
  id: "cluster",
  offsetMs: 0,
  uncertaintyMs: 0,
  zoneOffsetMinutes: 0,
  skewMs: 0,
  method: "reference",
  anchors: 0,
};

/** A clock of which nothing tells how it relates to any other. */
export function unanchoredClock(id: ClockId): Clock {
  return { id, offsetMs: null, uncertaintyMs: null, zoneOffsetMinutes: null, skewMs: null, method: "none", anchors: 0 };
}

/** Zone and skew of an offset: the zone is the nearest multiple of 15 minutes, the skew what remains. */
export function splitOffset(offsetMs: DurationMs): { zoneOffsetMinutes: number; skewMs: DurationMs } {
  const zoneOffsetMinutes = (Math.round(offsetMs / ZONE_STEP_MS) * ZONE_STEP_MS) / MINUTE_MS;
  return { zoneOffsetMinutes, skewMs: offsetMs - zoneOffsetMinutes * MINUTE_MS };
}

/**
 * A clock whose offset lies where most bounds agree; unanchored where there is no bound. A runner's clock, or what a collector's is held against, may be set in the middle
 * of a run, and each of its bounds is proven by a Job or by the API server, so bounds that do not fit widen it. `readings`: what the clock is read for, if that is more than the
 * time from the first bound to the last.
 */
export function clockFromBounds(id: ClockId, bounds: readonly OffsetBound[], method: Clock["method"], readings?: Bounds): Clock {
  const estimate = estimateOffset(bounds, method === "bounds" && (isRunnerClock(id) || isCollectorClock(id)));
  if (estimate === undefined || width(estimate.holds) > ZONE_STEP_MS) return unanchoredClock(id);
  return clockFromEstimate(id, estimate, method, heldOver(estimate, bounds, readings));
}

/** What the estimate holds; where no drift was fitted, on either side farther by what one that no bound shows adds to the agreed offset. */
function heldOver(
  { agreement: agreed, holds, driftPpm }: ClockEstimate,
  bounds: readonly OffsetBound[],
  readings: Bounds | undefined,
): Bounds {
  if (driftPpm !== undefined) return holds;
  const drifted = withUnseenDrift(agreed, bounds, readings);
  return { lo: holds.lo - (agreed.lo - drifted.lo), hi: holds.hi + (drifted.hi - agreed.hi) };
}

function clockFromEstimate(id: ClockId, estimate: ClockEstimate, method: Clock["method"], held: Bounds): Clock {
  const offsetMs = centre(estimate.holds);
  return {
    id,
    offsetMs,
    uncertaintyMs: farthest(held, offsetMs),
    ...splitOffset(offsetMs),
    ...(estimate.driftPpm === undefined ? {} : { driftPpm: estimate.driftPpm, originAt: estimate.originAt }),
    method,
    anchors: estimate.agreement.agreeing,
  };
}

/** No zone is farther from UTC. */
const LONGEST_OFFSET_MS: DurationMs = ZONE_RANGE_MINUTES.max * MINUTE_MS;

/** What the user declared. A zone without a skew leaves the skew to the bounds; a skew without a zone leaves the zone to them. */
export interface DeclaredClock {
  readonly zoneOffsetMinutes?: number;
  /** Instead of the offset: an IANA zone, whose offset at the beginning of the run holds. */
  readonly zoneName?: string;
  readonly skewMs?: DurationMs;
}

/**
 * The declaration with its zone as an offset: that of the named zone at this wall time. In the hour that comes twice when summer time ends, the one that
 * the Jobs show (`shown`), else the later one unless the log goes on into it (`beforeEnd`).
 */
export function resolveZone(declared: DeclaredClock, wallTime: EpochMs, beforeEnd: boolean, shown?: number): DeclaredClock {
  const { zoneName, ...rest } = declared;
  if (zoneName === undefined || rest.zoneOffsetMinutes !== undefined) return rest;
  const offsets = offsetsAtWallTime(zoneName, wallTime);
  const zoneOffsetMinutes = offsets.find((minutes) => minutes === shown) ?? (beforeEnd ? offsets[0] : offsets.at(-1));
  return zoneOffsetMinutes === undefined ? rest : { ...rest, zoneOffsetMinutes };
}

/** Offsets of a zone at a wall time, the earlier moment first: two in the hour that comes twice; in the hour that is left out, the one from before. */
export function offsetsAtWallTime(zoneName: string, wallTime: EpochMs): readonly number[] {
  const around = [wallTime - LONGEST_OFFSET_MS, wallTime + LONGEST_OFFSET_MS].map((at) => zoneOffsetAt(zoneName, at));
  const held = [...new Set(around)].filter((minutes) => zoneOffsetAt(zoneName, wallTime - minutes * MINUTE_MS) === minutes);
  return held.length > 0 ? held.sort((a, b) => b - a) : around.slice(0, 1);
}

/** To make one takes longer than to ask it. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** Offset of an IANA zone at a moment [minutes east]. */
export function zoneOffsetAt(zoneName: string, at: EpochMs): number {
  const format = formats.get(zoneName) ?? new Intl.DateTimeFormat("en", { timeZone: zoneName, timeZoneName: "longOffset" });
  formats.set(zoneName, format);
  const parts = format.formatToParts(at);
  const text = parts.find((part) => part.type === "timeZoneName")?.value ?? "GMT";
  const [, sign, hours, minutes] = /GMT([+-])(\d{2}):(\d{2})/.exec(text) ?? [];
  return hours === undefined ? 0 : (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/** The runner's clock, from the declaration where there is one and from the bounds for what it leaves open. */
export function runnerClock(
  declared: DeclaredClock,
  bounds: readonly OffsetBound[],
  method: "bounds" | "http-date",
  id: ClockId,
  readings: Bounds | undefined,
): Clock {
  const measured = clockFromBounds(id, bounds, method, readings);
  if (declared.zoneOffsetMinutes === undefined && declared.skewMs === undefined) return measured;
  const zoneOffsetMinutes = declared.zoneOffsetMinutes ?? measured.zoneOffsetMinutes;
  if (zoneOffsetMinutes === null) return { ...unanchoredClock(id), skewMs: declared.skewMs ?? null };
  const zoneMs = zoneOffsetMinutes * MINUTE_MS;
  if (declared.skewMs !== undefined) {
    return { ...anchored(id, zoneOffsetMinutes, declared.skewMs), uncertaintyMs: 0 };
  }
  // The zone alone puts the log on the time axis; how far off the clock is within it stays unknown.
  if (measured.offsetMs === null) return { ...anchored(id, zoneOffsetMinutes, 0), skewMs: null, uncertaintyMs: null };
  return { ...measured, zoneOffsetMinutes, skewMs: measured.offsetMs - zoneMs };
}

function anchored(id: ClockId, zoneOffsetMinutes: number, skewMs: DurationMs): Clock {
  const offsetMs = zoneOffsetMinutes * MINUTE_MS + skewMs;
  return { id, offsetMs, uncertaintyMs: 0, zoneOffsetMinutes, skewMs, method: "declared", anchors: 0 };
}

/** When readings of a clock in an unknown zone can have been at all. */
export function inAnyZone({ lo, hi }: Bounds): Bounds {
  return { lo: lo - ZONE_RANGE_MINUTES.max * MINUTE_MS, hi: hi - ZONE_RANGE_MINUTES.min * MINUTE_MS };
}

/** A zone nobody lives in means that the bounds are not about the same run. */
export function isPlausibleZone(clock: Clock): boolean {
  return clock.zoneOffsetMinutes === null || isZoneOffset(clock.zoneOffsetMinutes);
}
