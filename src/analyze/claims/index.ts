/** Claims held against measurements: verdicts, relations, and what the documents say of a quantity. */
export { checkParameters } from "./check-parameters.js";
export { withCitedLines } from "./cited-lines.js";
export type { ClaimContext } from "./condition.js";
export { claimFor, documentedLife, documentedLimit, documentedNumber } from "./documented.js";
export { judgeClaims, reportDocumented } from "./judge-claims.js";
export { opposedClaims, opposedDiagnostics } from "./opposed-claims.js";
export { claimReasonKeys } from "./reasons.js";
export { evaluateRelations, measuredValues } from "./relations.js";
