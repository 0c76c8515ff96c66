import type { DurationMs } from "../time.js";
import { sorted, Z95 } from "./statistics.js";

/** One observed lifetime. */
export interface Lifetime {
  readonly durationMs: DurationMs;
  /** The end was seen; false: right-censored at `durationMs`. */
  readonly ended: boolean;
  /** Age at which it came under observation (left-truncation); 0 when seen from the start. A lifetime that was over by then was never at risk. */
  readonly enteredMs?: DurationMs;
}

/** `[time, S(time), lower, upper]`: the share still alive from that time on and its pointwise 95% limits. */
export type SurvivalStep = readonly [DurationMs, number, number, number];

/** The share still alive over time. */
export interface SurvivalEstimate {
  readonly n: number;
  readonly censored: number;
  /** One step at each time an end was seen. */
  readonly steps: readonly SurvivalStep[];
  readonly censoredAtMs: readonly DurationMs[];
  /** The first time at which S <= 1/2; null when so many are censored that it is never reached. */
  readonly medianMs: DurationMs | null;
  /** 95% interval of the median; an open upper end is Infinity. */
  readonly medianIntervalMs: readonly [DurationMs, DurationMs] | null;
}

/** Sums of fractions miss a half by rounding. */
const ROUNDING = 1e-12;

/**
 * Kaplan-Meier estimate (Kaplan and Meier 1958) with Greenwood's variance and log-log pointwise 95% intervals (Kalbfleisch and Prentice);
 * the interval of the median inverts those (Brookmeyer and Crowley 1982). Assumes that censoring tells nothing about the lifetime.
 * With late entries the curve ends before an age at which all ended that were watched, if others came under observation later: the estimate would
 * fall to zero there and stay, though most may have lived on (Lai and Ying 1991).
 */
export function kaplanMeier(observed: readonly Lifetime[]): SurvivalEstimate {
  const lifetimes = observed.filter(({ durationMs, enteredMs = 0 }) => enteredMs <= 0 || enteredMs < durationMs);
  const ends = sorted(lifetimes.filter((l) => l.ended).map((l) => l.durationMs));
  const leaving = sorted(lifetimes.map((l) => l.durationMs));
  // Whoever was seen from the start is at risk at any age, zero included.
  const entering = sorted(lifetimes.map(({ enteredMs = 0 }) => (enteredMs <= 0 ? Number.NEGATIVE_INFINITY : enteredMs)));
  const steps: SurvivalStep[] = [];
  let survival = 1;
  let greenwood = 0;
  let left = 0;
  let entered = 0;
  for (let index = 0; index < ends.length; ) {
    const time = ends[index] as number;
    let ended = 0;
    do {
      ended += 1;
      index += 1;
    } while (ends[index] === time);
    while (left < leaving.length && (leaving[left] as number) < time) left += 1;
    while (entered < entering.length && (entering[entered] as number) < time) entered += 1;
    const atRisk = entered - left;
    if (ended === atRisk && entered < entering.length) break;
    survival *= 1 - ended / atRisk;
    greenwood += greenwoodTerm(atRisk, ended);
    const [lower, upper] = logLogInterval(survival, greenwood);
    steps.push([time, survival, lower, upper]);
  }
  const median = survivalQuantile(steps, 0.5);
  return {
    n: ends.length,
    censored: lifetimes.length - ends.length,
    steps,
    censoredAtMs: sorted(lifetimes.filter((l) => !l.ended).map((l) => l.durationMs)),
    medianMs: median?.atMs ?? null,
    medianIntervalMs: median?.intervalMs ?? null,
  };
}

/** The age by which a share of the lifetimes has ended. */
export interface SurvivalQuantile {
  /** The first time at which S <= 1 - ended share. */
  readonly atMs: DurationMs;
  /** 95%, from the times at which the limits of S cross that share; an open upper end is Infinity. */
  readonly intervalMs: readonly [DurationMs, DurationMs];
}

/** Quantile q (share that has ended) of an estimate, by inverting S and its limits (Brookmeyer and Crowley 1982); undefined where S does not fall so far. */
export function survivalQuantile(steps: readonly SurvivalStep[], q: number): SurvivalQuantile | undefined {
  const open = 1 - q;
  const at = steps.find(([, share]) => share <= open + ROUNDING)?.[0];
  const lowest = steps.find(([, , lower]) => lower <= open + ROUNDING)?.[0];
  if (at === undefined || lowest === undefined) return undefined;
  const highest = steps.find(([, , , upper]) => upper <= open + ROUNDING)?.[0];
  return { atMs: at, intervalMs: [lowest, highest ?? Number.POSITIVE_INFINITY] };
}

/** What one time adds to Greenwood's sum: d / (r (r - d)); infinite where nobody is left. */
export function greenwoodTerm(atRisk: number, ended: number): number {
  return atRisk > ended ? ended / (atRisk * (atRisk - ended)) : Number.POSITIVE_INFINITY;
}

/** Pointwise 95% limits of S from Greenwood's sum, on the scale log(-log S). */
export function logLogInterval(survival: number, greenwood: number): [number, number] {
  if (survival <= 0) return [0, 0];
  if (survival >= 1) return [1, 1];
  const spread = (Z95 * Math.sqrt(greenwood)) / Math.log(survival);
  const [one, other] = [survival ** Math.exp(-spread), survival ** Math.exp(spread)];
  return other < one ? [other, one] : [one, other];
}
