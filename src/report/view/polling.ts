import type { PollingPart, ReportPolling } from "../../model/reports/polling.js";
import { median } from "../../model/statistics/statistics.js";
import { foldSvg } from "../svg/fold.js";
import { type Html, phraseHtml } from "../templates/markup.js";
import { decimalsFor, decimalsOf, number, range } from "../words/numbers.js";
import { join, ltr, type Phrase, say, toText } from "../words/phrase.js";
import { type Context, cell, sayHtml, sayText } from "./context.js";

/** More numbers of checks than this are written from the fewest to the most. */
const MOST_LISTED = 6;
/** Of seconds that an interval stands beside. */
const MOST_DECIMALS = 2;

/** Deletions folded onto the grid of the cleanup, what was found in words, and every explanation that fits. */
export function pollingView(context: Context): object | undefined {
  const { polling } = context.report;
  if (polling === undefined) return undefined;
  const finding = findingPhrase(context, polling);
  const { settled } = polling;
  return {
    finding: phraseHtml(finding),
    svg: picture(context, polling, toText(finding)),
    caption: sayHtml(context, `polling.ends-${polling.ends}`, { n: polling.n }),
    documented: documentedHtml(context),
    fits: polling.fits.map((fit) => ({
      checks: fit.checks,
      trigger: cell(seconds(context, fit.triggerMs)),
      process: cell(range(context.locale, fit.processMs[0] / 1000, fit.processMs[1] / 1000, 1)),
      settled: settled?.checks === fit.checks ? sayHtml(context, `polling.by-${settled.by}`) : undefined,
    })),
    parts: polling.parts.map((part) => partRow(context, part)),
  };
}

/** No more digits than the interval deserves, or without one what is left open of each duration. */
function partRow(context: Context, { part, n, medianMs, ci95Ms, resolutionMs }: PollingPart): object {
  const widthMs = ci95Ms === undefined ? resolutionMs : ci95Ms[1] - ci95Ms[0];
  const decimals = widthMs > 0 ? Math.min(MOST_DECIMALS, decimalsFor(widthMs / 1000)) : MOST_DECIMALS;
  return {
    title: sayHtml(context, `polling.part-${part}`),
    n,
    median: cell(seconds(context, medianMs, decimals)),
    interval: cell(ci95Ms === undefined ? undefined : range(context.locale, ci95Ms[0] / 1000, ci95Ms[1] / 1000, decimals)),
  };
}

function seconds({ locale }: Context, ms: number, decimals = 1): Phrase {
  return number(locale, ms / 1000, decimals);
}

function findingPhrase(context: Context, polling: ReportPolling): Phrase {
  const { intervalMs, intervalRangeMs, intervalAtLeastMs, intervalAssumesMs, fits, settled, n, strays } = polling;
  const { locale } = context;
  if (intervalMs === undefined || intervalRangeMs === undefined) {
    const least = intervalAtLeastMs === undefined ? [] : [say(locale, "polling.at-least", { x: seconds(context, intervalAtLeastMs) })];
    return join([say(locale, "polling.no-grid", { n }), ...least], " ");
  }
  const [a, b] = intervalRangeMs;
  const decimals = b > a ? Math.min(MOST_DECIMALS, decimalsFor((b - a) / 1000)) : MOST_DECIMALS;
  const found = say(locale, "polling.grid", {
    x: seconds(context, intervalMs, decimals),
    a: seconds(context, a, decimals),
    b: seconds(context, b, decimals),
    n,
  });
  const assumes = intervalAssumesMs === undefined ? [] : [say(locale, "polling.assumes", { x: seconds(context, intervalAssumesMs, 0) })];
  const apart = strays === undefined ? [] : [say(locale, "polling.strays", { n: strays })];
  const grid = join([found, ...apart, ...assumes], " ");
  if (settled !== undefined) {
    const values = { n: settled.checks, t: seconds(context, settled.triggerMs) };
    return join([grid, say(locale, `polling.settled-${settled.by}`, values)], " ");
  }
  if (fits.length < 2) return grid;
  const numbers = [...new Set(fits.map((fit) => fit.checks))].sort((a, b) => a - b);
  const [fewest = 0, most = 0] = [numbers[0], numbers.at(-1)];
  const checks =
    numbers.length > MOST_LISTED
      ? range(locale, fewest, most, 0)
      : join(
          numbers.map((one) => ltr(String(one))),
          ", ",
        );
  return join([grid, say(locale, "polling.several", { checks })], " ");
}

/** How long the checks take by the documents, where they say it. */
function documentedHtml(context: Context): Html | undefined {
  const checks = context.report.jobLife.documented.find(({ part }) => part === "checks");
  if (checks === undefined) return undefined;
  return sayHtml(context, "polling.documented", { x: seconds(context, checks.durationMs, decimalsOf(checks.durationMs / 1000)) });
}

/** A row for each level of the grid, every deletion at its distance from the grid; undefined where there is none. */
function picture(context: Context, { intervalMs, points }: ReportPolling, finding: string): Html | undefined {
  if (intervalMs === undefined) return undefined;
  const onGrid = points.filter(({ level }) => level !== undefined);
  if (onGrid.length === 0) return undefined;
  const phase = meanPhase(
    onGrid.map(({ sincePodStartMs }) => sincePodStartMs),
    intervalMs,
  );
  const levels = [...new Set(onGrid.map(({ level }) => level ?? 0))].sort((a, b) => a - b);
  return foldSvg({
    rows: levels.map((level) => {
      const own = onGrid.filter((point) => point.level === level).map(({ sincePodStartMs }) => sincePodStartMs);
      return {
        title: sayText(context, "polling.level", { x: seconds(context, median(own)), n: own.length }),
        values: own.map((ms) => (wrapped(ms - phase, intervalMs) - intervalMs / 2) / 1000),
      };
    }),
    half: intervalMs / 2000,
    axis: sayText(context, "polling.axis", { x: seconds(context, intervalMs) }),
    label: `${sayText(context, "polling.heading")}. ${finding}`,
  });
}

/** Remainder in [0, interval), with what lies on the grid in its middle. */
function wrapped(ms: number, intervalMs: number): number {
  const moved = ms + intervalMs / 2;
  return moved - Math.floor(moved / intervalMs) * intervalMs;
}

/** Mean direction of times on a circle of one interval. */
function meanPhase(times: readonly number[], intervalMs: number): number {
  const turn = (2 * Math.PI) / intervalMs;
  const sine = times.reduce((sum, ms) => sum + Math.sin(ms * turn), 0);
  const cosine = times.reduce((sum, ms) => sum + Math.cos(ms * turn), 0);
  return Math.atan2(sine, cosine) / turn;
}
