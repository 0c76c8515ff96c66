import type { StepCurve } from "../../model/report.js";

/** A piece of a step curve: its time-weighted mean, lowest and highest level. */
export interface Bin {
  /** Middle of the bin, epoch milliseconds. */
  readonly at: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** Cuts [from, to) into equal bins. */
export function binCurve(points: StepCurve["points"], from: number, to: number, count: number): readonly Bin[] {
  const width = (to - from) / count;
  const bins: Bin[] = [];
  let next = 0;
  let level = 0;
  for (let index = 0; index < count; index++) {
    const start = from + index * width;
    const end = start + width;
    for (let point = points[next]; point !== undefined && point[0] <= start; point = points[next]) {
      level = point[1];
      next++;
    }
    let low = level;
    let high = level;
    let area = 0;
    let last = start;
    for (let point = points[next]; point !== undefined && point[0] < end; point = points[next]) {
      area += level * (point[0] - last);
      last = point[0];
      level = point[1];
      low = Math.min(low, level);
      high = Math.max(high, level);
      next++;
    }
    area += level * (end - last);
    bins.push({ at: start + width / 2, mean: area / width, low, high });
  }
  return bins;
}
