import type { Readable } from "node:stream";
import { type AnalysisInput, buildReport, type ReportFrame } from "./analyze/build-report.js";
import { documentedLife, evaluateRelations, opposedClaims } from "./analyze/claims/index.js";
import { inspectedSources, type ReadingProgress, type ReadOptions, readInputs, writeTimelineNdjson } from "./ingest/index.js";
import type { ClaimsFile } from "./model/claim.js";
import { Handover } from "./model/collections/handover.js";
import { withoutAbsent } from "./model/collections/without-absent.js";
import { PostrunError } from "./model/errors.js";
import { assertOptions } from "./model/given-options.js";
import type { Inspection } from "./model/inspection.js";
import type { MaskKind } from "./model/privacy/identifiers.js";
import { maskInspection, maskReport } from "./model/privacy/masking.js";
import { redactDeep } from "./model/privacy/redaction.js";
import type { Profile } from "./model/profile.js";
import type { ClaimLookup, Report, ReportRelation } from "./model/report.js";
import { adaptToStageLog } from "./model/stage-log.js";
import { DEFAULT_PROFILE } from "./profiles/default-profile.js";
import { givenParameters } from "./profiles/given-parameters.js";
import { givenProfile, type LoadedProfile, listProfiles, loadProfile } from "./profiles/load-profile.js";
import { buildTimeline, type TimelineOptions } from "./timeline/build-timeline.js";
import { jobNaming } from "./timeline/cluster/job-naming.js";

export { dataFiles, type ReadingProgress } from "./ingest/index.js";

/** What to analyze and how; everything but the inputs has a default. */
export interface AnalyzeOptions {
  /** Files, folders, or "-" for standard input. */
  readonly inputs: readonly string[];
  /** Name of a built-in profile, a path, or one that is loaded already; by default `focus-server`. */
  readonly profile?: string | LoadedProfile;
  /** Path of another claims file than the profile's own; of no effect on a loaded profile. */
  readonly claims?: string;
  readonly parameters?: Readonly<Record<string, string | number>>;
  readonly run?: TimelineOptions["run"];
  readonly declaredClock?: TimelineOptions["declaredClock"];
  readonly limits?: TimelineOptions["limits"];
  readonly namespace?: string;
  /** Folder with the documents that the claims cite; each citation is looked up there. */
  readonly docs?: string;
  /** The report of an earlier run to hold this one against. */
  readonly baseline?: Report;
  /** False leaves out what the run would be under other delays, which takes simulated runs. */
  readonly whatIf?: boolean;
  /** Kinds of names to mask everywhere in the report; secrets are taken out always. */
  readonly redact?: readonly MaskKind[];
  readonly frame: ReportFrame;
  readonly stdin?: NodeJS.ReadableStream;
  /** Takes the ordered events as NDJSON text, for other programs or a later analysis; written before the analysis goes on. */
  readonly onTimeline?: (ndjson: Readable) => Promise<void>;
  readonly onProgress?: (progress: ReadingProgress) => void;
  /** Called between the stages of the work, when most of what a stage made is no longer referred to: the moment to free memory. */
  readonly onStageEnd?: () => void;
  /** Threads that read files side by side; by default as many as pay. Changes no result. */
  readonly workers?: number;
}

/**
 * The whole pipeline: sources -> events -> timeline -> findings and verdicts -> report.
 * Throws a PostrunError for expected problems (an option that cannot be, no such input, inputs of different runs, a wrong profile, a baseline that is
 * none).
 */
export async function analyze(given: AnalyzeOptions): Promise<Report> {
  assertMaskable(given);
  const options = await checkedOptions(given);
  const measured = await withLookups(await measuredReport(options), options.docs);
  options.onStageEnd?.();
  const compared = await withComparison(measured, options.baseline);
  const report = options.whatIf === false ? compared : await withWhatIf(compared);
  return maskReport(redactDeep(report), options.redact ?? [], options.profile.profile);
}

