import type { Claim, ClaimsFile } from "../../model/claim.js";
import type { Measured, MetricSpec } from "../../model/measurement.js";
import type { Diagnostic } from "../../model/source.js";
import { type ClaimContext, conditionHolds, conditionNames, contextValue } from "./condition.js";
import { documentedValue } from "./documented.js";
import { judgeMeasurement } from "./verdict.js";

/**
 * Whether what was measured speaks against a given parameter: of claims that differ only in their condition (the delay of one test
 * or of another), the one that applies is contradicted and another fits. Diagnostic `parameter-contradicted` with the values
 * parameter, given, claim, documented, measured, fits (id of the claim that fits).
 */
export function checkParameters(file: ClaimsFile, measured: (spec: MetricSpec) => Measured, context: ClaimContext): Diagnostic[] {
  const conditional = file.claims.filter((claim) => claim.appliesWhen !== undefined && claim.setting);
  return conditional.flatMap((claim) => {
    const result = conditionHolds(claim, context) === true ? measured(claim.measure) : undefined;
    if (result === undefined || !("measurement" in result)) return [];
    const { measurement } = result;
    const verdictOf = (other: Claim) => judgeMeasurement(other.documented, other.setting, measurement).verdict;
    if (verdictOf(claim) !== "contradicted") return [];
    const fits = conditional.find(
      (other) => other !== claim && JSON.stringify(other.measure) === JSON.stringify(claim.measure) && verdictOf(other) === "confirmed",
    );
    const parameter = conditionNames(claim).find((name) => Object.hasOwn(context.parameters, name));
    if (fits === undefined || parameter === undefined) return [];
    const given = contextValue(context, parameter) ?? "?";
    const values = { parameter, given, claim: claim.id, documented: documentedValue(claim), measured: measurement.value, fits: fits.id };
    return [{ id: "parameter-contradicted", severity: "warning", count: 1, values, examples: measurement.evidence.slice(0, 3) }];
  });
}
