import type { Report, ReportClaim } from "../../model/report.js";
import { endedWell, isOfTooFew } from "../../model/reports/enough-of-run.js";
import { isOfJobsAlone, lacksCreations, runJobs } from "../../model/reports/run-jobs.js";
import type { EpochMs } from "../../model/time.js";
import type { Locale } from "../locales/index.js";
import { documentedValue, measuredNumber, measuredSide } from "./claim-values.js";
import { knownSpan } from "./known-span.js";
import { decimalsOf, meanNumber, number, peakNumber } from "./numbers.js";
import { capitalised, ltr, type Phrase, plain, say, strong } from "./phrase.js";
import { timesOf } from "./times.js";
import { claimsToCorrect, sortedClaims } from "./verdicts.js";

/** What the first sentence is about. */
export type LeadKind =
  | "no-claims"
  | "every-failed"
  | "stopped"
  | "incomplete"
  | "capture-ended"
  | "overlapping"
  | "no-cluster"
  | "too-few"
  | "contradicted"
  | "inconclusive"
  | "partly"
  | "confirmed"
  | "nothing";

/** The claim that everything else rests on. */
const MAIN_CLAIM = "cleanup-after-disconnect";
const MEAN_CLAIM = /^mean-open-jobs/;

/** What the reader must know before any number (the run or the capture was cut short), then the answer. */
export function leadKinds(report: Report): readonly LeadKind[] {
  if (
    report.investigations.length > 0 &&
    report.investigations.every((entry) => entry.outcome === "failed" || entry.outcome === "timeout")
  ) {
    return ["every-failed"];
  }
  if (report.claims.length === 0) return ["no-claims"];
  const before: LeadKind[] = [];
  const announced = report.run.announced ?? 0;
  if (announced > report.investigations.length) before.push(isSeenToStop(report) ? "stopped" : "incomplete");
  if (captureEnd(report) !== null) before.push("capture-ended");
  if (overlaps(report)) before.push("overlapping");
  return [...before, answerKind(report)];
}

/** Of a run that stopped, all investigations up to the last are there, and the Jobs show that none followed. */
function isSeenToStop({ run, concurrency }: Report): boolean {
  return run.lastNumber === undefined && concurrency.openJobs !== undefined && concurrency.part === undefined;
}

function answerKind(report: Report): LeadKind {
  const has = (verdict: ReportClaim["verdict"]): boolean => report.claims.some((claim) => claim.verdict === verdict);
  const main = report.claims.find((claim) => claim.id === MAIN_CLAIM);
  const toCorrect = claimsToCorrect(report);
  const others = toCorrect.filter((claim) => claim.id !== "sequential");
  if (others.length > 0) return main?.verdict === "not-measured" && report.jobs.length === 0 ? "no-cluster" : "contradicted";
  if (main?.verdict === "not-measured" && report.jobs.length === 0) return "no-cluster";
  if (main?.verdict === "inconclusive") return "inconclusive";
  if (has("contradicted") && toCorrect.length === 0) return "too-few";
  if (has("inconclusive")) return has("confirmed") ? "partly" : "inconclusive";
  if (has("contradicted")) return "contradicted";
  return has("confirmed") ? "confirmed" : "nothing";
}

/**
 * Up to when the run's Jobs are known, where the capture is seen to end before the run does: with an investigation begun since, whose Job it would show. Else
 * null: a watch that goes on says nothing while nothing happens.
 */
function captureEnd(report: Report): EpochMs | null {
  const end = knownSpan(report)?.to ?? Number.POSITIVE_INFINITY;
  if (!report.sources.some(({ endsEarly }) => endsEarly)) return null;
  return report.investigations.some(({ startedAt }) => startedAt !== null && Date.parse(startedAt) > end) ? end : null;
}

function overlaps(report: Report): boolean {
  return report.claims.some((claim) => claim.id === "sequential" && claim.verdict === "contradicted");
}

