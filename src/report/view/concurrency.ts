import type { ReportConcurrency, StepCurve } from "../../model/report.js";
import { isOneNumber } from "../../model/reports/open-jobs-mean.js";
import { runJobs } from "../../model/reports/run-jobs.js";
import { place } from "../svg/scale.js";
import { type Html, html, phraseHtml } from "../templates/markup.js";
import { decimalsOf, meanDecimals, meanNumber, number, peakNumber, percent, range } from "../words/numbers.js";
import { join, ltr, type Phrase, say, toText } from "../words/phrase.js";
import { binCurve } from "./binning.js";
import { type Context, cell, sayHtml } from "./context.js";
import { drawnLimit } from "./drawn-limit.js";

/** Names at the peak that are listed before the rest is only counted. */
const MOST_MEMBERS = 13;
const TABLE_ROWS = 12;

/** How the axis that the curve shares with the investigations shows it. */
export interface CurveOnAxis {
  /** Width of the pieces that it shows the mean of; 0 where it shows every step. */
  readonly binSeconds: number;
  /** Stretches of the axis outside of what was captured, in epoch milliseconds. */
  readonly beyond: readonly { readonly from: number; readonly to: number }[];
}

/** Open Jobs over time: the words around the picture. */
export function curveView(context: Context, { binSeconds, beyond }: CurveOnAxis): object | undefined {
  const { report, locale, times } = context;
  const { openJobs, window } = report.concurrency;
  if (openJobs === undefined || window === null) return undefined;
  const m = meanNumber(locale, openJobs, shownDecimals(report.concurrency));
  const members = openJobs.peakMembers.slice(0, MOST_MEMBERS).map((name) => ltr(name));
  const rest = openJobs.peakMembers.length - members.length;
  return {
    finding: curveFinding(context, m),
    lines: measuredKeys(context, m, binSeconds),
    ...Object.fromEntries(documentedKeys(context).map(({ kind, text }) => [kind, phraseHtml(text)])),
    source: sayHtml(context, "curve.source", {
      n: runJobs(report).length,
      from: ltr(times.second(window.from)),
      to: ltr(times.second(window.to)),
    }),
    members:
      members.length === 0 || openJobs.peakRange !== undefined
        ? undefined
        : sayHtml(context, "curve.members", { members: join(rest > 0 ? [...members, ltr(`+${rest}`)] : members, ", ") }),
    limitAbove: limitAbove(context),
    unwatched: [...unwatchedPhrases(context), ...beyondPhrases(context, beyond)].map(phraseHtml),
    missing: [...unseenPhrases(context), ...partPhrases(context)].map(phraseHtml),
    difference: differenceView(context),
    unexplained: report.meanUnexplained === undefined ? undefined : sayHtml(context, `curve.unexplained-${report.meanUnexplained}`),
    check: checkHtml(context),
    rows: tableRows(context, openJobs, Date.parse(window.from), Date.parse(window.to)),
  };
}

/** Unwatched stretches that are named before the rest is only counted. */
const MOST_STRETCHES = 5;

/** When no watch of the Jobs was up; nothing where one always was. */
function unwatchedPhrases({ report, locale, times }: Context): readonly Phrase[] {
  const stretches = report.concurrency.unwatched ?? [];
  if (stretches.length === 0) return [];
  const named = stretches.slice(0, MOST_STRETCHES).map(({ from, to }) => ltr(`${times.second(from)}–${times.second(to)}`));
  const rest = stretches.length - named.length;
  return [say(locale, "curve.unwatched", { stretches: join(rest > 0 ? [...named, ltr(`+${rest}`)] : named, ", ") })];
}

/** Which parts of the axis are outside of what was captured; nothing where none is. */
function beyondPhrases({ locale, times }: Context, beyond: CurveOnAxis["beyond"]): readonly Phrase[] {
  if (beyond.length === 0) return [];
  const stretches = beyond.map(({ from, to }) => ltr(`${times.second(from)}–${times.second(to)}`));
  return [say(locale, "curve.beyond", { stretches: join(stretches, ", ") })];
}

function unseenPhrases({ report, locale }: Context): readonly Phrase[] {
  const { unseenJobs } = report.concurrency;
  return unseenJobs === undefined ? [] : [say(locale, "curve.unseen", { n: unseenJobs })];
}

/** Where the run was longer than what was seen of it. */
function partPhrases({ report, locale }: Context): readonly Phrase[] {
  const { part } = report.concurrency;
  return part === undefined ? [] : [say(locale, `curve.part-${part}`)];
}

/** Instead of a line for the documented limit. */
function limitAbove(context: Context): Html | undefined {
  const { concurrency } = context.report;
  const { documentedLimit: c } = concurrency;
  return c === undefined || drawnLimit(concurrency) !== undefined ? undefined : sayHtml(context, "curve.limit-above", { c });
}

