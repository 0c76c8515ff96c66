import type { Outcome, ReportClaim } from "../../model/report.js";
import { leadPhrases } from "../lead.js";
import { code, type Html, html, phraseHtml } from "../markup.js";
import { formatNumber, number } from "../numbers.js";
import { join, ltr, type Phrase, say } from "../phrase.js";
import { signSvg } from "../svg/sign.js";
import { epochOf } from "../times.js";
import { afterwordPhrase, titlePhrase, webAddress } from "../title.js";
import { verdictCounts } from "../verdicts.js";
import { type Context, sayHtml } from "./context.js";

/** Outcomes as the facts line lists them. */
const OUTCOMES: readonly Outcome[] = ["ok", "timeout", "failed", "unopened", "running"];
/** A clock known less well than this is worth a word in the facts line. */
const UNCERTAIN_MS = 500;

/** A run shorter than this is told in seconds. */
const SHORT_RUN_MS = 120_000;

/** Title, facts, lead, the line after it, and the verdict counts. */
export function headerView(context: Context): object {
  const { report, locale } = context;
  return {
    title: phraseHtml(titlePhrase(report, locale)),
    profile: report.profile.title[locale.language],
    facts: facts(context),
    labels: Object.entries(report.labels).map(([name, value]) => ({ name, value })),
    ticket: ticketView(context),
    note: report.note,
    lead: leadPhrases(report, locale).map(phraseHtml),
    afterword: phraseHtml(afterwordPhrase(report, locale)),
    all: report.claims.length === 0 ? undefined : sayHtml(context, "ui.all", { n: report.claims.length }),
    chips: verdictCounts(report)
      .filter(([, n]) => n > 0)
      .map(([verdict, n]) => ({ verdict, sign: signSvg(verdict), text: sayHtml(context, `chip.${verdict}`, { n }) })),
  };
}

function facts(context: Context): Html[] {
  const { report, locale } = context;
  const { time, outcomes, clock } = factPhrases(context);
  const failed = report.investigations.some(({ outcome }) => outcome !== "ok");
  const link = failed ? ` (<a href="#${locale.language}-failed">${sayHtml(context, "facts.failed-link").toString()}</a>)` : "";
  const ended = outcomes.length === 0 ? [] : [html(phraseHtml(outcomes).toString() + link)];
  return [...time.map(phraseHtml), ...ended, ...clock.map(phraseHtml)];
}

/** When the run was and how long it took, how its investigations ended, and the clock where it is uncertain. */
export function factPhrases(context: Context): {
  readonly time: readonly Phrase[];
  readonly outcomes: Phrase;
  readonly clock: readonly Phrase[];
} {
  const { report, locale, times } = context;
  const spans = report.window ?? report.windowLocal;
  const time: Phrase[] = [];
  if (spans) {
    // As it is measured, and elsewhere shown; else as far as the two times are apart.
    const lengthMs = (report.runDuration?.value ?? (epochOf(spans.to) - epochOf(spans.from)) / 1000) * 1000;
    const clock = lengthMs < SHORT_RUN_MS ? times.second : times.minute;
    const values = { date: [{ text: times.date(spans.from) }], from: ltr(clock(spans.from)), to: ltr(clock(spans.to)) };
    time.push(times.zoneKnown ? say(locale, "facts.time", { ...values, zone: times.zone }) : say(locale, "facts.time-local", values));
    time.push(durationPhrase(context, lengthMs));
  }
  const uncertainty = report.clocks.find((clock) => clock.id === "runner")?.uncertaintyMs ?? 0;
  const clock =
    uncertainty > UNCERTAIN_MS ? [say(locale, "facts.clock", { u: ltr(`±${formatNumber(locale, uncertainty / 1000, 1)}`) })] : [];
  return { time, outcomes: outcomesPhrase(context), clock };
}

function durationPhrase(context: Context, lengthMs: number): Phrase {
  const { report, locale } = context;
  const duration =
    lengthMs < SHORT_RUN_MS
      ? say(locale, "facts.duration-seconds", { seconds: Math.round(lengthMs / 1000) })
      : say(locale, "facts.duration", { minutes: Math.round(lengthMs / 60_000) });
  const total = report.claims.find((claim) => claim.id.startsWith("total-run") && speaksOfThisRun(claim))?.documented;
  if (total?.value === undefined || total.unit !== "s") return duration;
  return say(locale, "facts.duration-documented", { duration, documented: number(locale, total.value / 60, 0) });
}

/** Not where its condition does not hold, and not where nothing tells whether it does: the documented time may be that of a run of another size. */
function speaksOfThisRun({ verdict, reason }: ReportClaim): boolean {
  return verdict !== "not-applicable" && reason.key !== "parameter-unknown";
}

function outcomesPhrase({ report, locale }: Context): Phrase {
  if (report.pooled !== undefined) {
    const total = (of: (run: { readonly investigations: number; readonly ok: number }) => number) =>
      (report.pooled?.runs ?? []).reduce((sum, run) => sum + of(run), 0);
    return say(locale, "pool.facts", { ok: total((run) => run.ok), n: total((run) => run.investigations) });
  }
  if (report.investigations.length === 0) return [];
  const counted = OUTCOMES.map((outcome) => [outcome, report.investigations.filter((entry) => entry.outcome === outcome).length] as const);
  return join(
    counted.filter(([outcome, n]) => n > 0 || outcome === "ok").map(([outcome, n]) => say(locale, `facts.${outcome}`, { n })),
    ", ",
  );
}

function ticketView(context: Context): { text: Html; href?: string } | undefined {
  const { ticket } = context.report;
  if (ticket === undefined || ticket === "") return undefined;
  const href = webAddress(ticket);
  const name = href === undefined ? ticket : (href.split(/[?#]/)[0]?.split("/").filter(Boolean).at(-1) ?? href);
  const text = code(name);
  return href === undefined ? { text } : { text, href };
}
