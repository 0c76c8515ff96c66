import type { ReportStage } from "../../model/report.js";
import { stripSvg } from "../svg/strip.js";
import type { Html } from "../templates/markup.js";
import { phraseHtml } from "../templates/markup.js";
import { formatNumber, number, range, resolutionPhrase, stageDecimals } from "../words/numbers.js";
import { capitalised, type Phrase, plain, say, toText } from "../words/phrase.js";
import { stageColumns } from "../words/summary.js";
import { type Context, cell, sayHtml, sayText } from "./context.js";

/** Statistics shown, in order; a column that no row has is left out. */
const COLUMNS = [
  ["min", "minMs"],
  ["median", "p50Ms"],
  ["p90", "p90Ms"],
  ["p95", "p95Ms"],
  ["p99", "p99Ms"],
  ["max", "maxMs"],
] as const;

/** The table of stages. */
export function stagesView(context: Context): object | undefined {
  const { stages } = context.report;
  if (stages.every((row) => row.n + row.failed + row.censored + (row.unknown ?? 0) === 0)) return undefined;
  const columns = COLUMNS.filter(([, field]) => stages.some((row) => row[field] !== undefined));
  return {
    columns: columns.map(([name]) => ({ name, title: sayHtml(context, `column.${name}`), main: name === "median" })),
    rows: stages.map((row) => stageRow(context, row, columns)),
    ...stageColumns(stages),
  };
}

function stageRow(context: Context, row: ReportStage, columns: readonly (typeof COLUMNS)[number][]): object {
  const { locale } = context;
  const decimals = stageDecimals(row);
  const seconds = (ms: number | undefined): Phrase | undefined => (ms === undefined ? undefined : number(locale, ms / 1000, decimals));
  return {
    stage: row.stage,
    title: phraseHtml(plain(capitalised(row.title[locale.language]))),
    n: row.n,
    cells: columns.map(([name, field]) => ({
      label: sayText(context, `column.${name}`),
      value: cell(seconds(row[field])),
      main: name === "median",
    })),
    interval: cell(row.ci95Ms === undefined ? undefined : range(locale, row.ci95Ms[0] / 1000, row.ci95Ms[1] / 1000, decimals)),
    resolution: cell(row.n === 0 ? undefined : resolutionPhrase(locale, row.resolutionMs)),
    failed: row.failed,
    censored: row.censored,
    unknown: row.unknown ?? 0,
    strip: strip(context, row),
  };
}

function strip(context: Context, row: ReportStage): Html | undefined {
  const { locale } = context;
  if (row.p50Ms === undefined || row.samplesMs.length === 0) return undefined;
  const median = toText(say(locale, "unit.s", { x: number(locale, row.p50Ms / 1000, stageDecimals(row)) }));
  return stripSvg({
    samples: row.samplesMs.map((ms) => ms / 1000),
    median: row.p50Ms / 1000,
    label: `${row.title[locale.language]}: ${sayText(context, "statistic.median")} ${median}`,
    text: (value, decimals) => formatNumber(locale, value, decimals),
    unit: sayText(context, "scale.s"),
  });
}
