import type { ClaimsFile } from "../model/claim.js";
import { oncePer } from "../model/collections/once-per.js";
import { withoutAbsent } from "../model/collections/without-absent.js";
import type { Report, ReportConcurrency, StepCurve } from "../model/report.js";
import { endedWell } from "../model/reports/enough-of-run.js";
import type { Diagnostic, SourceSummary } from "../model/source.js";
import { isoFromEpoch, roundMicroseconds } from "../model/time.js";
import type { Timeline } from "../model/timeline.js";
import {
  type ClaimContext,
  checkParameters,
  documentedLimit,
  documentedNumber,
  evaluateRelations,
  judgeClaims,
  measuredValues,
  opposedDiagnostics,
  withCitedLines,
} from "./claims/index.js";
import { type Concurrency, concurrency } from "./concurrency/concurrency.js";
import type { Curve } from "./concurrency/curves.js";
import { littlesLaw, littlesLawDiagnostics } from "./concurrency/littles-law.js";
import { pauseDiagnostics } from "./concurrency/run-pauses.js";
import { crossCheckDiagnostics, crossChecks } from "./cross-checks/cross-checks.js";
import { deviations } from "./deviations.js";
import { jobLife, meanDifference } from "./job-life.js";
import { earlyDeletions } from "./jobs/early-deletions.js";
import { leakedJobs } from "./jobs/leaks.js";
import { metricReader } from "./metric-reader.js";
import { cleanupSurvival, populationDiagnostics } from "./metrics/cleanup-survival.js";
import { reversedStages } from "./metrics/job-stages.js";
import type { MetricContext } from "./metrics/metric-context.js";
import { partOfJobs } from "./metrics/part-of-run.js";
import { stageStatistics } from "./metrics/stage-statistics.js";
import { partlyKnownStages } from "./metrics/unknown-ends.js";
import { missingPieces } from "./missing.js";
import { type ParameterSources, resolveParameters, toldByLog } from "./parameters.js";
import { reportPolling } from "./polling/polling-report.js";
import { reportClock, reportInvestigations, reportJobs } from "./report-rows.js";
import { coverageDiagnostics, placedSources, reportSource } from "./report-sources.js";
import { durationOfRun, isoBounds, localWindow, windowOfRun } from "./run-window.js";
import { stageIntervals } from "./stages/stage-intervals.js";

