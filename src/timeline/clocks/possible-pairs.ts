import { groupBy } from "../../model/collections/group-by.js";
import { centre, hull, meets } from "../../model/statistics/bounds.js";
import { largest, smallest } from "../../model/statistics/statistics.js";
import type { Bounds } from "../../model/time.js";
import type { OffsetBound } from "./offset-bound.js";
import { unseenDrift } from "./unseen-drift.js";

/** Of what an offset could explain, so much must be; else a drift is tried. */
const MOST = 0.9;

/** A bound that holds if this request led to this Job, of which nothing else is a proof. */
export interface PossiblePair<R, J> extends OffsetBound {
  readonly request: R;
  readonly job: J;
}

/** The offsets that explain about as many requests and Jobs as any does. */
export interface Explaining extends Bounds {
  /** How many of each the best of them explains. */
  readonly explained: number;
  /** How many an offset could explain. */
  readonly total: number;
}

/**
 * Where possible pairs may agree, if of all that one request or one Job is in at most one is true: an offset explains as many requests as have a Job there, or as many
 * Jobs as have a request, whichever are fewer. Held is every offset that leaves no more than twice as many unexplained as the best: so many as that leaves
 * have their other half outside of the data, and it may be the same with the true one. Undefined without pairs.
 */
export function explainingOffsets<R, J>(pairs: readonly PossiblePair<R, J>[]): Explaining | undefined {
  if (pairs.length === 0) return undefined;
  const [byLo, byHi] = [[...pairs].sort((a, b) => a.lo - b.lo), [...pairs].sort((a, b) => a.hi - b.hi)];
  const [requests, jobs] = [new Counted<R>(), new Counted<J>()];
  const moments: { at: number; explained: number }[] = [];
  let closed = 0;
  for (let opened = 0; opened <= byLo.length; opened += 1) {
    const opens = byLo[opened];
    // A bound is closed: where one ends and the next begins, both hold.
    for (let ends = byHi[closed]; ends !== undefined && (opens === undefined || ends.hi < opens.lo); ends = byHi[closed]) {
      moments.push({ at: ends.hi, explained: Math.min(requests.distinct, jobs.distinct) });
      requests.remove(ends.request);
      jobs.remove(ends.job);
      closed += 1;
    }
    if (opens === undefined) break;
    requests.add(opens.request);
    jobs.add(opens.job);
    moments.push({ at: opens.lo, explained: Math.min(requests.distinct, jobs.distinct) });
  }
  const explained = largest(moments.map((moment) => moment.explained));
  const total = Math.min(requests.seen, jobs.seen);
  const held = moments.filter((moment) => moment.explained >= explained - (total - explained));
  return { lo: held[0]?.at ?? Number.NaN, hi: held.at(-1)?.at ?? Number.NaN, explained, total };
}

/** How many different ones there are of those that were added and not removed. */
class Counted<T> {
  distinct = 0;
  readonly #counts = new Map<T, number>();

  get seen(): number {
    return this.#counts.size;
  }

  add(one: T): void {
    const count = this.#counts.get(one) ?? 0;
    if (count === 0) this.distinct += 1;
    this.#counts.set(one, count + 1);
  }

  remove(one: T): void {
    const count = this.#counts.get(one) ?? 0;
    if (count === 1) this.distinct -= 1;
    this.#counts.set(one, count - 1);
  }
}

/**
 * One bound of each request that may have led to one of several Jobs: all that its pairs allow where the offsets lie that explain most (with a constant, or with a drift as a
 * working clock may have). Undefined where none explains more than the `least` share.
 */
export function boundsOfRequests<R, J>(pairs: readonly PossiblePair<R, J>[], least: number): OffsetBound[] | undefined {
  const usable = pairs.filter(({ lo, hi }) => lo <= hi);
  const constant = explainingOffsets(usable);
  if (constant === undefined) return [];
  // No request may make narrower what all of them together leave open.
  const ofConstant = () => hulls(usable.filter((pair) => meets(pair, constant))).map((own) => ({ ...own, ...hull([own, constant]) }));
  if (share(constant) >= MOST) return ofConstant();
  const ats = usable.map(({ at }) => at);
  const middle = centre({ lo: smallest(ats), hi: largest(ats) });
  const drifting = usable.map((pair) => {
    const mostMs = unseenDrift(Math.abs(pair.at - middle));
    return { ...pair, lo: pair.lo - mostMs, hi: pair.hi + mostMs };
  });
  const drifted = explainingOffsets(drifting);
  if (drifted !== undefined && share(drifted) >= MOST) return hulls(usable.filter((_, index) => meets(drifting[index] as Bounds, drifted)));
  return share(constant) > least ? ofConstant() : undefined;
}

