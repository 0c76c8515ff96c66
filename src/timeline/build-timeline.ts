import type { Clock } from "../model/clock.js";
import { PostrunError } from "../model/errors.js";
import type { TimelineEvent } from "../model/event.js";
import type { Growing } from "../model/growing.js";
import type { Handover } from "../model/handover.js";
import type { Profile } from "../model/profile.js";
import type { Diagnostic, SourceSummary } from "../model/source.js";
import { ANY_TIME, type ClockId, type EpochMs, isCollectorClock, isoFromEpoch, isRunnerClock, localIso } from "../model/time.js";
import { type Investigation, type Timeline, unseenCreation } from "../model/timeline.js";
import type { DeclaredClock } from "./clocks/clocks.js";
import { type ClusterSide, clusterSide } from "./cluster/cluster-side.js";
import { cpuUsage } from "./cluster/cpu-samples.js";
import { idInNames } from "./cluster/job-naming.js";
import { type JobDraft, wentBefore } from "./cluster/jobs.js";
import { unwatchedOf } from "./cluster/relists.js";
import { creationBounds, creationSpans } from "./investigations/creation-windows.js";
import type { Draft } from "./investigations/draft.js";
import type { Ending } from "./investigations/outcomes.js";
import { candidateJobs, type Link } from "./links/candidate-jobs.js";
import { createdBetween } from "./links/created-between.js";
import { linkJobs } from "./links/link.js";
import { settleCreations } from "./links/settle-creations.js";
import {
  announcedOf,
  httpClocks,
  inRunOrder,
  jointLines,
  jointRun,
  jointSpan,
  limitRuns,
  placedLogs,
  runMarksOf,
  runnersGoingOn,
  unownedLines,
} from "./logs/joint-run.js";
import { limitJobs, type RunLimits } from "./logs/limit-run.js";
import { endingsOfRuns, isSequential } from "./logs/run-endings.js";
import { runOfLog } from "./logs/run-of-log.js";
import { runnerLogs } from "./logs/runner-logs.js";
import { withTrimmedZeros } from "./logs/trimmed-stamps.js";
import type { Say } from "./say.js";
import { reportJobs, reportNames, reportOutcomes, reportRuns, reportUnwatched } from "./timeline-diagnostics.js";

/** What of the inputs is the run, and by which profile it is read. */
export interface TimelineOptions {
  readonly profile: Profile;
  /** Which run of the log: its number from 1, the last one by default, or all as one. */
  readonly run?: number | "all";
  readonly declaredClock?: DeclaredClock;
  /** Only investigations that begin in between; without a log, Jobs that were created in between. */
  readonly limits?: RunLimits;
  /** Only Jobs of this namespace. */
  readonly namespace?: string;
  /** Called when most of what was given and made so far is no longer referred to. */
  readonly onStageEnd?: () => void;
}

