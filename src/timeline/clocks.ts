import { type Agreement, agreement, centre, width } from "../model/bounds.js";
import type { Bounds, ClockId, DurationMs, EpochMs } from "../model/time.js";
import type { Clock } from "../model/timeline.js";

const MINUTE_MS = 60_000;
/** Every zone in use is a multiple of a quarter of an hour (IANA time zone database). */
const ZONE_STEP_MS: DurationMs = 15 * MINUTE_MS;
/** East-most and west-most zones of the IANA database. */
const ZONE_RANGE_MINUTES = { min: -12 * 60, max: 14 * 60 };

/** What one pair of stamps says of `reading - cluster time`, at a moment of the clock. */
export interface OffsetBound extends Bounds {
  readonly at: EpochMs;
}

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

export function unanchoredClock(id: ClockId): Clock {
  return { id, offsetMs: null, uncertaintyMs: null, zoneOffsetMinutes: null, skewMs: null, method: "none", anchors: 0 };
}

/** Zone and skew of an offset: the zone is the nearest multiple of 15 minutes, the skew what remains. */
export function splitOffset(offsetMs: DurationMs): { zoneOffsetMinutes: number; skewMs: DurationMs } {
  const zoneOffsetMinutes = (Math.round(offsetMs / ZONE_STEP_MS) * ZONE_STEP_MS) / MINUTE_MS;
  return { zoneOffsetMinutes, skewMs: offsetMs - zoneOffsetMinutes * MINUTE_MS };
}

/** Share of the bounds that one constant offset must satisfy; below it a drift is tried. */
const ENOUGH_AGREEMENT = 0.9;

/** Quartz clocks stay within this of true time; a "drift" beyond it is something else (a correction, a wrong link). */
const MAX_DRIFT_PPM = 500;

/** What a clock may drift without being called broken; over a run that adds to the uncertainty as long as no drift was fitted. */
const UNSEEN_DRIFT_PPM = 50;

export interface ClockEstimate {
  readonly agreement: Agreement;
  /** From the first to the last bound. */
  readonly spanMs: DurationMs;
  readonly driftPpm?: number;
  readonly originAt: EpochMs;
}

/** As many bounds as this show a drift as well as all of them; each candidate is tried on every one. */
const DRIFT_PROBES = 4000;

/**
 * The offset on which most bounds agree, by Marzullo's algorithm; where a constant leaves too many bounds out, the smallest drift that
 * satisfies most of them, found by the same algorithm on bounds that are turned back by that drift. Bounds so far off that no drift of a
 * working clock reaches them ask for none: they are about something else.
 */
export function estimateOffset(bounds: readonly OffsetBound[]): ClockEstimate | undefined {
  const usable = bounds.filter((bound) => bound.lo <= bound.hi);
  const constant = agreement(usable);
  if (constant === undefined) return undefined;
  const originAt = usable.reduce((sum, bound) => sum + bound.at, 0) / usable.length;
  const spanMs = spanOf(usable);
  const asConstant = { agreement: constant, spanMs, originAt };
  const reach = MAX_DRIFT_PPM * 1e-6 * spanMs;
  const reachable = usable.filter((bound) => bound.hi >= constant.lo - reach && bound.lo <= constant.hi + reach);
  if (constant.agreeing >= reachable.length * ENOUGH_AGREEMENT || reachable.length < 6) return asConstant;
  const probes = thinned(reachable, DRIFT_PROBES);
  let most = agreement(probes)?.agreeing ?? 0;
  let driftPpm = 0;
  for (const candidate of driftCandidates()) {
    const agreeing = agreement(turnedBack(probes, candidate, originAt))?.agreeing ?? 0;
    if (agreeing <= most) continue;
    most = agreeing;
    driftPpm = candidate;
  }
  const drifting = driftPpm === 0 ? undefined : agreement(turnedBack(usable, driftPpm, originAt));
  if (drifting === undefined || drifting.agreeing <= constant.agreeing) return asConstant;
  return { agreement: drifting, spanMs, driftPpm, originAt };
}

function spanOf(bounds: readonly OffsetBound[]): DurationMs {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const { at } of bounds) {
    first = Math.min(first, at);
    last = Math.max(last, at);
  }
  return last - first;
}

/** At most so many of the values, evenly picked. */
export function thinned<T>(values: readonly T[], most: number): readonly T[] {
  const step = Math.ceil(values.length / most);
  return step <= 1 ? values : values.filter((_, index) => index % step === 0);
}

function turnedBack(bounds: readonly OffsetBound[], driftPpm: number, originAt: EpochMs): Bounds[] {
  return bounds.map((bound) => {
    const shift = driftPpm * 1e-6 * (bound.at - originAt);
    return { lo: bound.lo - shift, hi: bound.hi - shift };
  });
}

