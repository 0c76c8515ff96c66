/** Sets of characters of ASCII as ranges of their codes. */
export type CodeRanges = readonly (readonly [number, number])[];

export const LAST_CODE = 0x7f;
const [UPPER, LOWER] = [
  [65, 90],
  [97, 122],
] as const;
const CASE_BIT = 32;

/** In order, none touching another. */
function normal(ranges: CodeRanges): CodeRanges {
  const result: [number, number][] = [];
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}

export function union(...sets: readonly CodeRanges[]): CodeRanges {
  return normal(sets.flat());
}

export function complement(ranges: CodeRanges): CodeRanges {
  const result: [number, number][] = [];
  let next = 0;
  for (const [from, to] of normal(ranges)) {
    if (from > next) result.push([next, from - 1]);
    next = to + 1;
  }
  if (next <= LAST_CODE) result.push([next, LAST_CODE]);
  return result;
}

export function overlap(some: CodeRanges, others: CodeRanges): boolean {
  return some.some(([from, to]) => others.some(([otherFrom, otherTo]) => from <= otherTo && otherFrom <= to));
}

/** With each letter of ASCII in both cases. */
export function inBothCases(ranges: CodeRanges): CodeRanges {
  const moved = (within: readonly [number, number], by: number): CodeRanges =>
    ranges.flatMap(([from, to]) => {
      const [first, last] = [Math.max(from, within[0]), Math.min(to, within[1])];
      return first <= last ? [[first + by, last + by] as const] : [];
    });
  return union(ranges, moved(UPPER, CASE_BIT), moved(LOWER, -CASE_BIT));
}

/** As a class of a regular expression, or as the only character in it. */
export function classOf(ranges: CodeRanges): string {
  const code = (value: number): string => `\\x${value.toString(16).padStart(2, "0")}`;
  const only = ranges.length === 1 && ranges[0]?.[0] === ranges[0]?.[1] ? ranges[0]?.[0] : undefined;
  if (only !== undefined) return /[\w ]/.test(String.fromCharCode(only)) ? String.fromCharCode(only) : code(only);
  return `[${normal(ranges)
    .map(([from, to]) => (from === to ? code(from) : `${code(from)}-${code(to)}`))
    .join("")}]`;
}
