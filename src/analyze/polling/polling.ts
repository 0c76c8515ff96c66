import { groupBy } from "../../model/collections/group-by.js";
import type { PollingSettledBy } from "../../model/reports/polling.js";
import { largest, median, smallest, standardDeviation } from "../../model/statistics/statistics.js";
import type { DurationMs } from "../../model/time.js";
import type { MeasureReasonKey } from "../measure-reasons.js";
import { fitsFor, type GridReading, type PollingFit, promptFit, type Range, readGrid } from "./polling-fits.js";
import { finer, type Grid, gridsOf, isOnGrid } from "./polling-grid.js";
import type { PollingSample, PollingSamples } from "./polling-samples.js";

/** What the deletions tell of the polling. */
export interface PollingFound {
  readonly reading: GridReading;
  readonly intervalMs: DurationMs;
  readonly intervalRangeMs: Range;
  /** The interval is the only one if lag and process together take no longer than this: else a part of it explains the deletions too. */
  readonly assumesMs?: DurationMs;
  readonly n: number;
  /** Deletions that stand apart: something delayed them, or they are not of the polling. Nothing follows from them. */
  readonly strays: number;
  /** All that explain the data, by interval from the longest and by checks from the fewest. */
  readonly fits: readonly PollingFit[];
  /** The one that holds, and what says so; null where the data leave several. */
  readonly settled: { readonly fit: PollingFit; readonly by: PollingSettledBy } | null;
  readonly asked: boolean;
  readonly resolutionMs: DurationMs;
}

export type PollingResult =
  | PollingFound
  | {
      readonly notIdentified: Extract<MeasureReasonKey, `polling-${string}`>;
      /** The interval is no shorter than this. */
      readonly atLeastMs?: DurationMs;
    };

/** Nobody polls faster [ms]. Deletions that are equal but for their last digits lie on some grid as fine as those, and every number of checks fits it. */
const SHORTEST_INTERVAL_MS = 100;
/** With fewer deletions any values lie on some grid. */
const FEWEST_SAMPLES = 6;
/** On its grid a deletion varies less than this share of what the waits vary; else it hangs on the disconnect, not on a grid. */
const OF_WAITS = 0.25;
/** Parts of a step that are tried. */
const MOST_PARTS = 6;
/**
 * A part of the step is only taken for the interval if lag of the reading and process together take no longer than 30 s (the documents' 10 s and a metric
 * every 15 s; a Pod's default grace), or three intervals: else few checks of any part and a long wait after them would explain everything.
 */
const LATEST_FOR_PARTS = { ms: 30_000, intervals: 3 };
/** Enough deletions, on enough levels, to see a grid although the lag of the readings varies. */
const VARYING_LAG = { samples: 20, levels: 3, steps: 2, residual: 0.1 };
/** Requests that come as promptly as this after a whole number of intervals, as a share of one, and vary as little. */
const PROMPT = { latest: 0.1, deviation: 0.02 };

/**
 * The polling from deletions counted from the start of their cleanup's Pod: they fall on levels whole intervals apart. That no part of that
 * distance is the interval follows from the waits after each use, which spread over one whole interval. `deployed`: the number of checks that
 * the specs of the cleanup Jobs set, if all set the same.
 */
export function fitPolling(seen: PollingSamples, deployed: number | null = null): PollingResult {
  const { samples } = seen;
  if (samples.length === 0 && seen.coarse > 0) return { notIdentified: "polling-coarse" };
  if (samples.length === 0 && seen.podStarts.size === 0) return { notIdentified: "polling-no-pods" };
  const waits = waitsByClock(samples);
  if (samples.length < FEWEST_SAMPLES || waits.every((own) => own.length < 2)) return { notIdentified: "polling-few" };
  // Unopened Jobs go on the first level, where it is that of readings which never saw a use.
  const unopened = new Set(samples.flatMap(({ endMs, used }) => (used === null ? [endMs] : [])));
  const grids = gridsOf(
    samples.map(({ endMs }) => endMs),
    unopened,
  ).filter((grid) => grid.stepMs >= SHORTEST_INTERVAL_MS && explainsWaits(grid, waits));
  const readings = readingsOf(samples, grids);
  const [longest] = readings;
  const shortest = readings.at(-1);
  if (longest === undefined || shortest === undefined) return withoutGrid(samples, waits);
  // Waits that leave room for so small a part of a step leave room for any.
  if (readings.length === MOST_PARTS) return { notIdentified: "polling-alike" };
  const fits = readings.flatMap(({ fits: ofStep }) => ofStep);
  const { grid } = longest.reading;
  const ofGrid = { ...seen, samples: samplesOn(grid, samples) };
  const assumesMs = readings.length > 1 ? undefined : assumedFor(ofGrid.samples, longest.reading);
  return {
    reading: longest.reading,
    ...(assumesMs === undefined ? {} : { assumesMs }),
    intervalMs: grid.stepMs,
    intervalRangeMs: [shortest.reading.grid.stepMs - shortest.reading.grid.halfWidthMs, grid.stepMs + grid.halfWidthMs],
    n: ofGrid.samples.length,
    strays: samples.length - ofGrid.samples.length,
    fits,
    settled: readings.length > 1 ? null : settle(ofGrid, fits, longest.reading, deployed),
    asked: seen.asked,
    resolutionMs: median(samples.map(({ resolutionMs }) => resolutionMs)),
  };
}

