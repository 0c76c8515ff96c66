import type { Claim, ClaimsFile } from "../../model/claim.js";
import type { Diagnostic } from "../../model/source.js";
import { allowedRange } from "./documented.js";

/**
 * Claims about one measure, under one condition, of which no value agrees with both. Those under different conditions (`appliesWhen`) speak of different
 * runs, so they may differ.
 */
export function opposedClaims({ claims }: ClaimsFile): readonly (readonly [Claim, Claim])[] {
  const subject = ({ measure, appliesWhen }: Claim) => JSON.stringify([measure, appliesWhen ?? null]);
  return claims.flatMap((claim, index) =>
    claims
      .slice(index + 1)
      .flatMap((other) => (subject(claim) === subject(other) && areApart(claim, other) ? [[claim, other] as const] : [])),
  );
}

function areApart(one: Claim, other: Claim): boolean {
  const [first, second] = [one, other].map(({ documented, setting }) => allowedRange(documented, setting, 0));
  return first !== undefined && second !== undefined && (first[1] < second[0] || second[1] < first[0]);
}

/** What the profile contradicts itself in, whatever the run was. Diagnostic `claims-opposed` with the values claim and other, the ids of both. */
export function opposedDiagnostics(file: ClaimsFile): Diagnostic[] {
  return opposedClaims(file).map(([claim, other]) => ({
    id: "claims-opposed",
    severity: "warning",
    count: 1,
    values: { claim: claim.id, other: other.id },
    examples: [],
  }));
}
