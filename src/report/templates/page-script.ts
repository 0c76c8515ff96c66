import type { Report, SurvivalCurve } from "../../model/report.js";
import { templateText } from "../template-files.js";
import { drawingModules } from "./drawing-modules.js";

/** Modules of templates/scripts/ in the order in which the page runs them. */
const SCRIPTS = [
  "columns",
  "timeline-data",
  "draw-curve",
  "draw-gantt",
  "draw-measures",
  "data",
  "language",
  "theme",
  "claims",
  "rows",
  "tables",
  "zoom",
  "timeline",
  "measures",
  "copy",
  "download",
  "print",
] as const;

/** The page's one script: its modules joined into one function, without their imports and exports. */
export function pageScript(): string {
  const modules = SCRIPTS.map((name) =>
    templateText(`scripts/${name}.js`)
      .replace(/^import [^;]*;\n/gm, "")
      .replace(/^export (?=const|function|class)/gm, "")
      .trim(),
  );
  return `(() => {\n"use strict";\n${modules.join("\n")}\n})();`;
}

/** A report as rows over time; its form is known to templates/scripts/ alone. */
interface TimelineRows {
  readonly from: number;
  readonly to: number;
  readonly measured: readonly (readonly [number, number])[] | null;
  readonly peak: { readonly at: number; readonly level: number } | null;
  readonly rows: readonly { readonly from: number; readonly to: number }[];
  readonly stages: readonly string[];
  /** Every stage of the profile, in its order. */
  readonly order: readonly string[];
}

/** The rows, for which part of their axis the number of open Jobs is known, stretches between two watches aside, and the limit of that number. */
export interface Timeline extends TimelineRows {
  readonly known: { readonly from: number; readonly to: number };
  /** Where a line stands for the most open Jobs that the documents allow. */
  readonly limit?: number;
}

interface TimelineRange {
  readonly from: number;
  readonly to: number;
  readonly offsetMinutes: number;
  /** Of the plot on the screen [px]; absent: as wide as a page is. */
  readonly width?: number;
  /** BCP 47 tag of the language in which days are named. */
  readonly locale: string;
  /** Words at the peak, as markup. */
  readonly peakText: string;
  /** Words at the documented limit, as markup. */
  readonly limitText: string;
  /** What the axis of time shows, as markup. */
  readonly axisText: string;
}

/** A part of an axis in seconds or in run order, and the words of the picture as markup. */
export interface MeasureRange extends Readonly<Record<string, string | number>> {
  readonly from: number;
  readonly to: number;
}

/** What the page draws again while its reader zooms; the report draws it first with the same functions. */
export interface Drawing {
  timelineOf(report: Report): TimelineRows;
  countedBetween(timeline: TimelineRows, from: number, to: number): number;
  curveMarkup(timeline: Timeline, view: TimelineRange): string;
  ganttMarkup(timeline: TimelineRows, view: TimelineRange): { readonly markup: string; readonly height: number };
  curveBinSeconds(timeline: Timeline, from: number, to: number, width?: number): number;
  readonly curveHeight: number;
  survivalMarkup(curve: SurvivalCurve, view: MeasureRange): string;
  survivalEnd(curve: SurvivalCurve): number;
  overRunMarkup(samplesMs: readonly number[], medianMs: number, view: MeasureRange): string;
  readonly measureHeight: number;
}

/** Loads the drawing functions of the page. */
export async function loadDrawing(): Promise<Drawing> {
  return Object.assign({}, ...(await drawingModules())) as Drawing;
}
