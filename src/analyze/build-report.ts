import type { ClaimsFile } from "../model/claim.js";
import { toClusterTime, toUtc } from "../model/clock.js";
import { endedWell } from "../model/enough-of-run.js";
import type { Measured } from "../model/measurement.js";
import { oncePer } from "../model/once-per.js";
import type { Profile } from "../model/profile.js";
import type { Report, ReportConcurrency, ReportSource, StepCurve } from "../model/report.js";
import type { Diagnostic, SourceSummary } from "../model/source.js";
import { type Bounds, type EpochMs, isoFromEpoch, isRunnerClock, localIso, roundMicroseconds } from "../model/time.js";
import { clockOf, clockOfInvestigation, type Timeline } from "../model/timeline.js";
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
import { type Concurrency, type Curve, concurrency, runWindow } from "./concurrency/concurrency.js";
import { littlesLaw, littlesLawDiagnostics } from "./concurrency/littles-law.js";
import { pauseDiagnostics } from "./concurrency/run-pauses.js";
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
import { missingPieces } from "./missing.js";
import { type ParameterHint, resolveParameters, toldByLog } from "./parameters.js";
import { reportPolling } from "./polling/polling-report.js";
import { reportClock, reportInvestigations, reportJobs } from "./report-rows.js";
import { stageIntervals } from "./stages/stage-intervals.js";

/** What the analysis is made from. */
export interface AnalysisInput {
  readonly timeline: Timeline;
  readonly profile: Profile;
  readonly claims: ClaimsFile;
  readonly sources: readonly SourceSummary[];
  /** Of the ingest. */
  readonly diagnostics: readonly Diagnostic[];
  readonly hints: readonly ParameterHint[];
  /** Parameters that the user gave. */
  readonly given: Readonly<Record<string, string | number>>;
}

/** What the report says of itself rather than of the run. */
export type ReportFrame = Pick<Report, "tool" | "generatedAt" | "title" | "note" | "ticket" | "labels" | "command">;

/** Measures the run, holds the claims against it, and writes both down as a report. */
export function buildReport(input: AnalysisInput, frame: ReportFrame): Report {
  const { timeline, profile, claims } = input;
  const stages = stageIntervals(timeline, profile);
  const hasLog = timeline.investigations.length > 0;
  const facts = { investigations: timeline.run.announced ?? (hasLog ? timeline.investigations.length : null) };
  const { parameters, diagnostics: parameterDiagnostics } = resolveParameters(profile, input.given, input.hints, timeline, stages, facts);
  const claimContext: ClaimContext = {
    parameters: Object.fromEntries(Object.entries(parameters).map(([name, { value }]) => [name, value])),
    facts,
    ...(hasLog ? {} : { untold: toldByLog(profile, Object.keys(facts)) }),
    endedWell: endedWell(timeline),
  };
  const documentedCleanupS = documentedNumber(claims, "cleanupAfterDisconnect", claimContext);
  const curves = concurrency(timeline, profile, documentedCleanupS === undefined ? null : documentedCleanupS * 1000);
  const context: MetricContext = { timeline, profile, stages, concurrency: curves };
  const measured = metricReader(context);
  const window = windowOfRun(timeline);
  const sources = input.sources.map((source, index) => ({ ...source, ...timeline.logs?.get(index) }));
  const endsEarly = sources.map((source, index) => endsBeforeRun(source, index, timeline));
  const leaks = leakedJobs(timeline, documentedCleanupS === undefined ? null : documentedCleanupS * 1000);
  const fromDisconnect = cleanupSurvival("disconnected", "connected", context, documentedCleanupS);
  const unopenedS = documentedNumber(claims, "unopenedJobDeleted", claimContext);
  const unopenedFromCreation = cleanupSurvival("created", "unopened", context, unopenedS);
  const part = partShown(context);
  const { difference, unexplained } = meanDifference(claims, { ...curves, ...part }, claimContext);
  const jobs = reportJobs(timeline, profile);
  const limit = documentedLimit(claims, claimContext);
  const openCurves = { ...reportConcurrency(curves), ...part, ...(limit === undefined ? {} : { documentedLimit: limit }) };
  const law = littlesLaw({ jobs, concurrency: openCurves });
  const polling = reportPolling(context);
  const deviating = deviations(context, documentedCleanupS === undefined ? null : documentedCleanupS * 1000);
  return {
    schemaVersion: 1,
    tool: frame.tool,
    generatedAt: frame.generatedAt,
    title: frame.title,
    ...(frame.note === undefined ? {} : { note: frame.note }),
    ...(frame.ticket === undefined ? {} : { ticket: frame.ticket }),
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
    stages: stageStatistics(context),
    concurrency: openCurves,
    cleanup: {
      ...(fromDisconnect === undefined ? {} : { fromDisconnect }),
      ...(unopenedFromCreation === undefined ? {} : { unopenedFromCreation }),
    },
    jobLife: jobLife(claims, measured, claimContext),
    ...(difference === undefined ? {} : { meanDifference: difference }),
    ...(unexplained === undefined ? {} : { meanUnexplained: unexplained }),
    ...(law === undefined ? {} : { littlesLaw: law }),
    ...(deviating.length === 0 ? {} : { deviations: deviating }),
    ...(polling === undefined ? {} : { polling }),
    claims: withCitedLines(judgeClaims(claims, measured, claimContext), timeline),
    consistency: evaluateRelations(claims, measuredValues(claims, measured)),
    diagnostics: [
      ...input.diagnostics,
      ...timeline.diagnostics,
      ...parameterDiagnostics,
      ...opposedDiagnostics(claims),
      ...checkParameters(claims, measured, claimContext),
      ...coverageDiagnostics(sources, endsEarly, timeline),
      ...leaks,
      ...earlyDeletions(timeline, profile),
      ...reversedStages(context),
      ...pauseDiagnostics(curves.window),
      ...populationDiagnostics(fromDisconnect),
      ...littlesLawDiagnostics(law),
    ],
    missing: missingPieces(timeline, sources, endsEarly, profile),
  };
}

