/** What a comparison with an earlier run says, as phrases for every form. */

import type {
  BandedValue,
  ComparedSample,
  DurationComparison,
  NameChange,
  Report,
  ReportComparison,
  RunLevelComparison,
} from "../../model/report.js";
import { isOneNumber, type RangedMean } from "../../model/reports/open-jobs-mean.js";
import { isOfJobsAlone, runJobs } from "../../model/reports/run-jobs.js";
import { roundTo } from "../../model/statistics/rounding.js";
import type { Locale } from "../locales/index.js";
import { documentedValue } from "./claim-values.js";
import { decimalsFor, meanDecimals, meanNumber, number, peakNumber, withUnit } from "./numbers.js";
import { capitalised, join, ltr, type Phrase, plain, say, sayIfKnown } from "./phrase.js";
import { timesOf } from "./times.js";

/** The earlier run by its title (else its number of investigations, or of Jobs) and its day. */
export function baselinePhrase(report: Report, { baseline }: ReportComparison, locale: Locale): Phrase {
  const title: Phrase = baseline.runTitle === null ? sizePhrase(baseline, locale) : [{ text: baseline.runTitle, isolate: "auto" }];
  const began = baseline.window?.from ?? baseline.windowLocal?.from ?? baseline.generatedAt;
  return say(locale, "compare.run", { title, date: [{ text: timesOf(report, locale).date(began) }] });
}

function sizePhrase({ jobs, investigations }: ReportComparison["baseline"], locale: Locale): Phrase {
  return jobs === undefined ? say(locale, "title.investigations", { n: investigations }) : say(locale, "title.jobs", { n: jobs.count });
}

/** How many stages got longer, how many results worse. */
export function comparisonSummary({ durations, verdicts }: ReportComparison, locale: Locale): Phrase {
  const count = (finding: DurationComparison["finding"]) => durations.filter((row) => row.finding === finding).length;
  return say(locale, "compare.summary", {
    longer: count("longer"),
    shorter: count("shorter"),
    same: count("no-change-seen"),
    worse: verdicts.filter(({ direction }) => direction === "worse").length,
  });
}

/** How many investigations, or Jobs, each run had: mean, peak and length depend on it. */
export function sizesPhrase(report: Report, { baseline }: ReportComparison, locale: Locale): Phrase {
  if (baseline.jobs !== undefined && isOfJobsAlone(report))
    return say(locale, "compare.sizes-jobs", { a: baseline.jobs.count, b: runJobs(report).length });
  const ok = report.investigations.filter((entry) => entry.outcome === "ok").length;
  const investigations = (n: number): Phrase => say(locale, "title.investigations", { n });
  return say(locale, "compare.sizes", {
    a: investigations(baseline.investigations),
    b: baseline.ok,
    c: investigations(report.investigations.length),
    d: ok,
  });
}

/** Decimals that the interval of the difference deserves; without one those of milliseconds for short stages. */
function differenceDecimals({ ci95Ms, before, after }: DurationComparison): number {
  if (ci95Ms !== undefined && ci95Ms[1] > ci95Ms[0]) return decimalsFor((ci95Ms[1] - ci95Ms[0]) / 1000);
  return Math.min(before.medianMs ?? 1000, after.medianMs ?? 1000) < 1000 ? 2 : 1;
}

/** Decimals of both medians: those of the difference, and one more where rounding them would show another difference than theirs. */
function medianDecimals(row: DurationComparison): number {
  const decimals = differenceDecimals(row);
  const [before, after] = [row.before.medianMs, row.after.medianMs];
  if (before === undefined || after === undefined) return decimals;
  const shown = (ms: number): number => roundTo(ms / 1000, decimals);
  return roundTo(shown(after) - shown(before), decimals) === shown(after - before) ? decimals : decimals + 1;
}

/** Median of one side in seconds; a dash where there is none. */
export function medianPhrase(row: DurationComparison, side: ComparedSample, locale: Locale): Phrase {
  return side.medianMs === undefined ? plain("–") : number(locale, side.medianMs / 1000, medianDecimals(row));
}

/** "277", "240, 3 failed, 2 cut off". */
export function countPhrase({ n, failed, censored }: ComparedSample, locale: Locale): Phrase {
  const parts: Phrase[] = [number(locale, n, 0)];
  if (failed > 0) parts.push(say(locale, "compare.failed", { n: failed }));
  if (censored > 0) parts.push(say(locale, "compare.cut-off", { n: censored }));
  return join(parts, ", ");
}