/** The clock may have been set in between: the offsets that explain most before and after the request at `from`. */
interface Parted {
  readonly from: number;
  readonly before: Explaining;
  readonly after: Explaining;
}

/** A side is asked where it explains so many; fewer agree by chance. */
const FEWEST_OF_SIDE = 6;
/** So many places are tried evenly, then as many around the best, and so on: each try looks at all requests that are taken. */
const PLACES = 32;
/** So many requests, evenly taken, show where the clock was set: to within their distance, and those in between stand for themselves. */
const ENOUGH_REQUESTS = 2_000;

/** The place from which on other offsets explain more, if those of both sides together explain nearly all and clearly more than one constant does. */
function partedOffsets<R, J>(pairs: readonly PossiblePair<R, J>[], { explained }: Explaining): Parted | undefined {
  const all = [...new Set(pairs.map(({ at }) => at))].sort((a, b) => a - b);
  const every = Math.ceil(all.length / ENOUGH_REQUESTS);
  const ats = all.filter((_, index) => index % every === 0);
  const kept = new Set(ats);
  const sample = pairs.filter(({ at }) => kept.has(at));
  let best: Parted | undefined;
  let bestAt = 0;
  const tryAt = (place: number) => {
    const parted = partedAt(sample, ats[place] ?? Number.POSITIVE_INFINITY);
    if (explainedBy(parted) <= explainedBy(best)) return;
    best = parted;
    bestAt = place;
  };
  let [low, high] = [1, ats.length];
  let step = high;
  while (step > 1) {
    step = Math.max(1, Math.ceil((high - low) / PLACES));
    for (let place = low; place < high; place += step) tryAt(place);
    [low, high] = [Math.max(1, bestAt - step + 1), Math.min(ats.length, bestAt + step)];
  }
  const found = best && partedAt(pairs, best.from);
  if (found === undefined) return undefined;
  const { before, after } = found;
  const isMost = explainedBy(found) >= MOST * (before.total + after.total) && explainedBy(found) >= explained + FEWEST_OF_SIDE;
  return isMost && Math.min(before.explained, after.explained) >= FEWEST_OF_SIDE ? found : undefined;
}

function partedAt<R, J>(pairs: readonly PossiblePair<R, J>[], from: number): Parted | undefined {
  const before = explainingOffsets(pairs.filter(({ at }) => at < from));
  const after = explainingOffsets(pairs.filter(({ at }) => at >= from));
  return before === undefined || after === undefined ? undefined : { from, before, after };
}

function explainedBy(parted: Parted | undefined): number {
  return parted === undefined ? 0 : parted.before.explained + parted.after.explained;
}

/**
 * Bounds of requests whose Jobs their ids name. A request with one Job has that bound. One with several (a batch, or a Job that was made again) was answered when one of them was
 * there, so it has one bound as well: what those of its pairs allow that hold where most is explained (on its side, where the clock was set in between); where none of them does, each
 * stands for itself.
 */
export function boundsOfNamed<R, J>(pairs: readonly PossiblePair<R, J>[]): OffsetBound[] {
  const ofRequests = [...groupBy(pairs, ({ request }) => request).values()];
  const isOnly = ofRequests.every((own) => own.length === 1);
  const usable = isOnly ? [] : pairs.filter(({ lo, hi }) => lo <= hi);
  const most = explainingOffsets(usable);
  const parted = most === undefined || share(most) >= MOST ? undefined : partedOffsets(usable, most);
  const offsetsAt = (at: number) => (parted === undefined ? most : at < parted.from ? parted.before : parted.after);
  const isHeld = (pair: PossiblePair<R, J>) => {
    const offsets = offsetsAt(pair.at);
    return offsets !== undefined && pair.lo <= pair.hi && meets(pair, offsets);
  };
  return ofRequests.flatMap((own) => {
    const held = own.length === 1 ? [] : own.filter(isHeld);
    return held.length > 0
      ? hulls(held)
      : own.map(({ at, lines, lo, hi }) => (lines === undefined ? { at, lo, hi } : { at, lines, lo, hi }));
  });
}

function share({ explained, total }: Explaining): number {
  return explained / total;
}

/** Of each request what any of its pairs allows. */
function hulls<R, J>(pairs: readonly PossiblePair<R, J>[]): OffsetBound[] {
  return [...groupBy(pairs, ({ request }) => request).values()].map((own) => {
    const { at, lines } = own[0] as PossiblePair<R, J>;
    const all = { at, lo: smallest(own.map(({ lo }) => lo)), hi: largest(own.map(({ hi }) => hi)) };
    return lines === undefined ? all : { ...all, lines };
  });
}
