import type { Clock } from "../model/clock.js";
import type { Handover } from "../model/collections/handover.js";
import type { TimelineEvent } from "../model/event.js";
import type { Profile } from "../model/profile.js";
import type { Diagnostic, SourceSummary } from "../model/source.js";
import { type ClockId, isCollectorClock, isRunnerClock } from "../model/time.js";
import type { Timeline } from "../model/timeline.js";
import type { DeclaredClock } from "./clocks/clocks.js";
import { type ClusterSide, clusterSide } from "./cluster/cluster-side.js";
import { cpuUsage } from "./cluster/cpu-samples.js";
import { unwatchedOf } from "./cluster/relists.js";
import { creationSpans } from "./investigations/creation-windows.js";
import type { Draft } from "./investigations/draft.js";
import { assignJobs, markPossible } from "./links/assign-jobs.js";
import { candidateJobs, type Link } from "./links/candidate-jobs.js";
import { investigationsOf } from "./links/investigations.js";
import { linkJobs } from "./links/link.js";
import { settleCreations } from "./links/settle-creations.js";
import { notTogether, strangersIn } from "./links/strangers.js";
import {
  announcedOf,
  httpClocks,
  inRunOrder,
  type JointRun,
  jointLines,
  jointRun,
  jointSpan,
  limitRuns,
  placedLogs,
  runMarksOf,
  runnersGoingOn,
  type TakenRun,
  unownedLines,
} from "./logs/joint-run.js";
import { limitJobs, type RunLimits } from "./logs/limit-run.js";
import type { LogContext } from "./logs/log-bounds.js";
import { endingsOfRuns, isSequential } from "./logs/run-endings.js";
import { type RunOfLog, runOfLog } from "./logs/run-of-log.js";
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
  const { profile, limits = {} } = options;
  const diagnostics: Diagnostic[] = [];
  const say: Say = (id, severity, count, values = {}, examples = []) =>
    diagnostics.push({ id, severity, count, values, examples: examples.slice(0, 3) });
  const cluster = clusterSide(events, sources, options, say);
  options.onStageEnd?.();

  const candidates = candidateJobs(cluster.unlinked, profile);
  const joint = runInLogs(cluster, { profile, sources, candidates, declared: options.declaredClock ?? {} }, options.run);
  reportRuns(joint, sources, cluster.unlinked.length > 0, say);
  const clocks = new Map(clocksOf(cluster, joint).map((clock) => [clock.id, clock]));

  const linked = withLinks(joint.logs, candidates, profile);
  assertTogether(linked, cluster, say);
  const settled = settleCreations(cluster.unlinked, linked);
  if (settled.left > 0) say("creation-unknown", "warning", settled.left, { count: settled.left });

  const runs = limitRuns(linked, limits);
  const investigations = inRunOrder(
    runs.map((run) => investigationsOf(run.taken.drafts, run.links, endingsOfRuns(run, run.taken, profile), run.log.clock, profile)),
    clocks,
  );
  assignJobs(settled.jobs, investigations, cluster);
  markPossible(settled.jobs, investigations, runs.flatMap(linksTaken), clocks);
  const hasLog = joint.logs.some(({ correlation }) => correlation.drafts.length > 0);
  const jobs = hasLog ? settled.jobs : limitJobs(settled.jobs, limits);

  const unwatched = unwatchedOf(jobs, cluster.gaps);
  reportUnwatched(unwatched, say);
  reportOutcomes(investigations, say);
  reportNames(jobs, profile, say);
  reportJobs(jobs, investigations, say);

  const logs = new Map([...cluster.auditLogs, ...placedLogs(joint.logs)]);
  return {
    ...ofLogs(joint, runs),
    ...ofCluster(cluster, jobs),
    clocks: [...clocks.values()].sort((a, b) => clockOrder(a.id) - clockOrder(b.id) || (a.id < b.id ? -1 : 1)),
    investigations,
    jobs,
    ...(unwatched.length === 0 ? {} : { unwatched }),
    ...(logs.size === 0 ? {} : { logs }),
    diagnostics,
  };
}

