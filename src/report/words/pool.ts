/** What a report of several runs says of each of them, as phrases for every form. */

import type { PooledClaim, PooledRun, PooledValue, Report, ReportClaim, Verdict } from "../../model/report.js";
import { isBandAlone } from "../../model/reports/open-jobs-mean.js";
import { isOfJobsAlone } from "../../model/reports/run-jobs.js";
import type { Locale } from "../locales/index.js";
import { measuredDecimals, measuredNumber, measuredValue } from "./claim-values.js";
import { meanNumber, number, peakNumber, percent } from "./numbers.js";
import { capitalised, join, ltr, type Phrase, plain, say } from "./phrase.js";
import { timesOf } from "./times.js";
import { VERDICT_SIGNS } from "./verdicts.js";

/** A cell of the table of claims; the verdict beside it is a sign, drawn or written. */
export interface PoolCell {
  readonly text: Phrase;
  readonly verdict?: Verdict;
}

const NOTHING: Phrase = plain("–");

/** Headings of `runCells`. */
export function runHeadings(locale: Locale): readonly Phrase[] {
  const keys = ["run", "when", "investigations", "ended-well", "mean", "peak", "minutes"] as const;
  return keys.map((key) => say(locale, `pool.${key}`));
}

/** Number and title, day, size and whole-run numbers of each run. */
export function runCells(report: Report, locale: Locale): readonly (readonly Phrase[])[] {
  const times = timesOf(report, locale);
  const count = (value: number | undefined, decimals: number) => (value === undefined ? NOTHING : number(locale, value, decimals));
  return (report.pooled?.runs ?? []).map((run, index) => [
    runName(run, index),
    [{ text: times.date(run.window?.from ?? run.windowLocal?.from ?? run.generatedAt) }],
    count(sizeOf(run, report).n, 0),
    count(sizeOf(run, report).ok, 0),
    meanOf(run, locale),
    peakOf(run, locale),
    count(run.durationMs === undefined ? undefined : run.durationMs / 60_000, 1),
  ]);
}

function meanOf({ meanOpenJobs: mean, meanOpenJobsRange: meanRange, part }: PooledRun, locale: Locale): Phrase {
  if (part !== undefined) return NOTHING;
  return mean === undefined ? NOTHING : meanNumber(locale, { mean, meanRange: meanRange ?? [mean, mean] }, 2);
}

function peakOf({ peakOpenJobs: peak, peakOpenJobsRange: peakRange, part }: PooledRun, locale: Locale): Phrase {
  if (peak !== undefined && part !== undefined) return say(locale, "operator.at-least", { x: number(locale, peakRange?.[0] ?? peak, 0) });
  return peak === undefined ? NOTHING : peakNumber(locale, { peak, ...(peakRange && { peakRange }) });
}

function runName({ runTitle }: PooledRun, index: number): Phrase {
  const shown = ltr(String(index + 1));
  return runTitle === null ? shown : [...shown, { text: ": " }, { text: runTitle, isolate: "auto" }];
}

/** Investigations of a run, or its Jobs where no run of the report tells of any, and how many of them went well. */
export function sizeOf({ investigations, ok, jobs }: PooledRun, report: Report): { readonly n: number; readonly ok: number } {
  return jobs !== undefined && isOfJobsAlone(report) ? { n: jobs.count, ok: jobs.ok } : { n: investigations, ok };
}

/** Headings of `claimCells`. */
export function claimHeadings(report: Report, locale: Locale): readonly Phrase[] {
  const runs = (report.pooled?.runs ?? []).map((_, index) => say(locale, "pool.values", { run: index + 1 }));
  return [say(locale, "claims.claim"), ...runs, say(locale, "pool.together"), say(locale, "pool.between")];
}

/** Each claim that at least one run measured: its value in each run, over all, and what lies between runs. */
export function claimCells(report: Report, locale: Locale): readonly (readonly PoolCell[])[] {
  return pairs(report).flatMap(({ claim, pooled }) => {
    if (pooled.runs.every(({ value, leftOut }) => value === undefined && leftOut !== undefined)) return [];
    const together = claim.measured === undefined ? NOTHING : measuredValue(locale, claim.measured);
    const between = pooled.betweenRuns === undefined ? NOTHING : valuePhrase(pooled.betweenRuns, claim, locale);
    return [
      [
        { text: plain(capitalised(claim.title[locale.language])) },
        ...pooled.runs.map((run) => runValue(run, claim, locale)),
        { text: together, verdict: claim.verdict },
        { text: between },
      ],
    ];
  });
}

/** In which claims the runs differ by more than chance. */
export function heterogeneityPhrase(report: Report, locale: Locale): Phrase {
  const differing = pairs(report).filter(({ pooled }) => pooled.runsDiffer === true);
  if (differing.length === 0) return say(locale, "pool.alike");
  const titles = differing.map(({ claim }) => plain(claim.title[locale.language]));
  return say(locale, "pool.differ", { claims: join(titles, ", ") });
}

function pairs(report: Report): { readonly claim: ReportClaim; readonly pooled: PooledClaim }[] {
  const byId = new Map(report.claims.map((claim) => [claim.id, claim]));
  return (report.pooled?.claims ?? []).flatMap((pooled) => {
    const claim = byId.get(pooled.id);
    return claim === undefined ? [] : [{ claim, pooled }];
  });
}

function runValue(run: PooledValue, claim: ReportClaim, locale: Locale): PoolCell {
  const { leftOut, verdict, value } = run;
  if (leftOut === "not-applicable" || leftOut === "not-measured") return { text: say(locale, `verdict.${leftOut}`) };
  const text = value === undefined ? NOTHING : (openPhrase(run, claim, locale) ?? valuePhrase(value, claim, locale));
  return leftOut === undefined ? { text, verdict } : { text: [...text, ...plain(" ("), ...say(locale, `pool.${leftOut}`), ...plain(")")] };
}

/** A mean or a peak of which a run knows only the band, or a number of which it knows only the least; undefined for all else. */
function openPhrase({ value, band, atLeast }: PooledValue, claim: ReportClaim, locale: Locale): Phrase | undefined {
  if (atLeast !== undefined) return say(locale, "operator.at-least", { x: valuePhrase(atLeast, claim, locale) });
  const { measured } = claim;
  if (measured === undefined || value === undefined || band === undefined) return undefined;
  const own = { ...measured, value, ci95: band };
  return isBandAlone(own) ? measuredNumber(locale, own) : undefined;
}

/** A cell as text alone. */
export function cellPhrase({ text, verdict }: PoolCell): Phrase {
  return verdict === undefined ? text : [...text, ...plain(` ${VERDICT_SIGNS[verdict]}`)];
}

/** A number with the decimals of the claim over all runs, else with what four digits hold. */
function valuePhrase(value: number, { measured, documented }: ReportClaim, locale: Locale): Phrase {
  if (documented.unit === "share") return percent(locale, value);
  const decimals =
    measured === undefined ? (Number.isInteger(value) ? 0 : 1) : Math.max(measuredDecimals(measured), Number.isInteger(value) ? 0 : 1);
  return number(locale, value, decimals);
}
