import { withoutAbsent } from "../../model/collections/without-absent.js";
import type { PodObservation } from "../../model/event.js";
import type { EpochMs } from "../../model/time.js";
import { OBJECT_WIDTH, ObjectRow, writeObject } from "./object-row.js";
import type { RowWriter } from "./row.js";

type PodState = PodObservation["pod"];

const OWNER_UID = OBJECT_WIDTH;
const OWNER_NAME = OWNER_UID + 1;
const PHASE = OWNER_NAME + 1;
const NODE = PHASE + 1;
const STARTED_AT = NODE + 1;
const FINISHED_AT = STARTED_AT + 1;
const SCHEDULED_AT = FINISHED_AT + 1;
const READY_AT = SCHEDULED_AT + 1;
const ORPHANED = READY_AT + 1;
export const POD_WIDTH = ORPHANED + 1;

export function writePod(to: RowWriter, event: PodObservation): void {
  const { pod } = event;
  writeObject(to, event, pod);
  to.text(OWNER_UID, pod.ownerUid);
  to.text(OWNER_NAME, pod.ownerName);
  to.text(PHASE, pod.phase);
  to.text(NODE, pod.node);
  to.num(STARTED_AT, pod.startedAt);
  to.num(FINISHED_AT, pod.finishedAt);
  to.num(SCHEDULED_AT, pod.scheduledAt);
  to.num(READY_AT, pod.readyAt);
  to.num(ORPHANED, pod.orphaned ? 1 : 0);
}

export class PodRow extends ObjectRow implements PodObservation, PodState {
  get type(): "pod" {
    return "pod";
  }
  get pod(): PodState {
    return this;
  }
  get ownerUid(): string | undefined {
    return this.optionalText(OWNER_UID);
  }
  get ownerName(): string | undefined {
    return this.optionalText(OWNER_NAME);
  }
  get phase(): string {
    return this.text(PHASE);
  }
  get node(): string | undefined {
    return this.optionalText(NODE);
  }
  get startedAt(): EpochMs | undefined {
    return this.optional(STARTED_AT);
  }
  get finishedAt(): EpochMs | undefined {
    return this.optional(FINISHED_AT);
  }
  get scheduledAt(): EpochMs | undefined {
    return this.optional(SCHEDULED_AT);
  }
  get readyAt(): EpochMs | undefined {
    return this.optional(READY_AT);
  }
  get orphaned(): true | undefined {
    return this.num(ORPHANED) === 1 || undefined;
  }

  toJSON(): PodObservation {
    const { ownerUid, ownerName, orphaned, startedAt, finishedAt, node, scheduledAt, readyAt, phase } = this;
    const state = { ownerUid, ownerName, orphaned, startedAt, finishedAt, node, scheduledAt, readyAt, phase };
    return { type: "pod", ...this.plainObservation(), pod: withoutAbsent<PodState>({ ...this.plainIdentity(), ...state }) };
  }
}