/** The run that was asked for, in each log that tells of it. */
function runInLogs({ marks, dates }: ClusterSide, context: LogContext, wanted: TimelineOptions["run"]): JointRun {
  const byRunners = dates.filter(({ logged }) => !isCollectorClock(logged.clock));
  const logs = runnerLogs(withTrimmedZeros(marks), byRunners, context);
  return jointRun(logs, wanted, (log, run) => runOfLog(log, context, run));
}

function clocksOf({ clocks }: ClusterSide, { logs }: JointRun): readonly Clock[] {
  return [...clocks.values(), ...logs.flatMap(({ clock }) => clock ?? []), ...httpClocks(logs)];
}

/** The run in one log, with the Jobs that are its investigations'. */
interface LinkedRun extends RunOfLog {
  readonly links: Map<Draft, Link>;
}

function withLinks(runs: readonly RunOfLog[], candidates: LogContext["candidates"], profile: Profile): LinkedRun[] {
  const linkable = runs.map(({ correlation, windows, clock, isDated }) => ({ drafts: correlation.drafts, windows, clock, isDated }));
  const links = linkJobs(linkable, candidates, creationSpans(profile));
  return runs.map((run, index) => ({ ...run, links: links[index] ?? new Map() }));
}

function linksTaken({ taken, links }: TakenRun<LinkedRun>): Link[] {
  return taken.drafts.flatMap((draft) => links.get(draft) ?? []);
}

/** Throws where log and captures are of different runs. */
function assertTogether(runs: readonly LinkedRun[], { unlinked, coverage }: ClusterSide, say: Say): void {
  const drafts = runs.flatMap(({ correlation }) => correlation.drafts);
  const linked = runs.reduce((sum, { links }) => sum + links.size, 0);
  const strangers = strangersIn(drafts, unlinked, linked);
  if (strangers === undefined) return;
  // What only lists the Jobs of one moment shows none of a run that is over: then the log is all that there is.
  if (coverage !== null) throw notTogether(strangers);
  say("no-job-of-run", "warning", strangers.jobs, { jobs: strangers.jobs, ids: strangers.ids });
}

/** What the logs alone tell of the run. */
function ofLogs(
  joint: JointRun,
  runs: readonly TakenRun[],
): Pick<Timeline, "run" | "sequential" | "runMarks" | "logSpan" | "runLines" | "doubtful" | "unowned" | "goingOn"> {
  const doubtful = joint.logs.flatMap(({ log }) => log.doubtful.map((stretch) => ({ ...stretch, clock: log.clock })));
  const unowned = unownedLines(runs);
  const goingOn = runnersGoingOn(runs);
  const first = joint.logs[0]?.clock;
  return {
    run: { ...joint.selection, ...announcedOf(joint, runs) },
    sequential: joint.inTurn && runs.every(({ taken }) => isSequential(taken.drafts)),
    runMarks: runs.flatMap((run) => runMarksOf(run, first)),
    logSpan: jointSpan(runs, first),
    runLines: jointLines(joint.logs, joint.left),
    ...(doubtful.length === 0 ? {} : { doubtful }),
    ...(unowned.length === 0 ? {} : { unowned }),
    ...(goingOn.size === 0 ? {} : { goingOn }),
  };
}

/** What the cluster's side tells beside its Jobs. */
function ofCluster(
  { pods, samples, hasSamples, coverage, continued }: ClusterSide,
  jobs: Timeline["jobs"],
): Pick<Timeline, "pods" | "cpu" | "jobCoverage" | "continued"> {
  return {
    pods,
    ...(hasSamples ? { cpu: cpuUsage(samples, jobs, pods) } : {}),
    jobCoverage: coverage,
    ...(continued.size === 0 ? {} : { continued }),
  };
}

function clockOrder(id: ClockId): number {
  if (id === "cluster") return 0;
  return isRunnerClock(id) ? 1 : isCollectorClock(id) ? 2 : 3;
}