/** What is missing from the curve, in sentences. */
export function curveGaps(context: Context): readonly Phrase[] {
  return [...unwatchedPhrases(context), ...unseenPhrases(context), ...partPhrases(context)];
}

/** What the line of measured values is, as steps and as means of pieces with a band; a reader's zoom leads from one to the other. */
function measuredKeys(context: Context, m: Phrase, binSeconds: number): object[] {
  const { locale } = context;
  const steps = say(locale, "curve.measured-steps", { m });
  const band = (width: Phrase): Phrase => say(locale, "curve.measured", { m, width });
  return [
    { kind: "steps", hidden: binSeconds > 0, text: phraseHtml(steps), template: toText(steps) },
    {
      kind: "band",
      hidden: binSeconds === 0,
      text: phraseHtml(band(say(locale, "curve.bin", { n: binSeconds }))),
      template: toText(band(say(locale, "curve.bin"))),
    },
  ];
}

/** Decimals of the means that stand beside the curve. */
export function shownDecimals({ openJobs, documented }: ReportConcurrency): number {
  const curves = [openJobs, documented?.fromDisconnect, documented?.fromCreation];
  return meanDecimals(...curves.filter((curve) => curve !== undefined));
}

/** What the lines of the documents are, with their means: dashed the documented time after the disconnect, dotted the same after the creation. */
export function documentedKeys(context: Context): { readonly kind: "documented" | "counted"; readonly text: Phrase }[] {
  const { report, locale } = context;
  const { documented } = report.concurrency;
  const documentedMs = report.cleanup.fromDisconnect?.documentedMs ?? null;
  const key = (kind: "documented" | "counted", curve: StepCurve | undefined) => {
    if (curve === undefined) return [];
    const d = meanNumber(locale, curve, shownDecimals(report.concurrency));
    if (documentedMs === null) return [{ kind, text: say(locale, `curve.${kind}-plain`, { d }) }];
    const y = documentedMs / 1000;
    return [{ kind, text: say(locale, `curve.${kind}`, { d, y: number(locale, y, decimalsOf(y)) }) }];
  };
  return [...key("documented", documented?.fromDisconnect), ...key("counted", documented?.fromCreation)];
}

/** The picture in a dozen rows. */
function tableRows(context: Context, measured: StepCurve, from: number, to: number): object[] {
  const { locale, times } = context;
  const { documented } = context.report.concurrency;
  if (!(to > from)) return [];
  const bins = binCurve(measured.points, from, to, TABLE_ROWS);
  const means = (curve: StepCurve | undefined) => (curve === undefined ? [] : binCurve(curve.points, from, to, TABLE_ROWS));
  const [expected, counted] = [means(documented?.fromDisconnect), means(documented?.fromCreation)];
  const meanCell = (bin: { readonly mean: number } | undefined) => cell(bin === undefined ? undefined : number(locale, bin.mean, 1));
  const width = (to - from) / TABLE_ROWS;
  const unwatched = (context.report.concurrency.unwatched ?? []).map(
    (stretch) => [Date.parse(stretch.from), Date.parse(stretch.to)] as const,
  );
  return bins.map((bin, index) => {
    const [begin, end] = [bin.at - width / 2, bin.at + width / 2];
    const isWatched = unwatched.every(([lo, hi]) => hi <= begin || lo >= end);
    return {
      time: times.second(begin),
      mean: cell(isWatched ? number(locale, bin.mean, 1) : undefined),
      band: cell(isWatched ? range(locale, bin.low, bin.high, 0) : undefined),
      documented: meanCell(expected[index]),
      counted: meanCell(counted[index]),
    };
  });
}

/** "3.2 on average, 5 at the peak, first at 11:58.", or what both may be. */
function curveFinding(context: Context, m: Phrase): Html {
  const { report, locale, times } = context;
  const curve = report.concurrency.openJobs;
  if (curve === undefined) return sayHtml(context, "curve.none");
  const values = { m, p: peakNumber(locale, curve) };
  if (curve.peakRange !== undefined) return sayHtml(context, "curve.finding-range", values);
  return sayHtml(context, "curve.finding", { ...values, at: ltr(curve.peakAt === null ? "–" : times.second(curve.peakAt)) });
}

