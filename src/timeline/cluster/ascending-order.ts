/** Indexes of the numbers from the smallest to the largest, those of equal ones as they stand. */
export function ascendingOrder(numbers: Float64Array): Uint32Array {
  const order = new Uint32Array(numbers.length);
  const packed = packedWithIndex(numbers);
  if (packed === undefined) {
    for (let index = 0; index < order.length; index += 1) order[index] = index;
    return order.sort((a, b) => (numbers[a] as number) - (numbers[b] as number) || a - b);
  }
  const { numbered, places } = packed;
  numbered.sort();
  for (let index = 0; index < order.length; index += 1) {
    const both = numbered[index] as number;
    order[index] = both - Math.floor(both / places) * places;
  }
  return order;
}

/** Number and index as one number, which sorts many times as fast as a comparison of two can; undefined where both do not fit into one. */
function packedWithIndex(numbers: Float64Array): { readonly numbered: Float64Array; readonly places: number } | undefined {
  let [least, most, whole] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, true];
  for (let index = 0; index < numbers.length; index += 1) {
    const value = numbers[index] as number;
    least = Math.min(least, value);
    most = Math.max(most, value);
    whole &&= Number.isInteger(value);
  }
  // A power of two: by it a number is divided without rounding.
  const places = 2 ** Math.ceil(Math.log2(numbers.length + 1));
  if (!whole || (most - least + 1) * places > Number.MAX_SAFE_INTEGER) return undefined;
  const numbered = new Float64Array(numbers.length);
  for (let index = 0; index < numbered.length; index += 1) numbered[index] = ((numbers[index] as number) - least) * places + index;
  return { numbered, places };
}
