import type { ClaimsFile } from "../model/claim.js";
import { PostrunError } from "../model/errors.js";
import type { PooledRun, Report, ReportRelation } from "../model/report.js";
import type { Diagnostic } from "../model/source.js";
import { type ClaimRules, type PooledVerdict, poolClaim } from "./pool-claims.js";
import { poolStages } from "./pool-stages.js";
import { comparedRun, isSameRun, runsTogether } from "./run-identity.js";

/** What the pooled report says of itself. */
export type PoolFrame = Pick<Report, "tool" | "generatedAt" | "title" | "note" | "ticket" | "labels" | "command">;

/** What pooling needs of the analysis: the claims, its judge, and its relations. */
export interface PoolRules extends ClaimRules {
  readonly claims: ClaimsFile;
  readonly relations: (verdicts: readonly PooledVerdict[]) => readonly ReportRelation[];
  /** What there is to say of the claims themselves, whatever the runs were. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Several reports as one: a verdict for each claim over all runs. Whatever belongs to a single run (its Jobs, its curves, its clocks) is not in it. Throws a
 * PostrunError: usage for fewer than two reports, input for reports of different profiles, the same run twice, or a report of several runs.
 */
export function poolReports(given: readonly Report[], { claims, relations, diagnostics, ...rules }: PoolRules, frame: PoolFrame): Report {
  assertPoolable(given);
  // In the order in which they ran, whatever the order in which they were named.
  const reports = [...given].sort((a, b) => (beganAt(a) < beganAt(b) ? -1 : Number(beganAt(a) > beganAt(b))));
  const [first] = reports;
  if (first === undefined) throw new RangeError("no report to pool");
  const verdicts = claims.claims.flatMap((claim) => poolClaim(claim, reports, rules) ?? []);
  return {
    schemaVersion: 1,
    ...frame,
    labels: { ...shared(reports.map(({ labels }) => labels)), ...frame.labels },
    profile: { ...first.profile, ...knownStages(reports) },
    parameters: sharedParameters(reports),
    window: null,
    run: { selected: "all", found: reports.length },
    sources: reports.flatMap(({ sources }) => sources),
    clocks: [],
    investigations: [],
    jobs: [],
    stages: poolStages(reports),
    concurrency: { window: null },
    cleanup: {},
    jobLife: { documented: [], measured: [] },
    claims: verdicts.map(({ row }) => row),
    consistency: relations(verdicts),
    pooled: { runs: reports.map(pooledRun), claims: verdicts.map(({ pooled }) => pooled) },
    diagnostics,
    missing: [...new Map(reports.flatMap(({ missing }) => missing).map((piece) => [piece.key, piece])).values()],
  };
}

/** The stages that the profile of any of them knows; reports of old do not tell. */
function knownStages(reports: readonly Report[]): Pick<Report["profile"], "stages"> {
  const told = reports.flatMap(({ profile }) => (profile.stages === undefined ? [] : [profile.stages]));
  return told.length === 0 ? {} : { stages: [...new Set(told.flat())] };
}

function beganAt({ window, windowLocal, generatedAt }: Report): string {
  return window?.from ?? windowLocal?.from ?? generatedAt;
}

function assertPoolable(reports: readonly Report[]): void {
  if (reports.length < 2) throw new PostrunError("usage", "--pool needs at least two reports", "give the report of each run");
  const [first, ...others] = reports;
  const other = others.find(({ profile }) => profile.id !== first?.profile.id);
  if (other !== undefined) {
    throw new PostrunError(
      "input",
      `reports of profile "${first?.profile.id}" and of profile "${other.profile.id}" do not belong together`,
      "pool runs of one profile",
    );
  }
  if (reports.some(({ pooled }) => pooled !== undefined))
    throw new PostrunError(
      "input",
      "one of the reports is pooled already: its runs cannot be told apart any more",
      "give the report of each run",
    );
  const several = reports.map(runsTogether).find((runs) => runs > 1);
  if (several !== undefined)
    throw new PostrunError(
      "input",
      `one of the reports takes ${several} runs together: they cannot be told apart in it`,
      "analyze each of them by itself (--run N)",
    );
  const twice = reports.some((report, index) => reports.slice(index + 1).some((later) => isSameRun(report, later)));
  if (twice) throw new PostrunError("input", "two of the reports are of the same run: it would count twice", "give each run once");
}

function pooledRun(report: Report): PooledRun {
  const { concurrency, runDuration } = report;
  const { openJobs, part } = concurrency;
  return {
    ...comparedRun(report),
    ...(openJobs === undefined ? {} : { meanOpenJobs: openJobs.mean, meanOpenJobsRange: openJobs.meanRange, peakOpenJobs: openJobs.peak }),
    ...(part === undefined ? {} : { part }),
    ...(openJobs?.peakRange === undefined ? {} : { peakOpenJobsRange: openJobs.peakRange }),
    ...(runDuration === undefined ? {} : { durationMs: Math.round(runDuration.value * 1000) }),
  };
}

/** Names with the same value in every run. */
function shared(all: readonly Readonly<Record<string, string>>[]): Record<string, string> {
  const [first = {}] = all;
  return Object.fromEntries(
    Object.entries(first).filter(([name, value]) => all.every((labels) => Object.hasOwn(labels, name) && labels[name] === value)),
  );
}

/** A parameter that runs do not share has no value. */
function sharedParameters(reports: readonly Report[]): Report["parameters"] {
  const names = [...new Set(reports.flatMap(({ parameters }) => Object.keys(parameters)))];
  return Object.fromEntries(
    names.map((name) => {
      const values = reports.map(({ parameters }) => (Object.hasOwn(parameters, name) ? parameters[name] : undefined));
      const [first] = values;
      const same = first !== undefined && values.every((entry) => entry?.value === first.value);
      return [name, same ? first : { value: null, origin: "unknown" as const }];
    }),
  );
}
