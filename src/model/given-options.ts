import { assertGiven } from "./given-value.js";
import { type MaskKind, maskKinds } from "./privacy/identifiers.js";
import { type EpochMs, isMoment, isZoneName, isZoneOffset } from "./time.js";

/** What an analysis may be given besides its profile, as far as types leave room for what cannot be. */
interface Options {
  readonly inputs: readonly string[];
  readonly run?: number | "all" | undefined;
  readonly declaredClock?: { readonly zoneName?: string; readonly zoneOffsetMinutes?: number; readonly skewMs?: number } | undefined;
  readonly limits?: { readonly from?: { readonly at: EpochMs }; readonly to?: { readonly at: EpochMs } } | undefined;
  readonly workers?: number;
  readonly redact?: readonly MaskKind[];
  readonly frame: { readonly generatedAt: string };
}

/** Throws a PostrunError (`usage`) that names the option. */
export function assertOptions({ inputs, run, declaredClock = {}, limits = {}, workers = 1, ...ofReport }: Options): void {
  const isRun = run === undefined || run === "all" || (Number.isInteger(run) && run >= 1);
  assertGiven(inputs.length > 0, "inputs", "", "the names of files or folders");
  assertGiven(isRun, "run", run, "the number of a run (from 1), or all");
  const { zoneName, zoneOffsetMinutes = 0, skewMs = 0 } = declaredClock;
  assertGiven(zoneName === undefined || isZoneName(zoneName), "declaredClock.zoneName", zoneName, "a zone such as Asia/Jerusalem");
  assertGiven(isZoneOffset(zoneOffsetMinutes), "declaredClock.zoneOffsetMinutes", zoneOffsetMinutes, "minutes from -720 to 840");
  assertGiven(Number.isFinite(skewMs), "declaredClock.skewMs", skewMs, "milliseconds");
  for (const end of ["from", "to"] as const)
    assertGiven(Number.isFinite(limits[end]?.at ?? 0), `limits.${end}.at`, limits[end]?.at, "milliseconds since 1970");
  assertGiven(Number.isInteger(workers) && workers >= 1, "workers", workers, "a whole number of threads from 1");
  assertReportOptions(ofReport);
}

/** The same for what any report is given. */
export function assertReportOptions({ redact = [], frame }: Pick<Options, "redact" | "frame">): void {
  const { generatedAt } = frame;
  assertGiven(isMoment(generatedAt), "frame.generatedAt", generatedAt, "a time in UTC such as 2025-12-07T10:00:00Z");
  for (const kind of redact) assertGiven(maskKinds.includes(kind), "redact", kind, `some of ${maskKinds.join(",")}`);
}
