import { type Agreement, agreement, centre, farthest, meets } from "../../model/statistics/bounds.js";
import { type DurationMs, HOUR_MS } from "../../model/time.js";
import type { OffsetBound } from "./offset-bound.js";
import { oneStep } from "./one-step.js";
import { withUnseenDrift } from "./unseen-drift.js";

/** So many bounds of the shorter side must ask for a correction: fewer may be lies. */
const FEWEST_BEHIND_STEP = 3;
/** Summer time sets clocks by an hour; no clock that is set farther still belongs to the run. */
const LARGEST_CHANGE_MS: DurationMs = 2 * HOUR_MS;
/** Share of all bounds that the two constants must satisfy. */
const ENOUGH_AGREEMENT = 0.9;

/** A clock that was set once: one constant before, another one after. */
export interface StepEstimate {
  readonly before: Agreement;
  readonly after: Agreement;
  /** What was added to the clock, in the middle of what it may be. */
  readonly byMs: DurationMs;
  /** How far the offset of either side may be from its middle, with what a drift may have added. */
  readonly uncertaintyMs: DurationMs;
  /** The last bound that is surely from before and the first that is surely from after. */
  readonly last: OffsetBound;
  readonly first: OffsetBound;
  readonly agreeing: number;
}

/**
 * The one place where a clock must have been set, or undefined where the bounds do not force exactly one: two constants that exclude each
 * other, which together satisfy nine of ten bounds and more than `agreeing` of them, all of the last few on each side among them. Bounds in the
 * order of the log.
 */
export function findStep(bounds: readonly OffsetBound[], agreeing: number): StepEstimate | undefined {
  if (bounds.length < 2 * FEWEST_BEHIND_STEP) return undefined;
  const rough = oneStep(bounds);
  if (rough === undefined) return undefined;
  const [last, first] = placed(bounds, rough.before, rough.after);
  const sides = [bounds.slice(0, first), bounds.slice(last + 1)] as const;
  const before = agreement(sides[0]);
  const after = agreement(sides[1]);
  const [lastBound, firstBound] = [bounds[last], bounds[first]];
  if (before === undefined || after === undefined || lastBound === undefined || firstBound === undefined) return undefined;
  if (meets(before, after)) return undefined;
  // Jobs of another day whose names came again are no clock that was set.
  if (Math.abs(centre(after) - centre(before)) > LARGEST_CHANGE_MS) return undefined;
  const ofBoth = bounds.filter((bound, index) => (index < first && holds(bound, before)) || (index > last && holds(bound, after))).length;
  const shorter = Math.min(last + 1, bounds.length - first);
  const isForced = ofBoth >= agreeing + FEWEST_BEHIND_STEP && ofBoth >= bounds.length * ENOUGH_AGREEMENT && shorter >= FEWEST_BEHIND_STEP;
  const tail = bounds.slice(-FEWEST_BEHIND_STEP).every((bound) => holds(bound, after));
  const head = bounds.slice(0, FEWEST_BEHIND_STEP).every((bound) => holds(bound, before));
  if (!isForced || !tail || !head) return undefined;
  return {
    before,
    after,
    byMs: centre(after) - centre(before),
    uncertaintyMs: Math.max(
      farthest(withUnseenDrift(before, sides[0]), centre(before)),
      farthest(withUnseenDrift(after, sides[1]), centre(after)),
    ),
    last: lastBound,
    first: firstBound,
    agreeing: ofBoth,
  };
}

/** Index of the last bound that only the first side can be true of, and of the first one after it that only the second can. */
function placed(bounds: readonly OffsetBound[], before: Agreement, after: Agreement): readonly [number, number] {
  let score = 0;
  let best = 0;
  let splits: readonly [number, number] = [0, 0];
  for (const [index, bound] of bounds.entries()) {
    score += Number(meets(bound, before)) - Number(meets(bound, after));
    if (index === 0 || score > best) {
      best = score;
      splits = [index, index];
    } else if (score === best) splits = [splits[0], index];
  }
  return [splits[0], splits[1] + 1];
}

function holds(bound: OffsetBound, side: Agreement): boolean {
  return bound.lo <= side.lo && bound.hi >= side.hi;
}
