/** Indexes of the numbers from the smallest to the largest, those of equal ones as they stand. */
export function ascendingOrder(numbers: Float64Array): Uint32Array {
  const order = new Uint32Array(numbers.length);
  const packed = packedWithIndex(numbers);
  if (packed === undefined) {
    for (let index = 0; index < order.length; index += 1) order[index] = index;
    return order.sort((a, b) => (numbers[a] as number) - (numbers[b] as number) || a - b);
  }
  packed.sort();
  for (let index = 0; index < order.length; index += 1) order[index] = (packed[index] as number) % numbers.length;
  return order;
}

/** Number and index as one number, which sorts many times as fast as a comparison of two can; undefined where both do not fit into one. */
function packedWithIndex(numbers: Float64Array): Float64Array | undefined {
  let [least, most, whole] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, true];
  for (let index = 0; index < numbers.length; index += 1) {
    const value = numbers[index] as number;
    least = Math.min(least, value);
    most = Math.max(most, value);
    whole &&= Number.isInteger(value);
  }
  if (!whole || (most - least + 1) * numbers.length > Number.MAX_SAFE_INTEGER) return undefined;
  const packed = new Float64Array(numbers.length);
  for (let index = 0; index < packed.length; index += 1) packed[index] = ((numbers[index] as number) - least) * packed.length + index;
  return packed;
}
