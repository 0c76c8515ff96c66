import type { Claim, ClaimsFile } from "../../model/claim.js";
import { MOST_OPPOSED_PAIRS } from "../../model/reports/opposed-pairs.js";
import type { Diagnostic } from "../../model/source.js";
import { allowedRange } from "./documented.js";

/**
 * Claims about one measure, under one condition, of which no value agrees with both. Those under different conditions (`appliesWhen`) speak of different
 * runs, so they may differ.
 */
export function opposedClaims({ claims }: ClaimsFile): readonly (readonly [Claim, Claim])[] {
  const subjects = claims.map(({ measure, appliesWhen }) => JSON.stringify([measure, appliesWhen ?? null]));
  return claims.flatMap((claim, index) =>
    claims.flatMap((other, later) =>
      later > index && subjects[index] === subjects[later] && areApart(claim, other) ? [[claim, other] as const] : [],
    ),
  );
}

function areApart(one: Claim, other: Claim): boolean {
  const [first, second] = [one, other].map(({ documented, setting }) => allowedRange(documented, setting, 0));
  return first !== undefined && second !== undefined && (first[1] < second[0] || second[1] < first[0]);
}

/**
 * What the profile contradicts itself in, whatever the run was. Diagnostic `claims-opposed` with the values claim and other, the ids of both, for each of the first
 * pairs; `claims-opposed-more` with the value count where there are more.
 */
export function opposedDiagnostics(file: ClaimsFile): Diagnostic[] {
  const pairs = opposedClaims(file);
  const told = pairs.slice(0, MOST_OPPOSED_PAIRS).map(
    ([claim, other]): Diagnostic => ({
      id: "claims-opposed",
      severity: "warning",
      count: 1,
      values: { claim: claim.id, other: other.id },
      examples: [],
    }),
  );
  const count = pairs.length - told.length;
  return count === 0 ? told : [...told, { id: "claims-opposed-more", severity: "warning", count, values: { count }, examples: [] }];
}
