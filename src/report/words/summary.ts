/** What the terminal and Markdown say alike: a stage as cells, a claim in a sentence. */
import type { ReportClaim, ReportStage } from "../../model/report.js";
import type { Locale } from "../locales/index.js";
import { documentedValue, measuredSide } from "./claim-values.js";
import { formatNumber, resolutionPhrase, stageDecimals } from "./numbers.js";
import { say, toText } from "./phrase.js";
import { judgedRange } from "./reasons.js";

/** n, median, interval, p95 and maximum of a stage in seconds, what its stamps leave open of them, how many are left out; a dash where there is none. */
export function stageCells(stage: ReportStage, locale: Locale): readonly string[] {
  const decimals = stageDecimals(stage);
  const seconds = (ms: number | undefined): string => (ms === undefined ? "-" : formatNumber(locale, ms / 1000, decimals));
  const interval = stage.ci95Ms === undefined ? "-" : `${seconds(stage.ci95Ms[0])}–${seconds(stage.ci95Ms[1])}`;
  const resolution = stage.n === 0 ? "-" : toText(resolutionPhrase(locale, stage.resolutionMs));
  return [String(stage.n), seconds(stage.p50Ms), interval, seconds(stage.p95Ms), seconds(stage.maxMs), resolution, String(stage.failed)];
}

/** Headings of `stageCells`. */
export function stageHeadings(locale: Locale): readonly string[] {
  const words = ["column.n", "column.median", "claims.interval", "column.p95", "column.max", "stages.resolution", "stages.failed"] as const;
  return words.map((key) => toText(say(locale, key)));
}

/** Documented and measured side of a claim as bare text; a dash where nothing was measured. */
export function claimSides(claim: ReportClaim, locale: Locale): { readonly documented: string; readonly measured: string } {
  const measured = claim.measured === undefined ? judgedRange(locale, claim) : measuredSide(locale, claim);
  return { documented: toText(documentedValue(locale, claim.documented)), measured: measured === undefined ? "-" : toText(measured) };
}
