import { PostrunError } from "../model/errors.js";
import { suggestion } from "../model/nearest.js";
import { isBandAlone } from "../model/open-jobs-mean.js";
import type { Report, ReportClaim, ReportComparison } from "../model/report.js";
import { exitCodes } from "./exit-codes.js";
import { type AnalysisFlags, runAnalysis } from "./run-analysis.js";

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
  printVerdicts(required);
  if (comparison !== undefined) printRegressions(comparison);
  process.exitCode = gate(required, flags.strict === true);
}

/** Why so little is measured, where what was given is not what was expected; on standard error. */
async function printMisfits(report: Report): Promise<void> {
  const { misfitPhrases } = await import("../report/misfits.js");
  const { localeOf } = await import("../report/locales/index.js");
  const { toText } = await import("../report/phrase.js");
  for (const sentence of misfitPhrases(report, localeOf(report, "en"))) process.stderr.write(`postrun: ${toText(sentence)}\n`);
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

/** `verdict  id  documented  measured`, in columns, on standard output. */
export function printVerdicts(claims: readonly ReportClaim[]): void {
  const idWidth = Math.max(0, ...claims.map((claim) => claim.id.length));
  for (const claim of claims) {
    const { measured, documented } = claim;
    const tolerance = documented.tolerance === undefined ? "" : ` (tolerance ${significant(documented.tolerance)})`;
    const low = documented.value === undefined ? `${documented.low} to ${documented.high}` : `${documented.value}${tolerance}`;
    const seen = measured === undefined ? "" : `measured ${seenText(measured)} ${measured.unit} (n=${measured.n})`;
    process.stdout.write(
      `${claim.verdict.padEnd(14)}  ${claim.id.padEnd(idWidth)}  documented ${documented.operator} ${low} ${documented.unit}  ${seen}`.trimEnd() +
        "\n",
    );
  }
}

function seenText(measured: NonNullable<ReportClaim["measured"]>): string {
  const { value, ci95 } = measured;
  return ci95 !== null && isBandAlone(measured) ? `${significant(ci95[0])} to ${significant(ci95[1])}` : significant(value);
}

/** What got worse since the earlier run, a line each, on standard output. It changes no exit code: only the claims decide that. */
function printRegressions({ verdicts, durations }: ReportComparison): void {
  const seconds = (ms: number) => `${significant(ms / 1000)} s`;
  const lines = [
    ...verdicts
      .filter(({ direction }) => direction === "worse")
      .map(({ id, before, after }) => `${"worse".padEnd(14)}  ${id}  was ${before}, is ${after}`),
    ...durations.flatMap(({ stage, finding, shiftMs, ci95Ms }) =>
      finding !== "longer" || shiftMs === undefined || ci95Ms === undefined
        ? []
        : [`${"longer".padEnd(14)}  ${stage}  by ${seconds(shiftMs)} (95% interval ${seconds(ci95Ms[0])} to ${seconds(ci95Ms[1])})`],
    ),
  ];
  for (const line of lines) process.stdout.write(`${line}\n`);
}

function significant(value: number): string {
  return String(Number(value.toPrecision(4)));
}
