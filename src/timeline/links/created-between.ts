import { firstIndex } from "../../model/collections/first-index.js";
import type { EpochMs } from "../../model/time.js";
import type { Moment } from "../../model/timeline.js";

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
    for (let place = firstIndex(closed, ({ created }) => created.lo >= from - widest); place < closed.length; place += 1) {
      const { index, created } = closed[place] as (typeof closed)[number];
      if (created.lo > to) break;
      found.push(index);
    }
    return found
      .sort((a, b) => a - b)
      .map((index) => list[index] as T)
      .filter((one) => fits(one, from, to));
  };
}
