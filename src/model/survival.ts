import type { DurationMs } from "./time.js";

/** One observed lifetime. */
export interface Lifetime {
  readonly durationMs: DurationMs;
  /** The end was seen; false: right-censored at `durationMs`. */
  readonly ended: boolean;
  /** Age at which it came under observation (left-truncation); 0 when seen from the start. A lifetime that was over by then was never at risk. */
  readonly enteredMs?: DurationMs;
}

export interface SurvivalEstimate {
  readonly n: number;
  readonly censored: number;
  /** `[time, S(time), lower, upper]` at each time an end was seen. */
  readonly steps: readonly (readonly [DurationMs, number, number, number])[];
  readonly censoredAtMs: readonly DurationMs[];
  /** The first time at which S <= 1/2; null when so many are censored that it is never reached. */
  readonly medianMs: DurationMs | null;
  /** 95% interval of the median; an open upper end is Infinity. */
  readonly medianIntervalMs: readonly [DurationMs, DurationMs] | null;
}

const Z95 = 1.959963984540054;

/**
 * Kaplan-Meier estimate (Kaplan and Meier 1958) with Greenwood's variance and log-log pointwise 95% intervals (Kalbfleisch and Prentice);
 * the interval of the median inverts those (Brookmeyer and Crowley 1982). Assumes that censoring tells nothing about the lifetime.
 */
export function kaplanMeier(observed: readonly Lifetime[]): SurvivalEstimate {
  const lifetimes = observed.filter(({ durationMs, enteredMs = 0 }) => enteredMs <= 0 || enteredMs < durationMs);
  const times = [...new Set(lifetimes.filter((l) => l.ended).map((l) => l.durationMs))].sort(ascending);
  const ends = lifetimes.filter((l) => l.ended).map((l) => l.durationMs);
  const endsAt = new Map<number, number>();
  for (const end of ends) endsAt.set(end, (endsAt.get(end) ?? 0) + 1);
  const leaving = lifetimes.map((l) => l.durationMs).sort(ascending);
  // Whoever was seen from the start is at risk at any age, zero included.
  const entering = lifetimes.map(({ enteredMs = 0 }) => (enteredMs <= 0 ? Number.NEGATIVE_INFINITY : enteredMs)).sort(ascending);
  const steps: [DurationMs, number, number, number][] = [];
  let survival = 1;
  let greenwood = 0;
  let left = 0;
  let entered = 0;
  for (const time of times) {
    while (left < leaving.length && (leaving[left] as number) < time) left += 1;
    while (entered < entering.length && (entering[entered] as number) < time) entered += 1;
    const atRisk = entered - left;
    const ended = endsAt.get(time) as number;
    survival *= 1 - ended / atRisk;
    greenwood += atRisk > ended ? ended / (atRisk * (atRisk - ended)) : Number.POSITIVE_INFINITY;
    const [lower, upper] = logLogInterval(survival, greenwood);
    steps.push([time, survival, lower, upper]);
  }
  const medianMs = steps.find(([, s]) => s <= 0.5 + 1e-12)?.[0] ?? null;
  const lowest = steps.find(([, , lower]) => lower <= 0.5)?.[0];
  const highest = steps.find(([, , , upper]) => upper <= 0.5)?.[0];
  return {
    n: ends.length,
    censored: lifetimes.length - ends.length,
    steps,
    censoredAtMs: lifetimes
      .filter((l) => !l.ended)
      .map((l) => l.durationMs)
      .sort(ascending),
    medianMs,
    medianIntervalMs: medianMs === null || lowest === undefined ? null : [lowest, highest ?? Number.POSITIVE_INFINITY],
  };
}

function ascending(a: number, b: number): number {
  return a < b ? -1 : Number(a > b);
}

function logLogInterval(survival: number, greenwood: number): [number, number] {
  if (survival <= 0) return [0, 0];
  if (survival >= 1) return [1, 1];
  const spread = (Z95 * Math.sqrt(greenwood)) / Math.log(survival);
  return [survival ** Math.exp(-spread), survival ** Math.exp(spread)].sort(ascending) as [number, number];
}
