import type { JobObservation, PodObservation, TimelineEvent } from "../model/event.js";
import type { EpochMs } from "../model/time.js";
import { type Clock, toClusterTime } from "../model/timeline.js";

/**
 * From the moment a component decides to send an Event until the API server has written it: a few milliseconds in the captured runs.
 * Used only where an Event that is not caused by the deletion bounds it from above.
 */
const EVENT_WRITE_LATENCY_MS = 100;

/** When the write with this resourceVersion happened: not before `lo`, not after `hi`; `fine` when `hi` is not a truncated stamp. */
interface KnownWrite {
  readonly version: number;
  readonly lo: EpochMs;
  readonly hi: EpochMs;
  readonly fine: boolean;
}

/** What the neighbours of a write say of its time. */
export interface Neighbourhood {
  readonly lo: EpochMs;
  readonly hi: EpochMs;
  /** The upper bound is finer than a second. */
  readonly fine: boolean;
}

/**
 * The writes of a cluster are numbered in order. A deletion has a number but no time of its own, so the known times of its neighbours
 * bracket it. Numbers are compared within one cluster only; an input from two clusters is not supported.
 */
export class ResourceVersions {
  readonly #versions: number[] = [];
  readonly #lowest: EpochMs[] = [];
  readonly #highest: EpochMs[] = [];
  readonly #fine: boolean[] = [];

  constructor(events: readonly TimelineEvent[], clocks: ReadonlyMap<string, Clock>) {
    const writes = events.flatMap((event) => knownWrites(event, clocks)).sort((a, b) => a.version - b.version);
    let lo = Number.NEGATIVE_INFINITY;
    for (const write of writes) {
      lo = Math.max(lo, write.lo);
      this.#versions.push(write.version);
      this.#lowest.push(lo);
    }
    let hi = Number.POSITIVE_INFINITY;
    let fine = false;
    for (let index = writes.length - 1; index >= 0; index -= 1) {
      const write = writes[index] as KnownWrite;
      // A stamp that lies before what is known to have happened earlier was sent late: it says nothing.
      const bound = Math.max(write.hi, this.#lowest[index] as number);
      if (bound < hi) {
        hi = bound;
        fine = write.fine;
      }
      this.#highest[index] = hi;
      this.#fine[index] = fine;
    }
  }

  /** Bounds of the write with this number from the writes before and after it. */
  neighbourhood(version: number): Neighbourhood {
    const before = this.#lastIndexBelow(version);
    const after = this.#firstIndexAbove(version);
    return {
      lo: this.#lowest[before] ?? Number.NEGATIVE_INFINITY,
      hi: this.#highest[after] ?? Number.POSITIVE_INFINITY,
      fine: this.#fine[after] ?? false,
    };
  }

  #lastIndexBelow(version: number): number {
    return this.#firstIndex((v) => v >= version) - 1;
  }

  #firstIndexAbove(version: number): number {
    return this.#firstIndex((v) => v > version);
  }

  #firstIndex(holds: (version: number) => boolean): number {
    let low = 0;
    let high = this.#versions.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (holds(this.#versions[middle] as number)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

function knownWrites(event: TimelineEvent, clocks: ReadonlyMap<string, Clock>): KnownWrite[] {
  if (event.type === "cluster-event") {
    const version = event.resourceVersion;
    if (version === undefined) return [];
    const clock = clocks.get(event.first.clock);
    const sent = toClusterTime(clock, event.first.at);
    const slack = clock?.uncertaintyMs ?? 0;
    const arrived = event.received === undefined ? null : toClusterTime(clocks.get(event.received.clock), event.received.at);
    if (event.count > 1)
      return [{ version, lo: Math.max(event.last.at, event.createdAt), hi: arrived ?? Number.POSITIVE_INFINITY, fine: arrived !== null }];
    const truncatedEnd = event.createdAt + 1000;
    const sentBy = sent === null || event.first.resolutionMs >= 1000 ? truncatedEnd : sent + slack + EVENT_WRITE_LATENCY_MS;
    const hi = Math.min(truncatedEnd, arrived ?? Number.POSITIVE_INFINITY, Math.max(sentBy, event.createdAt));
    return [{ version, lo: Math.max(event.createdAt, (sent ?? Number.NEGATIVE_INFINITY) - slack), hi, fine: hi < truncatedEnd }];
  }
  if (event.type === "job" || event.type === "pod") return objectWrites(event, clocks);
  return [];
}

function objectWrites(event: JobObservation | PodObservation, clocks: ReadonlyMap<string, Clock>): KnownWrite[] {
  const object = event.type === "job" ? event.job : event.pod;
  const version = object.resourceVersion;
  if (version === undefined) return [];
  const arrived = event.received === undefined ? null : toClusterTime(clocks.get(event.received.clock), event.received.at);
  const requested =
    event.type === "pod" && object.deletionTimestamp !== undefined
      ? object.deletionTimestamp - (object.deletionGracePeriodMs ?? 0)
      : undefined;
  let lo = object.createdAt;
  if (event.type === "job") lo = Math.max(lo, event.job.startTime ?? lo, event.job.completedAt ?? lo, event.job.failedAt ?? lo);
  if (requested !== undefined) lo = Math.max(lo, requested);
  let hi = arrived ?? Number.POSITIVE_INFINITY;
  // A Job that the controller has not touched yet still has the number of its creation.
  if (event.type === "job" && event.change === "ADDED" && event.job.startTime === undefined) hi = Math.min(hi, object.createdAt + 1000);
  // The first row after the request carries a deletion time in the future (request + grace); its write is the request.
  if (requested !== undefined && event.change === "MODIFIED" && (object.deletionGracePeriodMs ?? 0) > 0)
    hi = Math.min(hi, requested + 1000);
  return [{ version, lo, hi, fine: arrived !== null && hi === arrived }];
}
