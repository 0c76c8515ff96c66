import { groupBy } from "../model/collections/group-by.js";
import { PostrunError } from "../model/errors.js";
import type { Report, ReportClaim, ReportComparison } from "../model/report.js";
import { suggestion } from "../model/text/nearest.js";
import { exitCodes } from "./exit-codes.js";
import { type AnalysisFlags, runAnalysis } from "./run-analysis.js";
import { stderrLine } from "./standard-error.js";

export interface CheckFlags extends AnalysisFlags {
  readonly require?: readonly string[];
  readonly strict?: boolean;
}

/** The gate: one line a claim, and an exit code. */
export async function checkCommand(inputs: readonly string[], flags: CheckFlags): Promise<void> {
  const report = await runAnalysis(inputs, flags);
  const { claims, comparison } = report;
  const required = selectClaims(claims, flags.require);
  await printMisfits(report);
  await printVerdicts(required, process.stdout);
  if (comparison !== undefined) await printRegressions(comparison);
  const exitCode = gate(required, flags.strict === true);
  if (exitCode === exitCodes.input) await printUnsettled(report, required);
  // One that does not apply keeps nothing open where others do.
  const applicable = required.filter(({ verdict }) => verdict !== "not-applicable");
  if (exitCode === exitCodes.unsettled) await printUnsettled(report, applicable);
  process.exitCode = exitCode;
}

/** Why so little is measured, where what was given is not what was expected; on standard error. */
async function printMisfits(report: Report): Promise<void> {
  const { misfitPhrases } = await import("../report/words/misfits.js");
  const { localeOf } = await import("../report/locales/index.js");
  const { toText } = await import("../report/words/phrase.js");
  for (const sentence of misfitPhrases(report, localeOf(report, "en"))) stderrLine(toText(sentence));
}

/** Why the gate could not decide: each reason once, with the claims that it keeps open; on standard error. */
async function printUnsettled(report: Report, claims: readonly ReportClaim[]): Promise<void> {
  const { claimReason } = await import("../report/words/reasons.js");
  const { localeOf } = await import("../report/locales/index.js");
  const { toText } = await import("../report/words/phrase.js");
  const { timesOf } = await import("../report/words/times.js");
  const locale = localeOf(report, "en");
  const open = claims.filter(({ verdict }) => verdict !== "confirmed");
  for (const [reason, ofReason] of groupBy(open, (claim) => toText(claimReason(locale, timesOf(report, locale), claim)))) {
    stderrLine(`${ofReason.map(({ id }) => id).join(", ")}: ${reason}`);
  }
  process.stderr.write("         postrun inspect says what is missing for a full answer, with the commands that bring it\n");
}

/** Errors: an id that no claim has (`usage`). */
export function selectClaims(claims: readonly ReportClaim[], ids: readonly string[] | undefined): readonly ReportClaim[] {
  if (ids === undefined) return claims;
  return ids.map((id) => {
    const claim = claims.find((candidate) => candidate.id === id);
    if (claim === undefined)
      throw new PostrunError(
        "usage",
        `--require: there is no claim "${id}"`,
        suggestion(
          id,
          claims.map((candidate) => candidate.id),
        ),
      );
    return claim;
  });
}

/** A contradicted claim wins; then that nothing could be measured at all; then, if strict, that something is unsettled. */
export function gate(claims: readonly ReportClaim[], strict: boolean): number {
  const has = (verdict: ReportClaim["verdict"]) => claims.some((claim) => claim.verdict === verdict);
  if (has("contradicted")) return exitCodes.contradicted;
  if (!has("confirmed") && !has("inconclusive")) return exitCodes.input;
  return strict && (has("inconclusive") || has("not-measured")) ? exitCodes.unsettled : exitCodes.done;
}

export function isVerdictContradicted(claim: ReportClaim): boolean {
  return claim.verdict === "contradicted";
}

/** `verdict  id  documented  measured`, in columns: numbers as the report says them. */
export async function printVerdicts(claims: readonly ReportClaim[], to: NodeJS.WritableStream): Promise<void> {
  const { claimSides } = await import("../report/words/summary.js");
  const { LOCALES } = await import("../report/locales/index.js");
  const idWidth = Math.max(0, ...claims.map((claim) => claim.id.length));
  for (const claim of claims) {
    const { documented, measured } = claimSides(claim, LOCALES.en);
    const { tolerance } = claim.documented;
    const room = tolerance === undefined ? "" : ` (tolerance ${Number(tolerance.toPrecision(4))})`;
    const n = claim.measured?.n ?? claim.reason.values.n;
    const seen = measured === "-" ? "" : `  measured ${measured}${n === undefined ? "" : ` (n=${n})`}`;
    to.write(`${claim.verdict.padEnd(14)}  ${claim.id.padEnd(idWidth)}  documented ${documented}${room}${seen}\n`);
  }
}

/** What got worse since the earlier run, a line each, on standard output. It changes no exit code: only the claims decide that. */
async function printRegressions({ verdicts, durations }: ReportComparison): Promise<void> {
  const { durationFinding } = await import("../report/words/comparison.js");
  const { LOCALES } = await import("../report/locales/index.js");
  const { toText } = await import("../report/words/phrase.js");
  const lines = [
    ...verdicts
      .filter(({ direction }) => direction === "worse")
      .map(({ id, before, after }) => `${"worse".padEnd(14)}  ${id}  was ${before}, is ${after}`),
    ...durations
      .filter(({ finding }) => finding === "longer")
      .map((row) => `${"longer".padEnd(14)}  ${row.stage}  ${toText(durationFinding(row, LOCALES.en))}`),
  ];
  for (const line of lines) process.stdout.write(`${line}\n`);
}
