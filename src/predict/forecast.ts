import type { Forecast } from "../model/prediction.js";

/**
 * Middle and ranges of simulated values: order statistics without interpolation, so that whole numbers stay whole. At least 90% (95%) of the
 * values lie inside, and at most 5% (2.5%) on either side. Sorts the array it is given; at least one value.
 */
export function forecast(values: Float64Array): Forecast {
  values.sort();
  const at = (index: number) => values[Math.min(values.length - 1, Math.max(0, index))] as number;
  const range = (share: number): readonly [number, number] => {
    // A share such as 0.9 is not exact in binary: 1000 values leave 50 outside, not 49.
    const outside = Math.floor((values.length * (1 - share)) / 2 + 1e-9);
    return [at(outside), at(values.length - 1 - outside)];
  };
  return { median: at(Math.floor((values.length - 1) / 2)), pi90: range(0.9), pi95: range(0.95) };
}
