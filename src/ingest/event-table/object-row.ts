/** What rows of Jobs and of Pods have in common: where they were seen, and what every object carries. */

import { withoutAbsent } from "../../model/collections/without-absent.js";
import type { ObjectIdentity, Observation } from "../../model/event.js";
import type { Evidence } from "../../model/source.js";
import type { DurationMs, EpochMs, Instant } from "../../model/time.js";
import { INSTANT_WIDTH, Row, type RowWriter } from "./row.js";

const LINE = 0;
const CHANGE = 1;
const RECEIVED = 2;
const DELAYED_SINCE = RECEIVED + INSTANT_WIDTH;
const NAMESPACE = DELAYED_SINCE + INSTANT_WIDTH;
const NAME = NAMESPACE + 1;
const UID = NAME + 1;
const RESOURCE_VERSION = UID + 1;
const CREATED_AT = RESOURCE_VERSION + 1;
const DELETION_TIMESTAMP = CREATED_AT + 1;
const DELETION_GRACE_PERIOD_MS = DELETION_TIMESTAMP + 1;
/** The first field that a kind has for itself. */
export const OBJECT_WIDTH = DELETION_GRACE_PERIOD_MS + 1;

const CHANGES: readonly Observation["change"][] = ["ADDED", "MODIFIED", "DELETED", "listed", "unknown"];

export function writeObject(to: RowWriter, seen: Observation, object: ObjectIdentity): void {
  to.num(LINE, seen.evidence.line);
  to.num(CHANGE, CHANGES.indexOf(seen.change));
  to.instant(RECEIVED, seen.received);
  to.instant(DELAYED_SINCE, seen.delayedSince);
  to.text(NAMESPACE, object.namespace);
  to.text(NAME, object.name);
  to.text(UID, object.uid);
  to.num(RESOURCE_VERSION, object.resourceVersion);
  to.num(CREATED_AT, object.createdAt);
  to.num(DELETION_TIMESTAMP, object.deletionTimestamp);
  to.num(DELETION_GRACE_PERIOD_MS, object.deletionGracePeriodMs);
}

export abstract class ObjectRow extends Row implements Observation, ObjectIdentity {
  get change(): Observation["change"] {
    return CHANGES[this.num(CHANGE)] ?? "unknown";
  }
  get received(): Instant | undefined {
    return this.arrival(RECEIVED);
  }
  get delayedSince(): Instant | undefined {
    return this.optionalInstant(DELAYED_SINCE);
  }
  get evidence(): Evidence {
    return this.place(LINE);
  }
  get namespace(): string {
    return this.text(NAMESPACE);
  }
  get name(): string {
    return this.text(NAME);
  }
  get uid(): string {
    return this.text(UID);
  }
  get resourceVersion(): number | undefined {
    return this.optional(RESOURCE_VERSION);
  }
  get createdAt(): EpochMs {
    return this.num(CREATED_AT);
  }
  get deletionTimestamp(): EpochMs | undefined {
    return this.optional(DELETION_TIMESTAMP);
  }
  get deletionGracePeriodMs(): DurationMs | undefined {
    return this.optional(DELETION_GRACE_PERIOD_MS);
  }

  protected plainObservation(): Observation {
    const { change, received, delayedSince, evidence } = this;
    return withoutAbsent<Observation>({ change, received, delayedSince, evidence });
  }

  protected plainIdentity(): ObjectIdentity {
    const { namespace, name, uid, createdAt, resourceVersion, deletionTimestamp, deletionGracePeriodMs } = this;
    return withoutAbsent<ObjectIdentity>({
      namespace,
      name,
      uid,
      createdAt,
      resourceVersion,
      deletionTimestamp,
      deletionGracePeriodMs,
    });
  }
}
