/** The values in order, equal ones as they stood: as they are where they are in order already, which costs one look at each, else as a sorted copy. */
export function inOrder<T>(values: readonly T[], compare: (a: T, b: T) => number): readonly T[] {
  for (let index = 1; index < values.length; index += 1)
    if (!(compare(values[index - 1] as T, values[index] as T) <= 0)) return [...values].sort(compare);
  return values;
}
