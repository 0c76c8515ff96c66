import type { Claim, ClaimsFile } from "../model/claim.js";
import { namesOf, parseExpression } from "../model/expressions/expression.js";
import { evaluateInterval } from "../model/expressions/interval-expression.js";
import type { Measured, Measurement, MetricSpec } from "../model/measurement.js";
import type { JobLife, LifePart, MeanDifference, MeanUnexplained, ReportConcurrency } from "../model/report.js";
import { AFTER_DISCONNECT } from "../model/reports/measures.js";
import { isOneNumber } from "../model/reports/open-jobs-mean.js";
import type { Reason } from "../model/source.js";
import { roundMicroseconds } from "../model/time.js";
import { type ClaimContext, claimFor, documentedLife, documentedNumber } from "./claims/index.js";
import type { Concurrency } from "./concurrency/concurrency.js";

/** The whole life of a Job, whoever used it. */
const WHOLE_LIFE: MetricSpec = { metric: "job-duration", from: "created", to: "gone", population: "all" };

/**
 * The parts of a typical Job's life, as documented and, by the same arithmetic over the measured values, as measured. What follows the
 * disconnect is split only where the polling was identified; otherwise it is one part. Where a part was not measured, why, and how long
 * Jobs lived in all, where that is known.
 */
export function jobLife(file: ClaimsFile, measured: (spec: MetricSpec) => Measured, context: ClaimContext): JobLife {
  const documented = documentedLife(file);
  const parts = measuredParts(file, measured, context, documented);
  const bounds = boundsAfterDisconnect(
    file,
    measured,
    parts.find(({ part }) => part === "after-disconnect"),
  );
  const divided = bounds === undefined ? {} : { afterDisconnect: bounds };
  const isMeasured = ({ part }: LifePart) =>
    parts.some((found) => found.part === part || (found.part === "after-disconnect" && AFTER_DISCONNECT.has(part)));
  const missing = documented.find((part) => !isMeasured(part));
  if (missing === undefined) return { documented, measured: parts, ...divided };
  const why = reasonFor(missing.part, file, measured, context);
  const whole = measured(WHOLE_LIFE);
  return {
    documented,
    measured: parts,
    ...divided,
    ...(why === undefined ? {} : { missing: { part: missing.part, ...why } }),
    ...("measurement" in whole ? { whole: wholeLife(whole.measurement) } : {}),
  };
}

function wholeLife({ value, n, interval }: Measurement): NonNullable<JobLife["whole"]> {
  return { durationMs: value * 1000, n, ...(interval === undefined ? {} : { ci95Ms: [interval[0] * 1000, interval[1] * 1000] }) };
}

/** Why a part was not measured: what follows the disconnect as a whole, every other part by the first of its claims that was not. */
function reasonFor(
  part: LifePart["part"],
  file: ClaimsFile,
  measured: (spec: MetricSpec) => Measured,
  context: ClaimContext,
): Reason | undefined {
  const cleanup = AFTER_DISCONNECT.has(part) ? claimFor(file, "cleanupAfterDisconnect", context) : undefined;
  const duration = file.life.find((entry) => entry.part === part)?.duration;
  const ids = cleanup !== undefined || duration === undefined ? [] : namesOf(parseExpression(duration));
  const claims = cleanup === undefined ? file.claims.filter(({ id }) => ids.includes(id)) : [cleanup];
  const results = claims.map((claim) => measured(claim.measure));
  return results.flatMap((result) => ("notMeasured" in result ? [result.notMeasured] : []))[0];
}

function measuredParts(
  file: ClaimsFile,
  measured: (spec: MetricSpec) => Measured,
  context: ClaimContext,
  documented: readonly LifePart[],
): LifePart[] {
  const measuredValue = (id: string): { value: number; n: number } | undefined => {
    const claim = file.claims.find((candidate) => candidate.id === id);
    const result = claim === undefined ? undefined : measured(claim.measure);
    if (result === undefined || !("measurement" in result) || (result.measurement.ambiguous?.length ?? 0) > 1) return undefined;
    return { value: result.measurement.value, n: result.measurement.n };
  };
  const parts: LifePart[] = [];
  for (const { part, duration } of file.life) {
    const samples: number[] = [];
    const interval = evaluateInterval(parseExpression(duration), (name) => {
      const found = measuredValue(name);
      if (found === undefined) return undefined;
      samples.push(found.n);
      return { interval: [found.value, found.value] };
    });
    if (interval === undefined) continue;
    parts.push({
      part,
      durationMs: Math.max(0, ((interval[0] + interval[1]) / 2) * 1000),
      ...(samples.length === 0 ? {} : { n: Math.min(...samples) }),
    });
  }
  const after = documented.filter((part) => AFTER_DISCONNECT.has(part.part));
  const measuredAfter = parts.filter((part) => AFTER_DISCONNECT.has(part.part));
  if (after.length === 0 || measuredAfter.length === after.length) return parts;
  const before = parts.filter((part) => !AFTER_DISCONNECT.has(part.part));
  const cleanup: Claim | undefined = claimFor(file, "cleanupAfterDisconnect", context);
  const whole = cleanup === undefined ? undefined : measuredValue(cleanup.id);
  return whole === undefined ? before : [...before, { part: "after-disconnect", durationMs: whole.value * 1000, n: whole.n }];
}

