import type { ComparedSample, DurationComparison, Report, ReportStage } from "../model/report.js";
import type { Reason } from "../model/source.js";
import { censoredShift } from "../model/statistics/censored-shift.js";
import { detectableShift, type LocationShift, locationShift } from "../model/statistics/rank-test.js";
import { MIN_SAMPLES_FOR_INTERVAL, median } from "../model/statistics/statistics.js";
import type { Lifetime } from "../model/statistics/survival.js";
import { type DurationMs, roundMicroseconds } from "../model/time.js";
import { lifetimesOf } from "./lifetimes.js";

/** Why two durations were not compared; the locales hold a sentence for each under `compare.`. */
export const comparisonReasonKeys = [
  /** Only one of the runs measured it. Values: none. */
  "one-sided",
  /** Fewer than 6 values in one of the runs. Values: before, after (their numbers), needed. */
  "too-few",
  /** How long those that were cut off had lasted is not in the report. Values: n. */
  "cut-off-unknown",
  /** The capture of one of the runs began after so many of its lifetimes had. Values: n. */
  "begun-before-capture",
  /** One of the reports does not hold the values of all that it counts. Values: none. */
  "values-missing",
  /** So much was cut off that the difference is open on one side. Values: before, after (numbers cut off). */
  "too-many-cut-off",
  /** Ends known only as ranges leave no median of one of the runs. Values: none. */
  "ranges-too-wide",
] as const;
type ComparisonReasonKey = (typeof comparisonReasonKeys)[number];

const EMPTY: ComparedSample = { n: 0, failed: 0, censored: 0 };

/** Each stage that at least one of the two runs measured, in the order of the newer report. */
export function compareDurations(older: Report, newer: Report): DurationComparison[] {
  const before = new Map(older.stages.map((stage) => [stage.stage, stage]));
  const own = new Set(newer.stages.map((stage) => stage.stage));
  const rows = [
    ...newer.stages.map((stage) => compareStage({ report: older, stage: before.get(stage.stage) }, { report: newer, stage })),
    ...older.stages
      .filter((stage) => !own.has(stage.stage))
      .map((stage) => compareStage({ report: older, stage }, { report: newer, stage: undefined })),
  ];
  return rows.filter((row) => row !== undefined);
}

interface Side {
  readonly report: Report;
  readonly stage: ReportStage | undefined;
}

function compareStage(older: Side, newer: Side): DurationComparison | undefined {
  const named = newer.stage ?? older.stage;
  const [before, after] = [sampleOf(older.stage), sampleOf(newer.stage)];
  if (named === undefined || before.n + before.censored + after.n + after.censored === 0) return undefined;
  const sides = { stage: named.stage, title: named.title, before, after };
  const refused = (key: ComparisonReasonKey, values: Reason["values"] = {}): DurationComparison => ({
    ...sides,
    finding: "not-compared",
    reason: { key, values },
  });
  if (older.stage === undefined || newer.stage === undefined || before.n === 0 || after.n === 0) return refused("one-sided");
  // Ends known only as ranges, so wide that they leave no median.
  if ([older.stage, newer.stage].some(({ censored, late = 0, p50Ms }) => censored + late === 0 && p50Ms === undefined))
    return refused("ranges-too-wide");
  if (Math.min(before.n, after.n) < MIN_SAMPLES_FOR_INTERVAL)
    return refused("too-few", { before: before.n, after: after.n, needed: MIN_SAMPLES_FOR_INTERVAL });
  if ([older.stage, newer.stage].some(({ n, samplesMs }) => samplesMs.length !== n)) return refused("values-missing");
  const late = (older.stage.late ?? 0) + (newer.stage.late ?? 0);
  if (late > 0) return refused("begun-before-capture", { n: late });
  const [lives, newLives] = [lifetimesOf(older.report, older.stage), lifetimesOf(newer.report, newer.stage)];
  if (lives === undefined || newLives === undefined)
    return refused("cut-off-unknown", {
      n: (lives === undefined ? before : EMPTY).censored + (newLives === undefined ? after : EMPTY).censored,
    });
  const found = shiftOf(lives, newLives);
  if (found?.interval === undefined) return refused("too-many-cut-off", { before: before.censored, after: after.censored });
  const [low, high] = found.interval;
  const [left, newLeft] = [leftOpen(older.stage), leftOpen(newer.stage)];
  const [below, above] = [left.above + newLeft.below, left.below + newLeft.above];
  const interval = [roundMicroseconds(low - below), roundMicroseconds(high + above)] as const;
  return {
    ...sides,
    finding: interval[0] > 0 ? "longer" : interval[1] < 0 ? "shorter" : "no-change-seen",
    shiftMs: roundMicroseconds(found.shift),
    ci95Ms: interval,
    detectableMs: roundMicroseconds(detectableShift(found.interval) + Math.max(below, above)),
  };
}

/**
 * How far a run's typical value may lie below and above what its values say: half the resolution of its stamps, or as far as ends that are known
 * only as ranges allow.
 */
function leftOpen({ censored, p50Ms, p50RangeMs, resolutionMs, samplesMs }: ReportStage): {
  readonly below: DurationMs;
  readonly above: DurationMs;
} {
  const half = resolutionMs / 2;
  if (p50RangeMs === undefined) return { below: half, above: half };
  const typical = censored === 0 || p50Ms === undefined ? median(samplesMs) : p50Ms;
  return { below: Math.max(half, typical - p50RangeMs[0]), above: Math.max(half, p50RangeMs[1] - typical) };
}

function shiftOf(older: readonly Lifetime[], newer: readonly Lifetime[]): LocationShift | undefined {
  if ([...older, ...newer].some((lifetime) => !lifetime.ended)) return censoredShift(older, newer);
  const durations = (lifetimes: readonly Lifetime[]) => lifetimes.map((lifetime) => lifetime.durationMs);
  return locationShift(durations(older), durations(newer));
}

function sampleOf(stage: ReportStage | undefined): ComparedSample {
  if (stage === undefined) return EMPTY;
  const { n, failed, censored, p50Ms, ci95Ms } = stage;
  return { n, failed, censored, ...(p50Ms === undefined ? {} : { medianMs: p50Ms }), ...(ci95Ms === undefined ? {} : { ci95Ms }) };
}
