/**
 * Many printers leave out zeros at the end of a second's decimals: Go (RFC3339Nano), Java (ISO_INSTANT: 0, 3, 6 or 9 digits), Python (isoformat, the repr
 * of a float), every writer of JSON numbers. `08:50:03Z` among stamps with milliseconds is then 08:50:03.000, and as exact as its neighbours; unless there are
 * more of them than zeros come by chance.
 */

/** How often a stamp ends in so many zeros: each digit is one in ten of the time. */
export function shareOfZeros(zeros: number): number {
  return 10 ** -zeros;
}

/** So many of some stamps end in zeros by chance at the most (four standard deviations of a Poisson count); a single one always may. */
export function mostByChance(stamps: number, share: number): number {
  const expected = stamps * share;
  return expected + 4 * Math.sqrt(expected) + 1;
}
