/** A setting is checked three ways: the document, the deployed Job spec, the behaviour. */
import type { Claim } from "../../model/claim.js";
import type { ValueInterval } from "../../model/expressions/interval-expression.js";
import type { Measured, Measurement, MetricSpec } from "../../model/measurement.js";
import type { ClaimSettings } from "../../model/report.js";
import { settingValue } from "../metrics/job-settings.js";
import { allowedRange } from "./documented.js";
import { type Judgement, judgeMeasurement } from "./verdict.js";

/** The three ways beside each other; undefined for a claim that names no deployed setting. */
export function settingThreeWays(claim: Claim, measured: (spec: MetricSpec) => Measured): ClaimSettings | undefined {
  if (claim.deployed === undefined) return undefined;
  const [deployed, behaviour] = [claim.deployed, claim.measure].map((spec) => measured(spec));
  const seen = deployed !== undefined && "measurement" in deployed ? deployed.measurement : undefined;
  const done = behaviour !== undefined && "measurement" in behaviour ? behaviour.measurement : undefined;
  return {
    ...documentedAlone(claim),
    ...(seen === undefined ? {} : { deployed: seen.settings ?? [String(seen.value)] }),
    ...(done === undefined ? {} : { behaved: done.interval ?? [done.value, done.value] }),
  };
}

/** The documented number; nothing for a range, which has none. */
function documentedAlone({ documented }: Claim): { readonly documented?: number } {
  return documented.operator === "between" ? {} : { documented: documented.value };
}

/**
 * The deployed values that agree. They are read and not measured, so the room that a setting has for stamps is not theirs: "exactly" and bounds
 * mean what they say, but for a tolerance that is written down. "about" keeps its room, the same as for the behaviour.
 */
function agreeingRange({ documented, setting }: Claim): ValueInterval {
  return allowedRange(documented, setting && documented.operator === "about", 0);
}

/** Differences below this come from writing a number as binary, not from the setting. */
const equalEnough = 1e-9;

/** @param behaviour what the system did, where that was measured */
export function judgeSetting(
  claim: Claim,
  deployed: Measurement,
  behaviour: Measurement | undefined,
): Judgement & { readonly measurement: Measurement } {
  const seen = deployed.settings ?? [String(deployed.value)];
  const shown = { deployed: seen.join(", ") };
  const compared = { ...shown, ...documentedAlone(claim) };
  const [low, high] = agreeingRange(claim);
  const agreeing = seen.filter((text) => {
    const value = settingValue(text);
    return value !== undefined && value >= low - equalEnough && value <= high + equalEnough;
  }).length;
  if (agreeing === 0) {
    return { verdict: "contradicted", reason: { key: "setting-differs", values: compared }, measurement: deployed };
  }
  if (agreeing < seen.length) {
    return { verdict: "inconclusive", reason: { key: "setting-varies", values: compared }, measurement: deployed };
  }
  const behaves = behaviour && judgeMeasurement(claim.documented, claim.setting, behaviour).verdict;
  if (behaviour !== undefined && behaves === "contradicted") {
    const [lower, upper] = behaviour.interval ?? [behaviour.value, behaviour.value];
    const values = { ...compared, value: behaviour.value, lower, upper };
    return { verdict: "contradicted", reason: { key: "setting-agrees-behaviour-differs", values }, measurement: behaviour };
  }
  if (behaviour !== undefined && behaves === "confirmed") {
    const reason = { key: "setting-and-behaviour-agree", values: { ...shown, value: behaviour.value } } as const;
    return { verdict: "confirmed", reason, measurement: behaviour };
  }
  return { verdict: "confirmed", reason: { key: "setting-agrees", values: shown }, measurement: deployed };
}
