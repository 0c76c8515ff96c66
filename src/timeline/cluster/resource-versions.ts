import { type Clock, toClusterTime } from "../../model/clock.js";
import { firstIndex } from "../../model/collections/first-index.js";
import type { ClusterEvent, JobObservation, PodObservation, TimelineEvent } from "../../model/event.js";
import type { EpochMs } from "../../model/time.js";
import { ascendingOrder } from "./ascending-order.js";
import { newestStamp } from "./printed-stamps.js";
import { cutOff } from "./stamped-moments.js";

/**
 * From the moment a component decides to send an Event until the API server has written it: a few milliseconds in the captured runs.
 * Used only where an Event that is not caused by the deletion bounds it from above.
 */
const EVENT_WRITE_LATENCY_MS = 100;

/** The controller takes up a new Job within this time: it starts it, or says that it is suspended. Nobody else has written it before [ms]. */
export const TAKEN_UP_MS = 5000;
/** Creations whose order by number and by time differ by more are of two numberings; the clocks of several API servers are closer than that [ms]. */
const ANOTHER_NUMBERING_MS = 2 * TAKEN_UP_MS;

/** What the neighbours of a write say of its time. */
export interface Neighbourhood {
  readonly lo: EpochMs;
  readonly hi: EpochMs;
  /** The upper bound is finer than a second. */
  readonly fine: boolean;
}

/**
 * The writes of a cluster are numbered in order. A deletion has a number but no time of its own, so the known times of its neighbours
 * bracket it. Numbers are compared within one numbering only: where a cluster began anew (it was restored from a backup), or there are two, no number
 * tells anything.
 */
export class ResourceVersions {
  readonly #events: readonly TimelineEvent[];
  readonly #clocks: ReadonlyMap<string, Clock>;
  #ordered: OrderedWrites | undefined;

  constructor(events: readonly TimelineEvent[], clocks: ReadonlyMap<string, Clock>) {
    this.#events = events;
    this.#clocks = clocks;
  }

  /** Whether a number was asked for although there is more than one numbering. */
  get foundTwoNumberings(): boolean {
    return this.#ordered === NO_ORDER;
  }

  /** Bounds of the write with this number from the writes before and after it. */
  neighbourhood(version: number): Neighbourhood {
    // Where the audit log tells of each deletion nobody asks.
    this.#ordered ??= isNumberedTwice(this.#events) ? NO_ORDER : inVersionOrder(this.#events, this.#clocks);
    const { versions, lowest, highest, fine } = this.#ordered;
    const before = firstIndex(versions, (v) => v >= version) - 1;
    const after = firstIndex(versions, (v) => v > version);
    return {
      lo: lowest[before] ?? Number.NEGATIVE_INFINITY,
      hi: highest[after] ?? Number.POSITIVE_INFINITY,
      fine: fine[after] === 1,
    };
  }
}

/** Numbers in ascending order, and of each what it and those before (after) it tell of its time. */
interface OrderedWrites {
  readonly versions: Float64Array;
  readonly lowest: Float64Array;
  readonly highest: Float64Array;
  readonly fine: Uint8Array;
}

const NO_ORDER: OrderedWrites = {
  versions: new Float64Array(),
  lowest: new Float64Array(),
  highest: new Float64Array(),
  fine: new Uint8Array(),
};

/** Whether Jobs were created in another order than they are numbered: by rows from before they were taken up, whose number is that of the creation. */
function isNumberedTwice(events: readonly TimelineEvent[]): boolean {
  const fresh: JobObservation["job"][] = [];
  const prompt = new Set<string>();
  for (let index = 0; index < events.length; index += 1) {
    const event = events[index] as TimelineEvent;
    if (event.type !== "job") continue;
    const { uid, createdAt, startTime } = event.job;
    if (startTime === undefined) fresh.push(event.job);
    else if (Math.abs(startTime - createdAt) <= TAKEN_UP_MS) prompt.add(uid);
  }
  let latest = Number.NEGATIVE_INFINITY;
  return fresh
    .flatMap(({ uid, resourceVersion, createdAt }) =>
      resourceVersion !== undefined && prompt.has(uid) ? { resourceVersion, createdAt } : [],
    )
    .sort((a, b) => a.resourceVersion - b.resourceVersion)
    .some(({ createdAt }) => {
      latest = Math.max(latest, createdAt);
      return createdAt < latest - ANOTHER_NUMBERING_MS;
    });
}

function inVersionOrder(events: readonly TimelineEvent[], clocks: ReadonlyMap<string, Clock>): OrderedWrites {
  const writes = new KnownWrites(numberedIn(events));
  const marks = firstMarks(events);
  for (let index = 0; index < events.length; index += 1) addWrite(writes, events[index] as TimelineEvent, { clocks, marks });
  const order = ascendingOrder(writes.versions.subarray(0, writes.length));
  const { length } = order;
  const ordered = {
    versions: new Float64Array(length),
    lowest: new Float64Array(length),
    highest: new Float64Array(length),
    fine: new Uint8Array(length),
  };
  let lo = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < length; index += 1) {
    const write = order[index] as number;
    lo = Math.max(lo, writes.lows[write] as number);
    ordered.versions[index] = writes.versions[write] as number;
    ordered.lowest[index] = lo;
  }
  let hi = Number.POSITIVE_INFINITY;
  let fine = 0;
  for (let index = length - 1; index >= 0; index -= 1) {
    const write = order[index] as number;
    const bound = writes.highs[write] as number;
    // A stamp that lies before what is known to have happened earlier was sent late: it says nothing.
    if (bound < hi && bound >= (ordered.lowest[index] as number)) {
      hi = bound;
      fine = writes.fine[write] as number;
    }
    ordered.highest[index] = hi;
    ordered.fine[index] = fine;
  }
  return ordered;
}

