import { type Agreement, agreement, centre } from "../../model/statistics/bounds.js";
import { largest, smallest } from "../../model/statistics/statistics.js";
import type { Bounds, EpochMs } from "../../model/time.js";
import { type OffsetBound, thinned } from "./offset-bound.js";

/** Quartz clocks stay within this of true time; a "drift" beyond it is something else (a correction, a wrong link). */
export const MAX_DRIFT_PPM = 500;

/** As many bounds as this show a drift as well as all of them; each candidate is tried on every one. */
const DRIFT_PROBES = 4000;

/** A drift that satisfies as many bounds as any. */
export interface SteadyDrift {
  readonly ppm: number;
  /** The offset at the origin, as wide as all drifts that are as good leave it at either end of the bounds. */
  readonly holds: Bounds;
  /** Lowest and highest offset at any time, over all these drifts. */
  readonly reach: Bounds;
}

/**
 * The drift in the middle of those that satisfy most bounds, found by Marzullo's algorithm on bounds that are turned back by each candidate.
 * Undefined where none is better than no drift.
 */
export function steadyDrift(bounds: readonly OffsetBound[], originAt: EpochMs): SteadyDrift | undefined {
  const probes = thinned(bounds, DRIFT_PROBES);
  const steady = agreement(probes)?.agreeing ?? 0;
  let most = steady + 1;
  let best: { ppm: number; agreed: Agreement }[] = [];
  for (const ppm of driftCandidates()) {
    const agreed = agreement(turnedBack(probes, ppm, originAt));
    if (agreed === undefined || agreed.agreeing < most) continue;
    if (agreed.agreeing > most) best = [];
    most = agreed.agreeing;
    best.push({ ppm, agreed });
  }
  const chosen = best.sort((a, b) => a.ppm - b.ppm)[best.length >> 1];
  if (chosen === undefined) return undefined;
  const ends = [smallest(probes.map(({ at }) => at)), largest(probes.map(({ at }) => at))].map((at) => at - originAt);
  const middle = centre(chosen.agreed);
  // The candidates are steps of a scale; between two of them lies another half step.
  const atEnds = ends.map((elapsed) => {
    const [los, his] = [
      best.map(({ ppm, agreed }) => agreed.lo + at(ppm, elapsed)),
      best.map(({ ppm, agreed }) => agreed.hi + at(ppm, elapsed)),
    ];
    const margin = Math.abs(at(stepAt(chosen.ppm) / 2, elapsed));
    return { lo: smallest(los) - margin, hi: largest(his) + margin, chosen: middle + at(chosen.ppm, elapsed) };
  });
  const uncertainty = largest(atEnds.flatMap(({ lo, hi, chosen: value }) => [value - lo, hi - value]));
  return {
    ppm: chosen.ppm,
    holds: { lo: middle - uncertainty, hi: middle + uncertainty },
    reach: { lo: smallest(atEnds.map(({ lo }) => lo)), hi: largest(atEnds.map(({ hi }) => hi)) },
  };
}

/** What a drift adds in a time. */
function at(ppm: number, elapsedMs: number): number {
  return ppm * 1e-6 * elapsedMs;
}

/** Bounds of the offset at the origin, if the clock drifts so. */
export function turnedBack(bounds: readonly OffsetBound[], driftPpm: number, originAt: EpochMs): Bounds[] {
  return bounds.map((bound) => {
    const shift = at(driftPpm, bound.at - originAt);
    return { lo: bound.lo - shift, hi: bound.hi - shift };
  });
}

function stepAt(ppm: number): number {
  return Math.abs(ppm) < 50 ? 1 : 5;
}

function driftCandidates(): number[] {
  const candidates: number[] = [];
  for (let ppm = 1; ppm <= MAX_DRIFT_PPM; ppm += stepAt(ppm)) candidates.push(ppm, -ppm);
  return candidates;
}
