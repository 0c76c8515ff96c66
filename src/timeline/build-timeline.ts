import { PostrunError } from "../model/errors.js";
import type { HttpDate, LogMark, TimelineEvent } from "../model/event.js";
import { groupBy } from "../model/group-by.js";
import type { Profile } from "../model/profile.js";
import type { Diagnostic, Evidence, SourceSummary } from "../model/source.js";
import type { Bounds, ClockId, EpochMs } from "../model/time.js";
import type { Investigation, RunSelection, Timeline } from "../model/timeline.js";
import { type DeclaredClock, resolveZone } from "./clocks.js";
import { clusterClocks } from "./cluster-clocks.js";
import { gatherHistories } from "./cluster-history.js";
import { type Correlation, correlate, type Draft } from "./correlate.js";
import { deduplicate } from "./deduplicate.js";
import { buildJobs, buildPods, coverageOf } from "./jobs.js";
import { limitJobs, limitRun, type RunLimits } from "./limit-run.js";
import { candidateJobs, creationWindows, jobNaming, type Link, linkJobs, offsetBounds } from "./link.js";
import { endings } from "./outcomes.js";
import { goneInGaps } from "./relists.js";
import { ResourceVersions } from "./resource-versions.js";
import { anchorRunner, httpClock, httpDateBounds, withZoneOfLogs } from "./runner-clock.js";
import { selectRun } from "./select-run.js";
import { reportClock, reportJobs, reportUnowned } from "./timeline-diagnostics.js";

export interface TimelineOptions {
  readonly profile: Profile;
  /** Which run of the log: its number from 1, the last one by default, or all as one. */
  readonly run?: number | "all";
  readonly declaredClock?: DeclaredClock;
  /** Only investigations that begin in between; without a log, Jobs that were created in between. */
  readonly limits?: RunLimits;
  /** Only Jobs of this namespace. */
  readonly namespace?: string;
}

/** Joins what the inputs say into one run on one time axis. Errors: inputs of different runs (`input`). */
export function buildTimeline(events: readonly TimelineEvent[], sources: readonly SourceSummary[], options: TimelineOptions): Timeline {
  const { profile } = options;
  const diagnostics: Diagnostic[] = [];
  const say = (
    id: string,
    severity: Diagnostic["severity"],
    count: number,
    values: Diagnostic["values"] = {},
    examples: readonly Evidence[] = [],
  ) => diagnostics.push({ id, severity, count, values, examples: examples.slice(0, 3) });

  const { marks, doubles } = deduplicate(events.filter((event): event is LogMark => event.type === "log-mark"));
  if (doubles > 0) say("doubled-records", "info", doubles);
  const { selection, marks: ofRun, runLines, isLast } = selectRun(marks, profile, options.run);
  if (selection.found > 1) {
    say("several-runs", "warning", selection.found, { found: selection.found, selected: selection.selected });
  }
  const correlation = correlate(ofRun, profile);
  const { drafts } = correlation;
  reportUnowned(correlation, say);

  const inNamespace = options.namespace === undefined ? events : events.filter((event) => isInNamespace(event, options.namespace ?? ""));
  const clocks = clusterClocks(inNamespace);
  const naming = jobNaming(profile);
  const histories = gatherHistories(inNamespace);
  const versions = new ResourceVersions(inNamespace, clocks);
  const { deletions: coverage, reach } = coverageOf(inNamespace, sources, clocks);
  const gaps = goneInGaps(inNamespace, clocks);
  if (gaps.size > 0) say("watch-gaps", "warning", gaps.size, { count: gaps.size });
  const unlinked = buildJobs(histories, { clocks, versions, naming, coverage, reach, gaps, profile });

  const windows = creationWindows(drafts, profile);
  const candidates = candidateJobs(unlinked, profile);
  const bounds = offsetBounds(windows, candidates);
  const hosts = groupBy(
    events.filter((event): event is HttpDate => event.type === "http-date"),
    (event) => event.host,
  );
  const httpBounds = new Map([...hosts].map(([host, dates]) => [host, httpDateBounds(dates, ofRun)]));
  const runner =
    drafts.length === 0
      ? undefined
      : anchorRunner(
          resolveZone(withZoneOfLogs(ofRun, sources, options.declaredClock), ofRun[0]?.at.at ?? 0),
          bounds,
          [...httpBounds.values()].flat(),
        );
  if (runner !== undefined) {
    clocks.set("runner", runner);
    for (const [host, ofHost] of httpBounds) clocks.set(`http:${host}`, httpClock(host, ofHost, runner));
    reportClock(runner, bounds.length, say);
  }

  const links = linkJobs(drafts, windows, runner, candidates);
  refuseOtherRun(drafts, unlinked, links);
  const limits = options.limits ?? {};
  const { drafts: kept, span: logSpan } = limitRun(drafts, spanOf(ofRun, isLast ? logEnd(events, sources) : null), runner, limits);
  const sequential = isSequential(kept);
  const investigations = investigationsOf(kept, links, endings(kept, sequential, logSpan ?? { lo: 0, hi: 0 }, profile));
  const assigned = assignJobs(unlinked, investigations);
  const jobs = drafts.length === 0 ? limitJobs(assigned, limits) : assigned;
  reportJobs(jobs, investigations, say);
  return {
    run: { ...selection, ...announcedOf(correlation, kept) },
    clocks: [...clocks.values()].sort((a, b) => clockOrder(a.id) - clockOrder(b.id) || (a.id < b.id ? -1 : 1)),
    investigations,
    sequential,
    runMarks: correlation.runMarks.filter(({ at }) => logSpan === null || (at >= logSpan.lo && at <= logSpan.hi)),
    jobs,
    pods: buildPods(histories, { clocks, versions }),
    logSpan,
    runLines,
    jobCoverage: coverage,
    seesDeletions: coverage !== null,
    diagnostics,
  };
}