/** How many events there are that may carry a number. */
function numberedIn(events: readonly TimelineEvent[]): number {
  let count = 0;
  for (let index = 0; index < events.length; index += 1) {
    const { type } = events[index] as TimelineEvent;
    if (type === "cluster-event" || type === "job" || type === "pod") count += 1;
  }
  return count;
}

/** Numbered writes: each happened not before `lo` and not after `hi`; `fine` when `hi` is not a truncated stamp. */
class KnownWrites {
  length = 0;
  readonly versions: Float64Array;
  readonly lows: Float64Array;
  readonly highs: Float64Array;
  readonly fine: Uint8Array;

  constructor(most: number) {
    this.versions = new Float64Array(most);
    this.lows = new Float64Array(most);
    this.highs = new Float64Array(most);
    this.fine = new Uint8Array(most);
  }

  add(version: number, lo: EpochMs, hi: EpochMs, fine: boolean): void {
    this.versions[this.length] = version;
    this.lows[this.length] = lo;
    this.highs[this.length] = hi;
    this.fine[this.length] = Number(fine);
    this.length += 1;
  }
}

/** Of each Pod that is marked for deletion, the first number that shows it so: while it ends it is written several times, still with that mark. */
function firstMarks(events: readonly TimelineEvent[]): ReadonlyMap<string, number> {
  const marks = new Map<string, number>();
  for (let index = 0; index < events.length; index += 1) {
    const event = events[index] as TimelineEvent;
    if (event.type !== "pod" || event.pod.deletionTimestamp === undefined) continue;
    const { uid, resourceVersion = Number.POSITIVE_INFINITY } = event.pod;
    if (resourceVersion < (marks.get(uid) ?? Number.POSITIVE_INFINITY)) marks.set(uid, resourceVersion);
  }
  return marks;
}

interface WriteContext {
  readonly clocks: ReadonlyMap<string, Clock>;
  readonly marks: ReadonlyMap<string, number>;
}

function addWrite(writes: KnownWrites, event: TimelineEvent, context: WriteContext): void {
  if (event.type === "cluster-event") addEvent(writes, event, context.clocks);
  else if (event.type === "job") addJob(writes, event, context.clocks);
  else if (event.type === "pod") addPod(writes, event, context);
}

function addEvent(writes: KnownWrites, event: ClusterEvent, clocks: ReadonlyMap<string, Clock>): void {
  const { resourceVersion: version, createdAt, first, last, count } = event;
  if (version === undefined) return;
  // An Event that is repeated is written anew each time: its number is that of the last one.
  const clock = clocks.get(last.clock);
  const sent = toClusterTime(clock, (count > 1 ? last : first).at);
  const slack = clock?.uncertaintyMs ?? 0;
  const lo = Math.max(createdAt, (sent ?? Number.NEGATIVE_INFINITY) - slack);
  const arrived = arrivedAt(event, clocks);
  if (count > 1) {
    writes.add(version, lo, arrived ?? Number.POSITIVE_INFINITY, arrived !== null && arrivedFinely(event));
    return;
  }
  const truncatedEnd = createdAt + 1000;
  const sentBy = sent === null || first.resolutionMs >= 1000 ? truncatedEnd : sent + slack + EVENT_WRITE_LATENCY_MS;
  const hi = Math.min(truncatedEnd, arrived ?? Number.POSITIVE_INFINITY, Math.max(sentBy, createdAt));
  writes.add(version, lo, hi, hi < truncatedEnd && (hi !== arrived || arrivedFinely(event)));
}

function addJob(writes: KnownWrites, event: JobObservation, clocks: ReadonlyMap<string, Clock>): void {
  const { resourceVersion: version, createdAt, startTime } = event.job;
  if (version === undefined) return;
  const arrived = arrivedAt(event, clocks);
  const lo = newestStamp(event.job);
  let hi = arrived ?? Number.POSITIVE_INFINITY;
  // A Job that the controller has not touched yet still has the number of its creation.
  if (event.change === "ADDED" && startTime === undefined) hi = Math.min(hi, createdAt + 1000);
  writes.add(version, lo, hi, hi === arrived && arrivedFinely(event));
}

function addPod(writes: KnownWrites, event: PodObservation, { clocks, marks }: WriteContext): void {
  const { uid, resourceVersion: version, createdAt, deletionTimestamp, deletionGracePeriodMs = 0 } = event.pod;
  if (version === undefined) return;
  const arrived = arrivedAt(event, clocks);
  const requested = deletionTimestamp === undefined ? undefined : deletionTimestamp - deletionGracePeriodMs;
  const lo = requested === undefined ? createdAt : Math.max(createdAt, requested);
  let hi = arrived ?? Number.POSITIVE_INFINITY;
  // The first row after the request carries a deletion time in the future (request + grace); its write is the request.
  const isRequest = event.change === "MODIFIED" && deletionGracePeriodMs > 0 && marks.get(uid) === version;
  if (requested !== undefined && isRequest) hi = Math.min(hi, requested + 1000);
  writes.add(version, lo, hi, hi === arrived && arrivedFinely(event));
}

type Row = ClusterEvent | JobObservation | PodObservation;

/** By when a row had arrived. */
function arrivedAt({ received }: Row, clocks: ReadonlyMap<string, Clock>): EpochMs | null {
  return received === undefined ? null : toClusterTime(clocks.get(received.clock), received.at + cutOff(received));
}

/** Whether its time of arrival is no whole second. */
function arrivedFinely({ received }: Row): boolean {
  return received !== undefined && received.resolutionMs < 1000;
}
