import { evenly } from "../../model/evenly.js";
import { oncePer } from "../../model/once-per.js";
import type { Report, StepCurve } from "../../model/report.js";
import { median } from "../../model/statistics.js";
import { number } from "../numbers.js";
import { scatterSvg } from "../svg/scatter.js";
import { epochOf } from "../times.js";
import { type Context, cell, sayHtml, sayText } from "./context.js";
import { OVER_RUN_STAGE } from "./over-run.js";

/** A level with fewer samples has no median worth showing. */
const FEWEST = 6;
const MOST_DOTS = 2000;

/** How long connecting took against the number of Jobs that were open when it began; undefined where either is unknown. */
export function loadView(context: Context): object | undefined {
  const { locale } = context;
  const rows = connectByLoad(context.report);
  if (rows.length === 0) return undefined;
  const known = rows.filter((row) => row.median !== undefined);
  const [low, high] = [known[0], known.at(-1)];
  const shown = (value: number) => number(locale, value, 1);
  const compared = low?.median !== undefined && high?.median !== undefined && low !== high;
  const values = compared
    ? { a: low.level, x: shown(low.median ?? 0), b: high.level, y: shown(high.median ?? 0) }
    : { n: rows.reduce((sum, { seconds }) => sum + seconds.length, 0) };
  const key = compared ? "load.finding" : "load.finding-one";
  const total = rows.reduce((sum, row) => sum + row.seconds.length, 0);
  return {
    finding: sayHtml(context, key, values),
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
      label: `${sayText(context, "load.heading")}. ${sayText(context, key, values)}`,
    }),
    rows: rows.map(({ level, seconds, median }) => ({
      level,
      n: seconds.length,
      median: cell(median === undefined ? undefined : shown(median)),
    })),
  };
}

interface LoadLevel {
  readonly level: number;
  readonly seconds: readonly number[];
  readonly median: number | undefined;
}

/** Durations of connecting in seconds, by the number of Jobs open just as it began. */
const connectByLoad = oncePer((report: Report): readonly LoadLevel[] => {
  const curve = report.concurrency.openJobs;
  if (curve === undefined || report.concurrency.window === null) return [];
  const byLevel = new Map<number, number[]>();
  for (const entry of report.investigations) {
    for (const part of entry.stages) {
      if (part.stage !== OVER_RUN_STAGE || part.outcome !== "ok" || part.durationMs === null || part.from === null) continue;
      const level = levelAt(curve.points, epochOf(part.from));
      const seconds = byLevel.get(level) ?? [];
      seconds.push(part.durationMs / 1000);
      byLevel.set(level, seconds);
    }
  }
  return [...byLevel]
    .sort(([a], [b]) => a - b)
    .map(([level, seconds]) => ({ level, seconds, median: seconds.length < FEWEST ? undefined : median(seconds) }));
});

/** Level of a right-continuous step curve. */
function levelAt(points: StepCurve["points"], at: number): number {
  let [low, high] = [0, points.length];
  while (low < high) {
    const half = (low + high) >> 1;
    if ((points[half]?.[0] ?? 0) <= at) low = half + 1;
    else high = half;
  }
  return points[low - 1]?.[1] ?? 0;
}
