/** At most so many of the items, evenly picked, first and last among them. */
export function evenly<T>(items: readonly T[], most: number): readonly T[] {
  if (items.length <= most) return items;
  if (most < 2) return items.slice(0, most);
  return Array.from({ length: most }, (_, index) => items[Math.round((index * (items.length - 1)) / (most - 1))] as T);
}

const MOST_KEPT_SAMPLES = 300;

/** What a report keeps of the samples of a claim. */
export function keptSamples(samples: readonly number[]): readonly number[] {
  return evenly(samples, MOST_KEPT_SAMPLES);
}