/** The options with their profile loaded, held against what they may be. */
interface CheckedOptions extends AnalyzeOptions {
  readonly profile: LoadedProfile;
  readonly parameters: NonNullable<AnalyzeOptions["parameters"]>;
}

async function checkedOptions(options: AnalyzeOptions): Promise<CheckedOptions> {
  assertOptions(options);
  const profile = await givenProfile(options.profile ?? DEFAULT_PROFILE, options.claims);
  return { ...options, profile, parameters: givenParameters(profile.profile, options.parameters ?? {}) };
}

/** Which names there are is known when the report is made; the timeline is written before, and its names say which facts belong together. */
function assertMaskable({ redact = [], onTimeline }: AnalyzeOptions): void {
  if (redact.length === 0 || onTimeline === undefined) return;
  throw new PostrunError(
    "usage",
    "names cannot be masked in a timeline: --timeline and --redact do not go together",
    "write the timeline without --redact and keep it, or give the report alone",
  );
}

/** The report of the run itself. Its timeline is let go of here. */
async function measuredReport(options: CheckedOptions): Promise<Report> {
  const analysis = await readAnalysis(options);
  options.onStageEnd?.();
  return buildReport(analysis, options.frame);
}

/** What the report is built from. */
async function readAnalysis(options: CheckedOptions): Promise<AnalysisInput> {
  const { events, ...read } = await readEvents(options);
  options.onStageEnd?.();
  return {
    ...read,
    timeline: buildTimeline(events, read.sources, timelineOptions(read.profile, options)),
    given: options.parameters,
  };
}

function timelineOptions(profile: Profile, { run, declaredClock, limits, namespace, onStageEnd }: AnalyzeOptions): TimelineOptions {
  return withoutAbsent<TimelineOptions>({ profile, run, declaredClock, limits, namespace, onStageEnd });
}

function readOptions(profile: Profile, { stdin, onProgress, workers }: AnalyzeOptions): ReadOptions {
  return withoutAbsent<ReadOptions>({ profile, stdin, onProgress, workers });
}

/** The inputs, read. The events of a large run are more than all that follows: whoever takes them lets go of them. */
async function readEvents(options: CheckedOptions) {
  const { profile: loaded } = options;
  const read = await readInputs(options.inputs, readOptions(loaded.profile, options));
  await options.onTimeline?.(writeTimelineNdjson(read));
  const diagnostics = [...read.diagnostics];
  const { profile, claims, events, setAside } = adaptToStageLog(loaded.profile, loaded.claims, read.events);
  if (setAside > 0)
    diagnostics.push({ id: "stage-log-preferred", severity: "info", count: setAside, values: { count: setAside }, examples: [] });
  return { events: new Handover(events), profile, claims, sources: read.sources, diagnostics, hints: read.hints };
}

/** Simulated runs for each delay on the page; `postrun predict` takes more. */
const PAGE_REPLICATES = 500;
/** Beyond 4,000 investigations fewer. */
const PAGE_MOST_DRAWN = 2_000_000;

/** The report with its run under other delays, where it allows that. */
async function withWhatIf(report: Report): Promise<Report> {
  const { predictRun } = await import("./predict/predict.js");
  const whatIf = predictRun(report, { replicates: PAGE_REPLICATES, mostDrawn: PAGE_MOST_DRAWN });
  return "notPredictable" in whatIf ? report : { ...report, whatIf };
}

/** The report held against that of an earlier run, where there is one. */
async function withComparison(report: Report, baseline: Report | undefined): Promise<Report> {
  if (baseline === undefined) return report;
  const { compareReports } = await import("./compare/index.js");
  return { ...report, comparison: compareReports(baseline, report) };
}