/** Sums that differ by less are the same. */
const EQUAL_MS = 1;

/** Between what each part that follows the disconnect lies, by all that explains the deletions; undefined where one of them was not measured, or they may not add up to the whole. */
function boundsAfterDisconnect(
  file: ClaimsFile,
  measured: (spec: MetricSpec) => Measured,
  whole: LifePart | undefined,
): JobLife["afterDisconnect"] {
  if (whole === undefined) return undefined;
  const parts = file.life.filter(({ part }) => AFTER_DISCONNECT.has(part));
  const bounds = parts.flatMap(({ part, duration }) => {
    const interval = evaluateInterval(parseExpression(duration), (name) => {
      const claim = file.claims.find(({ id }) => id === name);
      const result = claim === undefined ? undefined : measured(claim.measure);
      if (result === undefined || !("measurement" in result)) return undefined;
      const { value, interval, ambiguous = [] } = result.measurement;
      const known = ambiguous.length > 1 ? interval : ([value, value] as const);
      return known && { interval: known };
    });
    return interval === undefined ? [] : [{ part, low: interval[0] * 1000, high: interval[1] * 1000 }];
  });
  const low = bounds.reduce((all, bound) => all + bound.low, 0);
  const high = bounds.reduce((all, bound) => all + bound.high, 0);
  // Checks may begin before the disconnect, where a reading missed the use: then the parts together are longer than what follows it.
  const isLonger = bounds.some((bound) => low - bound.low + bound.high > whole.durationMs + EQUAL_MS);
  if (bounds.length < parts.length || isLonger || high < whole.durationMs - EQUAL_MS) return undefined;
  return bounds.map((bound) => ({ part: bound.part, rangeMs: [roundMicroseconds(bound.low), roundMicroseconds(bound.high)] }));
}

/** Means of open Jobs are told in tenths: what is less in them explains nothing. */
const ZERO_IN_TENTHS = 0.05;

/**
 * Why the documented and the measured mean of open Jobs differ: the documents' own arithmetic, leaked Jobs, and a cleanup of another length; without those that are zero in
 * tenths, or within what the measured mean leaves open. Or why that cannot be said: of Jobs that are in no capture it takes no part, and of a mean that is only a range any part
 * may be an artefact. The mean of a part of the run is held against no document, and where no cause is left there is nothing to say.
 */
export function meanDifference(
  file: ClaimsFile,
  concurrency: Concurrency & Pick<ReportConcurrency, "part">,
  context: ClaimContext,
): { readonly difference?: MeanDifference; readonly unexplained?: MeanUnexplained } {
  const { openJobs, documented: curves, leaks, unseenJobs, part } = concurrency;
  const documented = documentedNumber(file, "meanOpenJobs", context);
  if (documented === undefined || openJobs === undefined) return {};
  if (unseenJobs !== undefined) return { unexplained: "unseen-jobs" };
  const documentedCurve = curves?.fromDisconnect?.steps.mean;
  if (documentedCurve === undefined || part !== undefined) return {};
  const measured = openJobs.steps.mean;
  if (!isOneNumber({ mean: measured, meanRange: openJobs.meanRange })) return { unexplained: "mean-is-range" };
  const [lowest, highest] = openJobs.meanRange;
  const leastTold = Math.max(ZERO_IN_TENTHS, measured - lowest, highest - measured);
  const causes: MeanDifference["causes"] = [
    { cause: "arithmetic", jobs: documentedCurve - documented },
    ...(leaks === undefined ? [] : [{ cause: "leaks", jobs: leaks.meanJobs, n: leaks.count } as const]),
    { cause: "cleanup", jobs: measured - documentedCurve - (leaks?.meanJobs ?? 0) },
  ];
  const told = causes.filter(({ jobs }) => Math.abs(jobs) >= leastTold);
  return told.length === 0 ? {} : { difference: { documented, documentedCurve, measured, causes: told } };
}