/** Drifts to try, the smallest first, so that of equally good ones the least is taken. */
function driftCandidates(): number[] {
  const candidates: number[] = [];
  for (let ppm = 1; ppm <= MAX_DRIFT_PPM; ppm += ppm < 50 ? 1 : 5) candidates.push(ppm, -ppm);
  return candidates;
}

/** A clock whose offset lies where most bounds agree; unanchored where there is no bound. */
export function clockFromBounds(id: ClockId, bounds: readonly OffsetBound[], method: Clock["method"]): Clock {
  const estimate = estimateOffset(bounds);
  if (estimate === undefined || width(estimate.agreement) > ZONE_STEP_MS) return unanchoredClock(id);
  return clockFromEstimate(id, estimate, method);
}

function clockFromEstimate(id: ClockId, estimate: ClockEstimate, method: Clock["method"]): Clock {
  const offsetMs = centre(estimate.agreement);
  const unseenDriftMs = estimate.driftPpm === undefined ? (UNSEEN_DRIFT_PPM * 1e-6 * estimate.spanMs) / 2 : 0;
  return {
    id,
    offsetMs,
    uncertaintyMs: width(estimate.agreement) / 2 + unseenDriftMs,
    ...splitOffset(offsetMs),
    ...(estimate.driftPpm === undefined ? {} : { driftPpm: estimate.driftPpm, originAt: estimate.originAt }),
    method,
    anchors: estimate.agreement.agreeing,
  };
}

/** What the user declared. A zone without a skew leaves the skew to the bounds; a skew without a zone leaves the zone to them. */
export interface DeclaredClock {
  readonly zoneOffsetMinutes?: number;
  /** Instead of the offset: an IANA zone, whose offset at the beginning of the run holds. */
  readonly zoneName?: string;
  readonly skewMs?: DurationMs;
}

/** The declaration with its zone as an offset: that of the named zone at this wall time. */
export function resolveZone(declared: DeclaredClock, wallTime: EpochMs): DeclaredClock {
  const { zoneName, ...rest } = declared;
  if (zoneName === undefined || rest.zoneOffsetMinutes !== undefined) return rest;
  // The offset at the wall time read as UTC is at most a day's edge away from a change; a second look settles it.
  const first = zoneOffsetAt(zoneName, wallTime);
  return { ...rest, zoneOffsetMinutes: zoneOffsetAt(zoneName, wallTime - first * MINUTE_MS) };
}

function zoneOffsetAt(zoneName: string, at: EpochMs): number {
  const parts = new Intl.DateTimeFormat("en", { timeZone: zoneName, timeZoneName: "longOffset" }).formatToParts(at);
  const text = parts.find((part) => part.type === "timeZoneName")?.value ?? "GMT";
  const [, sign, hours, minutes] = /GMT([+-])(\d{2}):(\d{2})/.exec(text) ?? [];
  return hours === undefined ? 0 : (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/** The runner's clock, from the declaration where there is one and from the bounds for what it leaves open. */
export function runnerClock(declared: DeclaredClock, bounds: readonly OffsetBound[], method: "bounds" | "http-date"): Clock {
  const measured = clockFromBounds("runner", bounds, method);
  if (declared.zoneOffsetMinutes === undefined && declared.skewMs === undefined) return measured;
  const zoneOffsetMinutes = declared.zoneOffsetMinutes ?? measured.zoneOffsetMinutes;
  if (zoneOffsetMinutes === null) return { ...unanchoredClock("runner"), skewMs: declared.skewMs ?? null };
  const zoneMs = zoneOffsetMinutes * MINUTE_MS;
  if (declared.skewMs !== undefined) {
    return { ...anchored(zoneOffsetMinutes, declared.skewMs), uncertaintyMs: 0 };
  }
  // The zone alone puts the log on the time axis; how far off the clock is within it stays unknown.
  if (measured.offsetMs === null) return { ...anchored(zoneOffsetMinutes, 0), skewMs: null, uncertaintyMs: null };
  return { ...measured, zoneOffsetMinutes, skewMs: measured.offsetMs - zoneMs };
}

function anchored(zoneOffsetMinutes: number, skewMs: DurationMs): Clock {
  const offsetMs = zoneOffsetMinutes * MINUTE_MS + skewMs;
  return { id: "runner", offsetMs, uncertaintyMs: 0, zoneOffsetMinutes, skewMs, method: "declared", anchors: 0 };
}

/** A zone nobody lives in means that the bounds are not about the same run. */
export function isPlausibleZone(clock: Clock): boolean {
  const zone = clock.zoneOffsetMinutes;
  return zone === null || (zone >= ZONE_RANGE_MINUTES.min && zone <= ZONE_RANGE_MINUTES.max);
}
