/** What a prediction says in every form: its finding, its table, its limit and its notes. */
import { type Forecast, LIMIT_SHARE, type PredictedDelay, type Prediction } from "../../model/prediction.js";
import { LOCALES, type Locale, type MessageKey } from "../locales/index.js";
import { decimalsFor, formatNumber, number, peakNumber, percent } from "./numbers.js";
import { join, ltr, type Phrase, plain, say, sayIfKnown, strong } from "./phrase.js";

const MOST_MEAN_DECIMALS = 2;

/** A delay in seconds with the digits it was given. */
export function delaySeconds(locale: Locale, ms: number): Phrase {
  const seconds = Math.round(ms) / 1000;
  return number(locale, seconds, (String(seconds).split(".")[1] ?? "").length);
}

/** The same with its unit, as a sentence says it. */
function delayInWords(locale: Locale, ms: number): Phrase {
  return say(locale, "prediction.seconds", { s: ms === Math.round(ms / 1000) * 1000 ? ms / 1000 : delaySeconds(locale, ms) });
}

/** Hours, minutes and whole seconds: 1:50:07. */
function clockText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** Decimals of means of open Jobs: those that the widest of their ranges deserves, for they stand below each other. */
function meanDecimals({ delays }: Prediction): number {
  const widths = delays.flatMap(({ openJobs }) => (openJobs === undefined ? [] : [openJobs.mean.pi90[1] - openJobs.mean.pi90[0]]));
  return Math.min(MOST_MEAN_DECIMALS, Math.max(1, decimalsFor(Math.max(...widths))));
}

/** The answer: the delay that differs most from the measured one, against it. */
export function predictionFinding(locale: Locale, prediction: Prediction): Phrase {
  const measuredMs = prediction.basis.delayMs[1];
  const distance = ({ delayMs }: PredictedDelay): number => Math.abs(Math.log((delayMs + 100) / (measuredMs + 100)));
  const [told] = [...prediction.delays].sort((a, b) => distance(b) - distance(a) || a.delayMs - b.delayMs);
  if (told === undefined) return [];
  const { totalMs, openJobs } = told;
  const values = {
    d: delayInWords(locale, told.delayMs),
    m: delayInWords(locale, Math.round(measuredMs / 100) * 100),
    investigations: say(locale, "title.investigations", { n: prediction.n }),
    t: strong(ltr(clockText(totalMs.median))),
    a: ltr(clockText(totalMs.pi90[0])),
    b: ltr(clockText(totalMs.pi90[1])),
  };
  if (openJobs === undefined) return say(locale, "prediction.finding-total", values);
  const { mean, peak } = openJobs;
  return say(locale, "prediction.finding", {
    ...values,
    x: strong(number(locale, mean.median, meanDecimals(prediction))),
    p: strong(number(locale, peak.median, 0)),
    q: number(locale, peak.pi90[0], 0),
    r: number(locale, peak.pi90[1], 0),
  });
}

/** Number of simulated runs and of the investigations that they were drawn from. */
export function predictionBasis(locale: Locale, { replicates, basis }: Prediction): Phrase {
  const values = { r: replicates, k: basis.investigations };
  if (basis.jobs === undefined) return say(locale, "prediction.basis-total", values);
  return say(locale, "prediction.basis", { ...values, p: peakNumber(locale, basis.jobs) });
}

/** The smallest delay for the limit; undefined where none was asked for. */
export function predictionLimit(locale: Locale, { limit }: Prediction): Phrase | undefined {
  if (limit === undefined) return undefined;
  const values = { share: percent(locale, LIMIT_SHARE), p: limit.maxOpen };
  if (limit.delayMs === null && limit.ownPeak !== undefined) return say(locale, "prediction.limit-own", { ...values, k: limit.ownPeak });
  if (limit.delayMs === null) return say(locale, "prediction.limit-none", values);
  return say(locale, "prediction.limit", { ...values, d: strong(delayInWords(locale, limit.delayMs)) });
}

/** Assumptions and doubts, one sentence each. */
export function predictionNotes(locale: Locale, { notes }: Prediction): readonly Phrase[] {
  return notes.map(({ key, values }) => sayIfKnown(locale, `prediction.${key}`, shown(locale, values)) ?? ltr(key));
}

function shown(locale: Locale, values: Readonly<Record<string, string | number>>): Record<string, Phrase | number | string> {
  const digits = (value: number) => (String(value).split(".")[1] ?? "").length;
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === "number" ? number(locale, value, digits(value)) : value]),
  );
}

/** Why a report cannot be predicted from, in English: an error speaks English. */
export function refusalText(key: string, values: Readonly<Record<string, string | number>>): string {
  const phrase = sayIfKnown(LOCALES.en, `prediction.refused-${key}`, values) ?? plain(key);
  return phrase.map(({ text }) => text).join("");
}

export interface PredictionTable {
  readonly headings: readonly Phrase[];
  /** A row a delay; the cells in the order of the headings. */
  readonly rows: readonly (readonly Phrase[])[];
}

/** Each delay with its numbers and their 90% ranges, and 95% ones where there is room for them. */
export function predictionTable(locale: Locale, prediction: Prediction, wide: boolean): PredictionTable {
  const hasJobs = prediction.delays.some(({ openJobs }) => openJobs !== undefined);
  const maxOpen = prediction.limit?.maxOpen;
  const ranges: readonly MessageKey[] = wide ? ["prediction.interval", "prediction.interval-wide"] : ["prediction.interval"];
  const headings: Phrase[] = (["prediction.delay", "prediction.total", ...ranges] as const).map((key) => say(locale, key));
  if (hasJobs) {
    for (const key of ["prediction.mean", ...ranges, "prediction.peak", ...ranges] as const) headings.push(say(locale, key));
    if (maxOpen !== undefined) headings.push(say(locale, "prediction.within", { p: maxOpen }));
  }
  headings.push(say(locale, "prediction.beyond"));
  const rows = prediction.delays.map(({ delayMs, totalMs, openJobs, extrapolates }) => {
    const row: Phrase[] = [delaySeconds(locale, delayMs), ...forecastCells(totalMs, wide, (ms) => clockText(ms))];
    if (openJobs !== undefined) {
      const decimals = meanDecimals(prediction);
      row.push(
        ...forecastCells(openJobs.mean, wide, (value) => formatNumber(locale, value, decimals)),
        ...forecastCells(openJobs.peak, wide, (value) => formatNumber(locale, value, 0)),
      );
      if (maxOpen !== undefined) row.push(openJobs.withinLimit === undefined ? plain("–") : percent(locale, openJobs.withinLimit));
    }
    row.push(
      join(
        extrapolates.map((key) => say(locale, `prediction.${key}`)),
        ", ",
      ),
    );
    return row;
  });
  return { headings, rows };
}

function forecastCells(forecast: Forecast, wide: boolean, text: (value: number) => string): Phrase[] {
  const ranges = wide ? [forecast.pi90, forecast.pi95] : [forecast.pi90];
  return [ltr(text(forecast.median)), ...ranges.map(([low, high]) => ltr(`${text(low)}–${text(high)}`))];
}