function isoBounds({ lo, hi }: Bounds): { from: string; to: string } {
  return { from: isoFromEpoch(lo), to: isoFromEpoch(hi) };
}

/** Where the numbers of open Jobs are those of a part of the run. */
function partShown(context: MetricContext): Pick<ReportConcurrency, "part"> {
  const part = context.concurrency.openJobs === undefined ? undefined : partOfJobs(context);
  return part === undefined ? {} : { part };
}

/** From the first line of the first investigation to the last of the last; without a log, or for an end of it that no clock places, the window of the Jobs. */
function windowOfRun(timeline: Timeline): Bounds | null {
  const { logSpan } = timeline;
  if (logSpan === null) return runWindow(timeline);
  const runner = clockOf(timeline, "runner");
  const [first, last] = [
    Math.max(logSpan.lo, runner?.holdsFor?.lo ?? logSpan.lo),
    Math.min(logSpan.hi, runner?.holdsFor?.hi ?? logSpan.hi),
  ];
  const [lo, hi] = [toUtc(runner, first), toUtc(runner, last)];
  if (lo === null || hi === null) return null;
  const ofJobs = runWindow(timeline) ?? { lo, hi };
  return { lo: first > logSpan.lo ? Math.min(lo, ofJobs.lo) : lo, hi: last < logSpan.hi ? Math.max(hi, ofJobs.hi) : hi };
}

function localWindow(timeline: Timeline, window: Bounds | null): Pick<Report, "windowLocal"> {
  if (window !== null || timeline.logSpan === null) return {};
  return { windowLocal: { from: localIso(timeline.logSpan.lo), to: localIso(timeline.logSpan.hi) } };
}

/** How long the run was, where that is measured. */
function durationOfRun(measured: Measured): Pick<Report, "runDuration"> {
  if (!("measurement" in measured)) return {};
  const { value, interval } = measured.measurement;
  return { runDuration: { value, ...(interval === undefined ? {} : { band: interval }) } };
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

function reportSource(source: SourceSummary, endsEarly: boolean, timeline: Timeline): ReportSource {
  const clock = source.clock === null ? undefined : clockOf(timeline, source.clock);
  const place = (reading: EpochMs | null) => (reading === null ? null : toUtc(clock, reading));
  const [from, to] = [place(source.from), place(source.to)];
  const { path, sha256, format, encoding, bytes, lines, matched, ignored, unparsed } = source;
  const local = {
    ...(from === null && source.from !== null ? { fromLocal: localIso(source.from) } : {}),
    ...(to === null && source.to !== null ? { toLocal: localIso(source.to) } : {}),
  };
  return {
    path,
    sha256,
    format,
    encoding,
    bytes,
    lines,
    matched,
    ignored,
    unparsed,
    from: from === null ? null : isoFromEpoch(from),
    to: to === null ? null : isoFromEpoch(to),
    ...local,
    clock: source.clock,
    endsEarly,
  };
}

/** A capture that showed nothing of investigations begun this long after its last row has ended before the run. */
const EARLY_END_SLACK_MS = 5000;

/**
 * A watch ends silently when the server closes it. It ended early if an investigation was begun after its last row: that would have shown. Not where
 * another went on after it.
 */
function endsBeforeRun(source: SourceSummary, index: number, timeline: Timeline): boolean {
  if (source.clock === null || isRunnerClock(source.clock) || source.to === null || timeline.runLines.has(index)) return false;
  if (timeline.continued?.has(index)) return false;
  const end = toClusterTime(clockOf(timeline, source.clock), source.to);
  if (end === null) return false;
  return timeline.investigations.some((investigation) => {
    const begun = toClusterTime(clockOfInvestigation(timeline, investigation), investigation.points[0]?.at ?? Number.NaN);
    return begun !== null && begun > end + EARLY_END_SLACK_MS;
  });
}

function coverageDiagnostics(sources: readonly SourceSummary[], endsEarly: readonly boolean[], timeline: Timeline): Diagnostic[] {
  const runEnd = timeline.logSpan === null ? null : toClusterTime(clockOf(timeline, "runner"), timeline.logSpan.hi);
  return sources.flatMap((source, index) => {
    if (!endsEarly[index] || source.to === null || runEnd === null || source.clock === null) return [];
    const at = toClusterTime(clockOf(timeline, source.clock), source.to);
    const values = { path: source.path, at: at === null ? "?" : isoFromEpoch(at), runEnd: isoFromEpoch(runEnd) };
    return [{ id: "source-ends-early", severity: "warning" as const, count: 1, values, examples: [] }];
  });
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
