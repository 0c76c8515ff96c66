import type { Clock } from "../../model/clock.js";
import type { Handover } from "../../model/collections/handover.js";
import { PostrunError } from "../../model/errors.js";
import type { TimelineEvent } from "../../model/event.js";
import type { Profile } from "../../model/profile.js";
import type { SourceSummary } from "../../model/source.js";
import { secondsToTenth } from "../../model/statistics/rounding.js";
import type { Bounds, ClockId } from "../../model/time.js";
import type { Pod, Timeline } from "../../model/timeline.js";
import type { Say } from "../say.js";
import { type AuditClocks, auditClocks } from "./audit-clocks.js";
import { type ClusterClocks, clusterClocks } from "./cluster-clocks.js";
import { gatherHistories } from "./cluster-history.js";
import { coverageOf } from "./coverage.js";
import { scrapedSamples } from "./cpu-samples.js";
import { type EventGroups, groupEvents } from "./event-groups.js";
import { jobLists } from "./job-lists.js";
import { jobNaming } from "./job-naming.js";
import { buildJobs, type JobDraft } from "./jobs.js";
import { endsUnread } from "./lost-rows.js";
import { endsMissed } from "./missed-pods.js";
import { buildPods } from "./pods.js";
import { type WatchGaps, watchGaps } from "./relists.js";
import { ResourceVersions } from "./resource-versions.js";
import { senderClocks, withMovedSenders } from "./sender-clocks.js";
import { serviceFinder } from "./service-removals.js";
import { unloggedRequests } from "./unlogged-requests.js";
import { endsUnnamed } from "./unnamed-deletions.js";

/** What the cluster's own data say, and of the events those that the rest of the timeline is made from. */
export interface ClusterSide extends Pick<EventGroups, "marks" | "dates" | "samples"> {
  readonly clocks: Map<ClockId, Clock>;
  /** In order of creation; nobody has said yet which of them serve this run. */
  readonly unlinked: readonly JobDraft[];
  readonly pods: readonly Pod[];
  readonly serviceOf: ReturnType<typeof serviceFinder>;
  /** Time over which deletions would have been seen; null when no source could show one. */
  readonly coverage: Bounds | null;
  /** Sources after whose end another went on that keeps the same. */
  readonly continued: ReadonlySet<number>;
  /** What interruptions of the watches have hidden. */
  readonly gaps: WatchGaps;
  /** Audit logs that another clock than the cluster's has stamped, by source. */
  readonly auditLogs: NonNullable<Timeline["logs"]>;
  /** The input has CPU samples, whether or not any of them can be used. */
  readonly hasSamples: boolean;
}

/** Namespaces that a message lists before the rest is only counted. */
const MOST_NAMESPACES = 10;

/**
 * Jobs and Pods with their moments, and the clocks of the cluster. Most events, and what is gathered from them on the way, are let go of here: in a long run
 * that is most of what is in use.
 */
export function clusterSide(
  given: Handover<readonly TimelineEvent[]>,
  read: readonly SourceSummary[],
  { profile, namespace }: { readonly profile: Profile; readonly namespace?: string },
  say: Say,
): ClusterSide {
  const all = given.take();
  const events = namespace === undefined ? all : ofNamespace(all, namespace);
  const found = clusterClocks(events);
  const { clocks } = found;
  reportArrivals(found, read, say);
  const { clocks: ofSenders, groups } = senderClocks(groupEvents(events), clocks);
  const { clocks: ofAudit, requests } = auditClocks(groups);
  for (const clock of ofAudit.values()) clocks.set(clock.id, clock);
  reportAuditClocks(ofAudit, read, say);
  const placing = withMovedSenders(clocks, ofSenders);
  for (const clock of ofSenders) clocks.set(clock.id, clock);
  reportSenders(ofSenders, say);
  const sources = ofAudit.size === 0 ? read : read.map((source, index) => ({ ...source, clock: ofAudit.get(index)?.id ?? source.clock }));
  const histories = gatherHistories(groups, requests);
  const numbered = ofSenders.length === 0 ? events : [...groups.jobs, ...groups.pods, ...groups.clusterEvents];
  const versions = new ResourceVersions(numbered, placing);
  const { deletions: coverage, reach: assumed, continued } = coverageOf(groups, sources, placing);
  const naming = jobNaming(profile);
  const watching = { clocks: placing, sources, reach: assumed, versions, naming };
  const gaps = watchGaps(groups.jobs, watching);
  if (gaps.gone.size > 0) say("watch-gaps", "warning", gaps.gone.size, { count: gaps.gone.size });
  const unlogged = unloggedRequests(histories, { ...watching, gaps, requests });
  if (unlogged > 0) say("unlogged-requests", "warning", unlogged, { count: unlogged });
  // What such a log does not tell of may have happened all the same.
  const reach = unlogged === 0 ? assumed : { ...assumed, auditIsWhole: false, logsCreations: false };
  const unlinked = buildJobs(histories, {
    clocks: placing,
    versions,
    naming,
    coverage,
    reach,
    gaps,
    lists: () => jobLists(groups.jobs, watching),
    profile,
  });
  const unread = endsUnread(histories, unlinked, reach);
  if (unread > 0) say("lost-rows", "warning", unread, { count: unread });
  const missed = endsMissed(histories, unlinked, reach);
  if (missed > 0) say("pods-missed", "warning", missed, { count: missed });
  const unnamed = endsUnnamed(histories, unlinked);
  if (unnamed > 0) say("unnamed-deletions", "warning", unnamed, { count: unnamed });
  const pods = buildPods(histories, { clocks: placing, versions });
  if (versions.foundTwoNumberings) say("versions-go-back", "warning", 1);
  const { marks, dates } = groups;
  const samples = scrapedSamples(groups.samples);
  if (samples !== groups.samples) say("cpu-samples-on-grid", "warning", groups.samples.length - samples.length);
  return {
    clocks,
    unlinked,
    pods,
    serviceOf: serviceFinder(requests),
    coverage,
    continued,
    gaps,
    auditLogs: placedReadings(ofAudit, read),
    marks,
    dates,
    samples,
    hasSamples: groups.samples.length > 0,
  };
}

