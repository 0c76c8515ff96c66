import type { Claim } from "../model/claim.js";
import type { Measurement } from "../model/measurement.js";
import { type PooledEstimate, poolEstimates } from "../model/random-effects.js";
import { Z95 } from "../model/rank-test.js";
import type { PooledClaim, PooledValue, Report, ReportClaim } from "../model/report.js";
import type { Evidence } from "../model/source.js";
import { median } from "../model/statistics.js";
import { documentedText } from "./claim-changes.js";

/** Holds a measurement against a claim by the rules of a single run. */
export type Judge = (claim: Claim, measurement: Measurement) => ReportClaim;

export interface PooledVerdict {
  readonly row: ReportClaim;
  readonly pooled: PooledClaim;
  /** What the verdict rests on, where it is a number. */
  readonly measurement?: Measurement;
}

type Measured = NonNullable<ReportClaim["measured"]>;

/** Numbers of which each run has one. */
const OF_A_RUN: ReadonlySet<string> = new Set(["mean", "peak", "max", "total", "count"]);
const STATISTICS = ["median", "mean", "peak", "max", "total", "count", "setting", "fit"] as const;

/** One verdict for a claim from those of several runs; undefined where no report holds the claim as it is documented now. */
export function poolClaim(claim: Claim, reports: readonly Report[], judge: Judge): PooledVerdict | undefined {
  const found = reports.map((report) => report.claims.find(({ id }) => id === claim.id));
  const runs = found.map((row, run) => valueUnder(claim, row, run));
  const used = found.flatMap((row, run) => (row === undefined || runs[run]?.leftOut !== undefined ? [] : [row]));
  const evidence = reports.flatMap((_, run) => (runs[run]?.leftOut === undefined ? shifted(found[run]?.evidence ?? [], reports, run) : []));
  const measured = used.flatMap((row) => row.measured ?? []);
  const whole = measured.length === used.length && used.length > 0;
  if (whole && claim.deployed === undefined && measured.every(({ intervalKind }) => intervalKind === "confidence"))
    return byEstimate(claim, measured, evidence, runs, judge);
  if (whole && claim.deployed === undefined && measured.every(({ statistic }) => OF_A_RUN.has(statistic)))
    return byRange(claim, measured, evidence, runs, judge);
  return byVerdicts(claim, found, used, evidence, runs);
}

function valueUnder(claim: Claim, row: ReportClaim | undefined, run: number): PooledValue {
  if (row === undefined) return { run, verdict: "not-measured", leftOut: "absent" };
  const { verdict, measured, documented } = row;
  const values = measured === undefined ? {} : { value: measured.value, n: measured.n };
  const leftOut = documentedText(documented) !== documentedText(claim.documented) ? "documented-differently" : reasonToLeaveOut(row);
  return { run, verdict, ...values, ...(leftOut === undefined ? {} : { leftOut }) };
}

function reasonToLeaveOut({ verdict, measured, reason }: ReportClaim): PooledValue["leftOut"] {
  if (verdict === "not-applicable" || verdict === "not-measured") return verdict;
  return measured !== undefined && reason.key === "too-few-samples" ? "too-few" : undefined;
}

/** A typical value over runs: each with its own median and the error that its interval and its stamps leave. */
function byEstimate(
  claim: Claim,
  measured: readonly Measured[],
  evidence: readonly Evidence[],
  runs: readonly PooledValue[],
  judge: Judge,
): PooledVerdict {
  const estimate = measured.length > 1 ? poolEstimates(measured.map(errorOf)) : undefined;
  const [only] = measured;
  // Nothing that is measured here can be negative, however few the runs.
  const value = estimate?.value ?? only?.value ?? 0;
  // What ends known only as ranges leave open is the same way in every run, and does not average out.
  const below = Math.max(...measured.map((each) => each.value - (each.range?.[0] ?? each.value)));
  const above = Math.max(...measured.map((each) => (each.range?.[1] ?? each.value) - each.value));
  const interval =
    estimate === undefined ? only?.ci95 : ([Math.max(0, estimate.interval[0] - below), estimate.interval[1] + above] as const);
  const measurement: Measurement = {
    ...sums(measured, evidence),
    value,
    ...(below + above > 0 ? { range: [value - below, value + above] as const } : {}),
    ...(interval === null || interval === undefined ? {} : { interval }),
    intervalKind: "confidence",
  };
  const row = judge(claim, measurement);
  return {
    row: { ...row, reason: ofRuns(row.reason, measured.length) },
    pooled: { id: claim.id, by: "estimate", runs, ...spreadOf(estimate) },
    measurement,
  };
}

