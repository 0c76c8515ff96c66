/**
 * Whether the stamps of an audit log are of the clock by which objects are stamped. The API server that makes an object stamps it, and logs the request, by one and the same clock; a log that a
 * proxy or a collector has stamped anew need not be of that clock. Each creation that stands in both holds the one against the other.
 */

import { type Clock, toClusterTime } from "../../model/clock.js";
import { groupBy } from "../../model/collections/group-by.js";
import type { ApiRequest, ClusterEvent, JobObservation } from "../../model/event.js";
import { agreement } from "../../model/statistics/bounds.js";
import { type Bounds, type ClockId, type DurationMs, type Instant, MINUTE_MS } from "../../model/time.js";
import { clockFromBounds } from "../clocks/clocks.js";
import type { OffsetBound } from "../clocks/offset-bound.js";
import type { EventGroups } from "./event-groups.js";
import { namespacedName } from "./namespaced-name.js";

/** A request of an audit log, on the cluster's time. */
export interface PlacedRequest extends ApiRequest {
  /** The clock that stamped it, where that is not the cluster's. */
  readonly stampedBy?: Clock;
}

/** Audit logs whose stamps are not of the cluster's clock. */
export interface AuditClocks {
  /** By source. */
  readonly clocks: ReadonlyMap<number, Clock>;
  /** All requests, those of such logs brought onto the cluster's time. */
  readonly requests: readonly PlacedRequest[];
}

/** Fewer creations may be of other Jobs of the same names. */
const FEWEST_CREATIONS = 3;
/** So many of them must agree on one offset. */
const ENOUGH_AGREEMENT = 0.9;
/** A difference below this may come about on the way of a request. */
const LEAST_OFFSET_MS: DurationMs = 50;
/** Creations that are farther apart are of Jobs that were made again under their names. */
const LARGEST_OFFSET_MS: DurationMs = 7.5 * MINUTE_MS;

/** The API server creates the controller's first Event of a Job within this time of that Job, even where it was held up. */
const EVENT_FOLLOWS_MS: DurationMs = 2250;

/** Finds the clocks of audit logs that are not of the cluster's clock, and places what they tell. */
export function auditClocks({ jobs, clusterEvents, requests }: Pick<EventGroups, "jobs" | "clusterEvents" | "requests">): AuditClocks {
  const creations = requests.filter(
    ({ resource, verb, subresource, name }) => resource === "jobs" && verb === "create" && subresource === undefined && name !== "",
  );
  const clocks = new Map<number, Clock>();
  if (creations.length < FEWEST_CREATIONS || jobs.length + clusterEvents.length === 0) return { clocks, requests };
  for (const [source, bounds] of groupBy(boundsOf(creations, stampsOf(jobs, clusterEvents)), (bound) => bound.source)) {
    const found = clockOf(clocks.size === 0 ? "audit" : `audit:${clocks.size + 1}`, bounds);
    if (found !== undefined) clocks.set(source, found);
  }
  if (clocks.size === 0) return { clocks, requests };
  return { clocks, requests: requests.map((request) => placed(request, clocks.get(request.evidence.source))) };
}

interface AuditBound extends OffsetBound {
  readonly source: number;
}

/** When the API server created a Job, by its own stamps. */
interface Stamped extends Bounds {
  readonly uid: string;
}

/** By name, where one Job alone has it: the second that its object prints; of one that no row shows, that of the controller's first Event, which follows. */
function stampsOf(jobs: readonly JobObservation[], clusterEvents: readonly ClusterEvent[]): ReadonlyMap<string, Stamped | null> {
  const stamps = new Map<string, Stamped | null>();
  const note = (name: string, stamp: Stamped) => {
    const known = stamps.get(name);
    if (known === undefined) stamps.set(name, stamp);
    else if (known !== null && known.uid !== stamp.uid) stamps.set(name, null);
  };
  for (let index = 0; index < jobs.length; index += 1) {
    const { job } = jobs[index] as JobObservation;
    note(namespacedName(job), { uid: job.uid, lo: job.createdAt, hi: job.createdAt + 1000 });
  }
  for (let index = 0; index < clusterEvents.length; index += 1) {
    const { reason, involved, createdAt, count } = clusterEvents[index] as ClusterEvent;
    if (involved.kind !== "Job" || reason !== "SuccessfulCreate" || count !== 1) continue;
    note(namespacedName(involved), { uid: involved.uid, lo: createdAt - EVENT_FOLLOWS_MS, hi: createdAt + 1000 });
  }
  return stamps;
}

/** What each creation says of the clock of its log, where one Job alone had the name, and it was created once. */
function boundsOf(creations: readonly ApiRequest[], stamps: ReadonlyMap<string, Stamped | null>): AuditBound[] {
  const madeOnce = [...groupBy(creations, namespacedName).values()].flatMap((ofName) => (ofName.length === 1 ? ofName : []));
  return madeOnce.flatMap((request) => {
    const stamp = stamps.get(namespacedName(request));
    if (stamp === undefined || stamp === null || (request.uid !== undefined && request.uid !== stamp.uid)) return [];
    const { received, completed, evidence } = request;
    // The object was stamped between the two.
    const bound = { lo: received.at - stamp.hi, hi: completed.at + completed.resolutionMs - stamp.lo };
    return [{ at: completed.at, ...bound, source: evidence.source }];
  });
}

/** Undefined where it is the cluster's, or nothing tells that it is not. */
function clockOf(id: ClockId, bounds: readonly OffsetBound[]): Clock | undefined {
  const agreed = agreement(bounds);
  if (agreed === undefined || (agreed.lo <= LEAST_OFFSET_MS && agreed.hi >= -LEAST_OFFSET_MS)) return undefined;
  const clock = clockFromBounds(id, bounds, "bounds");
  const { anchors, offsetMs } = clock;
  const tells = anchors >= Math.max(FEWEST_CREATIONS, bounds.length * ENOUGH_AGREEMENT);
  return tells && offsetMs !== null && Math.abs(offsetMs) <= LARGEST_OFFSET_MS ? clock : undefined;
}

/** On the cluster's time. An event is a view of its row: its properties are named one by one. */
function placed(request: ApiRequest, clock: Clock | undefined): PlacedRequest {
  if (clock === undefined) return request;
  const { type, auditId, verb, resource, namespace, name, uid, subresource, user, answeredStatus, takesAll, evidence } = request;
  const moved = (instant: Instant): Instant => ({ ...instant, at: toClusterTime(clock, instant.at) ?? instant.at });
  const [received, completed] = [moved(request.received), moved(request.completed)];
  const named = { type, auditId, verb, resource, namespace, name, uid, subresource, user, answeredStatus, takesAll, evidence };
  return { ...named, received, completed, stampedBy: clock };
}