/** Little's law beside the curve; undefined where it was not checked. */
function checkHtml(context: Context): Html | undefined {
  const { locale, report } = context;
  const law = report.littlesLaw;
  const { openJobs } = report.concurrency;
  // It checks the curve, so where that leaves the mean open, both of its sides would say too much.
  if (law === undefined || (law.holds && openJobs !== undefined && !isOneNumber(openJobs))) return undefined;
  // Enough decimals to show that both sides differ, where they do.
  const decimals = law.holds ? 2 : 3;
  return sayHtml(context, law.holds ? "littles-law.holds" : "littles-law.broken", {
    rate: number(locale, law.jobsPerHour, 1),
    x: number(locale, law.meanOpenMs / 1000, 1),
    expected: number(locale, law.expectedMean, decimals),
    curve: number(locale, law.curveMean, decimals),
  });
}

/** What a cause that makes fewer Jobs is called. */
const FEWER = { arithmetic: "curve.cause-arithmetic-more", leaks: "curve.cause-leaks", cleanup: "curve.cause-cleanup-faster" } as const;

function differenceView(context: Context): object | undefined {
  const { locale, report } = context;
  const difference = report.meanDifference;
  if (difference === undefined) return undefined;
  return {
    sentence: sayHtml(context, "curve.difference", {
      documented: number(locale, difference.documented, decimalsOf(difference.documented)),
      curve: number(locale, difference.documentedCurve, 2),
      measured: number(locale, difference.measured, 2),
    }),
    causes: difference.causes.map(({ cause, jobs, n = 0 }) =>
      sayHtml(context, jobs < 0 ? FEWER[cause] : `curve.cause-${cause}`, { jobs: number(locale, Math.abs(jobs), 2), n }),
    ),
  };
}

/** Share of the run, or of its watched time, at each number of open Jobs, measured and as documented. */
export interface SharesFigure {
  readonly sentence: Phrase;
  /** From none to the highest number; empty where it is not known. */
  readonly rows: readonly { readonly n: number; readonly measured: number; readonly documented?: number }[];
  readonly largest: number;
}

export function sharesFigure({ report, locale }: Context): SharesFigure | undefined {
  const { openJobs, documented } = report.concurrency;
  if (openJobs === undefined) return undefined;
  const measured = sharesOf(openJobs);
  if (measured.size === 0) return { sentence: say(locale, "share.unknown"), rows: [], largest: 1 };
  const expected = documented?.fromDisconnect === undefined ? undefined : sharesOf(documented.fromDisconnect);
  const highest = Math.max(...measured.keys(), ...(expected?.keys() ?? [0]));
  const [level, share] = [...measured].reduce((most, entry) => (entry[1] > most[1] ? entry : most), [0, 0] as [number, number]);
  const told = percent(locale, share);
  const isShared = [...measured].some(([other, of]) => other !== level && toText(percent(locale, of)) === toText(told));
  const key = share >= 1 ? "share.always" : isShared ? "share.even" : share >= 0.5 ? "share.sentence" : "share.commonest";
  return {
    sentence: say(locale, isOneNumber(openJobs) ? key : `${key}-watched`, { n: level, share: told }),
    rows: Array.from({ length: highest + 1 }, (_, n) => ({
      n,
      measured: measured.get(n) ?? 0,
      ...(expected === undefined ? {} : { documented: expected.get(n) ?? 0 }),
    })),
    largest: Math.max(...measured.values(), ...(expected?.values() ?? [0])),
  };
}

/** The same as a table with a bar in each row. */
export function sharesView(context: Context): object | undefined {
  const figure = sharesFigure(context);
  if (figure === undefined) return undefined;
  const { sentence, rows, largest } = figure;
  return {
    sentence: phraseHtml(sentence),
    rows: rows.map(({ n, measured, documented }) => ({
      n,
      bar: shareBar(measured / largest, documented === undefined ? undefined : documented / largest),
      measured: cell(percentOrDash(context, measured)),
      documented: documented === undefined ? undefined : cell(percentOrDash(context, documented)),
    })),
    hasDocumented: rows.some(({ documented }) => documented !== undefined),
  };
}

function percentOrDash(context: Context, share: number): Phrase | undefined {
  return share === 0 ? undefined : percent(context.locale, share);
}

function sharesOf(curve: StepCurve): Map<number, number> {
  const levels = Object.entries(curve.timeAtLevelMs);
  const total = levels.reduce((sum, [, ms]) => sum + ms, 0) || 1;
  return new Map(levels.map(([level, ms]) => [Number(level), ms / total]));
}

function shareBar(measured: number, documented: number | undefined): Html {
  const bar = (share: number, y: number, kind: string): string =>
    share > 0 ? `<rect class="${kind}" x="0" y="${y}" width="${place(Math.max(0.6, share * 99))}%" height="9"/>` : "";
  const expected = documented === undefined ? "" : bar(documented, 13, "doc-range");
  return html(
    `<svg class="share" aria-hidden="true" width="100%" height="${documented === undefined ? 13 : 24}" direction="ltr">${bar(measured, 2, "measured-bar")}${expected}</svg>`,
  );
}
