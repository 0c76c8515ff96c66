import type { Claim } from "../model/claim.js";
import { keptSamples } from "../model/collections/evenly.js";
import type { Measurement } from "../model/measurement.js";
import type { PooledClaim, PooledValue, Report, ReportClaim } from "../model/report.js";
import type { Evidence } from "../model/source.js";
import type { PooledEstimate } from "../model/statistics/random-effects.js";
import { median } from "../model/statistics/statistics.js";
import { documentedText } from "./claim-changes.js";
import { poolRuns } from "./pool-values.js";

/** Holds a measurement against a claim by the rules of a single run. */
type Judge = (claim: Claim, measurement: Measurement) => ReportClaim;

/** What pooling needs to know of a claim. */
export interface ClaimRules {
  readonly judge: Judge;
  /** What it documents, as a report tells it. */
  readonly documented: (claim: Claim) => ReportClaim["documented"];
}

export interface PooledVerdict {
  readonly row: ReportClaim;
  readonly pooled: PooledClaim;
  /** What the verdict rests on, where it is a number; of samples that the reports do not hold in full only the extremes, and nothing where they do not hold these either. */
  readonly measurement?: Measurement;
}

type Measured = NonNullable<ReportClaim["measured"]>;

/** A claim with what each run says of it, and the lines of those that are used. */
interface Pooling {
  readonly claim: Claim;
  readonly runs: readonly PooledValue[];
  readonly evidence: readonly Evidence[];
}

/** Numbers of which each run has one. */
const OF_A_RUN: ReadonlySet<string> = new Set(["mean", "peak", "max", "total", "count"]);
const STATISTICS = ["median", "mean", "peak", "max", "total", "count", "setting", "fit"] as const;

/** One verdict for a claim from those of several runs; undefined where no report holds the claim as it is documented now. */
export function poolClaim(claim: Claim, reports: readonly Report[], { judge, documented }: ClaimRules): PooledVerdict | undefined {
  const found = reports.map((report) => report.claims.find(({ id }) => id === claim.id));
  const runs = found.map((row, run) => valueUnder(claim, row, run));
  const used = found.flatMap((row, run) => (row === undefined || runs[run]?.leftOut !== undefined ? [] : [row]));
  const evidence = reports.flatMap((_, run) => (runs[run]?.leftOut === undefined ? shifted(found[run]?.evidence ?? [], reports, run) : []));
  const pooling = { claim, runs, evidence };
  const measured = used.flatMap((row) => row.measured ?? []);
  const whole = measured.length === used.length && used.length > 0;
  if (whole && claim.deployed === undefined && measured.every(({ intervalKind }) => intervalKind === "confidence"))
    return byEstimate(pooling, used, judge);
  if (whole && claim.deployed === undefined && measured.every(({ statistic, atLeast }) => OF_A_RUN.has(statistic) && atLeast === undefined))
    return byRange(pooling, measured, judge);
  const pooled = byVerdicts(pooling, found, used);
  // What the runs' documents said then is not what is judged now.
  return pooled && { ...pooled, row: { ...pooled.row, documented: used[0]?.documented ?? documented(claim) } };
}

function valueUnder(claim: Claim, row: ReportClaim | undefined, run: number): PooledValue {
  if (row === undefined) return { run, verdict: "not-measured", leftOut: "absent" };
  const { verdict, measured, documented } = row;
  const values = measured === undefined ? {} : { value: measured.value, ...bandOf(measured), n: measured.n, ...lowerBoundOf(measured) };
  const leftOut = documentedText(documented) !== documentedText(claim.documented) ? "documented-differently" : reasonToLeaveOut(row);
  return { run, verdict, ...values, ...(leftOut === undefined ? {} : { leftOut }) };
}

function bandOf({ intervalKind, ci95 }: Measured): Pick<PooledValue, "band"> {
  return intervalKind === "band" && ci95 !== null && ci95[0] < ci95[1] ? { band: ci95 } : {};
}

function lowerBoundOf({ atLeast }: Measured): Pick<PooledValue, "atLeast"> {
  return atLeast === undefined ? {} : { atLeast };
}