/** What a row says in words. */
export function durationFinding(row: DurationComparison, locale: Locale): Phrase {
  const { finding, shiftMs, ci95Ms, detectableMs, reason } = row;
  if (finding === "not-compared" || shiftMs === undefined || ci95Ms === undefined || detectableMs === undefined) {
    return (reason && sayIfKnown(locale, `compare.${reason.key}`, reason.values)) ?? plain("–");
  }
  const decimals = differenceDecimals(row);
  const seconds = (ms: number): Phrase => number(locale, ms / 1000, decimals);
  const [low, high] = ci95Ms;
  if (finding === "longer") return say(locale, "compare.longer", { x: seconds(shiftMs), a: seconds(low), b: seconds(high) });
  if (finding === "shorter") return say(locale, "compare.shorter", { x: seconds(-shiftMs), a: seconds(-high), b: seconds(-low) });
  // Without signs: in a line of Hebrew a minus strays to the other side of its number. Rounded up: a smaller change may well have passed unseen.
  const detectable = Math.ceil((detectableMs / 1000) * 10 ** decimals) / 10 ** decimals;
  return say(locale, "compare.no-change-seen", {
    a: seconds(Math.abs(low)),
    b: seconds(Math.abs(high)),
    d: number(locale, detectable, decimals),
  });
}

/** Both values of a number of the whole run with their unit, and what they say. */
export function runLevelPhrases(
  row: RunLevelComparison,
  locale: Locale,
): { readonly title: Phrase; readonly before: Phrase; readonly after: Phrase; readonly finding: Phrase } {
  const shown = (side: BandedValue) => withUnit(locale, runLevelNumber(row, side, locale), row.unit);
  return {
    title: say(locale, `compare.${row.quantity}`),
    before: shown(row.before),
    after: shown(row.after),
    finding: runLevelFinding(row, locale),
  };
}

/** Means and peaks that are known only as bands are told as these. */
function runLevelNumber(row: RunLevelComparison, { value, band }: BandedValue, locale: Locale): Phrase {
  if (row.quantity === "peak-open-jobs")
    return peakNumber(locale, { peak: value, ...(band && band[0] < band[1] ? { peakRange: band } : {}) });
  if (row.quantity === "mean-open-jobs") return meanNumber(locale, rangedMean(value, band), runLevelDecimals(row));
  return number(locale, value, 1);
}

function rangedMean(mean: number, band: BandedValue["band"]): RangedMean {
  return { mean, meanRange: band ?? [mean, mean] };
}

function runLevelDecimals({ before, after }: RunLevelComparison): number {
  return meanDecimals(...[before, after].map(({ value, band }) => rangedMean(value, band)));
}

function runLevelFinding(row: RunLevelComparison, locale: Locale): Phrase {
  const { finding, difference, differenceRange: [low, high] = [difference, difference], quantity, unit } = row;
  if (finding !== "larger" && finding !== "smaller") return say(locale, `compare.${finding}`);
  const [least, most] = finding === "larger" ? [low, high] : [-high, -low];
  const value = Math.abs(difference);
  const isOpen = quantity === "peak-open-jobs" ? least < most : !isOneNumber({ mean: value, meanRange: [least, most] });
  if (quantity === "run-duration" || !isOpen)
    return say(locale, `compare.${finding}`, { x: withUnit(locale, runLevelNumber(row, { value }, locale), unit) });
  const decimals = quantity === "peak-open-jobs" ? 0 : 1;
  return say(locale, `compare.${finding}-between`, { a: number(locale, least, decimals), b: number(locale, most, decimals) });
}

/** Verdicts that changed, the worse ones first, and claims that document something else now. */
export function changedClaims({ verdicts, documented }: ReportComparison, locale: Locale): readonly Phrase[] {
  const order = { worse: 0, better: 1, other: 2 } as const;
  const title = (text: string) => plain(capitalised(text));
  return [
    ...[...verdicts]
      .sort((a, b) => order[a.direction] - order[b.direction])
      .map((change) =>
        say(locale, "compare.verdict", {
          title: title(change.title[locale.language]),
          before: say(locale, `verdict.${change.before}`),
          after: say(locale, `verdict.${change.after}`).map((piece) => ({ ...piece, strong: true as const })),
        }),
      ),
    ...documented.map((change) =>
      say(locale, "compare.documented", {
        title: title(change.title[locale.language]),
        before: documentedValue(locale, change.before),
        after: documentedValue(locale, change.after),
      }),
    ),
  ];
}

/** Labels, parameters and lists of claims that are not the same. */
export function changedSetup({ labels, parameters, claimsAdded, claimsRemoved }: ReportComparison, locale: Locale): readonly Phrase[] {
  const value = (text: string | null): Phrase => (text === null ? say(locale, "compare.none") : ltr(text));
  const named = ({ name, before, after }: NameChange) =>
    say(locale, "compare.name", { name: ltr(name), before: value(before), after: value(after) });
  return [
    ...[...labels, ...parameters].map(named),
    ...(claimsAdded.length === 0 ? [] : [say(locale, "compare.claims-added", { ids: ltr(claimsAdded.join(", ")) })]),
    ...(claimsRemoved.length === 0 ? [] : [say(locale, "compare.claims-removed", { ids: ltr(claimsRemoved.join(", ")) })]),
  ];
}
