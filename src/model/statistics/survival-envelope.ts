import { firstIndex } from "../collections/first-index.js";
import type { DurationMs } from "../time.js";
import type { IntervalLifetime } from "./interval-censored.js";
import { medianInterval, sorted } from "./statistics.js";
import { greenwoodTerm, logLogInterval } from "./survival.js";

/**
 * What the share still alive can be, wherever in their ranges the ends lie: the lowest and the highest Kaplan-Meier estimate that any choice of
 * ends gives, and 95% limits around these. Nothing is assumed of how the ranges came about. Lifetimes are seen from the start.
 *
 * At an age t, S is lowest when every end that may lie at or before t does, as late as it can, so that those censored before it have left; it is
 * highest when only those ends do that must, as early as they can: moving an end later past a censored lifetime makes no risk set larger.
 */
export interface SurvivalEnvelope {
  /** Every age at which S can reach a half, from the first to the last; an open upper end is Infinity. Undefined where it never must or may. */
  readonly medianMs: readonly [DurationMs, DurationMs] | undefined;
  /** 95% interval that holds for each of those medians; an open upper end is Infinity. */
  readonly medianIntervalMs: readonly [DurationMs, DurationMs] | undefined;
  /** Limits of S at an age. The upper one goes through all lifetimes. */
  readonly lowerAt: (age: DurationMs) => number;
  readonly upperAt: (age: DurationMs) => number;
}

/** Sums of fractions miss a half by rounding. */
const HALF = 0.5 + 1e-12;
const BELOW_HALF = 0.5 - 1e-12;

/** A Kaplan-Meier estimate at an age, and its Greenwood sum. */
interface Extreme {
  readonly share: number;
  readonly greenwood: number;
}

/** Lowest share at an age, and Greenwood's sum there. */
interface Lowest extends Extreme {
  readonly age: DurationMs;
  /** The age itself, or the one just before it from which on the share stands. */
  readonly from: DurationMs;
}

export function survivalEnvelope(lifetimes: readonly IntervalLifetime[]): SurvivalEnvelope {
  const ended = lifetimes.filter(({ hiMs }) => Number.isFinite(hiMs));
  const censoredMs = sorted(lifetimes.filter(({ hiMs }) => hiMs === Number.POSITIVE_INFINITY).map(({ loMs }) => loMs));
  const lowest = lowestShares(ended, censoredMs);
  const highestAt = highestShare(ended, censoredMs);
  const lowerAt = (age: DurationMs) => {
    const low = lastUpTo(lowest, age);
    return low === undefined ? 1 : logLogInterval(low.share, low.greenwood)[0];
  };
  const upperAt = (age: DurationMs) => {
    const { share, greenwood } = highestAt(age);
    // Nothing need have ended where S may be one: no limit lies below it.
    return share >= 1 ? 1 : logLogInterval(share, greenwood)[1];
  };
  const upperEnds = [...new Set(ended.map(({ hiMs }) => hiMs))].sort((a, b) => a - b);
  const first = lowest.find(({ share }) => share <= HALF)?.from;
  const last = firstIndex(upperEnds, (age) => highestAt(age).share <= HALF);
  // Where exactly half have ended, any age up to the next end is a median; of ends known to a point it is the first, as with Kaplan and Meier.
  const ranged = ended.some(({ loMs, hiMs }) => loMs < hiMs);
  const beyond = ranged ? firstIndex(upperEnds, (age) => highestAt(age).share < BELOW_HALF) : last;
  const medianMs = first === undefined ? undefined : ([first, upperEnds[beyond] ?? Number.POSITIVE_INFINITY] as const);
  const complete = censoredMs.length === 0;
  const intervalMs = complete ? orderStatistics(ended) : invertedLimits(lowest, upperEnds.slice(last), upperAt);
  return { medianMs, medianIntervalMs: medianMs === undefined ? undefined : intervalMs, lowerAt, upperAt };
}

/** Without censored lifetimes: the ranks that bound the median of the true ends bound it among the lower and among the upper ends too. */
function orderStatistics(ended: readonly IntervalLifetime[]): readonly [DurationMs, DurationMs] | undefined {
  const low = medianInterval(sorted(ended.map(({ loMs }) => loMs)));
  const high = medianInterval(sorted(ended.map(({ hiMs }) => hiMs)));
  return low === undefined || high === undefined ? undefined : [low[0], high[1]];
}

