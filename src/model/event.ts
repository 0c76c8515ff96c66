import type { Evidence } from "./source.js";
import type { DurationMs, EpochMs, Instant } from "./time.js";

/**
 * One observed fact, with the place it was read from. Ingesters yield these; the timeline orders and joins them. Those of a cluster may stand in
 * columns (ingest/event-table/): they answer these properties, but have none of their own, and what they lack is undefined.
 */
export type TimelineEvent = LogMark | JobObservation | PodObservation | ClusterEvent | ApiRequest | HttpDate | MetricSample | TestResult;

/** A line of the test runner's log that a pattern of the profile recognised. */
export interface LogMark {
  readonly type: "log-mark";
  /** Id of the pattern. */
  readonly mark: string;
  readonly at: Instant;
  /** Values of the pattern's named groups (those that took part). */
  readonly groups: Readonly<Record<string, string>>;
  /** The logger's name, or "" where the format has none. */
  readonly logger: string;
  /** Which of the record formats of the file it stood in: the same record often stands in two. */
  readonly variant: string;
  /** The message without decoration of the record header. */
  readonly message: string;
  readonly evidence: Evidence;
}

/** Where an object was seen, and what that says about it. */
export interface Observation {
  /** `listed` comes from a List; the others are the types of watch rows. `unknown`: a watch without `--output-watch-events`. */
  readonly change: "ADDED" | "MODIFIED" | "DELETED" | "listed" | "unknown";
  /** When the row arrived, in the collector's clock; only captures that stamp arrivals have it. */
  readonly received?: Instant | undefined;
  /** The watch was interrupted from then on until the row arrived: what it tells happened some time in between. */
  readonly delayedSince?: Instant | undefined;
  readonly evidence: Evidence;
}

/** What every Kubernetes object carries. */
export interface ObjectIdentity {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  /** As a number of one cluster; absent where it is not numeric. */
  readonly resourceVersion?: number | undefined;
  /** Cut to the second. */
  readonly createdAt: EpochMs;
  readonly deletionTimestamp?: EpochMs | undefined;
  readonly deletionGracePeriodMs?: DurationMs | undefined;
}

/** One state of a batch/v1 Job. All its stamps are cut to the second (resolution 1000 ms), cluster clock. */
export interface JobObservation extends Observation {
  readonly type: "job";
  readonly job: ObjectIdentity & {
    readonly startTime?: EpochMs | undefined;
    /** Success only. */
    readonly completionTime?: EpochMs | undefined;
    readonly completedAt?: EpochMs | undefined;
    readonly failedAt?: EpochMs | undefined;
    readonly failedReason?: string | undefined;
    readonly active: number;
    /** Pods that have ended by now, well or not, as its status counts them. */
    readonly ended?: number | undefined;
    readonly ttlMsAfterFinished?: DurationMs | undefined;
    readonly backoffLimit?: number | undefined;
    /** A CronJob made it when its time had come, and nobody asked for it. */
    readonly bySchedule?: true | undefined;
    /** What keeps it, marked for deletion, from going: the names of its finalizers, in order, with a space between. */
    readonly finalizers?: string | undefined;
    readonly images: readonly string[];
    /** Plain `name: value` environment variables of its containers. */
    readonly env: Readonly<Record<string, string>>;
    readonly labels: Readonly<Record<string, string>>;
  };
}

/** One state of a Pod. */
export interface PodObservation extends Observation {
  readonly type: "pod";
  readonly pod: ObjectIdentity & {
    /** The Job that owns it. */
    readonly ownerUid?: string | undefined;
    readonly ownerName?: string | undefined;
    /** Only its labels name that Job, and no owner reference does: a Job that is deleted without its Pods leaves them so. */
    readonly orphaned?: true | undefined;
    readonly phase: string;
    readonly node?: string | undefined;
    /** When its first container started running; cut to the second; the node's clock. */
    readonly startedAt?: EpochMs | undefined;
    /** When its last container ended; cut to the second; the node's clock. */
    readonly finishedAt?: EpochMs | undefined;
    /** When it got a node; cut to the second. */
    readonly scheduledAt?: EpochMs | undefined;
    /** When it last became Ready; cut to the second. */
    readonly readyAt?: EpochMs | undefined;
  };
}

