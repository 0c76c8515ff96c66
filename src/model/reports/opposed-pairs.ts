/** Pairs of claims that contradict each other: more of them than these are only counted. Whoever mends the first has found what the others share. */
export const MOST_OPPOSED_PAIRS = 5;
