import type { ClockSample } from "../model/clock.js";
import type { DurationMs, EpochMs } from "../model/time.js";

/** The kinds that are watched: batch/v1 Jobs, v1 Pods and Services, events.k8s.io/v1 Events. */
export const WATCHED_KINDS = ["Job", "Pod", "Service", "Event"] as const;
export type WatchedKind = (typeof WATCHED_KINDS)[number];

/** Which cluster, and what of it. */
export interface ClusterOptions {
  /** Path of a kubeconfig; else KUBECONFIG, ~/.kube/config, the service account of the Pod that this runs in. */
  readonly kubeconfig?: string;
  /** Context of the kubeconfig; else its current one. */
  readonly context?: string;
  /** Namespaces to watch; `all`: every one (needs cluster-wide rights); else the context's. */
  readonly namespaces?: readonly string[] | "all";
  /** Label selector of Jobs, Pods and Services. Events carry no labels: those of the whole namespace are taken. */
  readonly selector?: string;
  /** Kinds to watch; else all of them. */
  readonly kinds?: readonly WatchedKind[];
  /** Those of them without which the watching begins where they cannot be listed; it is tried on. */
  readonly optionalKinds?: readonly WatchedKind[];
  /** Also the CPU of matching Pods, this often (metrics.k8s.io). */
  readonly cpuEveryMs?: DurationMs;
  /** Also what the containers of matching Pods print; takes that Pods are among the kinds. */
  readonly logs?: boolean;
  /** Version of postrun, for the header. */
  readonly version: string;
}

/** A Kubernetes object as it came, without managedFields and with secrets masked. */
export interface KubeObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

/** A row about an object. In the file `received` and `since` are ISO 8601 UTC with milliseconds, here epoch ms of the collecting clock. */
export interface ObjectRow {
  /** When the first byte of the row arrived. */
  readonly received: EpochMs;
  /** The watch was interrupted from then on until the row arrived: what it tells may have happened at any time in between. */
  readonly since?: EpochMs;
  readonly type: "ADDED" | "MODIFIED" | "DELETED";
  /** It came in answer to a list: the object was there already, and the row tells of no change. */
  readonly listed?: true;
  /** Nobody told of this deletion: the object was known before a gap, and the list after it no longer has it. */
  readonly missed?: true;
  readonly object: KubeObject;
}

/** What the metrics API says of one Pod (PodMetrics of metrics.k8s.io/v1beta1). */
export interface MetricsRow {
  readonly received: EpochMs;
  readonly type: "METRICS";
  readonly object: KubeObject;
}

/** A line that a container printed. Secrets are masked. */
export interface LogRow {
  /** When its first byte arrived. */
  readonly received: EpochMs;
  readonly type: "LOG";
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  /** When it was printed, by the clock of the node, as the kubelet says it (RFC 3339 with nanoseconds); absent where it says none. */
  readonly at?: string;
  readonly line: string;
  /** The line was longer; its end is left out. */
  readonly cut?: true;
}

/** The log of a container is read no further. */
export interface LogEndRow {
  readonly received: EpochMs;
  readonly type: "LOG_END";
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  /** LOG rows of it so far, and those of them that are cut. */
  readonly lines: number;
  readonly cut: number;
  /** Why something may be missing; absent where it was read to its end. */
  readonly reason?: string;
}

/** What a watch has come to. */
export interface WatchRow {
  readonly received: EpochMs;
  /**
   * LISTED: the list with which a watch begins is complete. CONNECTED: the watch goes on from where it was, nothing is missing.
   * DISCONNECTED: it ended or broke, and `since` is the last moment at which it is known to have been up. GAP: it has to begin anew, and what
   * happened between `since` and `received` may be missing. BOOKMARK: the server says that it has told everything.
   */
  readonly type: "LISTED" | "CONNECTED" | "DISCONNECTED" | "GAP" | "BOOKMARK";
  readonly kind: WatchedKind;
  /** "" for all namespaces. */
  readonly namespace: string;
  readonly since?: EpochMs;
  readonly reason?: string;
  readonly objects?: number;
  readonly resourceVersion?: string;
  readonly clock?: ClockSample;
}

/** First row of a capture. */
export interface HeaderRow {
  readonly received: EpochMs;
  readonly type: "HEADER";
  /** Marks the file as ours. */
  readonly postrun: "capture";
  readonly captureVersion: 1;
  readonly postrunVersion: string;
  readonly cluster: { readonly server: string; readonly version: string; readonly context: string };
  readonly clock: readonly ClockSample[];
  readonly watched: {
    readonly kinds: readonly WatchedKind[];
    readonly namespaces: readonly string[];
    readonly selector?: string;
    readonly logs?: true;
  };
}

