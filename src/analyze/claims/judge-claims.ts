import type { Claim, ClaimsFile } from "../../model/claim.js";
import { keptSamples } from "../../model/collections/evenly.js";
import { oncePer } from "../../model/collections/once-per.js";
import type { Measured, Measurement, MetricSpec } from "../../model/measurement.js";
import type { ReportClaim } from "../../model/report.js";
import { isOfTooFew } from "../../model/reports/enough-of-run.js";
import type { Reason } from "../../model/source.js";
import { countOutliers } from "../../model/statistics/outliers.js";
import { largest, smallest } from "../../model/statistics/statistics.js";
import { isOfFewest } from "../metrics/unknown-ends.js";
import { type ClaimContext, conditionHolds, conditionNames, contextValue } from "./condition.js";
import { allowedRange, toleranceOf } from "./documented.js";
import { isSingle, judgeable } from "./judgeable.js";
import { judgeSetting, settingThreeWays } from "./settings.js";
import { fillSuggestion } from "./suggestion.js";
import { type Judgement, judgeMeasurement } from "./verdict.js";

const mostEvidence = 20;

const lowest = ({ interval, value }: Measurement) => interval?.[0] ?? value;

const reportMeasured: (measurement: Measurement) => NonNullable<ReportClaim["measured"]> = oncePer((measurement) => {
  const { value, intervalKind, n, failed, censored, statistic, unit, resolution, range } = measurement;
  const samples = keptSamples(measurement.samples);
  const isPart = samples.length < measurement.samples.length;
  // What ends known only as ranges leave open is no spread of the samples.
  const open = range === undefined ? 0 : range[1] - range[0];
  const outliers = countOutliers(measurement.samples, resolution + open, measurement.step ?? resolution);
  return {
    ...{ value, ci95: measurement.interval ?? null, intervalKind, n, failed, censored, statistic, unit, samples, resolution },
    ...(isPart ? { extremes: [smallest(measurement.samples), largest(measurement.samples)] as const } : {}),
    ...(range === undefined ? {} : { range }),
    ...(measurement.unknown === undefined ? {} : { unknown: measurement.unknown }),
    ...(outliers === 0 ? {} : { outliers }),
    ...(measurement.part === undefined ? {} : { atLeast: lowest(measurement) }),
  };
});

/** The documented value with the tolerance that is used at such a resolution, where there is one. */
export function reportDocumented(claim: Claim, resolution: number): ReportClaim["documented"] {
  const { documented, from, to } = claim;
  const { operator, unit } = documented;
  if (operator === "between") return { low: documented.low, high: documented.high, unit, operator, from, to };
  const [low, high] = allowedRange(documented, claim.setting, resolution);
  const tolerance = toleranceOf(documented, claim.setting, resolution);
  const range = operator === "about" || claim.setting ? { low, high } : {};
  return { value: documented.value, ...range, unit, operator, ...(tolerance > 0 || operator === "about" ? { tolerance } : {}), from, to };
}

/** Why the condition keeps the claim from being judged; undefined where it holds. */
function conditionVerdict(claim: Claim, context: ClaimContext): Pick<Judgement, "verdict" | "reason"> | undefined {
  const holds = conditionHolds(claim, context);
  if (holds === true) return undefined;
  const condition = claim.appliesWhen ?? "";
  const names = conditionNames(claim);
  if (holds === false) {
    const seen = names.map((name) => `${name}=${contextValue(context, name) ?? "?"}`).join(", ");
    return { verdict: "not-applicable", reason: { key: "condition-false", values: { condition, seen } } };
  }
  const unknown = names.filter((name) => contextValue(context, name) === null).join(", ");
  return { verdict: "not-measured", reason: { key: "parameter-unknown", values: { condition, parameter: unknown } } };
}

interface Finding {
  readonly verdict: ReportClaim["verdict"];
  readonly reason: Reason;
  /** What the verdict rests on. */
  readonly measurement?: Measurement;
}

function judge(claim: Claim, measured: (spec: MetricSpec) => Measured): Finding {
  const behaviour = measured(claim.measure);
  const seen = "measurement" in behaviour ? behaviour.measurement : undefined;
  if (claim.measure.metric === "job-setting" && seen !== undefined) return judgeSetting(claim, seen, undefined);
  const deployed = claim.deployed && measured(claim.deployed);
  if (deployed !== undefined && "measurement" in deployed) return judgeSetting(claim, deployed.measurement, seen);
  if ("measurement" in behaviour) {
    const { measurement } = behaviour;
    return { ...judgeMeasurement(claim.documented, claim.setting, measurement), measurement };
  }
  // That it is set to something else than a number says more than that nothing was seen of it.
  const isOtherSetting = deployed?.notMeasured.key === "setting-not-a-number";
  return { verdict: "not-measured", reason: isOtherSetting ? deployed.notMeasured : behaviour.notMeasured };
}

/** No document should say of a run what a part of it shows, or one of which hardly anything ended well. */
function bearsWording(measurement: Measurement, { endedWell = Number.POSITIVE_INFINITY }: ClaimContext): boolean {
  return measurement.part === undefined && !isOfFewest(measurement) && !isOfTooFew(measurement, endedWell);
}

function judgeClaim(claim: Claim, read: (spec: MetricSpec) => Measured, context: ClaimContext): ReportClaim {
  const measured = (spec: MetricSpec) => judgeable(claim, spec, read(spec));
  const finding: Finding = conditionVerdict(claim, context) ?? judge(claim, measured);
  const { verdict, reason, measurement } = finding;
  const single = measurement !== undefined && isSingle(measurement) ? measurement : undefined;
  const suggestion =
    verdict === "contradicted" && single !== undefined && bearsWording(single, context) ? fillSuggestion(claim, single) : undefined;
  const settings = verdict === "not-applicable" ? undefined : settingThreeWays(claim, measured);
  const { id, title, statement, condition, evidenceClass, source } = claim;
  return {
    id,
    title,
    statement,
    documented: reportDocumented(claim, measurement?.resolution ?? 0),
    ...(single ? { measured: reportMeasured(single) } : {}),
    ...(settings ? { settings } : {}),
    ...(condition ? { condition } : {}),
    verdict,
    reason,
    ...(suggestion ? { suggestion } : {}),
    evidenceClass,
    source,
    evidence: measurement?.evidence.slice(0, mostEvidence) ?? [],
  };
}

/** A verdict for each claim, in the order of the file. Throws a PostrunError (config) for a condition that names no parameter. */
export function judgeClaims(file: ClaimsFile, measured: (spec: MetricSpec) => Measured, context: ClaimContext): ReportClaim[] {
  return file.claims.map((claim) => judgeClaim(claim, measured, context));
}
