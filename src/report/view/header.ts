import type { Outcome, Report, ReportClaim } from "../../model/report.js";
import { hasFailed } from "../../model/reports/outcome.js";
import type { DurationMs } from "../../model/time.js";
import type { Locale } from "../locales/index.js";
import { signSvg } from "../svg/sign.js";
import { code, type Html, html, phraseHtml } from "../templates/markup.js";
import { leadPhrases } from "../words/lead.js";
import { formatNumber, number } from "../words/numbers.js";
import { join, ltr, type Phrase, plain, say } from "../words/phrase.js";
import { sizeOf } from "../words/pool.js";
import { epochOf } from "../words/times.js";
import { afterwordPhrase, titlePhrase, webAddress } from "../words/title.js";
import { verdictCounts } from "../words/verdicts.js";
import { type Context, sayHtml } from "./context.js";

/** Outcomes as the facts line lists them. */
const OUTCOMES: readonly Outcome[] = ["ok", "timeout", "failed", "unopened", "running"];
/** A clock known less well than this is worth a word in the facts line. */
const UNCERTAIN_MS = 500;

/** A run shorter than this is told in seconds. */
const SHORT_RUN_MS = 120_000;
/** One as long as this, in hours and days. */
const LONG_RUN_MS = 36_000_000;

/**
 * Title, facts, lead, the line after it, and the verdict counts. `whole`: the title of the report of which this page shows a part of the rows; its
 * length is not theirs.
 */
export function headerView(context: Context, whole?: Phrase): object {
  const { report, locale } = context;
  return {
    title: phraseHtml(whole ?? titlePhrase(report, locale)),
    profile: report.profile.title[locale.language],
    facts: facts(context, whole !== undefined),
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

function facts(context: Context, isPart: boolean): Html[] {
  const { report, locale } = context;
  const { time, length, outcomes, clock } = factPhrases(context);
  const failed = report.investigations.some(hasFailed);
  const link = failed ? ` (<a href="#${locale.language}-failed">${sayHtml(context, "facts.failed-link").toString()}</a>)` : "";
  const ended = outcomes.length === 0 ? [] : [html(phraseHtml(outcomes).toString() + link)];
  return [...[...time, ...(isPart ? [] : length)].map(phraseHtml), ...ended, ...clock.map(phraseHtml)];
}

/** When the run was and how long it took, how its investigations ended, and the clock where it is uncertain. */
export function factPhrases(context: Context): {
  readonly time: readonly Phrase[];
  readonly length: readonly Phrase[];
  readonly outcomes: Phrase;
  readonly clock: readonly Phrase[];
} {
  const { report, locale, times } = context;
  const spans = report.window ?? report.windowLocal;
  const time: Phrase[] = [];
  if (spans) {
    const lengthMs = runMs(report) ?? epochOf(spans.to) - epochOf(spans.from);
    const clock = lengthMs < SHORT_RUN_MS ? times.secondOfDay : times.minuteOfDay;
    const [first, last] = [times.date(spans.from), times.date(spans.to)];
    const to = [...(first === last ? [] : plain(`${last}, `)), ...ltr(clock(spans.to))];
    const values = { date: plain(first), from: ltr(clock(spans.from)), to };
    time.push(times.zoneKnown ? say(locale, "facts.time", { ...values, zone: times.zone }) : say(locale, "facts.time-local", values));
  }
  const uncertainty = report.clocks.find((clock) => clock.id === "runner")?.uncertaintyMs ?? 0;
  const clock =
    uncertainty > UNCERTAIN_MS ? [say(locale, "facts.clock", { u: ltr(`±${formatNumber(locale, uncertainty / 1000, 1)}`) })] : [];
  return { time, length: spans ? lengthPhrases(context) : [], outcomes: outcomesPhrase(context), clock };
}

function runMs({ runDuration }: Report): DurationMs | undefined {
  return runDuration === undefined ? undefined : runDuration.value * 1000;
}

/** How long the run was, where that is measured: how far the first and the last line are apart does not tell it. Several runs are counted. */
function lengthPhrases(context: Context): Phrase[] {
  const { run } = context.report;
  const lengthMs = runMs(context.report);
  if (lengthMs !== undefined) return [durationPhrase(context, lengthMs)];
  return run.selected === "all" && run.found > 1 ? [runsPhrase(context)] : [];
}

/** How many there are, and how much time lies between them, where that is known. */
function runsPhrase({ report, locale }: Context): Phrase {
  const runs = say(locale, "facts.runs", { n: report.run.found });
  const apartMs = (report.concurrency.pauses ?? []).reduce((sum, { from, to }) => sum + epochOf(to) - epochOf(from), 0);
  const [minutes, seconds] = [Math.round(apartMs / 60_000), Math.round(apartMs / 1000)];
  if (seconds === 0) return runs;
  if (apartMs >= LONG_RUN_MS) return say(locale, "facts.runs-apart-long", { runs, length: longPhrase(locale, apartMs) });
  return apartMs < SHORT_RUN_MS
    ? say(locale, "facts.runs-apart-seconds", { runs, seconds })
    : say(locale, "facts.runs-apart", { runs, minutes });
}

function durationPhrase(context: Context, lengthMs: DurationMs): Phrase {
  const { report, locale } = context;
  const [duration, inSameUnit] = toldLength(locale, lengthMs);
  const total = report.claims.find((claim) => claim.id.startsWith("total-run") && speaksOfThisRun(claim))?.documented;
  if (total?.value === undefined || total.unit !== "s") return duration;
  return say(locale, "facts.duration-documented", { duration, documented: inSameUnit(total.value * 1000) });
}

/** A length, and how another one is told beside it. Of a short one the ends show whole seconds, cut off: a tenth says which of them it is nearer to. */
function toldLength(locale: Locale, lengthMs: DurationMs): readonly [Phrase, (otherMs: DurationMs) => Phrase] {
  if (lengthMs >= LONG_RUN_MS)
    return [say(locale, "facts.duration-long", { length: longPhrase(locale, lengthMs) }), (otherMs) => longPhrase(locale, otherMs)];
  if (lengthMs >= SHORT_RUN_MS)
    return [say(locale, "facts.duration", { minutes: Math.round(lengthMs / 60_000) }), (otherMs) => number(locale, otherMs / 60_000, 0)];
  const seconds = lengthMs / 1000;
  return [
    say(locale, "facts.duration-seconds", { seconds: Number.isInteger(seconds) ? seconds : number(locale, seconds, 1) }),
    (otherMs) => number(locale, otherMs / 1000, 0),
  ];
}

/** "71 hours" are more than a reader sees at once: days, hours and minutes. */
function longPhrase(locale: Locale, lengthMs: DurationMs): Phrase {
  const total = Math.round(lengthMs / 60_000);
  const [days, hours, minutes] = [Math.floor(total / 1440), Math.floor(total / 60) % 24, total % 60];
  return days === 0 ? say(locale, "length.hours", { hours, minutes }) : say(locale, "length.days", { days, hours, minutes });
}

/** Not where its condition does not hold, and not where nothing tells whether it does: the documented time may be that of a run of another size. */
function speaksOfThisRun({ verdict, reason }: ReportClaim): boolean {
  return verdict !== "not-applicable" && reason.key !== "parameter-unknown";
}

function outcomesPhrase({ report, locale }: Context): Phrase {
  if (report.pooled !== undefined) {
    const sizes = report.pooled.runs.map((run) => sizeOf(run, report));
    return say(locale, "pool.facts", {
      ok: sizes.reduce((sum, { ok }) => sum + ok, 0),
      n: sizes.reduce((sum, { n }) => sum + n, 0),
    });
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