/** The lead, sentence by sentence. */
export function leadPhrases(report: Report, locale: Locale): readonly Phrase[] {
  const kinds = leadKinds(report);
  const sentences = kinds.map((kind) => SENTENCES[kind](report, locale));
  const further = kinds.includes("every-failed")
    ? []
    : kinds.includes("no-cluster")
      ? [otherContradiction(report, locale) ?? connectedSentence(report, locale)]
      : [openJobsSentence(report, locale) ?? connectedSentence(report, locale)];
  // Where the number of open Jobs is itself what the documents have wrong, it comes before any other claim.
  const ordered =
    kinds.at(-1) === "contradicted" && leadsWithMean(report)
      ? [...sentences.slice(0, -1), ...further, sentences.at(-1)]
      : [...sentences, ...further];
  return ordered.filter((sentence) => sentence !== undefined);
}

/** Whether the mean of open Jobs is contradicted, and the cleanup, which would explain it, is not. */
function leadsWithMean(report: Report): boolean {
  const contradicted = claimsToCorrect(report);
  return (
    report.concurrency.openJobs !== undefined &&
    contradicted.some((claim) => MEAN_CLAIM.test(claim.id)) &&
    contradicted.every((claim) => claim.id !== MAIN_CLAIM)
  );
}

/** Undefined where another sentence of the lead says it. */
type Sentence = (report: Report, locale: Locale) => Phrase | undefined;

const SENTENCES: Readonly<Record<LeadKind, Sentence>> = {
  contradicted(report, locale) {
    const main = claimsToCorrect(report).find((claim) => claim.id === MAIN_CLAIM);
    const values = main === undefined ? undefined : cleanupValues(main, locale);
    if (values !== undefined) return say(locale, "lead.contradicted", values);
    return otherContradiction(report, locale) ?? (leadsWithMean(report) ? undefined : say(locale, "lead.nothing"));
  },
  confirmed(report, locale) {
    const n = report.claims.filter((claim) => claim.verdict === "confirmed").length;
    const all = say(locale, "lead.confirmed", { n: n });
    const main = report.claims.find((claim) => claim.id === MAIN_CLAIM);
    const values = main === undefined ? undefined : cleanupValues(main, locale);
    return values === undefined ? all : [...say(locale, "lead.confirmed-cleanup", { x: values.x }), { text: " " }, ...all];
  },
  partly: (report, locale) =>
    say(locale, "lead.partly", {
      k: report.claims.filter((claim) => claim.verdict === "inconclusive").length,
      n: report.claims.filter((claim) => claim.verdict === "confirmed").length,
    }),
  inconclusive(report, locale) {
    const main = report.claims.find((claim) => claim.id === MAIN_CLAIM && claim.verdict === "inconclusive");
    const values = main === undefined ? undefined : cleanupValues(main, locale);
    if (values === undefined || main?.measured === undefined) return say(locale, "lead.inconclusive-other");
    return say(locale, "lead.inconclusive", { ...values, n: main.measured.n });
  },
  "no-cluster": (report, locale) => say(locale, lacksCreations(report) ? "lead.no-creations" : "lead.no-cluster"),
  "every-failed"(report, locale) {
    const [error, times] = commonestError(report, locale);
    const n = report.investigations.length;
    if (times === n) return say(locale, "lead.every-failed-alike", { n, error });
    return times === 1 ? say(locale, "lead.every-failed-unlike", { n }) : say(locale, "lead.every-failed", { n, error, k: times });
  },
  stopped: (report, locale) =>
    say(locale, "lead.stopped", {
      k: report.investigations.length,
      m: strong(number(locale, report.investigations.length, 0)),
      n: report.run.announced ?? 0,
    }),
  incomplete: (report, locale) => say(locale, "lead.incomplete", { k: report.investigations.length, n: report.run.announced ?? 0 }),
  "capture-ended"(report, locale) {
    const { minute, second } = timesOf(report, locale);
    const [captured, ended] = [captureEnd(report), report.window?.to];
    if (captured === null || ended === undefined) return undefined;
    const told = minute(captured) === minute(ended) ? second : minute;
    return say(locale, "lead.capture-ended", { at: strong(ltr(told(captured))), end: ltr(told(ended)) });
  },
  overlapping(report, locale) {
    const measured = report.claims.find((claim) => claim.id === "sequential")?.measured?.value;
    return say(locale, "lead.overlapping", { k: strong(number(locale, measured ?? report.concurrency.connected?.peak ?? 0, 0)) });
  },
  "too-few": (_report, locale) => say(locale, "lead.too-few"),
  "no-claims": (report, locale) =>
    say(locale, "lead.no-claims", { n: isOfJobsAlone(report) ? runJobs(report).length : report.investigations.length }),
  nothing: (_report, locale) => say(locale, "lead.nothing"),
};

