import type { Report, ReportStage } from "../model/report.js";
import { roundMicroseconds } from "../model/time.js";
import { poolRuns } from "./pool-values.js";

/** Each stage over all runs: its typical median, and the extremes. Quantiles and means of one run say nothing of runs that differ, and are left out. */
export function poolStages(reports: readonly Report[]): ReportStage[] {
  const names = [...new Set(reports.flatMap(({ stages }) => stages.map(({ stage }) => stage)))];
  return names.map((name) => poolStage(reports.flatMap(({ stages }) => stages.filter(({ stage }) => stage === name))));
}

function poolStage(rows: readonly ReportStage[]): ReportStage {
  const [first] = rows;
  if (first === undefined) throw new RangeError("a stage of no run");
  const sum = (of: (row: ReportStage) => number) => rows.reduce((total, row) => total + of(row), 0);
  const minMs = extremeOf(rows, ({ minMs }) => minMs, Math.min);
  const unknown = sum(({ unknown = 0 }) => unknown);
  // With lifetimes cut off, the longest one was not seen.
  const maxMs = rows.some((row) => row.censored > 0) ? undefined : extremeOf(rows, ({ maxMs }) => maxMs, Math.max);
  return {
    stage: first.stage,
    title: first.title,
    n: sum(({ n }) => n),
    failed: sum(({ failed }) => failed),
    censored: sum(({ censored }) => censored),
    ...(unknown === 0 ? {} : { unknown }),
    ...(minMs === undefined ? {} : { minMs }),
    ...typicalMedian(rows),
    ...(maxMs === undefined ? {} : { maxMs }),
    resolutionMs: Math.max(...rows.map((row) => row.resolutionMs)),
    samplesMs: rows.flatMap((row) => row.samplesMs),
  };
}

/** Over all runs that measured the stage; undefined where the extreme of one of them is not known. */
function extremeOf(
  rows: readonly ReportStage[],
  of: (row: ReportStage) => number | undefined,
  pick: (...values: number[]) => number,
): number | undefined {
  const measured = rows.filter(({ n }) => n > 0);
  const known = measured.flatMap((row) => of(row) ?? []);
  return known.length === 0 || known.length < measured.length ? undefined : pick(...known);
}

/** Over the runs whose median has an interval. */
function typicalMedian(rows: readonly ReportStage[]): Pick<ReportStage, "p50Ms" | "p50RangeMs" | "ci95Ms"> {
  const known = rows.flatMap(({ p50Ms, p50RangeMs, ci95Ms }) =>
    p50Ms === undefined || ci95Ms === undefined
      ? []
      : [{ value: p50Ms, interval: ci95Ms, ...(p50RangeMs === undefined ? {} : { range: p50RangeMs }) }],
  );
  if (known.length === 0) return {};
  const { value, interval, range } = poolRuns(known);
  const rounded = ([low, high]: readonly [number, number]) => [roundMicroseconds(low), roundMicroseconds(high)] as const;
  return {
    p50Ms: roundMicroseconds(value),
    ...(range === undefined ? {} : { p50RangeMs: rounded(range) }),
    ...(interval === undefined ? {} : { ci95Ms: rounded(interval) }),
  };
}