/** What is off about the clocks by which rows arrived. */
function reportArrivals({ mixed, unsteady, unbounded }: ClusterClocks, sources: readonly SourceSummary[], say: Say): void {
  for (const { sources: indexes, apartMs } of mixed) {
    const paths = indexes.flatMap((index) => sources[index]?.path ?? []).join(", ");
    say("arrivals-disagree", "warning", indexes.length, { paths, seconds: secondsToTenth(apartMs) });
  }
  for (const { count, uncertaintyMs } of unsteady)
    say("arrivals-unsteady", "warning", count, { count, seconds: secondsToTenth(uncertaintyMs) });
  const unplaced = sources.filter(({ clock }) => clock !== null && unbounded.includes(clock)).map(({ path }) => path);
  if (unplaced.length > 0) say("arrivals-unplaced", "warning", unplaced.length, { paths: unplaced.join(", ") });
}

function reportAuditClocks(clocks: AuditClocks["clocks"], sources: readonly SourceSummary[], say: Say): void {
  for (const [index, { offsetMs, anchors }] of clocks) {
    const id = (offsetMs ?? 0) < 0 ? "audit-clock-behind" : "audit-clock-ahead";
    const seconds = secondsToTenth(Math.abs(offsetMs ?? 0));
    say(id, "warning", 1, { path: sources[index]?.path ?? "", seconds, creations: anchors });
  }
}

function reportSenders(clocks: readonly Clock[], say: Say): void {
  for (const { id, offsetMs, anchors } of clocks) {
    const sender = id === "controller" ? "kube-controller-manager" : "kube-scheduler";
    const seconds = secondsToTenth(Math.abs(offsetMs ?? 0));
    say((offsetMs ?? 0) < 0 ? "sender-clock-behind" : "sender-clock-ahead", "warning", 1, { sender, seconds, stamps: anchors });
  }
}

/** From when to when such logs go, by their clocks. */
function placedReadings(clocks: AuditClocks["clocks"], sources: readonly SourceSummary[]): ClusterSide["auditLogs"] {
  return new Map(
    [...clocks].flatMap(([index, { id }]) => {
      const { from = null, to = null } = sources[index] ?? {};
      return from === null || to === null ? [] : [[index, { clock: id, from, to }] as const];
    }),
  );
}

/** With what belongs to no namespace. Throws a PostrunError (usage) where there is something of the cluster, but nothing of this namespace. */
function ofNamespace(events: readonly TimelineEvent[], namespace: string): readonly TimelineEvent[] {
  const found = new Set<string>();
  const kept = events.filter((event) => {
    const own = namespaceOf(event);
    if (own !== undefined) found.add(own);
    return own === undefined || own === namespace;
  });
  if (found.size === 0 || found.has(namespace)) return kept;
  const names = [...found].sort();
  const others =
    names.length > MOST_NAMESPACES
      ? `${names.slice(0, MOST_NAMESPACES).join(", ")} and ${names.length - MOST_NAMESPACES} more`
      : names.join(", ");
  throw new PostrunError("usage", `nothing in the input is in namespace "${namespace}"`, `in the input there is: ${others}`);
}

function namespaceOf(event: TimelineEvent): string | undefined {
  if (event.type === "job") return event.job.namespace;
  if (event.type === "pod") return event.pod.namespace;
  if (event.type === "api-request") return event.namespace;
  return event.type === "cluster-event" && event.involved.kind !== "Node" ? event.involved.namespace : undefined;
}