/** Values of the sentences about the cleanup; only for claims in seconds about one value. */
function cleanupValues(claim: ReportClaim, locale: Locale): { x: Phrase; y: Phrase } | undefined {
  const { measured, documented } = claim;
  if (measured === undefined || documented.value === undefined || documented.unit !== "s") return undefined;
  return {
    x: strong(measuredNumber(locale, measured)),
    y: number(locale, documented.value, decimalsOf(documented.value)),
  };
}

/** The first contradicted claim that no other sentence of the lead is about. */
function otherContradiction(report: Report, locale: Locale): Phrase | undefined {
  const told = (id: string): boolean => id === MAIN_CLAIM || id === "sequential" || (leadsWithMean(report) && MEAN_CLAIM.test(id));
  const toCorrect = new Set(claimsToCorrect(report));
  const first = sortedClaims(report).find((claim) => toCorrect.has(claim) && claim.measured !== undefined && !told(claim.id));
  if (first === undefined) return undefined;
  return say(locale, "lead.contradicted-other", {
    title: plain(capitalised(first.title[locale.language])),
    measured: strong(measuredSide(locale, first)),
    documented: documentedValue(locale, first.documented),
  });
}

function connectedSentence(report: Report, locale: Locale): Phrase | undefined {
  const peak = report.concurrency.connected?.peak;
  return peak === undefined || peak === 0 ? undefined : say(locale, "lead.connected", { p: strong(number(locale, peak, 0)) });
}

function openJobsSentence(report: Report, locale: Locale): Phrase | undefined {
  const curve = report.concurrency.openJobs;
  if (curve === undefined) return undefined;
  const values = { m: strong(meanNumber(locale, curve)), p: strong(peakNumber(locale, curve)) };
  const documented = isOfTooFew({ statistic: "mean" }, endedWell(report)) ? undefined : report.claims.find(isJudgedMean)?.documented.value;
  if (documented === undefined) return say(locale, "lead.open-jobs", values);
  const key = leadsWithMean(report) ? "lead.open-jobs-contradicted" : "lead.open-jobs-documented";
  const d = number(locale, documented, decimalsOf(documented));
  const { documentedLimit: c } = report.concurrency;
  return c === undefined ? say(locale, key, { ...values, d }) : say(locale, `${key}-limit`, { ...values, d, c });
}

/** A claim about the mean that was held against what was measured, also if that settled nothing. */
function isJudgedMean({ id, verdict, documented }: ReportClaim): boolean {
  return MEAN_CLAIM.test(id) && verdict !== "not-applicable" && verdict !== "not-measured" && documented.value !== undefined;
}

/** The error that most investigations ended with, the first of several equally common. */
function commonestError(report: Report, locale: Locale): readonly [Phrase, number] {
  const counts = new Map<string, number>();
  for (const entry of report.investigations) {
    const error = entry.error ?? "";
    counts.set(error, (counts.get(error) ?? 0) + 1);
  }
  const [error, times] = [...counts].reduce((most, entry) => (entry[1] > most[1] ? entry : most), ["", 0]);
  return [error === "" ? say(locale, "outcome.failed") : ltr(error), times];
}
