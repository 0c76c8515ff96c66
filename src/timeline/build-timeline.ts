import { PostrunError } from "../model/errors.js";
import type { HttpDate, LogMark, TimelineEvent } from "../model/event.js";
import { groupBy } from "../model/group-by.js";
import type { Profile } from "../model/profile.js";
import type { Diagnostic, Evidence, SourceSummary } from "../model/source.js";
import type { Bounds, ClockId, EpochMs } from "../model/time.js";
import type { Clock, Investigation, RunSelection, Timeline } from "../model/timeline.js";
import {
  clockFromBounds,
  type DeclaredClock,
  isPlausibleZone,
  type OffsetBound,
  resolveZone,
  runnerClock,
  unanchoredClock,
} from "./clocks.js";
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
import { splitRuns } from "./runs.js";

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

/** From an HTTP response until its headers are logged; a server is usually answered within this. */
const HTTP_LATENCY_MS = 500;

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

type Say = (
  id: string,
  severity: Diagnostic["severity"],
  count: number,
  values?: Diagnostic["values"],
  examples?: readonly Evidence[],
) => void;

interface RunChoice {
  readonly selection: RunSelection;
  readonly marks: readonly LogMark[];
  readonly runLines: Timeline["runLines"];
  /** Nothing follows it in the log, so what stands after its last mark belongs to it. */
  readonly isLast: boolean;
}

function selectRun(marks: readonly LogMark[], profile: Profile, wanted: number | "all" | undefined): RunChoice {
  const patterns = new Map(profile.patterns.map((pattern) => [pattern.id, pattern]));
  const runs = splitRuns(marks, patterns);
  if (wanted === "all") {
    return { selection: { selected: "all", found: runs.length }, marks: runs.flat(), runLines: linesOfRun([runs.flat()], 0), isLast: true };
  }
  const selected = wanted ?? Math.max(1, runs.length);
  if (wanted !== undefined && runs[wanted - 1] === undefined) {
    throw new PostrunError(
      "usage",
      `run ${wanted} was asked for, but the log holds ${runs.length}`,
      `use --run 1 to --run ${Math.max(1, runs.length)}, or --run all`,
    );
  }
  return {
    selection: { selected, found: Math.max(1, runs.length) },
    marks: runs[selected - 1] ?? [],
    runLines: linesOfRun(runs, selected - 1),
    isLast: selected >= runs.length,
  };
}

/** From behind the last line of the run before it to its own last line, or to the end of the log. */
function linesOfRun(runs: readonly (readonly LogMark[])[], index: number): Map<number, Bounds> {
  const lastLines = (marks: readonly LogMark[]) => {
    const lines = new Map<number, number>();
    for (const { evidence } of marks) lines.set(evidence.source, Math.max(evidence.line, lines.get(evidence.source) ?? 0));
    return lines;
  };
  const before = lastLines(runs.slice(0, index).flat());
  const own = lastLines(runs[index] ?? []);
  const isLast = index >= runs.length - 1;
  // A log that tells of other runs alone holds no line of this one.
  const others = [...lastLines(runs.flat()).keys()].filter((source) => !own.has(source));
  return new Map([
    ...others.map((source) => [source, { lo: Number.POSITIVE_INFINITY, hi: Number.NEGATIVE_INFINITY }] as const),
    ...[...own].map(
      ([source, line]) => [source, { lo: (before.get(source) ?? 0) + 1, hi: isLast ? Number.POSITIVE_INFINITY : line }] as const,
    ),
  ]);
}

function reportUnowned({ unmatched, ambiguous }: Correlation, say: Say): void {
  if (unmatched.length > 0) say("unmatched-marks", "warning", unmatched.length, { count: unmatched.length }, unmatched.map(withText));
  if (ambiguous.length > 0) say("ambiguous-marks", "warning", ambiguous.length, { count: ambiguous.length }, ambiguous.map(withText));
}

function withText(mark: LogMark): Evidence {
  return mark.evidence.text === undefined ? { ...mark.evidence, text: mark.message.slice(0, 300) } : mark.evidence;
}

function isInNamespace(event: TimelineEvent, namespace: string): boolean {
  if (event.type === "job") return event.job.namespace === namespace;
  if (event.type === "pod") return event.pod.namespace === namespace;
  if (event.type === "api-request") return event.namespace === namespace;
  if (event.type === "cluster-event") return event.involved.namespace === namespace || event.involved.kind === "Node";
  return true;
}