/** Joins what the inputs say into one run on one time axis. Errors: inputs of different runs (`input`). */
export function buildTimeline(
  events: Handover<readonly TimelineEvent[]>,
  sources: readonly SourceSummary[],
  options: TimelineOptions,
): Timeline {
  const { profile } = options;
  const diagnostics: Diagnostic[] = [];
  const say: Say = (id, severity, count, values = {}, examples = []) =>
    diagnostics.push({ id, severity, count, values, examples: examples.slice(0, 3) });
  const { clocks, unlinked, pods, serviceOf, coverage, continued, gaps, auditLogs, marks, dates, samples } = clusterSide(
    events,
    sources,
    options,
    say,
  );
  options.onStageEnd?.();

  const candidates = candidateJobs(unlinked, profile);
  const context = { profile, sources, candidates, declared: options.declaredClock ?? {} };
  const logs = runnerLogs(
    withTrimmedZeros(marks),
    dates.filter(({ logged }) => !isCollectorClock(logged.clock)),
    context,
  );
  const joint = jointRun(logs, options.run, (log, wanted) => runOfLog(log, context, wanted));
  const { logs: runs, left } = joint;
  reportRuns(joint, sources, unlinked.length > 0, say);
  for (const { clock } of runs) if (clock !== undefined) clocks.set(clock.id, clock);
  for (const clock of httpClocks(runs)) clocks.set(clock.id, clock);

  const linked = linkJobs(
    runs.map(({ correlation, windows, clock, isDated }) => ({ drafts: correlation.drafts, windows, clock, isDated })),
    candidates,
    creationSpans(profile),
  );
  const strangers = strangersIn(
    runs.flatMap(({ correlation }) => correlation.drafts),
    unlinked,
    linked.reduce((sum, links) => sum + links.size, 0),
  );
  if (strangers !== undefined) {
    // What only lists the Jobs of one moment shows none of a run that is over: then the log is all that there is.
    if (coverage !== null) throw notTogether(strangers);
    say("no-job-of-run", "warning", strangers.jobs, { jobs: strangers.jobs, ids: strangers.ids });
  }
  const settled = settleCreations(
    unlinked,
    runs.map(({ windows, clock }, index) => ({ windows, clock, links: linked[index] ?? new Map() })),
  );
  if (settled.left > 0) say("creation-unknown", "warning", settled.left, { count: settled.left });
  const limits = options.limits ?? {};
  const limited = limitRuns(runs, limits);
  const [first] = runs;
  const sequential = joint.inTurn && limited.every(({ drafts }) => isSequential(drafts));
  const creationOf = creationBounds(profile);
  const investigations = inRunOrder(
    runs.map((run, index) => {
      const own = limited[index] ?? { drafts: [], span: null };
      const ends = endingsOfRuns(run, own, profile);
      return investigationsOf(own.drafts, linked[index] ?? new Map(), ends, run.log.clock, creationOf);
    }),
    clocks,
  );
  const links = limited.flatMap(({ drafts }, index) => drafts.flatMap((draft) => linked[index]?.get(draft) ?? []));
  assignJobs(settled.jobs, investigations, serviceOf, coverage);
  markPossible(settled.jobs, investigations, links, clocks);
  const jobs =
    investigations.length === 0 && runs.every(({ correlation }) => correlation.drafts.length === 0)
      ? limitJobs(settled.jobs, limits)
      : settled.jobs;
  const unwatched = unwatchedOf(jobs, gaps);
  reportUnwatched(unwatched, say);
  reportOutcomes(investigations, say);
  reportNames(jobs, profile, say);
  reportJobs(jobs, investigations, say);
  const cpu = cpuUsage(samples, jobs, pods);
  const logSpan = jointSpan(runs, limited);
  const doubtful = runs.flatMap(({ log }) => log.doubtful.map((stretch) => ({ ...stretch, clock: log.clock })));
  const unowned = unownedLines(runs, limited);
  const placed = new Map([...auditLogs, ...placedLogs(runs)]);
  const goingOn = runnersGoingOn(runs, limited);
  return {
    run: { ...joint.selection, ...announcedOf(joint, limited) },
    clocks: [...clocks.values()].sort((a, b) => clockOrder(a.id) - clockOrder(b.id) || (a.id < b.id ? -1 : 1)),
    investigations,
    sequential,
    runMarks: runs.flatMap((run, index) => runMarksOf(run, limited[index]?.span ?? null, first?.clock)),
    jobs,
    pods,
    ...(cpu.length === 0 ? {} : { cpu }),
    logSpan,
    runLines: jointLines(runs, left),
    jobCoverage: coverage,
    ...(unwatched.length === 0 ? {} : { unwatched }),
    ...(continued.size === 0 ? {} : { continued }),
    diagnostics,
    ...(doubtful.length === 0 ? {} : { doubtful }),
    ...(unowned.length === 0 ? {} : { unowned }),
    ...(placed.size === 0 ? {} : { logs: placed }),
    ...(goingOn.size === 0 ? {} : { goingOn }),
  };
}

/** Job ids of a log, and Jobs, that have nothing to do with each other. */
interface Strangers {
  readonly ids: number;
  readonly anId: string;
  readonly jobs: number;
  readonly aName: string;
  /** One with an id of the log, and when the log tells of that id, by its own clock. */
  readonly elsewhere?: { readonly name: string; readonly created: EpochMs; readonly logged: EpochMs };
}

/** Where not one of the log's job ids occurs in the cluster data, or none at a time at which the log can have been written. */
function strangersIn(drafts: readonly Draft[], jobs: ClusterSide["unlinked"], links: number): Strangers | undefined {
  const ids = drafts.flatMap(({ jobId }) => jobId ?? []);
  const serving = jobs.filter((job) => job.role === "serving" && job.jobId !== null);
  const [anId, first] = [ids[0], serving[0]];
  if (anId === undefined || first === undefined || links > 0) return undefined;
  const byId = new Map(drafts.flatMap((draft) => (draft.jobId === null ? [] : [[idInNames(draft.jobId), draft] as const])));
  const ofLog = ({ jobId }: (typeof serving)[number]) => (jobId === null ? undefined : byId.get(idInNames(jobId)));
  const named = serving.find((job) => ofLog(job) !== undefined);
  const logged = named === undefined ? undefined : ofLog(named)?.points[0]?.at;
  const elsewhere =
    named === undefined || logged === undefined ? {} : { elsewhere: { name: named.name, created: named.created.at, logged } };
  return { ids: ids.length, anId, jobs: serving.length, aName: first.name, ...elsewhere };
}

