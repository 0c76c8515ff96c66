import type { Report } from "../../model/report.js";
import { isOfJobsAlone, lacksCreations, runJobs } from "../../model/reports/run-jobs.js";
import type { Locale } from "../locales/index.js";
import { type Phrase, plain, say } from "./phrase.js";
import { claimsToCorrect } from "./verdicts.js";

/** The name of the report: as given, or from the number of investigations (of Jobs, where there is no log) and the environment; a run picked from several is named. */
export function titlePhrase(report: Report, locale: Locale): Phrase {
  const environment = report.labels.environment;
  const name: Phrase =
    report.title !== null
      ? [{ text: report.title, isolate: "auto" }]
      : report.pooled !== undefined
        ? say(locale, "title.pooled", { n: report.pooled.runs.length })
        : isOfJobsAlone(report)
          ? jobsPhrase(report, locale)
          : investigationsPhrase(report, locale);
  const named = report.title === null && environment !== undefined ? say(locale, "title.environment", { title: name, environment }) : name;
  if (report.run.found < 2 || report.run.selected === "all") return named;
  return say(locale, "title.run", { title: named, k: report.run.selected, n: report.run.found });
}

/** Those of the run or, where none is, all that were seen. */
function jobsPhrase(report: Report, locale: Locale): Phrase {
  const own = runJobs(report).length;
  return own > 0 ? say(locale, "title.jobs", { n: own }) : say(locale, "title.jobs-of-others", { n: report.jobs.length });
}

/** A run that stopped early says of how many. */
function investigationsPhrase({ investigations, run }: Report, locale: Locale): Phrase {
  const k = investigations.length;
  if (run.announced === undefined || run.announced <= k) return say(locale, "title.investigations", { n: k });
  return say(locale, "title.investigations-of", { k, n: run.announced });
}

/** What is left over, and what to correct: the line under the lead. */
export function afterwordPhrase(report: Report, locale: Locale): Phrase {
  return [...leftOver(report, locale), ...plain(" "), ...toCorrect(report, locale)];
}

function leftOver(report: Report, locale: Locale): Phrase {
  if (report.pooled !== undefined) return say(locale, "pool.finding");
  if (report.jobs.length === 0) return say(locale, lacksCreations(report) ? "left.no-creations" : "left.unknown");
  const leaked = Number(report.diagnostics.find((diagnostic) => diagnostic.id === "leaked-jobs")?.values.count ?? 0);
  const own = runJobs(report);
  const open = own.filter((job) => job.mechanism === "open").length;
  if (leaked > 0) {
    const sentence = say(locale, "left.leaked", { n: leaked });
    return open > leaked ? [...sentence, ...plain(" "), ...say(locale, "left.open-besides", { n: open - leaked })] : sentence;
  }
  if (open > 0) return say(locale, "left.open", { n: open });
  if (own.length === 0) return say(locale, "left.no-serving");
  const { part } = report.concurrency;
  if (part === "log") return say(locale, "left.part");
  const allWent = own.every((job) => job.deletedAt !== undefined) || wentLater(report);
  return say(locale, allWent && part === undefined ? "left.none" : "left.unseen");
}

/** All whose moment of deletion is not known are known to have gone. */
function wentLater(report: Report): boolean {
  const later = Number(report.diagnostics.find(({ id }) => id === "deletion-unbounded")?.values.count ?? 0);
  return later > 0 && runJobs(report).filter((job) => job.deletedAt === undefined).length === later;
}

function toCorrect(report: Report, locale: Locale): Phrase {
  const sentences = claimsToCorrect(report).length;
  const contradictions = report.consistency.filter((relation) => relation.holds === "no").length;
  const said = {
    sentences: say(locale, "correct.sentences", { n: sentences }),
    contradictions: say(locale, "correct.contradictions", { n: contradictions }),
  };
  if (sentences > 0 && contradictions > 0) return say(locale, "correct.both", said);
  if (sentences > 0) return say(locale, "correct.one", { what: said.sentences });
  if (contradictions > 0) return say(locale, "correct.one", { what: said.contradictions });
  // What is contradicted by too little stands as it is, neither right nor to be corrected.
  return report.claims.length === 0 || report.claims.some(({ verdict }) => verdict === "contradicted") ? [] : say(locale, "correct.none");
}

/** Only web addresses become links; anything else (javascript:, data:) stays text. */
export function webAddress(text: string): string | undefined {
  return /^https?:\/\/[^\s"'<>]+$/i.test(text) ? text : undefined;
}
