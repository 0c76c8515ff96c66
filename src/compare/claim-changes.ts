import type { DocumentedChange, Report, ReportClaim, Verdict, VerdictChange } from "../model/report.js";

/** From good to bad; verdicts that say nothing have no place. */
const ORDER: readonly Verdict[] = ["confirmed", "inconclusive", "contradicted"];

/** Claims of both reports whose verdict, or whose documented value, is another one. */
export function claimChanges(
  older: Report,
  newer: Report,
): { verdicts: VerdictChange[]; documented: DocumentedChange[]; claimsAdded: string[]; claimsRemoved: string[] } {
  const known = new Map(older.claims.map((claim) => [claim.id, claim]));
  const own = new Set(newer.claims.map((claim) => claim.id));
  const both = newer.claims.flatMap((after) => {
    const before = known.get(after.id);
    return before === undefined ? [] : [{ before, after }];
  });
  return {
    verdicts: both
      .filter(({ before, after }) => before.verdict !== after.verdict)
      .map(({ before, after }) => ({
        id: after.id,
        title: after.title,
        before: before.verdict,
        after: after.verdict,
        direction: directionOf(before.verdict, after.verdict),
      })),
    documented: both
      .filter(({ before, after }) => documentedText(before.documented) !== documentedText(after.documented))
      .map(({ before, after }) => ({ id: after.id, title: after.title, before: before.documented, after: after.documented })),
    claimsAdded: newer.claims.filter((claim) => !known.has(claim.id)).map((claim) => claim.id),
    claimsRemoved: older.claims.filter((claim) => !own.has(claim.id)).map((claim) => claim.id),
  };
}

function directionOf(before: Verdict, after: Verdict): VerdictChange["direction"] {
  const [from, to] = [ORDER.indexOf(before), ORDER.indexOf(after)];
  if (from < 0 || to < 0) return "other";
  return to > from ? "worse" : "better";
}

/** What the document says, to compare by; without the tolerance: that of a setting follows the resolution of the stamps. */
export function documentedText({ value, low, high, unit, operator }: ReportClaim["documented"]): string {
  return JSON.stringify(value === undefined ? [operator, low, high, unit] : [operator, value, unit]);
}
