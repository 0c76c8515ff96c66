/** What the terminal and Markdown say alike: the stages as cells, a claim in a sentence. */
import type { ReportClaim, ReportStage } from "../../model/report.js";
import type { Locale } from "../locales/index.js";
import { documentedValue, measuredSide } from "./claim-values.js";
import { formatNumber, resolutionPhrase, stageDecimals } from "./numbers.js";
import { capitalised, type Phrase, say, toText } from "./phrase.js";
import { judgedRange } from "./reasons.js";

/** A table of stages as text: its headings, a row of cells each, and what its columns mean. */
export interface StageTable {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly notes: readonly Phrase[];
}

/** Of each stage its n, median, interval, p95 and maximum in seconds, what its stamps leave open of them, and how many are left out; a dash where there is none. */
export function stageTable(stages: readonly ReportStage[], locale: Locale): StageTable {
  const columns = ["stage", "n", "median", "interval", "p95", "max", "resolution", "failed", "unknown"] as const;
  const { leftOut, unknown } = stageColumns(stages);
  const shown = columns.filter((column) => column !== "unknown" || unknown);
  return {
    headings: shown.map((column) => toText(say(locale, STAGE_HEADINGS[column]))),
    rows: stages.map((stage) => {
      const cells = stageCells(stage, locale);
      return shown.map((column) => cells[column]);
    }),
    notes: [...(leftOut ? [say(locale, "stages.failed-caption")] : []), ...(unknown ? [say(locale, "stages.unknown-caption")] : [])],
  };
}

/** Which counts of what is in no statistic a table of stages has. */
export function stageColumns(stages: readonly ReportStage[]): { readonly leftOut: boolean; readonly unknown: boolean } {
  return { leftOut: stages.some(({ failed }) => failed > 0), unknown: stages.some(({ unknown = 0 }) => unknown > 0) };
}

const STAGE_HEADINGS = {
  stage: "stages.stage",
  n: "column.n",
  median: "column.median",
  interval: "claims.interval",
  p95: "column.p95",
  max: "column.max",
  resolution: "stages.resolution",
  failed: "stages.failed",
  unknown: "stages.unknown",
} as const;

function stageCells(stage: ReportStage, locale: Locale): Readonly<Record<keyof typeof STAGE_HEADINGS, string>> {
  const decimals = stageDecimals(stage);
  const seconds = (ms: number | undefined): string => (ms === undefined ? "-" : formatNumber(locale, ms / 1000, decimals));
  return {
    stage: capitalised(stage.title[locale.language]),
    n: String(stage.n),
    median: seconds(stage.p50Ms),
    interval: stage.ci95Ms === undefined ? "-" : `${seconds(stage.ci95Ms[0])}–${seconds(stage.ci95Ms[1])}`,
    p95: seconds(stage.p95Ms),
    max: seconds(stage.maxMs),
    resolution: stage.n === 0 ? "-" : toText(resolutionPhrase(locale, stage.resolutionMs)),
    failed: String(stage.failed),
    unknown: String(stage.unknown ?? 0),
  };
}

/** Documented and measured side of a claim as bare text; a dash where nothing was measured. */
export function claimSides(claim: ReportClaim, locale: Locale): { readonly documented: string; readonly measured: string } {
  const measured = claim.measured === undefined ? judgedRange(locale, claim) : measuredSide(locale, claim);
  return { documented: toText(documentedValue(locale, claim.documented)), measured: measured === undefined ? "-" : toText(measured) };
}
