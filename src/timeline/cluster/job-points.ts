/** Points in the life of a Job between its creation and its deletion: its first Pod has a node, its first container runs, it has finished. */
import { toClusterTime } from "../../model/clock.js";
import { largest, smallest } from "../../model/statistics/statistics.js";
import type { EpochMs } from "../../model/time.js";
import type { Job, Moment } from "../../model/timeline.js";
import type { JobHistory, PodHistory } from "./cluster-history.js";
import { firstEventOf } from "./job-beginning.js";
import { foldedPods } from "./pod-creators.js";
import { podStartOf } from "./pod-moments.js";
import { FINISHED, printedFinish } from "./printed-stamps.js";
import { TAKEN_UP_MS } from "./resource-versions.js";
import { type ClockTable, truncated } from "./stamped-moments.js";

/** From the stamp that the job controller prints until it sends the Event about it: milliseconds, more where it is overloaded. */
const EVENT_LAG_MS = 2000;

/** From the printed second in which a Job starts until its first Pod is there: the controller does both in one go. */
const WITH_ITS_JOB_MS = 3000;

/** What is known of these points, from the finest source of each. */
export function jobPoints(
  history: JobHistory,
  finished: Job["finished"],
  clocks: ClockTable,
): Record<"scheduled" | "started" | "finishedAt", Moment | undefined> {
  const pods = knowsFirstPod(history, clocks) ? history.pods : [];
  return {
    scheduled: earliest(pods, (pod) => scheduledAt(pod, clocks)),
    started: pods.some((pod) => hidesStart(pod, clocks)) ? undefined : earliest(pods, (pod) => podStartOf(pod, clocks)),
    finishedAt: finished === undefined ? undefined : finishMoment(history, finished.at, clocks),
  };
}

/**
 * Whether the first Pod of a Job is among those that the sources tell of. Not where its status counts more Pods than these and fewer of them begin with it than were ever at work at
 * once: the Events of the first may be forgotten, the watch have begun too late, or the Events of many be folded into one, while those of a later try are there.
 */
function knowsFirstPod(history: JobHistory, clocks: ClockTable): boolean {
  const { observations, pods } = history;
  if (mayHaveBegunBefore(history, clocks)) return false;
  const counted = largest(observations.map(({ job: { active, ended = 0 } }) => active + ended));
  const starts = startsOf(history);
  // A Job that is resumed counts its Pods from the beginning.
  if (new Set(starts).size < 2 && pods.length >= Math.max(counted, foldedPods(history))) return true;
  if (observations.length === 0) return false;
  const begin = smallest(starts);
  if (!Number.isFinite(begin)) return true;
  const atOnce = largest(observations.map(({ job: { active } }) => active));
  return pods.filter((pod) => firstSignOf(pod, clocks) <= begin + WITH_ITS_JOB_MS).length >= Math.max(1, atOnce);
}

/** The printed times at which a Job started: one that is suspended and resumed starts again. */
function startsOf({ observations }: JobHistory): readonly EpochMs[] {
  return observations.flatMap(({ job: { startTime } }) => startTime ?? []);
}

/**
 * Whether a Job may have been at work before the start that its first row tells of, or that follows it: it started long after its creation, so it was resumed, and nothing
 * shows it as it was created. Then it had been suspended from its creation on, or at work and suspended midway, with Pods of which nobody tells.
 */
function mayHaveBegunBefore(history: JobHistory, clocks: ClockTable): boolean {
  const [first] = history.observations;
  const begin = smallest(startsOf(history));
  if (first === undefined || !Number.isFinite(begin)) return false;
  const takenUpBy = first.job.createdAt + TAKEN_UP_MS;
  if (begin <= takenUpBy) return false;
  const told = firstEventOf(history);
  const sent = told?.atCreation === true ? toClusterTime(clocks.get(told.event.first.clock), told.event.first.at) : null;
  if (sent !== null && sent <= takenUpBy) return false;
  const { received } = first;
  const arrived = received === undefined ? null : toClusterTime(clocks.get(received.clock), received.at);
  return first.job.startTime !== undefined || (arrived !== null && arrived > takenUpBy);
}

/** Whether it ran, and nothing tells since when: its containers were restarted more often than they tell of. */
function hidesStart(pod: PodHistory, clocks: ClockTable): boolean {
  return (
    podStartOf(pod, clocks) === undefined &&
    pod.observations.some(({ pod: { phase, finishedAt } }) => phase === "Running" || finishedAt !== undefined)
  );
}

function firstSignOf({ observations: [row], events }: PodHistory, clocks: ClockTable): EpochMs {
  const sent = events.map(({ first }) => toClusterTime(clocks.get(first.clock), first.at) ?? Number.POSITIVE_INFINITY);
  return Math.min(row?.pod.createdAt ?? Number.POSITIVE_INFINITY, smallest(sent));
}

/** The scheduler's Event (microseconds), else the whole second of the Pod's condition. */
function scheduledAt(pod: PodHistory, clocks: ClockTable): Moment | undefined {
  const event = pod.events.find(({ reason }) => reason === "Scheduled");
  const at = event === undefined ? null : toClusterTime(clocks.get(event.first.clock), event.first.at);
  if (event !== undefined && at !== null) {
    const { resolutionMs } = event.first;
    if (resolutionMs >= 1000) return truncated(at, "event-time", event.evidence);
    return {
      at,
      lo: at,
      hi: at + resolutionMs,
      how: event.firstFrom === "name" ? "event-name" : "event-time",
      bracket: false,
      evidence: event.evidence,
    };
  }
  const seen = pod.observations.find((observation) => observation.pod.scheduledAt !== undefined);
  return seen?.pod.scheduledAt === undefined ? undefined : truncated(seen.pod.scheduledAt, "container-state", seen.evidence);
}

/** The printed second, and within it the Event that the job controller sends right after; the value is never later than that second's end. */
export function finishMoment(history: JobHistory, printed: number, clocks: ClockTable): Moment {
  const evidence = history.observations.find(({ job }) => printedFinish(job) !== undefined)?.evidence;
  const event = history.events.find(({ reason, first }) => FINISHED.has(reason) && first.resolutionMs < 1000);
  const sent = event === undefined ? null : toClusterTime(clocks.get(event.first.clock), event.first.at);
  if (event === undefined || sent === null || sent < printed || sent > printed + EVENT_LAG_MS)
    return truncated(printed, "container-state", evidence);
  const hi = Math.min(sent, printed + 1000);
  return { at: hi, lo: printed, hi, how: "event-name", bracket: true, evidence: event.evidence };
}

function earliest(pods: readonly PodHistory[], momentOf: (pod: PodHistory) => Moment | undefined): Moment | undefined {
  let first: Moment | undefined;
  for (const pod of pods) {
    const moment = momentOf(pod);
    if (moment !== undefined && (first === undefined || moment.at < first.at)) first = moment;
  }
  return first;
}
