/**
 * A Kubernetes Event of core/v1 or events.k8s.io/v1 (its renamed fields are read alike; null and absent are the same):
 * https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/
 */
import type { ClusterEvent, Observation } from "../model/event.js";
import type { ClockId, EpochMs, Instant } from "../model/time.js";
import { asObject, asStamp, asText, asWhole, type JsonObject, present } from "./json-fields.js";
import { numericVersion } from "./kubernetes-object.js";
import type { Recorder } from "./recorder.js";
import { sharedText, sharedTexts } from "./shared.js";
import type { Stamp } from "./stamps.js";

/** How far the time in an Event's name may lie from its own first stamp; a name further away is no time but an id that looks like one. */
const NAME_TOLERANCE_MS = 2000;
/** The same where only the creation is known, which comes long after the first occurrence of an aggregated Event. */
const CREATION_TOLERANCE_MS = 24 * 3600 * 1000;

/** Reads an Event, or null where it has no time or no object. */
export function readClusterEvent(object: JsonObject, observation: Observation, recorder: Recorder): ClusterEvent | null {
  const metadata = asObject(object.metadata);
  const involved = asObject(object.involvedObject ?? object.regarding);
  const name = asText(metadata.name);
  const created = asStamp(metadata.creationTimestamp);
  const eventTime = asStamp(object.eventTime);
  const firstStamp = asStamp(object.firstTimestamp ?? object.deprecatedFirstTimestamp);
  const found = firstOccurrence(name, eventTime, firstStamp, created);
  if (!found || asText(involved.kind) === "") return null;
  const series = asObject(object.series);
  const host = kubeletHost(object);
  const clock: ClockId = host === undefined ? "cluster" : `node:${host}`;
  const first: Instant = { ...found.stamp, clock };
  const last = lastOccurrence(first, asStamp(series.lastObservedTime), asStamp(object.lastTimestamp ?? object.deprecatedLastTimestamp));
  const count = occurrences(asWhole(object.count ?? object.deprecatedCount), asWhole(series.count));
  // Between the first and the last occurrence of an aggregated row nothing is known: days of it are no coverage.
  for (const at of count > 1 ? [last.at] : [first.at, last.at, created?.at]) recorder.see(at);
  return {
    type: "cluster-event",
    uid: asText(metadata.uid) || `${asText(metadata.namespace)}/${name}`,
    reason: sharedText(asText(object.reason)),
    message: sharedText(asText(object.message ?? object.note)),
    involved: sharedTexts({
      kind: asText(involved.kind),
      namespace: asText(involved.namespace),
      name: asText(involved.name),
      uid: asText(involved.uid),
    }),
    first,
    firstFrom: found.from,
    last,
    count,
    createdAt: created?.at ?? Math.floor(first.at / 1000) * 1000,
    ...present<Pick<ClusterEvent, "resourceVersion" | "received" | "host">>({
      resourceVersion: numericVersion(metadata.resourceVersion),
      received: observation.received,
      host,
    }),
    evidence: observation.evidence,
  };
}

/** The first repetition starts a series at count 1: two occurrences. A count of 0 is none given. */
function occurrences(count: number | undefined, inSeries: number | undefined): number {
  if (count !== undefined && count > 0) return count;
  return inSeries === undefined ? 1 : inSeries + 1;
}

/** The finest stamp of the first occurrence: name, eventTime, firstTimestamp, creationTimestamp. */
function firstOccurrence(
  name: string,
  eventTime: Stamp | undefined,
  firstStamp: Stamp | undefined,
  created: Stamp | undefined,
): { stamp: Stamp; from: ClusterEvent["firstFrom"] } | undefined {
  const named = timeInName(name);
  const own = eventTime ?? firstStamp;
  const reference = own ?? created;
  const tolerance = own ? NAME_TOLERANCE_MS : CREATION_TOLERANCE_MS;
  if (named && reference && Math.abs(named.at - reference.at) <= tolerance) return { stamp: named, from: "name" };
  if (eventTime) return { stamp: eventTime, from: "eventTime" };
  if (firstStamp) return { stamp: firstStamp, from: "firstTimestamp" };
  return created ? { stamp: created, from: "creationTimestamp" } : undefined;
}

/** client-go names an Event `<object>.<hex nanoseconds since 1970>`: 16 digits since 2006. */
function timeInName(name: string): Stamp | undefined {
  const suffix = name.slice(name.lastIndexOf(".") + 1);
  if (!/^[0-9a-f]{16}$/.test(suffix)) return undefined;
  const nanoseconds = BigInt(`0x${suffix}`);
  const at: EpochMs = Number(nanoseconds / 1000n) / 1000;
  return { at, resolutionMs: 0.001 };
}

/** The latest stamp; a coarse one that can be the first occurrence itself is taken as that. */
function lastOccurrence(first: Instant, ...stamps: readonly (Stamp | undefined)[]): Instant {
  let last = first;
  for (const stamp of stamps) {
    if (stamp && stamp.at > last.at) last = { ...stamp, clock: first.clock };
  }
  return last;
}

/** The node whose kubelet wrote the Event, whose clock its stamps are in. */
function kubeletHost(object: JsonObject): string | undefined {
  const source = asObject(object.source ?? object.deprecatedSource);
  const component = asText(object.reportingComponent) || asText(object.reportingController) || asText(source.component);
  if (component !== "kubelet") return undefined;
  return asText(source.host) || asText(object.reportingInstance) || undefined;
}