/** From the first age at which the lower limit is a half to the first at which the upper one is (Brookmeyer and Crowley 1982). */
function invertedLimits(
  lowest: readonly Lowest[],
  upperEnds: readonly DurationMs[],
  upperAt: SurvivalEnvelope["upperAt"],
): readonly [DurationMs, DurationMs] | undefined {
  const from = lowest.find(({ share, greenwood }) => logLogInterval(share, greenwood)[0] <= HALF)?.from;
  const to = upperEnds.find((age) => upperAt(age) <= HALF);
  return from === undefined ? undefined : [from, to ?? Number.POSITIVE_INFINITY];
}

/** The lowest shares at every age at which they fall: where an end becomes possible, must have been, or can outlive a censored one. */
function lowestShares(ended: readonly IntervalLifetime[], censoredMs: readonly DurationMs[]): Lowest[] {
  const los = sorted(ended.map(({ loMs }) => loMs));
  const his = sorted(ended.map(({ hiMs }) => hiMs));
  // A censored lifetime is at risk at its own age, so what falls because of it falls just after.
  const afterCensored = new Map(censoredMs.map((age) => [nextAfter(age), age]));
  const ages = [...new Set([...los, ...his, ...afterCensored.keys()])].sort((a, b) => a - b);
  const steps: Lowest[] = [];
  let certain = 1;
  let greenwood = 0;
  let begun = 0;
  let over = 0;
  let left = 0;
  for (const age of ages) {
    while (begun < los.length && (los[begun] as number) <= age) begun += 1;
    while (left < censoredMs.length && (censoredMs[left] as number) < age) left += 1;
    const atRisk = ended.length - over + censoredMs.length - left;
    let certainly = 0;
    while (over < his.length && (his[over] as number) <= age) {
      over += 1;
      certainly += 1;
    }
    const possibly = begun - over + certainly;
    if (possibly > 0) {
      const share = certain * (1 - possibly / atRisk);
      steps.push({ age, from: afterCensored.get(age) ?? age, share, greenwood: greenwood + greenwoodTerm(atRisk, possibly) });
    }
    if (certainly > 0) {
      certain *= 1 - certainly / atRisk;
      greenwood += greenwoodTerm(atRisk, certainly);
    }
  }
  return steps;
}

/** The highest share at an age: those that must have ended did so as early as they can, all others later. */
function highestShare(ended: readonly IntervalLifetime[], censoredMs: readonly DurationMs[]): (age: DurationMs) => Extreme {
  const byLo = [...ended].sort((a, b) => a.loMs - b.loMs);
  let latest = Number.NEGATIVE_INFINITY;
  const latestEnds = byLo.map(({ hiMs }) => {
    latest = Math.max(latest, hiMs);
    return latest;
  });
  const withOneMore = ({ share, greenwood, left, over }: Progress, loMs: DurationMs): Progress => {
    let gone = left;
    while (gone < censoredMs.length && (censoredMs[gone] as number) < loMs) gone += 1;
    const atRisk = ended.length - over + censoredMs.length - gone;
    return { share: share * (1 - 1 / atRisk), greenwood: greenwood + greenwoodTerm(atRisk, 1), left: gone, over: over + 1 };
  };
  let progress: Progress = { share: 1, greenwood: 0, left: 0, over: 0 };
  const upTo = [progress];
  for (const { loMs } of byLo) {
    progress = withOneMore(progress, loMs);
    upTo.push(progress);
  }
  return (age) => {
    // Up to the first that may outlive this age all have ended by it.
    const first = firstIndex(latestEnds, (end) => end > age);
    let state = upTo[first] as Progress;
    for (let index = first; index < byLo.length; index += 1) {
      const { loMs, hiMs } = byLo[index] as IntervalLifetime;
      if (loMs > age) break;
      if (hiMs <= age) state = withOneMore(state, loMs);
    }
    return state;
  };
}

/** An estimate after so many ends, and how many censored lifetimes have left by then. */
interface Progress extends Extreme {
  readonly left: number;
  readonly over: number;
}

function nextAfter(age: DurationMs): DurationMs {
  return age + Math.max(Math.abs(age), 1) * Number.EPSILON;
}

function lastUpTo(steps: readonly Lowest[], age: DurationMs): Lowest | undefined {
  const after = firstIndex(steps, (step) => step.age > age);
  return steps[after - 1];
}