/** What the analysis is made from. */
export interface AnalysisInput extends ParameterSources {
  readonly claims: ClaimsFile;
  readonly sources: readonly SourceSummary[];
  /** Of the ingest. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What the report says of itself rather than of the run. */
export type ReportFrame = Pick<Report, "tool" | "generatedAt" | "title" | "note" | "ticket" | "labels" | "command">;

/** Measures the run, holds the claims against it, and writes both down as a report. */
export function buildReport(input: AnalysisInput, frame: ReportFrame): Report {
  const { timeline, profile, claims } = input;
  const stages = stageIntervals(timeline, profile);
  const { parameters, claimContext, diagnostics: ofParameters } = parametersOf(input, stages);
  const documentedCleanupS = documentedNumber(claims, "cleanupAfterDisconnect", claimContext);
  const documentedCleanupMs = documentedCleanupS === undefined ? null : documentedCleanupS * 1000;
  const context: MetricContext = { timeline, profile, stages, concurrency: concurrency(timeline, profile, documentedCleanupMs) };
  const measured = metricReader(context);
  const { sources, endsEarly } = placedSources(input.sources, timeline);
  const window = windowOfRun(timeline);
  const { jobs, ...ofJobs } = jobSections(context, measured, claims, claimContext, documentedCleanupS);
  const ofStages = stageStatistics(context);
  const deviating = deviations(context, documentedCleanupMs);
  const polling = reportPolling(context);
  const checks = crossChecks(context);
  return withoutAbsent<Report>({
    schemaVersion: 1,
    tool: frame.tool,
    generatedAt: frame.generatedAt,
    title: frame.title,
    note: frame.note,
    ticket: frame.ticket,
    profile: { id: profile.id, title: profile.title, stages: profile.stages.map(({ id }) => id) },
    parameters,
    labels: { ...imageLabels(timeline), ...frame.labels },
    window: window === null ? null : isoBounds(window),
    ...localWindow(timeline, window),
    ...durationOfRun(measured({ metric: "run-duration" })),
    command: frame.command,
    run: timeline.run,
    sources: sources.map((source, index) => reportSource(source, endsEarly[index] ?? false, timeline)),
    clocks: timeline.clocks.map(reportClock),
    investigations: reportInvestigations(timeline, profile, stages),
    jobs,
    stages: ofStages,
    ...ofJobs,
    crossChecks: checks.length === 0 ? undefined : checks,
    deviations: deviating.length === 0 ? undefined : deviating,
    polling,
    claims: withCitedLines(judgeClaims(claims, measured, claimContext), timeline),
    consistency: evaluateRelations(claims, measuredValues(claims, measured)),
    diagnostics: [
      ...input.diagnostics,
      ...timeline.diagnostics,
      ...ofParameters,
      ...opposedDiagnostics(claims),
      ...checkParameters(claims, measured, claimContext),
      ...coverageDiagnostics(sources, endsEarly, timeline),
      ...leakedJobs(timeline, documentedCleanupMs),
      ...earlyDeletions(timeline, profile),
      ...reversedStages(context),
      ...partlyKnownStages(ofStages),
      ...pauseDiagnostics(context.concurrency.window),
      ...populationDiagnostics(ofJobs.cleanup.fromDisconnect),
      ...littlesLawDiagnostics(ofJobs.littlesLaw),
      ...crossCheckDiagnostics(checks),
    ],
    missing: missingPieces(timeline, sources, endsEarly, profile),
  });
}

/** The parameters of the run, and what else a condition of a claim may ask for. */
function parametersOf(
  input: AnalysisInput,
  stages: ReturnType<typeof stageIntervals>,
): { parameters: Report["parameters"]; claimContext: ClaimContext; diagnostics: readonly Diagnostic[] } {
  const { timeline, profile } = input;
  const hasLog = timeline.investigations.length > 0;
  const facts = { investigations: timeline.run.announced ?? (hasLog ? timeline.investigations.length : null) };
  const { parameters, diagnostics } = resolveParameters(input, stages, facts);
  const claimContext = {
    parameters: Object.fromEntries(Object.entries(parameters).map(([name, { value }]) => [name, value])),
    facts,
    ...(hasLog ? {} : { untold: toldByLog(profile, Object.keys(facts)) }),
    endedWell: endedWell(timeline),
  };
  return { parameters, claimContext, diagnostics };
}

type JobSections = Pick<Report, "jobs" | "concurrency" | "cleanup" | "jobLife" | "meanDifference" | "meanUnexplained" | "littlesLaw">;

/** What the report says of open Jobs and their lives, in its order. */
function jobSections(
  context: MetricContext,
  measured: ReturnType<typeof metricReader>,
  claims: ClaimsFile,
  claimContext: ClaimContext,
  documentedCleanupS: number | undefined,
): JobSections {
  const { timeline, profile, concurrency: curves } = context;
  const fromDisconnect = cleanupSurvival("disconnected", "connected", context, documentedCleanupS);
  const documentedUnopenedS = documentedNumber(claims, "unopenedJobDeleted", claimContext);
  const unopenedFromCreation = cleanupSurvival("created", "unopened", context, documentedUnopenedS);
  const jobs = reportJobs(timeline, profile);
  const part = partShown(context);
  const { difference, unexplained } = meanDifference(claims, { ...curves, ...part }, claimContext);
  const limit = documentedLimit(claims, claimContext);
  const openCurves = { ...reportConcurrency(curves), ...part, ...(limit === undefined ? {} : { documentedLimit: limit }) };
  const law = littlesLaw({ jobs, concurrency: openCurves });
  return withoutAbsent<JobSections>({
    jobs,
    concurrency: openCurves,
    cleanup: withoutAbsent<Report["cleanup"]>({ fromDisconnect, unopenedFromCreation }),
    jobLife: jobLife(claims, measured, claimContext),
    meanDifference: difference,
    meanUnexplained: unexplained,
    littlesLaw: law,
  });
}

/** Where the numbers of open Jobs are those of a part of the run. */
function partShown(context: MetricContext): Pick<ReportConcurrency, "part"> {
  const part = context.concurrency.openJobs === undefined ? undefined : partOfJobs(context);
  return part === undefined ? {} : { part };
}

/** More tags of one image than these are only counted. */
const MOST_TAGS = 20;

/** Image tags of the run's own Jobs tell which version was tested. */
function imageLabels(timeline: Timeline): Record<string, string> {
  const tags = new Map<string, Set<string>>();
  const known = new Set<string>();
  for (const job of timeline.jobs) {
    if (!job.ofThisRun) continue;
    for (const image of job.images) {
      if (known.has(image)) continue;
      known.add(image);
      const [, name, tag] = /([^/:@]+):([^/:@]+)(?:@.*)?$/.exec(image) ?? [];
      if (name !== undefined && tag !== undefined) tags.set(name, (tags.get(name) ?? new Set()).add(tag));
    }
  }
  return Object.fromEntries([...tags].map(([name, own]) => [name, tagList([...own])]));
}

function tagList(tags: readonly string[]): string {
  const more = tags.length - MOST_TAGS;
  return [...tags.slice(0, MOST_TAGS), ...(more > 0 ? [`+${more}`] : [])].join(", ");
}

function reportConcurrency({ window, unwatched, unseenJobs, documented, ...curves }: Concurrency): ReportConcurrency {
  // Where all Jobs are the run's own, two of the curves are one.
  const rowOf = oncePer((curve: Curve) => stepCurve(curve, window !== null));
  const part = (curve: Curve | undefined, name: string) => (curve === undefined ? {} : { [name]: rowOf(curve) });
  return {
    window: window === null ? null : isoBounds(window),
    ...(window === null || window.pauses.length === 0 ? {} : { pauses: window.pauses.map(isoBounds) }),
    ...(unwatched === undefined ? {} : { unwatched: unwatched.map(isoBounds) }),
    ...(unseenJobs === undefined ? {} : { unseenJobs }),
    ...part(curves.openJobs, "openJobs"),
    ...part(curves.allJobs, "allJobs"),
    ...part(curves.runningPods, "runningPods"),
    ...part(curves.connected, "connected"),
    ...(documented === undefined
      ? {}
      : { documented: { ...part(documented.fromDisconnect, "fromDisconnect"), ...part(documented.fromCreation, "fromCreation") } }),
  };
}

function stepCurve({ steps, meanRange, peakRange }: Curve, anchored: boolean): StepCurve {
  const levels = [...steps.timeAtLevelMs].sort(([a], [b]) => a - b).map(([level, ms]) => [String(level), roundMicroseconds(ms)]);
  return {
    peak: steps.peak,
    peakAt: steps.peakAt === null || !anchored ? null : isoFromEpoch(steps.peakAt),
    peakMembers: steps.peakMembers,
    ...(peakRange[0] < peakRange[1] ? { peakRange } : {}),
    mean: steps.mean,
    meanRange,
    timeAtLevelMs: Object.fromEntries(levels),
    points: steps.points,
  };
}
