import { withoutAbsent } from "../../model/collections/without-absent.js";
import type { JobObservation } from "../../model/event.js";
import type { DurationMs, EpochMs } from "../../model/time.js";
import { OBJECT_WIDTH, ObjectRow, writeObject } from "./object-row.js";
import type { RowWriter } from "./row.js";

type JobState = JobObservation["job"];

const START_TIME = OBJECT_WIDTH;
const COMPLETION_TIME = START_TIME + 1;
const COMPLETED_AT = COMPLETION_TIME + 1;
const FAILED_AT = COMPLETED_AT + 1;
const FAILED_REASON = FAILED_AT + 1;
const ACTIVE = FAILED_REASON + 1;
const ENDED = ACTIVE + 1;
const TTL_MS_AFTER_FINISHED = ENDED + 1;
const BACKOFF_LIMIT = TTL_MS_AFTER_FINISHED + 1;
const BY_SCHEDULE = BACKOFF_LIMIT + 1;
const FINALIZERS = BY_SCHEDULE + 1;
const IMAGES = FINALIZERS + 1;
const ENV = IMAGES + 1;
const LABELS = ENV + 1;
export const JOB_WIDTH = LABELS + 1;

export function writeJob(to: RowWriter, event: JobObservation): void {
  const { job } = event;
  writeObject(to, event, job);
  to.num(START_TIME, job.startTime);
  to.num(COMPLETION_TIME, job.completionTime);
  to.num(COMPLETED_AT, job.completedAt);
  to.num(FAILED_AT, job.failedAt);
  to.text(FAILED_REASON, job.failedReason);
  to.num(ACTIVE, job.active);
  to.num(ENDED, job.ended);
  to.num(TTL_MS_AFTER_FINISHED, job.ttlMsAfterFinished);
  to.num(BACKOFF_LIMIT, job.backoffLimit);
  to.num(BY_SCHEDULE, job.bySchedule ? 1 : 0);
  to.text(FINALIZERS, job.finalizers);
  to.value(IMAGES, job.images);
  to.value(ENV, job.env);
  to.value(LABELS, job.labels);
}

export class JobRow extends ObjectRow implements JobObservation, JobState {
  get type(): "job" {
    return "job";
  }
  get job(): JobState {
    return this;
  }
  get startTime(): EpochMs | undefined {
    return this.optional(START_TIME);
  }
  get completionTime(): EpochMs | undefined {
    return this.optional(COMPLETION_TIME);
  }
  get completedAt(): EpochMs | undefined {
    return this.optional(COMPLETED_AT);
  }
  get failedAt(): EpochMs | undefined {
    return this.optional(FAILED_AT);
  }
  get failedReason(): string | undefined {
    return this.optionalText(FAILED_REASON);
  }
  get active(): number {
    return this.num(ACTIVE);
  }
  get ended(): number | undefined {
    return this.optional(ENDED);
  }
  get ttlMsAfterFinished(): DurationMs | undefined {
    return this.optional(TTL_MS_AFTER_FINISHED);
  }
  get backoffLimit(): number | undefined {
    return this.optional(BACKOFF_LIMIT);
  }
  get bySchedule(): true | undefined {
    return this.num(BY_SCHEDULE) === 1 || undefined;
  }
  get finalizers(): string | undefined {
    return this.optionalText(FINALIZERS);
  }
  // What the writer put there.
  get images(): JobState["images"] {
    return this.value(IMAGES) as JobState["images"];
  }
  get env(): JobState["env"] {
    return this.value(ENV) as JobState["env"];
  }
  get labels(): JobState["labels"] {
    return this.value(LABELS) as JobState["labels"];
  }

  toJSON(): JobObservation {
    const { startTime, completionTime, completedAt, failedAt, failedReason, ttlMsAfterFinished, backoffLimit } = this;
    const { bySchedule, finalizers, active, ended, images, env, labels } = this;
    const status = { startTime, completionTime, completedAt, failedAt, failedReason, active, ended };
    const spec = { ttlMsAfterFinished, backoffLimit, bySchedule, finalizers, images, env, labels };
    return { type: "job", ...this.plainObservation(), job: withoutAbsent<JobState>({ ...this.plainIdentity(), ...status, ...spec }) };
  }
}
