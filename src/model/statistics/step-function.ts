import { type DurationMs, type EpochMs, roundMicroseconds } from "../time.js";

/** Half-open `[from, to)`; a missing `to` means still open when the window ends, never "now". */
export interface Interval {
  readonly from: EpochMs;
  readonly to?: EpochMs;
  readonly name: string;
}

/** `to`: undefined where it does not end. */
export function interval(name: string, from: EpochMs, to: EpochMs | undefined): Interval {
  return to === undefined ? { name, from } : { name, from, to };
}

/** How many intervals are open over a window, as an exact step function. */
export interface StepFunction {
  readonly from: EpochMs;
  readonly to: EpochMs;
  /** Right-continuous steps `[at, level]`, to the microsecond; the first stands at `from`; levels of neighbours differ. */
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
  const inWindow = to > from ? intervals.filter((interval) => isOpenWithin(interval, from, to)) : [];
  const { changes, integralMs } = changesOf(inWindow, from, to);
  const points: [EpochMs, number][] = [[roundMicroseconds(from), 0]];
  const timeAtLevelMs = new Map<number, DurationMs>();
  let level = 0;
  let since = from;
  let peak = 0;
  let peakAt: EpochMs | null = null;
  const spend = (until: EpochMs) => {
    if (until > since) timeAtLevelMs.set(level, (timeAtLevelMs.get(level) ?? 0) + until - since);
    since = until;
  };
  eachChange(changes, (at, step) => {
    spend(at);
    level += step;
    if (at >= to) return;
    if (level > peak) {
      peak = level;
      peakAt = at;
    }
    if (at === from) points.pop();
    points.push([roundMicroseconds(at), level]);
  });
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

/** Peak and mean of the same function, without its points. */
export function peakAndMean(intervals: readonly Interval[], from: EpochMs, to: EpochMs): Pick<StepFunction, "peak" | "mean"> {
  if (!(to > from)) return { peak: 0, mean: 0 };
  const { changes, integralMs } = changesOf(
    intervals.filter((interval) => isOpenWithin(interval, from, to)),
    from,
    to,
  );
  let level = 0;
  let peak = 0;
  eachChange(changes, (at, step) => {
    level += step;
    if (level > peak && at < to) peak = level;
  });
  return { peak, mean: integralMs / (to - from) };
}

function isOpenWithin({ from: start, to: end }: Interval, from: EpochMs, to: EpochMs): boolean {
  return start < to && (end ?? to) > from && (end ?? to) > start;
}

/** Moments at which intervals begin and end, each in ascending order. */
interface Changes {
  readonly begin: Float64Array;
  readonly end: Float64Array;
}

function changesOf(
  inWindow: readonly Interval[],
  from: EpochMs,
  to: EpochMs,
): { readonly changes: Changes; readonly integralMs: DurationMs } {
  const begin = new Float64Array(inWindow.length);
  const end = new Float64Array(inWindow.length);
  let integralMs = 0;
  for (let index = 0; index < inWindow.length; index += 1) {
    const interval = inWindow[index] as Interval;
    begin[index] = Math.max(interval.from, from);
    end[index] = Math.min(interval.to ?? to, to);
    integralMs += (end[index] as number) - (begin[index] as number);
  }
  return { changes: { begin: begin.sort(), end: end.sort() }, integralMs };
}

/** Moments at which the level changes, in order of time, and by how much. */
function eachChange({ begin, end }: Changes, take: (at: EpochMs, step: number) => void): void {
  let begun = 0;
  let ended = 0;
  while (ended < end.length) {
    const at = Math.min(begin[begun] ?? Number.POSITIVE_INFINITY, end[ended] as number);
    let step = 0;
    for (; begin[begun] === at; begun += 1) step += 1;
    for (; end[ended] === at; ended += 1) step -= 1;
    if (step !== 0) take(at, step);
  }
}