function errorOf({ value, ci95, range }: Measured): { value: number; standardError: number } {
  const [low, high] = ci95 ?? [value, value];
  const open = range === undefined ? 0 : range[1] - range[0];
  return { value, standardError: Math.max(0, high - low - open) / (2 * Z95) };
}

function spreadOf(estimate: PooledEstimate | undefined): Pick<PooledClaim, "betweenRuns" | "runsDiffer"> {
  return estimate === undefined ? {} : { betweenRuns: estimate.betweenRuns, runsDiffer: estimate.runsDiffer };
}

/** More samples of the same runs would not settle what lies between runs: only more runs would. */
function ofRuns(reason: ReportClaim["reason"], runs: number): ReportClaim["reason"] {
  if (runs < 2 || (reason.key !== "interval-crosses-limit" && reason.key !== "value-on-limit")) return reason;
  const { moreSamples: _, ...values } = reason.values;
  return { key: "pooled-crosses-limit", values: { ...values, runs } };
}

/** From the lowest to the highest that any run's number can be. */
function byRange(
  claim: Claim,
  measured: readonly Measured[],
  evidence: readonly Evidence[],
  runs: readonly PooledValue[],
  judge: Judge,
): PooledVerdict {
  const values = measured.map(({ value }) => value);
  const ends = measured.flatMap(({ value, ci95 }) => ci95 ?? [value]);
  const measurement: Measurement = {
    ...sums(measured, evidence),
    value: median(values),
    interval: [Math.min(...ends), Math.max(...ends)],
    intervalKind: "band",
    n: measured.length,
    samples: values,
  };
  return { row: judge(claim, measurement), pooled: { id: claim.id, by: "range", runs }, measurement };
}

function sums(measured: readonly Measured[], evidence: readonly Evidence[]): Omit<Measurement, "value" | "interval" | "intervalKind"> {
  const sum = (of: (each: Measured) => number) => measured.reduce((total, each) => total + of(each), 0);
  const statistic = STATISTICS.find((name) => name === measured[0]?.statistic) ?? "median";
  return {
    unit: measured[0]?.unit ?? "count",
    statistic,
    n: sum(({ n }) => n),
    resolution: Math.max(...measured.map(({ resolution }) => resolution)),
    samples: measured.flatMap(({ samples }) => samples),
    censored: sum(({ censored }) => censored),
    failed: sum(({ failed }) => failed),
    evidence,
  };
}

/** Settings and fits do not average: the runs agree on the verdict, or they do not. */
function byVerdicts(
  claim: Claim,
  found: readonly (ReportClaim | undefined)[],
  used: readonly ReportClaim[],
  evidence: readonly Evidence[],
  runs: readonly PooledValue[],
): PooledVerdict | undefined {
  const shown = used.at(-1) ?? found.findLast((row) => row !== undefined);
  if (shown === undefined) return undefined;
  const { suggestion, measured, ...rest } = shown;
  const pooled: PooledClaim = { id: claim.id, by: "verdicts", runs };
  if (used.length === 0) return { row: { ...rest, ...unusable(shown, runs), evidence: [] }, pooled };
  const agree = used.every(({ verdict }) => verdict === shown.verdict);
  if (!agree)
    return {
      row: { ...rest, verdict: "inconclusive", reason: { key: "pooled-verdicts-differ", values: { runs: used.length } }, evidence },
      pooled,
    };
  const sameValue = used.every((row) => row.measured?.value === measured?.value);
  return {
    row: {
      ...rest,
      ...(sameValue && measured !== undefined ? { measured } : {}),
      ...(suggestion === undefined ? {} : { suggestion }),
      reason: { key: "pooled-verdicts-agree", values: { runs: used.length } },
      evidence,
    },
    pooled,
  };
}

/** No run could be used: not applicable where that is true of all, else not measured. */
function unusable({ verdict, reason }: ReportClaim, runs: readonly PooledValue[]): Pick<ReportClaim, "verdict" | "reason"> {
  if (runs.every(({ leftOut }) => leftOut === "not-applicable") || runs.every(({ leftOut }) => leftOut === "not-measured"))
    return { verdict, reason };
  if (runs.every(({ leftOut }) => leftOut === "too-few")) return { verdict: "inconclusive", reason };
  return { verdict: "not-measured", reason: { key: "pooled-nothing", values: { runs: runs.length } } };
}

/** Evidence of one run as indexes into the sources of all. */
function shifted(evidence: readonly Evidence[], reports: readonly Report[], run: number): Evidence[] {
  const before = reports.slice(0, run).reduce((sum, { sources }) => sum + sources.length, 0);
  return evidence.map((line) => ({ ...line, source: line.source + before }));
}
