/** The first index at which a condition holds that goes on holding; the length if none. */
export function firstIndex<T>(values: ArrayLike<T>, holds: (value: T) => boolean): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(values[middle] as T)) high = middle;
    else low = middle + 1;
  }
  return low;
}
