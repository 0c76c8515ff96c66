import type { DurationMs, EpochMs } from "./time.js";

/** Half-open `[from, to)`; a missing `to` means still open when the window ends, never "now". */
export interface Interval {
  readonly from: EpochMs;
  readonly to?: EpochMs;
  readonly name: string;
}

/** How many intervals are open over a window, as an exact step function. */
export interface StepFunction {
  readonly from: EpochMs;
  readonly to: EpochMs;
  /** Right-continuous steps `[at, level]`; the first stands at `from`; levels of neighbours differ. */
  readonly points: readonly (readonly [EpochMs, number])[];
  readonly peak: number;
  /** When the peak was first reached; null where nothing was open. */
  readonly peakAt: EpochMs | null;
  /** Names of the intervals open then, in order of their start. */
  readonly peakMembers: readonly string[];
  /** Sum of the open times inside the window: the integral of the function. */
  readonly integralMs: DurationMs;
  /** Integral over length; 0 for an empty window. */
  readonly mean: number;
  /** Time at each level that occurs, by level. */
  readonly timeAtLevelMs: ReadonlyMap<number, DurationMs>;
}

/** Counts open intervals over `[from, to)`; nothing is open in an empty window. Where one ends and another begins at the same moment, both do not count together. */
export function countOpen(intervals: readonly Interval[], from: EpochMs, to: EpochMs): StepFunction {
  const changes = new Map<EpochMs, number>();
  const add = (at: EpochMs, step: number) => changes.set(at, (changes.get(at) ?? 0) + step);
  const inWindow = to > from ? intervals.filter((i) => i.from < to && (i.to ?? to) > from && (i.to ?? to) > i.from) : [];
  let integralMs = 0;
  for (const interval of inWindow) {
    const start = Math.max(interval.from, from);
    const end = Math.min(interval.to ?? to, to);
    add(start, 1);
    add(end, -1);
    integralMs += end - start;
  }
  const points: [EpochMs, number][] = [[from, 0]];
  const timeAtLevelMs = new Map<number, DurationMs>();
  let level = 0;
  let since = from;
  let peak = 0;
  let peakAt: EpochMs | null = null;
  const spend = (until: EpochMs) => {
    if (until > since) timeAtLevelMs.set(level, (timeAtLevelMs.get(level) ?? 0) + until - since);
    since = until;
  };
  for (const at of [...changes.keys()].sort((a, b) => a - b)) {
    const step = changes.get(at) as number;
    if (step === 0) continue;
    spend(at);
    level += step;
    if (at >= to) break;
    if (level > peak) {
      peak = level;
      peakAt = at;
    }
    if (at === from) points[0] = [from, level];
    else points.push([at, level]);
  }
  if (since < to) spend(to);
  const peakMembers =
    peakAt === null
      ? []
      : inWindow
          .filter((i) => i.from <= (peakAt as EpochMs) && (i.to ?? to) > (peakAt as EpochMs))
          .sort((a, b) => a.from - b.from || (a.name < b.name ? -1 : Number(a.name > b.name)))
          .map((i) => i.name);
  const length = to - from;
  return { from, to, points, peak, peakAt, peakMembers, integralMs, mean: length > 0 ? integralMs / length : 0, timeAtLevelMs };
}
