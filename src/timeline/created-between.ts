import type { EpochMs } from "../model/time.js";
import type { Moment } from "../model/timeline.js";

/** A list shorter than this is looked through. */
const SHORT = 16;

/** Finds those of a list that may have been created in a window, in the order of the list. Many windows are asked of the same long list. */
export function createdBetween<T extends { readonly created: Moment }>(list: readonly T[]): (from: EpochMs, to: EpochMs) => T[] {
  const fits = ({ created }: T, from: EpochMs, to: EpochMs) => created.hi >= from && created.lo <= to;
  if (list.length < SHORT) return (from, to) => list.filter((one) => fits(one, from, to));
  // What may have been created at any time before fits most windows: it is asked about each time.
  const open = list.flatMap(({ created }, index) => (Number.isFinite(created.lo) ? [] : [index]));
  const closed = list.flatMap(({ created }, index) => (Number.isFinite(created.lo) ? [{ index, created }] : []));
  closed.sort((a, b) => a.created.lo - b.created.lo);
  // A little more than the widest, as differences are rounded.
  const widest = 1 + closed.reduce((most, { created }) => Math.max(most, created.hi - created.lo), 0);
  return (from, to) => {
    const found = open.slice();
    let low = 0;
    let high = closed.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((closed[middle]?.created.lo ?? 0) < from - widest) low = middle + 1;
      else high = middle;
    }
    for (let next = closed[low]; next !== undefined && next.created.lo <= to; next = closed[low]) {
      found.push(next.index);
      low += 1;
    }
    return found
      .sort((a, b) => a - b)
      .map((index) => list[index] as T)
      .filter((one) => fits(one, from, to));
  };
}