/** Without those that lie on none of its levels. */
export function samplesOn(grid: Grid, samples: readonly PollingSample[]): readonly PollingSample[] {
  return grid.strays.size === 0 ? samples : samples.filter(({ endMs }) => isOnGrid(endMs, grid));
}

/** From the end of each use to the deletion, by the runner's clock that told the end: what a clock is off is no difference between its waits. */
function waitsByClock(samples: readonly PollingSample[]): DurationMs[][] {
  const waited = samples.flatMap(({ endMs, used, clock }) =>
    used === null || endMs < used.toMs ? [] : [{ clock, waitMs: endMs - used.toMs }],
  );
  return [...groupBy(waited, ({ clock }) => clock).values()].map((own) => own.map(({ waitMs }) => waitMs));
}

/** A grid explains the ends better than the ends of the uses do. */
function explainsWaits(grid: Grid, waits: readonly (readonly DurationMs[])[]): boolean {
  return grid.residualDeviationMs <= OF_WAITS * deviationWithin(waits);
}

/** Standard deviation of values in groups, each from its own group's mean. */
function deviationWithin(groups: readonly (readonly number[])[]): number {
  let [squares, freedom] = [0, 0];
  for (const group of groups) {
    squares += (group.length - 1) * (standardDeviation(group) ?? 0) ** 2;
    freedom += group.length - 1;
  }
  return freedom === 0 ? 0 : Math.sqrt(squares / freedom);
}

interface FittedReading {
  readonly reading: GridReading;
  readonly fits: readonly PollingFit[];
}

/** The finest grid that the waits allow, for a coarser one takes levels together; and whole parts of its step where nothing rules them out. */
function readingsOf(all: readonly PollingSample[], grids: readonly Grid[]): FittedReading[] {
  for (const grid of grids.toReversed()) {
    const samples = samplesOn(grid, all);
    const fitted = (reading: GridReading | undefined, latestMs?: DurationMs): FittedReading[] => {
      const fits = reading === undefined ? [] : fitsFor(samples, reading, latestMs);
      return reading === undefined || fits.length === 0 ? [] : [{ reading, fits }];
    };
    const ofParts = (latestOf: (part: Grid) => DurationMs | undefined) =>
      Array.from({ length: MOST_PARTS }, (_, index) => {
        const part = finer(grid, index + 1);
        return fitted(readGrid(samples, part), index === 0 ? undefined : latestOf(part));
      }).flat();
    const readings = ofParts(latestFor);
    // A single answer must hold whatever lag and process take.
    if (readings.length === 1 && readings[0]?.fits.length === 1) return ofParts(() => undefined);
    if (readings.length > 0) return readings;
    // A varying lag before a coarser grid: levels that hold others explain anything.
    const { samples: needed, levels, steps, residual } = VARYING_LAG;
    if (samples.length < needed || grid.levels.length < levels || grid.residualDeviationMs > residual * grid.stepMs) continue;
    const lagging = fitted(readGrid(samples, grid, steps * grid.stepMs));
    if (lagging.length > 0) return lagging;
  }
  return [];
}

function latestFor({ stepMs }: Grid): DurationMs {
  return Math.max(LATEST_FOR_PARTS.ms, LATEST_FOR_PARTS.intervals * stepMs);
}

/** What was assumed of lag and process to rule out the parts of a step; undefined where the waits alone do. */
function assumedFor(samples: readonly PollingSample[], { grid, lagMs }: GridReading): DurationMs | undefined {
  const latestMs = Array.from({ length: MOST_PARTS - 1 }, (_, index) => finer(grid, index + 2)).flatMap((part) => {
    const reading = readGrid(samples, part, lagMs);
    return reading !== undefined && fitsFor(samples, reading).length > 0 ? [latestFor(part)] : [];
  });
  return latestMs.length === 0 ? undefined : largest(latestMs);
}

/** Why there is no grid: all ends after the same number of polls, or no grid at all. */
function withoutGrid(samples: readonly PollingSample[], waits: readonly (readonly DurationMs[])[]): PollingResult {
  const ends = samples.map(({ endMs }) => endMs);
  const spreadMs = largest(waits.map((own) => largest(own) - smallest(own)));
  const oneLevel = largest(ends) - smallest(ends) < spreadMs / 2;
  return oneLevel ? { notIdentified: "polling-one-level", atLeastMs: spreadMs } : { notIdentified: "polling-no-grid" };
}

/**
 * Which fit holds. The data force it only where it is the only one. What is deployed decides between fits. Requests that come promptly after a whole
 * number of intervals with hardly any variation speak for one too: neither lag nor process is in them, unless both together happen to fill whole
 * intervals. That is an assumption on which no verdict rests; where it speaks against what is deployed, nothing is settled.
 */
function settle(
  { samples, asked }: PollingSamples,
  fits: readonly PollingFit[],
  reading: GridReading,
  deployed: number | null,
): PollingFound["settled"] {
  const [only, ...others] = fits;
  if (only === undefined) return null;
  if (others.length === 0) return { fit: only, by: "behaviour" };
  const asDeployed = fits.find(({ checks }) => checks === deployed);
  const steady = reading.grid.residualDeviationMs <= PROMPT.deviation * reading.grid.stepMs;
  const prompt = asked && steady ? promptFit(samples, fits, reading, PROMPT.latest * reading.grid.stepMs) : undefined;
  if (asDeployed !== undefined) return prompt === undefined || prompt === asDeployed ? { fit: asDeployed, by: "deployed" } : null;
  return prompt === undefined ? null : { fit: prompt, by: "prompt" };
}