/** The report with each citation looked up in the documents, where they were given. */
async function withLookups(report: Report, docs: string | undefined): Promise<Report> {
  if (docs === undefined) return report;
  const { lookUpReferences } = await import("./references/look-up.js");
  const lookups = await lookUpReferences(report.claims, docs);
  const claims = report.claims.map((claim) => {
    const lookup = lookups.get(claim.id);
    return lookup === undefined ? claim : { ...claim, lookup };
  });
  const count = (status: ClaimLookup["status"]) => claims.filter((claim) => claim.lookup?.status === status).length;
  const values = { found: count("found"), moved: count("moved"), changed: count("changed"), gone: count("gone") };
  const severity = values.found === claims.length ? "info" : "warning";
  return {
    ...report,
    claims,
    diagnostics: [...report.diagnostics, { id: "references", severity, count: claims.length, values, examples: [] }],
  };
}

/** A claims file on its own. */
export interface ExaminedClaims {
  readonly path: string;
  readonly claims: ClaimsFile;
  readonly consistency: readonly ReportRelation[];
  /** Ids of claims about one measure, under one condition, of which no value agrees with both. */
  readonly opposed: readonly (readonly [string, string])[];
}

/** A claims file on its own: what it says, and where its statements disagree with each other. Throws a PostrunError for a wrong file. */
export async function examineClaims(profileName: string, claimsPath?: string): Promise<ExaminedClaims> {
  const loaded = await loadProfile(profileName, claimsPath);
  const builtIn = (await listProfiles()).includes(profileName);
  return {
    path: claimsPath ?? (builtIn ? `${profileName} (built in)` : loaded.claimsPath),
    claims: loaded.claims,
    consistency: evaluateRelations(loaded.claims),
    opposed: opposedClaims(loaded.claims).map(([one, other]) => [one.id, other.id]),
  };
}

/** What a live view holds the open Jobs against: which of them serve investigations, and how long a Job lives by the documents. */
export interface WatchExpectations {
  readonly isServing: (name: string) => boolean;
  /** From its creation on; absent where the claims document no life. */
  readonly lifeMs?: number;
}

/** Throws a PostrunError for a wrong profile or claims file. */
export async function watchExpectations(profileName: string, claimsPath: string | undefined): Promise<WatchExpectations> {
  const { profile, claims } = await loadProfile(profileName, claimsPath);
  const naming = jobNaming(profile);
  const parts = documentedLife(claims);
  const lifeMs = parts.reduce((sum, { durationMs }) => sum + durationMs, 0);
  return { isServing: (name) => naming(name).role === "serving", ...(parts.length === 0 ? {} : { lifeMs }) };
}

/**
 * What the inputs are, what was recognised in them and what is missing for a full answer. It refuses nothing that exists: a log without one
 * recognised line is when people need it.
 */
export async function inspect(given: AnalyzeOptions): Promise<Inspection> {
  const options = await checkedOptions(given);
  const { profile: loaded } = options;
  const { sources, hints, examined, ...read } = await readInputs(options.inputs, {
    ...readOptions(loaded.profile, options),
    examine: true,
  });
  const { profile, claims, events } = adaptToStageLog(loaded.profile, loaded.claims, read.events);
  const ofInputs = {
    schemaVersion: 1,
    tool: options.frame.tool,
    profile: profile.id,
    sources: inspectedSources(sources, examined, read, loaded.profile),
    clocks: [],
    diagnostics: read.diagnostics,
    missing: [],
  } as const;
  try {
    const timeline = buildTimeline(new Handover(events), sources, timelineOptions(profile, options));
    const analysis = { timeline, profile, claims, sources, diagnostics: read.diagnostics, hints, given: options.parameters };
    const report = buildReport(analysis, options.frame);
    const { run, investigations, jobs, clocks, diagnostics, missing } = report;
    const counted = { ...run, investigations: investigations.length, jobs: jobs.length };
    return maskInspection(
      redactDeep({ ...ofInputs, run: counted, clocks, diagnostics, missing }),
      options.redact ?? [],
      loaded.profile,
      redactDeep(report),
    );
  } catch (error) {
    if (!(error instanceof PostrunError)) throw error;
    const problem = { message: error.message, ...(error.hint === undefined ? {} : { hint: error.hint }) };
    return maskInspection(redactDeep({ ...ofInputs, problem }), options.redact ?? [], loaded.profile);
  }
}
