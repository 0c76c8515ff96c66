/**
 * A Kubernetes Event of core/v1 or events.k8s.io/v1 (its renamed fields are read alike; null and absent are the same):
 * https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/
 */

import type { Growing } from "../../model/collections/growing.js";
import type { ClusterEvent, Observation } from "../../model/event.js";
import type { JsonObject } from "../../model/text/json-object.js";
import { type ClockId, DAY_MS, type Instant } from "../../model/time.js";
import { ownText, Remembered, sharedWord } from "../bytes/shared.js";
import { asObject, asText, asWhole } from "../json/json-fields.js";
import type { Recorder } from "../recorder.js";
import { stampOf } from "../stamps/quick-stamps.js";
import type { Stamp } from "../stamps/stamps.js";
import { numericVersion } from "./kubernetes-object.js";

/** How far the time in an Event's name may lie from its own first stamp; a name further away is no time but an id that looks like one. */
const NAME_TOLERANCE_MS = 2000;
/** The same where only the creation is known, which comes long after the first occurrence of an aggregated Event. */
const CREATION_TOLERANCE_MS = DAY_MS;

/** Reads an Event, or null where it has no time or no object. */
export function readClusterEvent(object: JsonObject, observation: Observation, recorder: Recorder): ClusterEvent | null {
  const metadata = asObject(object.metadata);
  const involved = asObject(object.involvedObject ?? object.regarding);
  const name = asText(metadata.name);
  const created = stampOf(metadata.creationTimestamp);
  const eventTime = stampOf(object.eventTime);
  const firstStamp = stampOf(object.firstTimestamp ?? object.deprecatedFirstTimestamp);
  const found = firstOccurrence(name, eventTime, firstStamp, created);
  if (!found || asText(involved.kind) === "") return null;
  const series = asObject(object.series);
  const host = kubeletHost(object);
  const clock: ClockId = host === undefined ? "cluster" : nodeClock(host);
  const first: Instant = { at: found.stamp.at, resolutionMs: found.stamp.resolutionMs, clock };
  const lastStamp = stampOf(object.lastTimestamp ?? object.deprecatedLastTimestamp);
  const last = later(later(first, stampOf(series.lastObservedTime)), lastStamp);
  const count = occurrences(asWhole(object.count ?? object.deprecatedCount), asWhole(series.count));
  recorder.see(last.at);
  // Between the first and the last occurrence of an aggregated row nothing is known: days of it are no coverage.
  if (count <= 1) {
    recorder.see(first.at);
    recorder.see(created?.at);
  }
  // The API server forgets it an hour later: neither the number of that row nor its arrival is of what the Event tells.
  const isForgotten = observation.change === "DELETED";
  const resourceVersion = isForgotten ? undefined : numericVersion(metadata.resourceVersion);
  // Fields that an Event may lack come one after the other: to spread them takes ten times as long.
  const event: Growing<Omit<ClusterEvent, "evidence">> = {
    type: "cluster-event",
    uid: ownText(asText(metadata.uid) || `${asText(metadata.namespace)}/${name}`),
    reason: sharedWord(asText(object.reason)),
    message: sharedWord(asText(object.message ?? object.note)),
    involved: involvedObject(involved),
    first,
    firstFrom: found.from,
    last,
    count,
    createdAt: created?.at ?? Math.floor(first.at / 1000) * 1000,
  };
  if (resourceVersion !== undefined) event.resourceVersion = resourceVersion;
  if (observation.received !== undefined && !isForgotten) event.received = observation.received;
  if (host !== undefined) event.host = host;
  const whole = event as Growing<ClusterEvent>;
  whole.evidence = observation.evidence;
  return whole;
}

const objects = new Remembered<ClusterEvent["involved"]>();

/** What the Event is about, kept once for all Events about it. */
function involvedObject(written: JsonObject): ClusterEvent["involved"] {
  const kind = asText(written.kind);
  const namespace = asText(written.namespace);
  const name = asText(written.name);
  const uid = asText(written.uid);
  const known = objects.get(uid);
  if (known !== undefined && known.name === name && known.kind === kind && known.namespace === namespace) return known;
  const kept = { kind: sharedWord(kind), namespace: sharedWord(namespace), name: ownText(name), uid: ownText(uid) };
  return objects.set(kept.uid, kept);
}

const clocks = new Remembered<ClockId>();

function nodeClock(host: string): ClockId {
  return clocks.get(host) ?? clocks.set(host, `node:${host}`);
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
  const from = name.length - 16;
  if (name.lastIndexOf(".") !== from - 1) return undefined;
  const high = hexNumber(name, from);
  const low = hexNumber(name, from + 8);
  return Number.isNaN(high) || Number.isNaN(low) ? undefined : { at: microseconds(high, low) / 1000, resolutionMs: 0.001 };
}

/** Eight digits; NaN where they are none, or capital letters. */
function hexNumber(text: string, from: number): number {
  let number = 0;
  for (let at = from; at < from + 8; at += 1) {
    const code = text.charCodeAt(at);
    const digit = code >= 48 && code <= 57 ? code - 48 : code >= 97 && code <= 102 ? code - 87 : Number.NaN;
    number = number * 16 + digit;
  }
  return number;
}

/** Nanoseconds in two halves of 32 bits as whole microseconds. */
function microseconds(high: number, low: number): number {
  const above = Math.floor(high / 1000);
  const whole = above * 2 ** 32 + Math.floor(((high - above * 1000) * 2 ** 32 + low) / 1000);
  // Every step is exact as long as the result is: until the year 2255.
  return Number.isSafeInteger(whole) ? whole : Number(((BigInt(high) << 32n) + BigInt(low)) / 1000n);
}

/** The later one; a coarse stamp that can be the first occurrence itself is taken as that. */
function later(instant: Instant, stamp: Stamp | undefined): Instant {
  return stamp !== undefined && stamp.at > instant.at ? { at: stamp.at, resolutionMs: stamp.resolutionMs, clock: instant.clock } : instant;
}

/** The node whose kubelet wrote the Event, whose clock its stamps are in. */
function kubeletHost(object: JsonObject): string | undefined {
  const source = asObject(object.source ?? object.deprecatedSource);
  const component = asText(object.reportingComponent) || asText(object.reportingController) || asText(source.component);
  if (component !== "kubelet") return undefined;
  return sharedWord(asText(source.host) || asText(object.reportingInstance)) || undefined;
}