/** Jobs bound the runner's clock best; where there are none, HTTP dates give the zone and the difference to that server. */
function anchorRunner(declared: DeclaredClock, jobBounds: readonly OffsetBound[], httpBounds: readonly OffsetBound[]): Clock {
  const fromJobs = runnerClock(declared, jobBounds, "bounds");
  if (fromJobs.offsetMs !== null && isPlausibleZone(fromJobs)) return fromJobs;
  const fromHttp = runnerClock(declared, httpBounds, "http-date");
  return fromHttp.offsetMs !== null && isPlausibleZone(fromHttp) ? fromHttp : unanchoredClock("runner");
}

/** The server stamped its answer before the runner logged it, and after the request that the run's marks tell of left. */
function httpDateBounds(dates: readonly HttpDate[], marks: readonly LogMark[]): OffsetBound[] {
  const [first, last] = [marks[0], marks.at(-1)];
  if (first === undefined || last === undefined) return [];
  const ofRun = dates.filter(({ logged }) => logged.at >= first.at.at - 60_000 && logged.at <= last.at.at + 60_000);
  return ofRun.map(({ logged, date }) => ({
    at: logged.at,
    lo: logged.at - date - 1000 - HTTP_LATENCY_MS,
    hi: logged.at + logged.resolutionMs - date,
  }));
}

/** A server's clock against the cluster's: the runner stands between them. */
function httpClock(host: string, bounds: readonly OffsetBound[], runner: Clock): Clock {
  const id = `http:${host}` as const;
  const seen = clockFromBounds(id, bounds, "http-date");
  if (seen.offsetMs === null || runner.offsetMs === null || runner.method === "http-date")
    return { ...unanchoredClock(id), anchors: seen.anchors };
  const skewMs = runner.offsetMs - seen.offsetMs;
  return {
    ...seen,
    offsetMs: skewMs,
    zoneOffsetMinutes: 0,
    skewMs,
    uncertaintyMs: (seen.uncertaintyMs ?? 0) + (runner.uncertaintyMs ?? 0),
  };
}

function reportClock(runner: Clock, total: number, say: Say): void {
  if (runner.method === "none") say("clock-unanchored", "warning", 1);
  if (runner.method === "bounds" && runner.anchors < total * 0.9) {
    say("clock-bounds-disagree", "warning", total - runner.anchors, { anchors: runner.anchors, total });
  }
  if (runner.driftPpm !== undefined) say("clock-drift", "info", 1, { ppm: runner.driftPpm });
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

/** The declaration, and where it says nothing of the zone, the zone that the run's logs name themselves if they agree on one. */
function withZoneOfLogs(marks: readonly LogMark[], sources: readonly SourceSummary[], declared: DeclaredClock = {}): DeclaredClock {
  if (declared.zoneName !== undefined || declared.zoneOffsetMinutes !== undefined) return declared;
  const logs = new Set(marks.map((mark) => mark.evidence.source));
  const [zone, ...others] = new Set([...logs].map((index) => sources[index]?.zoneMinutes));
  return zone === undefined || others.length > 0 ? declared : { ...declared, zoneOffsetMinutes: zone };
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

function reportJobs(jobs: Timeline["jobs"], investigations: readonly Investigation[], say: Say): void {
  const others = jobs.filter((job) => job.role === "serving" && !job.ofThisRun);
  if (others.length > 0) say("jobs-of-others", "info", others.length, { count: others.length });
  const serving = jobs.filter((job) => job.role === "serving" && job.ofThisRun);
  const censored = serving.filter((job) => job.censoredAt !== undefined);
  if (censored.length > 0) say("job-censored", "info", censored.length, { count: censored.length });
  const brackets = serving.filter((job) => job.gone?.bracket === true);
  if (brackets.length > 0) say("deletion-brackets", "info", brackets.length, { count: brackets.length });
  const unlinked = investigations.filter((i) => i.jobUid === undefined);
  if (serving.length > 0 && unlinked.length > 0) say("job-not-linked", "warning", unlinked.length, { count: unlinked.length });
}

function clockOrder(id: ClockId): number {
  if (id === "cluster") return 0;
  return id === "runner" ? 1 : id === "collector" ? 2 : 3;
}