/** How many the log announces; of no meaning where --from or --to leave some of them out. */
function announcedOf({ announced, drafts }: Correlation, kept: readonly Draft[]): Pick<RunSelection, "announced"> {
  return announced === undefined || kept.length < drafts.length ? {} : { announced };
}

function isInNamespace(event: TimelineEvent, namespace: string): boolean {
  if (event.type === "job") return event.job.namespace === namespace;
  if (event.type === "pod") return event.pod.namespace === namespace;
  if (event.type === "api-request") return event.namespace === namespace;
  if (event.type === "cluster-event") return event.involved.namespace === namespace || event.involved.kind === "Node";
  return true;
}

/** Cluster data in which not one of the log's job ids occurs is another run's: numbers from it would be wrong without looking wrong. */
function refuseOtherRun(drafts: readonly Draft[], jobs: ReturnType<typeof buildJobs>, links: ReadonlyMap<Draft, Link>): void {
  const withId = drafts.filter((draft) => draft.jobId !== null);
  const serving = jobs.filter((job) => job.role === "serving" && job.jobId !== null);
  if (withId.length === 0 || serving.length === 0 || links.size > 0) return;
  throw new PostrunError(
    "input",
    `the log and the Kubernetes data do not belong together: none of the ${withId.length} job ids in the log (such as ${withId[0]?.jobId}) was created in its run; the Kubernetes data hold ${serving.length} other Jobs (such as ${serving[0]?.name})`,
    "give the log and the captures of one run; for another run of the same log use --run",
  );
}

/** The last stamp of the logs, marks or not, runner clock. */
function logEnd(events: readonly TimelineEvent[], sources: readonly SourceSummary[]): EpochMs | null {
  const logs = new Set(events.filter((event) => event.type === "log-mark").map((event) => event.evidence.source));
  const ends = sources.flatMap((source, index) => (logs.has(index) && source.to !== null ? [source.to] : []));
  return ends.length === 0 ? null : Math.max(...ends);
}

function spanOf(marks: readonly LogMark[], end: EpochMs | null): Bounds | null {
  const [first, last] = [marks[0], marks.at(-1)];
  return first === undefined || last === undefined ? null : { lo: first.at.at, hi: Math.max(end ?? 0, last.at.at + last.at.resolutionMs) };
}

function isSequential(drafts: readonly Draft[]): boolean {
  let lastEnd: EpochMs = Number.NEGATIVE_INFINITY;
  for (const { points } of drafts) {
    const start = points[0]?.at ?? lastEnd;
    if (start < lastEnd) return false;
    lastEnd = points.at(-1)?.at ?? lastEnd;
  }
  return true;
}

function investigationsOf(drafts: readonly Draft[], links: ReadonlyMap<Draft, Link>, ends: ReturnType<typeof endings>): Investigation[] {
  return drafts.map((draft, index) => {
    const link = links.get(draft);
    const ending = ends[index] ?? { outcome: "running", attempts: 1 };
    return {
      number: index + 1,
      jobId: draft.jobId,
      ...ending,
      points: draft.points,
      ...(link === undefined ? {} : { jobUid: link.jobUid, jobLink: link.by }),
    };
  });
}

/** Without a log every serving Job is the run's; with one, only those that it names, and their cleanup Jobs. */
function assignJobs(jobs: ReturnType<typeof buildJobs>, investigations: readonly Investigation[]): Timeline["jobs"] {
  const byUid = new Map(investigations.flatMap((i) => (i.jobUid === undefined ? [] : [[i.jobUid, i] as const])));
  const servingIds = new Set(jobs.flatMap((job) => (byUid.has(job.uid) && job.jobId !== null ? [`${job.namespace}/${job.jobId}`] : [])));
  return jobs.map((job) => {
    const investigation = byUid.get(job.uid);
    const companion = job.role === "cleanup" && job.jobId !== null && servingIds.has(`${job.namespace}/${job.jobId}`);
    const ofThisRun = investigations.length === 0 ? job.role !== "other" : investigation !== undefined || companion;
    return { ...job, ofThisRun, ...(investigation === undefined ? {} : { investigation: investigation.number }) };
  });
}

function clockOrder(id: ClockId): number {
  if (id === "cluster") return 0;
  return id === "runner" ? 1 : id === "collector" ? 2 : 3;
}
