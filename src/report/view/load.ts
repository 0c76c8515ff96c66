import { evenly } from "../../model/collections/evenly.js";
import { oncePer } from "../../model/collections/once-per.js";
import type { Report } from "../../model/report.js";
import { openJobsAt } from "../../model/reports/open-level.js";
import { median } from "../../model/statistics/statistics.js";
import { scatterSvg } from "../svg/scatter.js";
import { phraseHtml } from "../templates/markup.js";
import { number } from "../words/numbers.js";
import { type Phrase, say, toText } from "../words/phrase.js";
import { epochOf } from "../words/times.js";
import { type Context, cell, sayHtml, sayText } from "./context.js";
import { OVER_RUN_STAGE } from "./over-run.js";

/** A level with fewer samples has no median worth showing. */
const FEWEST = 6;
const MOST_DOTS = 2000;

/** How long connecting took against the number of Jobs that were open when it began; undefined where nothing tells both. */
export function loadView(context: Context): object | undefined {
  const { locale } = context;
  const { levels: rows, unknown } = connectByLoad(context.report);
  if (rows.length === 0) return undefined;
  const shown = (value: number) => number(locale, value, 1);
  const total = rows.reduce((sum, row) => sum + row.seconds.length, 0);
  const finding = findingPhrase(context, rows, shown);
  return {
    finding: phraseHtml(finding),
    unknown: unknown === 0 ? undefined : sayHtml(context, "load.unknown", { n: unknown }),
    svg: scatterSvg({
      levels: rows.map(({ level, seconds, median }) => ({
        level,
        values: evenly(seconds, Math.ceil((MOST_DOTS * seconds.length) / Math.max(total, MOST_DOTS))),
        median,
        text:
          median === undefined
            ? ""
            : shown(median)
                .map((piece) => piece.text)
                .join(""),
      })),
      axis: sayText(context, "load.axis"),
      unit: sayText(context, "axis.seconds"),
      label: `${sayText(context, "load.heading")}. ${toText(finding)}`,
    }),
    rows: rows.map(({ level, seconds, median }) => ({
      level,
      n: seconds.length,
      median: cell(median === undefined ? undefined : shown(median)),
    })),
  };
}

/** The lowest and the highest number of open Jobs whose medians can be told, or why they cannot be compared. */
function findingPhrase({ locale }: Context, rows: readonly LoadLevel[], shown: (value: number) => Phrase): Phrase {
  const known = rows.flatMap(({ level, median }) => (median === undefined ? [] : [{ level, median: shown(median) }]));
  const [low, high] = [known[0], known.at(-1)];
  if (low === undefined || high === undefined)
    return say(locale, "load.finding-one", { n: rows.reduce((sum, { seconds }) => sum + seconds.length, 0) });
  if (low === high) return say(locale, "load.finding-level", { a: low.level, x: low.median });
  return say(locale, "load.finding", { a: low.level, x: low.median, b: high.level, y: high.median });
}

interface LoadLevel {
  readonly level: number;
  readonly seconds: readonly number[];
  readonly median: number | undefined;
}

interface ConnectByLoad {
  readonly levels: readonly LoadLevel[];
  /** So many more began when the number of open Jobs is not known. */
  readonly unknown: number;
}

/** Durations of connecting in seconds, by the number of Jobs open just as it began. */
const connectByLoad = oncePer((report: Report): ConnectByLoad => {
  const levelAt = openJobsAt(report);
  const byLevel = new Map<number, number[]>();
  let unknown = 0;
  for (const entry of report.investigations) {
    for (const part of entry.stages) {
      if (part.stage !== OVER_RUN_STAGE || part.outcome !== "ok" || part.durationMs === null || part.from === null) continue;
      const level = levelAt(epochOf(part.from));
      if (level === undefined) {
        unknown += 1;
        continue;
      }
      const seconds = byLevel.get(level) ?? [];
      seconds.push(part.durationMs / 1000);
      byLevel.set(level, seconds);
    }
  }
  const levels = [...byLevel]
    .sort(([a], [b]) => a - b)
    .map(([level, seconds]) => ({ level, seconds, median: seconds.length < FEWEST ? undefined : median(seconds) }));
  return { levels, unknown };
});
