import type { Random } from "../model/statistics/random.js";

/** A data set drawn from the measured one: of each group with replacement, one less than there are. */
export interface ResampledSet {
  /** Forgets the last one. */
  begin(random: Random): void;
  /** Place of an investigation in the measured data, picked from a group of this set. */
  pick(group: number, random: Random): number;
}

/** Draws the whole set before anything is picked from it. @param groups places of each group's investigations, at least one */
export function wholeSet(groups: readonly Int32Array[]): ResampledSet {
  const sets = groups.map(emptySet);
  return {
    begin(random) {
      for (const [index, set] of sets.entries()) {
        const group = groups[index] as Int32Array;
        for (let at = 0; at < set.length; at += 1) set[at] = pickFrom(group, random);
      }
    },
    pick: (group, random) => pickFrom(sets[group] as Int32Array, random),
  };
}

/**
 * The same, each member drawn when it is picked for the first time: what nobody picks need not be drawn. For runs that are predicted with fewer
 * investigations than were measured; the distribution of what is picked is that of `wholeSet`, the sequence of random numbers is not.
 */
export function lazySet(groups: readonly Int32Array[]): ResampledSet {
  const sets = groups.map(emptySet);
  const drawnIn = groups.map((group) => new Int32Array(group.length));
  let current = 0;
  return {
    begin() {
      current += 1;
    },
    pick(group, random) {
      const set = sets[group] as Int32Array;
      const drawn = drawnIn[group] as Int32Array;
      const at = Math.floor(random.next() * set.length);
      if (drawn[at] !== current) {
        drawn[at] = current;
        set[at] = pickFrom(groups[group] as Int32Array, random);
      }
      return set[at] as number;
    },
  };
}

function emptySet(group: Int32Array): Int32Array {
  return new Int32Array(Math.max(1, group.length - 1));
}

function pickFrom(from: Int32Array, random: Random): number {
  return from[Math.floor(random.next() * from.length)] as number;
}
