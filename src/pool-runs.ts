/** Several saved reports as one: the layers joined as in postrun.ts, for runs that were measured before. */

import type { ReportFrame } from "./analyze/build-report.js";
import { evaluateRelations, judgeClaims, measuredValues, opposedDiagnostics, reportDocumented } from "./analyze/claims/index.js";
import type { PooledVerdict } from "./compare/index.js";
import type { Claim } from "./model/claim.js";
import { PostrunError } from "./model/errors.js";
import { assertReportOptions } from "./model/given-options.js";
import type { Measured, Measurement, MetricSpec } from "./model/measurement.js";
import type { MaskKind } from "./model/privacy/identifiers.js";
import { maskReport } from "./model/privacy/masking.js";
import { redactDeep } from "./model/privacy/redaction.js";
import type { Report, ReportClaim, ReportRelation } from "./model/report.js";
import { endedWell } from "./model/reports/enough-of-run.js";
import { DEFAULT_PROFILE } from "./profiles/default-profile.js";
import { givenProfile, type LoadedProfile } from "./profiles/load-profile.js";

/** What to pool and how. */
export interface PoolOptions {
  /** Reports of single runs, two or more. */
  readonly reports: readonly Report[];
  /** Name or path of the profile that the reports were made with, or one that is loaded; by default the built-in one that they name. */
  readonly profile?: string | LoadedProfile;
  /** Path of another claims file than the profile's own; of no effect on a loaded profile. */
  readonly claims?: string;
  readonly redact?: readonly MaskKind[];
  readonly frame: ReportFrame;
}

/**
 * Several saved reports as one, with one verdict for each claim by the rules of a single run. Throws a PostrunError for reports that do not belong
 * together.
 */
export async function pool(options: PoolOptions): Promise<Report> {
  assertReportOptions(options);
  const { poolReports } = await import("./compare/index.js");
  const { claims, profile } = await profileOfReports(options);
  const ended = Math.min(...options.reports.filter(({ investigations }) => investigations.length > 0).map(endedWell));
  const judge = ({ appliesWhen: _, deployed: __, ...claim }: Claim, measurement: Measurement): ReportClaim => {
    const [row] = judgeClaims({ ...claims, claims: [claim] }, () => ({ measurement }), { parameters: {}, facts: {}, endedWell: ended });
    if (row === undefined) throw new Error(`claim ${claim.id} was not judged`);
    return row;
  };
  const relations = (verdicts: readonly PooledVerdict[]): readonly ReportRelation[] => {
    const bySpec = new Map(
      claims.claims.flatMap((claim) => {
        const measurement = verdicts.find(({ row }) => row.id === claim.id)?.measurement;
        return measurement === undefined ? [] : [[JSON.stringify(claim.measure), measurement] as const];
      }),
    );
    const measured = (spec: MetricSpec): Measured => {
      const measurement = bySpec.get(JSON.stringify(spec));
      return measurement === undefined ? { notMeasured: { key: "pooled-nothing", values: {} } } : { measurement };
    };
    return evaluateRelations(claims, measuredValues(claims, measured));
  };
  const documented = (claim: Claim) => reportDocumented(claim, 0);
  const report = poolReports(
    options.reports,
    { claims, judge, documented, relations, diagnostics: opposedDiagnostics(claims) },
    options.frame,
  );
  return maskReport(redactDeep(report), options.redact ?? [], profile);
}

/** The profile by whose claims reports are pooled: their own. Throws a PostrunError for another, and where theirs is not built in and none is given. */
async function profileOfReports({ profile: given, claims, reports }: PoolOptions): Promise<LoadedProfile> {
  const own = reports[0]?.profile.id ?? DEFAULT_PROFILE;
  const loaded = await givenProfile(given ?? own, claims).catch((error: unknown) => {
    if (given !== undefined || !(error instanceof PostrunError)) throw error;
    throw new PostrunError(
      error.code,
      `the reports are of profile "${own}": ${error.message}`,
      "name the file of that profile with --profile",
    );
  });
  if (loaded.profile.id !== own)
    throw new PostrunError(
      "input",
      `the reports are of profile "${own}", not of "${loaded.profile.id}"`,
      "pool them by the profile that they were made with",
    );
  return loaded;
}
