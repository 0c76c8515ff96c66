import type { Claim, ClaimsFile, DocumentedValue, QuantityName } from "../../model/claim.js";
import { halfLastDigit, settingTolerance } from "../../model/expressions/documented-interval.js";
import { parseExpression } from "../../model/expressions/expression.js";
import { evaluateInterval, type ValueInterval } from "../../model/expressions/interval-expression.js";
import type { LifePart } from "../../model/report.js";
import { type ClaimContext, conditionHolds } from "./condition.js";

/** Half width that still agrees with a documented value, in its unit (CLAIMS: 10 % or half the last digit; settings 2 %, 0.1 or the resolution). */
export function toleranceOf(documented: DocumentedValue, setting: boolean, resolution: number): number {
  if (documented.operator === "between") return 0;
  if (documented.tolerance !== undefined) return documented.tolerance;
  const size = Math.abs(documented.value);
  if (setting) return documented.unit === "s" ? Math.max(settingTolerance(size), resolution) : 0;
  return documented.operator === "about" ? Math.max(0.1 * size, halfLastDigit(documented.value)) : 0;
}

/** The values that agree with what is documented; an end may be infinite. */
export function allowedRange(documented: DocumentedValue, setting: boolean, resolution: number): ValueInterval {
  if (documented.operator === "between") return [documented.low, documented.high];
  const tolerance = toleranceOf(documented, setting, resolution);
  // Rounded so that 12 + 1.2 is 13.2 and not a hair more or less: a limit is what a reader would compute.
  const low = Number((documented.value - tolerance).toPrecision(15));
  const high = Number((documented.value + tolerance).toPrecision(15));
  if (documented.operator === "at-most") return [Number.NEGATIVE_INFINITY, high];
  if (documented.operator === "at-least") return [low, Number.POSITIVE_INFINITY];
  return [low, high];
}

/** The documented number itself; the middle of a range. */
export function documentedValue(claim: Claim): number {
  const { documented } = claim;
  return documented.operator === "between" ? (documented.low + documented.high) / 2 : documented.value;
}

/** The claim that documents a quantity; of several, the first whose condition holds in this context, else the last of them. */
export function claimFor(file: ClaimsFile, quantity: QuantityName, context: ClaimContext): Claim | undefined {
  const ids = [file.quantities[quantity] ?? []].flat();
  const claims = ids.flatMap((id) => file.claims.filter((claim) => claim.id === id));
  return claims.find((claim) => conditionHolds(claim, context) === true) ?? claims.at(-1);
}

/** The documented number of a quantity, in the unit of its claim (seconds for durations); undefined where the claims file declares none. */
export function documentedNumber(file: ClaimsFile, quantity: QuantityName, context: ClaimContext): number | undefined {
  const claim = claimFor(file, quantity, context);
  return claim && documentedValue(claim);
}

/** The most Jobs that the documents allow at once: the lowest bound of the peak of open Jobs that speaks of this run. */
export function documentedLimit(file: ClaimsFile, context: ClaimContext): number | undefined {
  const bounds = file.claims.flatMap((claim) => {
    const { documented, measure } = claim;
    const isOfPeak = measure.metric === "open-jobs" && measure.statistic === "peak";
    return isOfPeak && documented.operator === "at-most" && conditionHolds(claim, context) === true ? [documented.value] : [];
  });
  return bounds.length === 0 ? undefined : Math.min(...bounds);
}

/** The parts of one Job's life as the documents have them, in order. */
export function documentedLife(file: ClaimsFile): LifePart[] {
  const values = new Map(file.claims.map((claim) => [claim.id, documentedValue(claim)]));
  return file.life.flatMap(({ part, duration }) => {
    const interval = evaluateInterval(parseExpression(duration), (name) => {
      const value = values.get(name);
      return value === undefined ? undefined : { interval: [value, value] };
    });
    return interval ? [{ part, durationMs: ((interval[0] + interval[1]) / 2) * 1000 }] : [];
  });
}
