import type { Claim, ClaimsFile } from "../../model/claim.js";
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