function reasonToLeaveOut({ verdict, measured, reason }: ReportClaim): PooledValue["leftOut"] {
  if (verdict === "not-applicable" || verdict === "not-measured") return verdict;
  return measured !== undefined && reason.key === "too-few-samples" ? "too-few" : undefined;
}

/** A typical value over runs. What counts samples is added up from the runs' own counts: a report need not hold all of its samples. */
function byEstimate({ claim, runs, evidence }: Pooling, used: readonly ReportClaim[], judge: Judge): PooledVerdict {
  const measured = used.flatMap((row) => row.measured ?? []);
  const { estimate, ...typical } = poolRuns(measured.map((each) => ({ ...each, interval: each.ci95 })));
  const samples = ofAll(measured, allSamples) ?? [];
  const measurement: Measurement = { ...sums(measured, evidence), ...typical, intervalKind: "confidence", samples };
  const row = judge(claim, measurement);
  const extremes = ofAll(measured, (each) => each.extremes ?? allSamples(each));
  return {
    row: {
      ...row,
      ...(row.measured === undefined ? {} : { measured: withCounts(row.measured, measured) }),
      reason: ofRuns(withExceptions(row.reason, used), measured.length),
    },
    pooled: { id: claim.id, by: "estimate", runs, ...spreadOf(estimate) },
    ...(extremes === undefined ? {} : { measurement: { ...measurement, samples: extremes } }),
  };
}

/** All samples of a run; undefined where its report holds only some. */
function allSamples({ samples, n }: Measured): readonly number[] | undefined {
  return samples.length > 0 && samples.length < n ? undefined : samples;
}

/** What every run has of something; undefined where one has not. */
function ofAll(measured: readonly Measured[], of: (each: Measured) => readonly number[] | undefined): readonly number[] | undefined {
  const found = measured.map(of);
  return found.includes(undefined) ? undefined : found.flatMap((each) => each ?? []);
}

/** The samples that the runs keep, and how many of all of them stood out from the others of their run. */
function withCounts({ outliers: _, ...pooled }: Measured, measured: readonly Measured[]): Measured {
  const outliers = measured.reduce((sum, each) => sum + (each.outliers ?? 0), 0);
  return { ...pooled, samples: keptSamples(measured.flatMap(({ samples }) => samples)), ...(outliers === 0 ? {} : { outliers }) };
}

/** Where every run says how many of its samples differ from an exact count, so do all. */
function withExceptions(reason: ReportClaim["reason"], used: readonly ReportClaim[]): ReportClaim["reason"] {
  const counts = used.map((row) => differingOf(row.reason));
  if (reason.key !== "interval-inside" || counts.includes(undefined)) return reason;
  const { value = 0, n = 0 } = reason.values;
  const differing = counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
  return differing === 0
    ? { key: "exactly-confirmed", values: { value, n } }
    : { key: "exactly-with-exceptions", values: { value, n, differing } };
}

function differingOf({ key, values }: ReportClaim["reason"]): number | undefined {
  if (key === "exactly-confirmed") return 0;
  return key === "exactly-with-exceptions" ? Number(values.differing) : undefined;
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
function byRange({ claim, runs, evidence }: Pooling, measured: readonly Measured[], judge: Judge): PooledVerdict {
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

function sums(
  measured: readonly Measured[],
  evidence: readonly Evidence[],
): Omit<Measurement, "value" | "interval" | "intervalKind" | "samples"> {
  const sum = (of: (each: Measured) => number) => measured.reduce((total, each) => total + of(each), 0);
  const unknown = sum(({ unknown = 0 }) => unknown);
  const statistic = STATISTICS.find((name) => name === measured[0]?.statistic) ?? "median";
  return {
    unit: measured[0]?.unit ?? "count",
    statistic,
    n: sum(({ n }) => n),
    resolution: Math.max(...measured.map(({ resolution }) => resolution)),
    censored: sum(({ censored }) => censored),
    failed: sum(({ failed }) => failed),
    ...(unknown === 0 ? {} : { unknown }),
    evidence,
  };
}

/** Settings, fits and lower bounds do not average: the runs agree on the verdict, or they do not. */
function byVerdicts(
  { claim, runs, evidence }: Pooling,
  found: readonly (ReportClaim | undefined)[],
  used: readonly ReportClaim[],
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
