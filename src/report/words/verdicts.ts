import type { Report, ReportClaim, Verdict } from "../../model/report.js";
import { endedWell, isToCorrect } from "../../model/reports/enough-of-run.js";

/** In the order a reader needs them. */
const VERDICTS: readonly Verdict[] = ["contradicted", "inconclusive", "confirmed", "not-measured", "not-applicable"];

/** A sign for each where only text is possible, so that no verdict is told by colour alone. */
export const VERDICT_SIGNS: Readonly<Record<Verdict, string>> = {
  contradicted: "✕",
  inconclusive: "?",
  confirmed: "✓",
  "not-measured": "–",
  "not-applicable": "∅",
};

/**
 * Claims by verdict; contradicted ones by how many other claims the documents' own relations tie to them, so that the one that most rests on
 * comes first; then in the order of the claims file.
 */
export function sortedClaims(report: Report): readonly ReportClaim[] {
  const tied = (id: string): number => {
    const relations = report.consistency.filter(({ claims = [] }) => claims.includes(id));
    return new Set(relations.flatMap(({ claims = [] }) => claims)).size;
  };
  const weights = new Map(report.claims.map(({ id, verdict }) => [id, verdict === "contradicted" ? tied(id) : 0]));
  const weight = ({ id }: ReportClaim): number => weights.get(id) ?? 0;
  return [...report.claims].sort((a, b) => VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict) || weight(b) - weight(a));
}

/** How many claims have each verdict; the counts add up to the number of claims. */
export function verdictCounts(report: Report): readonly (readonly [Verdict, number])[] {
  return VERDICTS.map((verdict) => [verdict, report.claims.filter((claim) => claim.verdict === verdict).length] as const);
}

/** The claims by which the documents have to be corrected. */
export function claimsToCorrect(report: Report): readonly ReportClaim[] {
  const ended = endedWell(report);
  return report.claims.filter((claim) => isToCorrect(claim, ended));
}
