import { withoutAbsent } from "../../model/collections/without-absent.js";
import type { ClusterEvent } from "../../model/event.js";
import type { Evidence } from "../../model/source.js";
import type { EpochMs, Instant } from "../../model/time.js";
import { INSTANT_WIDTH, Row, type RowWriter } from "./row.js";

const LINE = 0;
const UID = 1;
const REASON = 2;
const MESSAGE = 3;
const INVOLVED_KIND = 4;
const INVOLVED_NAMESPACE = 5;
const INVOLVED_NAME = 6;
const INVOLVED_UID = 7;
const FIRST = 8;
const FIRST_FROM = FIRST + INSTANT_WIDTH;
const LAST = FIRST_FROM + 1;
const COUNT = LAST + INSTANT_WIDTH;
const CREATED_AT = COUNT + 1;
const RESOURCE_VERSION = CREATED_AT + 1;
const RECEIVED = RESOURCE_VERSION + 1;
const HOST = RECEIVED + INSTANT_WIDTH;
export const CLUSTER_EVENT_WIDTH = HOST + 1;

const FIRST_STAMPS: readonly ClusterEvent["firstFrom"][] = ["name", "eventTime", "firstTimestamp", "creationTimestamp"];

export function writeClusterEvent(to: RowWriter, event: ClusterEvent): void {
  to.num(LINE, event.evidence.line);
  to.ownText(UID, event.uid);
  to.text(REASON, event.reason);
  to.text(MESSAGE, event.message);
  to.text(INVOLVED_KIND, event.involved.kind);
  to.text(INVOLVED_NAMESPACE, event.involved.namespace);
  to.text(INVOLVED_NAME, event.involved.name);
  to.text(INVOLVED_UID, event.involved.uid);
  to.instant(FIRST, event.first);
  to.num(FIRST_FROM, FIRST_STAMPS.indexOf(event.firstFrom));
  to.instant(LAST, event.last);
  to.num(COUNT, event.count);
  to.num(CREATED_AT, event.createdAt);
  to.num(RESOURCE_VERSION, event.resourceVersion);
  to.instant(RECEIVED, event.received);
  to.text(HOST, event.host);
}

export class ClusterEventRow extends Row implements ClusterEvent {
  get type(): "cluster-event" {
    return "cluster-event";
  }
  get uid(): string {
    return this.text(UID);
  }
  get reason(): string {
    return this.text(REASON);
  }
  get message(): string {
    return this.text(MESSAGE);
  }
  get involved(): ClusterEvent["involved"] {
    return new Involved(this.rows, this.index);
  }
  get first(): Instant {
    return this.instant(FIRST);
  }
  get firstFrom(): ClusterEvent["firstFrom"] {
    return FIRST_STAMPS[this.num(FIRST_FROM)] ?? "creationTimestamp";
  }
  get last(): Instant {
    return this.instant(LAST);
  }
  get count(): number {
    return this.num(COUNT);
  }
  get createdAt(): EpochMs {
    return this.num(CREATED_AT);
  }
  get resourceVersion(): number | undefined {
    return this.optional(RESOURCE_VERSION);
  }
  get received(): Instant | undefined {
    return this.arrival(RECEIVED);
  }
  get host(): string | undefined {
    return this.optionalText(HOST);
  }
  get evidence(): Evidence {
    return this.place(LINE);
  }

  toJSON(): ClusterEvent {
    const { type, uid, reason, message, involved, first, firstFrom, last, count, createdAt, resourceVersion, received, host, evidence } =
      this;
    const { kind, namespace, name, uid: involvedUid } = involved;
    const object = { kind, namespace, name, uid: involvedUid };
    const times = { first, firstFrom, last, count, createdAt, resourceVersion, received };
    return withoutAbsent<ClusterEvent>({ type, uid, reason, message, involved: object, ...times, host, evidence });
  }
}

class Involved extends Row {
  get kind(): string {
    return this.text(INVOLVED_KIND);
  }
  get namespace(): string {
    return this.text(INVOLVED_NAMESPACE);
  }
  get name(): string {
    return this.text(INVOLVED_NAME);
  }
  get uid(): string {
    return this.text(INVOLVED_UID);
  }
}