/** Written every few seconds while nothing else is: which watches were up. */
export interface AliveRow {
  readonly received: EpochMs;
  readonly type: "ALIVE";
  /** `Job/namespace` of each watch that is down. */
  readonly down: readonly string[];
}

/** Last row of a capture that ended as it should. */
export interface EndRow {
  readonly received: EpochMs;
  readonly type: "END";
  readonly reason: StopReason;
  readonly rows: number;
}

/** Anything that a capture file holds, one row a line. */
export type CaptureRow = HeaderRow | ObjectRow | MetricsRow | LogRow | LogEndRow | WatchRow | AliveRow | EndRow;

/** A change of how a watch stands, for people. */
export interface WatchState {
  readonly at: EpochMs;
  readonly kind: WatchedKind | "CPU" | "log";
  readonly namespace: string;
  readonly state: "connected" | "waiting" | "relisting" | "gap" | "refused";
  /** What the server or the connection said. */
  readonly reason?: string;
  /** Until the next attempt. */
  readonly waitMs?: DurationMs;
}

/** What watching needs of the world. */
export interface WatchPorts {
  /** Now, by the collecting clock. */
  readonly clock: () => EpochMs;
  /** Uniform in [0, 1); spreads the attempts of many watchers. */
  readonly random: () => number;
  /** Each row once, in the order of arrival. A promise holds the watch back until it settles. What it throws ends the watching, and `done` rejects with it. */
  readonly onRow?: (row: CaptureRow) => void | Promise<void>;
  readonly onState?: (state: WatchState) => void;
}

/** How one watch stands. */
export interface WatchStanding {
  readonly kind: WatchedKind;
  /** "" for all namespaces. */
  readonly namespace: string;
  /** A watch is open now; after stop(): it was up until then. */
  readonly connected: boolean;
  /** The last moment at which nothing could be missing; absent before the first list is complete. */
  readonly soundAt?: EpochMs;
}

export interface Watching {
  /** Every kind was listed once, or may be missing. Rejects with a PostrunError where the cluster cannot be reached or refuses (usage, input). */
  readonly ready: Promise<void>;
  /** Ends when stop() was called; rejects where nothing can be watched any more. */
  readonly done: Promise<void>;
  /** Ends the watching, after some seconds at most: a watch that was silent is asked whether it is up. */
  stop(): Promise<void>;
  /** Jobs that are there now, by name. */
  openJobs(): readonly OpenJob[];
  /** All watches; none before the cluster has answered. */
  standing(): readonly WatchStanding[];
}

export interface OpenJob {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  /** Cut to the second, the cluster's clock. */
  readonly createdAt: EpochMs;
  readonly labels: Readonly<Record<string, string>>;
  /** It has completed or failed, and its object is still there. */
  readonly finished: boolean;
}

export interface CollectOptions extends ClusterOptions {
  /** Where the capture goes; compressed where it ends in `.gz`. A file of that name is overwritten: whether it may be is for the command to say. */
  readonly output: string;
  /** Stop after this time. */
  readonly forMs?: DurationMs;
  /** Stop when Jobs were seen and for this long none has been there any more. */
  readonly untilIdleMs?: DurationMs;
}

/** `requested`: stop() was called; `time` and `idle`: as asked for; `failed`: the capture could not go on. */
export type StopReason = "requested" | "time" | "idle" | "failed";

/** What a capture has come to. */
export interface CaptureSummary {
  readonly path: string;
  readonly reason: StopReason;
  /** Why it failed. */
  readonly problem?: Error;
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly rows: number;
  /** Size of the file. */
  readonly bytes: number;
  /** Different Jobs that were there at some time, and those that still are. */
  readonly jobsSeen: number;
  readonly jobsOpen: number;
  /** Stretches in which something may have been missed, and their length together. */
  readonly gaps: number;
  readonly gapMs: DurationMs;
  /** Watches that were not up at the end. */
  readonly down: readonly WatchStanding[];
  /** Lines of containers' logs, those of them that are cut, and containers of which something may be missing; only where logs were asked for. */
  readonly logs?: { readonly lines: number; readonly cut: number; readonly incomplete: number };
}

/** A capture that goes on. */
export interface Collector {
  /** The file has its header, and every kind was listed once. Rejects with a PostrunError (usage, input, output). */
  readonly started: Promise<void>;
  /** Never rejects: a capture that could not go on has the reason `failed` and its problem. */
  readonly done: Promise<CaptureSummary>;
  /** Writes what has arrived and the last row. May be called again. */
  stop(): Promise<CaptureSummary>;
  openJobs(): readonly OpenJob[];
}
