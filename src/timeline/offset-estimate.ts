import { type Agreement, agreement } from "../model/bounds.js";
import type { Bounds, DurationMs, EpochMs } from "../model/time.js";

/** Lines of the marks that a bound came from. */
export interface BoundLines {
  readonly source: number;
  readonly from: number;
  readonly to: number;
}

/** What one pair of stamps says of `reading - cluster time`, at a moment of the clock. */
export interface OffsetBound extends Bounds {
  readonly at: EpochMs;
  /** Request and answer in the log. */
  readonly lines?: BoundLines;
}

/** Share of the bounds that one constant offset must satisfy; below it a drift is tried. */
const ENOUGH_AGREEMENT = 0.9;

/** Quartz clocks stay within this of true time; a "drift" beyond it is something else (a correction, a wrong link). */
const MAX_DRIFT_PPM = 500;

/** What a clock may drift without being called broken; over a run that adds to the uncertainty as long as no drift was fitted. */
const UNSEEN_DRIFT_PPM = 50;

/** What a drift that no bound shows may have added by either end of so long a time. */
export function unseenDrift(spanMs: DurationMs): DurationMs {
  return (UNSEEN_DRIFT_PPM * 1e-6 * spanMs) / 2;
}

/** What bounds say of a clock. */
export interface ClockEstimate {
  readonly agreement: Agreement;
  /** The agreement, or wider where bounds that do not fit it may tell of a correction of the clock. */
  readonly holds: Bounds;
  /** How many bounds it was widened for. */
  readonly widenedFor: number;
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
 * working clock reaches them ask for none: they are about something else. `corrected`: the clock may have been set, so a drift is also tried
 * where only a few bounds in a row ask for it, and the estimate is widened where no drift explains them.
 */
export function estimateOffset(bounds: readonly OffsetBound[], corrected = false): ClockEstimate | undefined {
  const usable = bounds.filter((bound) => bound.lo <= bound.hi);
  const constant = agreement(usable);
  if (constant === undefined) return undefined;
  const originAt = usable.reduce((sum, bound) => sum + bound.at, 0) / usable.length;
  const spanMs = spanOf(usable);
  const asConstant = { agreement: constant, holds: constant, widenedFor: 0, spanMs, originAt };
  if (constant.agreeing === usable.length) return asConstant;
  const reach = MAX_DRIFT_PPM * 1e-6 * spanMs;
  const reachable = usable.filter((bound) => bound.hi >= constant.lo - reach && bound.lo <= constant.hi + reach);
  const widened = (estimate: ClockEstimate) => (corrected ? withDoubts(estimate, usable) : estimate);
  const enough = constant.agreeing >= reachable.length * ENOUGH_AGREEMENT && widened(asConstant).widenedFor === 0;
  if (enough || reachable.length < 6) return widened(asConstant);
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
  if (drifting === undefined || drifting.agreeing <= constant.agreeing) return widened(asConstant);
  return widened({ agreement: drifting, holds: drifting, widenedFor: 0, spanMs, driftPpm, originAt });
}

/** A correction of a clock is below half of the smallest step between zones; what is farther off is about something else. */
const LARGEST_CORRECTION_MS: DurationMs = 7.5 * 60_000;

/**
 * The estimate, wider where the bounds ask for it. Bounds that do not fit are lies where they stand alone; several in a row on the same side,
 * or the first or last of all, may tell of a correction of the clock: then the offset may be what they say as well. Only where most bounds
 * are true (each request has one Job).
 */
function withDoubts(estimate: ClockEstimate, bounds: readonly OffsetBound[]): ClockEstimate {
  const { agreement: agreed, driftPpm = 0, originAt } = estimate;
  if (agreed.agreeing * 2 < bounds.length || agreed.agreeing === bounds.length) return estimate;
  const inOrder = bounds.filter(({ lo, hi }) => lo <= hi).sort((a, b) => a.at - b.at);
  const near = turnedBack(inOrder, driftPpm, originAt).filter(
    ({ lo, hi }) => lo <= agreed.hi + LARGEST_CORRECTION_MS && hi >= agreed.lo - LARGEST_CORRECTION_MS,
  );
  const sides = near.map(({ lo, hi }) => (lo > agreed.hi ? 1 : hi < agreed.lo ? -1 : 0));
  const doubtful = near.filter((_bound, index) => {
    const side = sides[index];
    return side !== 0 && [sides[index - 1] ?? side, sides[index + 1] ?? side].includes(side);
  });
  const lo = doubtful.reduce((low, bound) => Math.min(low, bound.lo), agreed.lo);
  const hi = doubtful.reduce((high, bound) => Math.max(high, bound.hi), agreed.hi);
  return { ...estimate, holds: { lo, hi }, widenedFor: doubtful.length };
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
