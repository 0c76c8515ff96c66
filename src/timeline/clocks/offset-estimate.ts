import { type Agreement, agreement } from "../../model/statistics/bounds.js";
import { largest, smallest } from "../../model/statistics/statistics.js";
import { type Bounds, type DurationMs, type EpochMs, ZONE_STEP_MS } from "../../model/time.js";
import type { OffsetBound } from "./offset-bound.js";
import { oneStep } from "./one-step.js";
import { MAX_DRIFT_PPM, steadyDrift, turnedBack } from "./steady-drift.js";

/** Share of the bounds that one constant offset must satisfy; below it a drift is tried. */
export const ENOUGH_AGREEMENT = 0.9;

/** Where even fewer agree, most bounds are about other Jobs: they tell nothing of a clock that was set, nor of one that was not. */
export const LEAST_AGREEMENT = 0.4;

/** So many more bounds must speak for a drift where nearly all agree on a constant. */
const FEWEST_FOR_DRIFT = 3;

/** What bounds say of a clock. */
export interface ClockEstimate {
  readonly agreement: Agreement;
  /** The agreement, or wider where bounds that do not fit it tell of a drift or may tell of a correction of the clock. */
  readonly holds: Bounds;
  /** How many bounds it was widened for. */
  readonly widenedFor: number;
  /** The most that a constant or a drift explains. */
  readonly explained: number;
  readonly driftPpm?: number;
  readonly originAt: EpochMs;
}

/**
 * The offset on which most bounds agree, by Marzullo's algorithm; where a constant leaves too many bounds out, a steady drift (steady-drift.ts).
 * Bounds so far off that no drift of a working clock reaches them ask for none: they are about something else. `corrected`: the clock may have
 * been set. Then a drift must explain more than any single correction does, and where it does not, the estimate holds all that either allows. An
 * estimate that holds hardly anything of what the requests tell is none then.
 */
export function estimateOffset(bounds: readonly OffsetBound[], corrected: boolean): ClockEstimate | undefined {
  const usable = bounds.filter((bound) => bound.lo <= bound.hi);
  const estimate = bestEstimate(usable, corrected);
  if (estimate === undefined || !corrected) return estimate;
  return estimate.explained + estimate.widenedFor < requestsOf(usable) * LEAST_AGREEMENT ? undefined : estimate;
}

function bestEstimate(usable: readonly OffsetBound[], corrected: boolean): ClockEstimate | undefined {
  const constant = agreement(usable);
  if (constant === undefined) return undefined;
  const originAt = usable.reduce((sum, bound) => sum + bound.at, 0) / usable.length;
  const asConstant = { agreement: constant, holds: constant, widenedFor: 0, explained: constant.agreeing, originAt };
  if (constant.agreeing === usable.length) return asConstant;
  const reach = MAX_DRIFT_PPM * 1e-6 * spanOf(usable);
  const reachable = usable.filter((bound) => bound.hi >= constant.lo - reach && bound.lo <= constant.hi + reach);
  const isPoor = constant.agreeing < reachable.length * ENOUGH_AGREEMENT;
  const mayBeSet = corrected && constant.agreeing >= usable.length * LEAST_AGREEMENT;
  const drift = reachable.length >= 6 && (isPoor || mayBeSet) ? steadyDrift(reachable, originAt) : undefined;
  const drifting = drift === undefined ? undefined : agreement(turnedBack(usable, drift.ppm, originAt));
  const explained = Math.max(constant.agreeing, drifting?.agreeing ?? 0);
  const step = mayBeSet ? oneStep(nearInOrder(usable, constant)) : undefined;
  const isForced = isPoor || (explained >= constant.agreeing + FEWEST_FOR_DRIFT && explained === reachable.length);
  if (drift !== undefined && drifting !== undefined && explained > Math.max(constant.agreeing, step?.agreeing ?? 0) && isForced) {
    const asDrift = { agreement: drifting, holds: drift.holds, widenedFor: 0, explained, driftPpm: drift.ppm, originAt };
    if (drifting.agreeing >= reachable.length * ENOUGH_AGREEMENT) return asDrift;
    // It drifts faster than a working clock can, or not steadily: what the others say of it may be true as well.
    const turned = turnedBack(usable, drift.ppm, originAt).map((bound, index) => ({ ...(usable[index] as OffsetBound), ...bound }));
    const doubted = withDoubts(asDrift, turned);
    return { ...asDrift, ...heldWith(asDrift, doubted.holds, doubted.widenedFor) };
  }
  if (step === undefined || step.agreeing <= constant.agreeing) {
    if (!mayBeSet) return asConstant;
    const doubted = withDoubts(asConstant, usable);
    const drifts = drift !== undefined && explained > constant.agreeing && explained === reachable.length;
    return { ...doubted, ...(drifts ? heldWith(doubted, drift.reach, explained - constant.agreeing) : {}), explained };
  }
  const allowed = explained >= step.agreeing && drift !== undefined ? [step, drift.reach] : [step];
  return {
    ...asConstant,
    holds: { lo: smallest(allowed.map(({ lo }) => lo)), hi: largest(allowed.map(({ hi }) => hi)) },
    widenedFor: step.agreeing - constant.agreeing,
    explained,
  };
}

/** One may be held against several Jobs, of which one at most is its own. */
function requestsOf(bounds: readonly OffsetBound[]): number {
  return new Set(bounds.map(({ at }) => at)).size;
}

/** What one estimate holds, and what something else that is as good allows. */
function heldWith({ holds, widenedFor }: ClockEstimate, other: Bounds, count: number): Pick<ClockEstimate, "holds" | "widenedFor"> {
  return { holds: { lo: Math.min(holds.lo, other.lo), hi: Math.max(holds.hi, other.hi) }, widenedFor: Math.max(widenedFor, count) };
}

/** Bounds that a correction of the clock could reach, by time. */
function nearInOrder(bounds: readonly OffsetBound[], agreed: Bounds): OffsetBound[] {
  return bounds
    .filter(({ lo, hi }) => lo <= agreed.hi + LARGEST_CORRECTION_MS && hi >= agreed.lo - LARGEST_CORRECTION_MS)
    .sort((a, b) => a.at - b.at);
}

/** A correction of a clock is below half of the smallest step between zones; what is farther off is about something else. */
const LARGEST_CORRECTION_MS: DurationMs = ZONE_STEP_MS / 2;

/**
 * The estimate, wider where several corrections may have been made. Bounds that do not fit are lies where they stand alone; several in a row on
 * the same side, or the first or last of all, may tell of a clock that was set: then the offset may be what they say as well.
 */
function withDoubts(estimate: ClockEstimate, bounds: readonly OffsetBound[]): ClockEstimate {
  const { agreement: agreed } = estimate;
  const near = nearInOrder(bounds, agreed);
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