/** A Kubernetes Event (core/v1 or events.k8s.io/v1). */
export interface ClusterEvent {
  readonly type: "cluster-event";
  readonly uid: string;
  readonly reason: string;
  readonly message: string;
  readonly involved: { readonly kind: string; readonly namespace: string; readonly name: string; readonly uid: string };
  /** First occurrence, from the finest stamp present (name suffix, eventTime, firstTimestamp). */
  readonly first: Instant;
  /** How `first` was read. */
  readonly firstFrom: "name" | "eventTime" | "firstTimestamp" | "creationTimestamp";
  readonly last: Instant;
  readonly count: number;
  /** Cut to the second; always the API server's clock, so it bounds the clock of the sender. */
  readonly createdAt: EpochMs;
  readonly resourceVersion?: number | undefined;
  readonly received?: Instant | undefined;
  /** Node of a kubelet. */
  readonly host?: string | undefined;
  /** Its stamps were moved back by so much onto the cluster's time; never as read. */
  readonly movedByMs?: DurationMs | undefined;
  readonly evidence: Evidence;
}

/** Verbs of requests that write. */
export const WRITE_VERBS = ["create", "update", "patch", "delete", "deletecollection"] as const;
/** Resources whose writes tell of the run. */
export const WRITTEN_RESOURCES = ["jobs", "pods", "services"] as const;

/** A completed, successful (2xx) write request of the audit log. */
export interface ApiRequest {
  readonly type: "api-request";
  readonly auditId: string;
  readonly verb: (typeof WRITE_VERBS)[number];
  readonly resource: (typeof WRITTEN_RESOURCES)[number];
  readonly namespace: string;
  /** "" where the log has none (deletecollection, generateName at Metadata level). */
  readonly name: string;
  readonly uid?: string | undefined;
  readonly subresource?: string | undefined;
  readonly user: string;
  readonly received: Instant;
  readonly completed: Instant;
  /** The response was a Status object (`status: Success`): what a background delete of a Job answers. */
  readonly answeredStatus: boolean;
  /** Of a deletecollection: it takes every object that is there when it is received, and none stays marked; else it is not known which it takes, or when they go. */
  readonly takesAll?: true | undefined;
  readonly evidence: Evidence;
}

/** An HTTP `Date:` header that the runner logged, or that a capture keeps of the answers of its API server (clock `collector`). */
export interface HttpDate {
  readonly type: "http-date";
  readonly host: string;
  /** When the request was sent, where that is known. */
  readonly requested?: Instant;
  /** When the runner logged it, or the answer was there. */
  readonly logged: Instant;
  /** What the server said; cut to the second; the server's clock. */
  readonly date: EpochMs;
  readonly evidence: Evidence;
}

/** One sample of a series of CPU usage, as stored: a counter stays a counter. Gaps between samples are unknown, not zero. */
export interface MetricSample {
  readonly type: "metric-sample";
  /** Name of the series, such as `container_cpu_usage_seconds_total`. */
  readonly metric: string;
  /** "" where the series has no such label. */
  readonly labels: { readonly namespace: string; readonly pod: string; readonly container: string };
  readonly at: Instant;
  readonly value: number;
  /** The value is a rate already [cores]: of a recording rule. Without it, a counter [seconds of a core]. */
  readonly rate?: true;
  readonly evidence: Evidence;
}

/** The outcome of one test, as a test report or a console states it. */
export interface TestResult {
  readonly type: "test-result";
  /** pytest's node id, or suite and test name joined by dots. */
  readonly nodeId: string;
  readonly outcome: "passed" | "failed" | "error" | "skipped";
  /** Absent where the report does not say (JUnit never does). */
  readonly started?: Instant;
  /** The same as an epoch time of the runner's machine, where the report has that. */
  readonly startedUtc?: EpochMs;
  readonly durationMs?: DurationMs;
  readonly evidence: Evidence;
}