/** Such data are another run's: numbers from both together would be wrong without looking wrong. */
function notTogether({ ids, anId, jobs, aName, elsewhere }: Strangers): PostrunError {
  if (elsewhere !== undefined) {
    const { name, created, logged } = elsewhere;
    return new PostrunError(
      "input",
      `the log and the Kubernetes data do not belong together: ${name} was created at ${isoFromEpoch(created)}, and the log tells of that job id at ${localIso(logged)} by its own clock, which no zone explains`,
      "give the log and the captures of one run; where the runner's clock was wrong by that much, name its zone with --tz",
    );
  }
  return new PostrunError(
    "input",
    `the log and the Kubernetes data do not belong together: none of the ${ids} job ids in the log (such as ${anId}) was created in its run; the Kubernetes data hold ${jobs} other Jobs (such as ${aName})`,
    "give the log and the captures of one run; for another run of the same log use --run",
  );
}

function investigationsOf(
  drafts: readonly Draft[],
  links: ReadonlyMap<Draft, Link>,
  ends: readonly Ending[],
  clock: ClockId,
  creationOf: ReturnType<typeof creationBounds>,
): Investigation[] {
  return drafts.map((draft, index) => {
    const link = links.get(draft);
    const { outcome, attempts, error, failure, uncertain }: Ending = ends[index] ?? { outcome: "running", attempts: 1 };
    const investigation: Growing<Investigation> = { number: index + 1, jobId: draft.jobId, outcome, attempts, points: draft.points };
    if (error !== undefined) investigation.error = error;
    if (failure !== undefined) investigation.failure = failure;
    if (link?.jobUid !== undefined) investigation.jobUid = link.jobUid;
    if (link?.companions !== undefined) investigation.companionUids = link.companions;
    if (link?.jobUid !== undefined) investigation.jobLink = link.by;
    const creation = link?.jobUid === undefined ? creationOf(draft) : undefined;
    if (creation !== undefined) investigation.unseenCreation = creation;
    if (uncertain !== undefined) investigation.outcomeUncertain = uncertain;
    if (draft.run !== undefined) investigation.run = draft.run;
    if (clock !== "runner") investigation.clock = clock;
    return investigation;
  });
}

/** Without a log every serving Job is the run's that was there while it was captured; with one, only those that it names, and their cleanup Jobs. */
function assignJobs(
  jobs: readonly JobDraft[],
  investigations: readonly Investigation[],
  serviceOf: ClusterSide["serviceOf"],
  coverage: ClusterSide["coverage"],
): void {
  const byUid = new Map<string, Investigation>();
  const besides = new Map<string, Investigation>();
  for (const investigation of investigations) {
    if (investigation.jobUid !== undefined) byUid.set(investigation.jobUid, investigation);
    for (const uid of investigation.companionUids ?? []) besides.set(uid, investigation);
  }
  const keyOf = ({ namespace, jobId }: JobDraft) => `${namespace}/${jobId}`;
  const servingIds = new Set<string>();
  for (const job of jobs) if (job.jobId !== null && (byUid.has(job.uid) || besides.has(job.uid))) servingIds.add(keyOf(job));
  for (const job of jobs) {
    const investigation = byUid.get(job.uid);
    const madeBeside = besides.get(job.uid);
    const companion = madeBeside !== undefined || (job.role === "cleanup" && job.jobId !== null && servingIds.has(keyOf(job)));
    const unlogged = investigations.length === 0 && job.role !== "other" && !wentBefore(job, coverage);
    job.ofThisRun = unlogged || investigation !== undefined || companion;
    if (investigation !== undefined) job.investigation = investigation.number;
    if (madeBeside !== undefined) job.companionOf = madeBeside.number;
    const serviceGone = serviceOf(job);
    if (serviceGone !== undefined) job.serviceGone = serviceGone;
  }
}

/** Where the log names no Jobs, those that fit the request of an investigation without one may serve it, though nothing tells which does; so may those of its id whose try no clock tells. */
function markPossible(
  jobs: readonly JobDraft[],
  investigations: readonly Investigation[],
  links: readonly Link[],
  clocks: ReadonlyMap<ClockId, Clock>,
): void {
  const named = new Set(links.flatMap(({ possible }) => possible ?? []));
  for (const job of jobs) if (!job.ofThisRun && named.has(job.uid)) job.mayBeOfThisRun = true;
  const without = investigations.filter(({ jobUid }) => jobUid === undefined);
  if (without.length === 0 || investigations.some(({ jobId }) => jobId !== null)) return;
  const createdIn = createdBetween(jobs.filter(({ role, ofThisRun }) => role === "serving" && !ofThisRun));
  for (const investigation of without) {
    const { lo, hi } = unseenCreation(clocks.get(investigation.clock ?? "runner"), investigation) ?? ANY_TIME;
    for (const job of createdIn(lo, hi)) job.mayBeOfThisRun = true;
  }
}

function clockOrder(id: ClockId): number {
  if (id === "cluster") return 0;
  return isRunnerClock(id) ? 1 : isCollectorClock(id) ? 2 : 3;
}
