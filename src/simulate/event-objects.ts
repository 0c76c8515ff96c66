import type { Random } from "../model/statistics/random.js";
import type { EpochMs } from "../model/time.js";
import { microsecondsStamp, nanosecondsHex, secondsStamp } from "./instants.js";
import type { KubernetesObject } from "./job-objects.js";
import { CONTAINERS } from "./job-objects.js";
import type { JobPlan } from "./job-plan.js";
import { nodeName } from "./pod-objects.js";

/** Who writes an Event; the kubelet uses its node's clock, the others that of the control plane. */
export type EventSource = "job-controller" | "scheduler" | "kubelet";

/** A core/v1 Event before it is written. */
export interface EventPlan {
  readonly uid: string;
  readonly name: string;
  readonly namespace: string;
  readonly source: EventSource;
  readonly node: number;
  readonly involved: KubernetesObject & { readonly uid: string };
  readonly reason: string;
  readonly message: string;
  readonly type: "Normal" | "Warning";
  /** In the clock of the source. */
  readonly firstAt: EpochMs;
  /** When the API server first wrote it, cluster time. */
  readonly createdAt: EpochMs;
}

/** Plans an Event about a Job or its Pod that happened at `at` (cluster time) and reaches the API server shortly after. */
export function planEvent(
  about: { readonly job: JobPlan; readonly kind: "Job" | "Pod"; readonly source: EventSource; readonly nodeSkewMs: number },
  what: { readonly reason: string; readonly message: string; readonly type?: "Normal" | "Warning"; readonly ofContainer?: boolean },
  at: EpochMs,
  random: Random,
): EventPlan {
  const { job } = about;
  const target = about.kind === "Job" ? job : job.pod;
  const firstAt = about.source === "kubelet" ? at + about.nodeSkewMs : at;
  const fieldPath = what.ofContainer ? { fieldPath: `spec.containers{${CONTAINERS[job.kind]}}` } : {};
  const apiVersion = about.kind === "Job" ? "batch/v1" : "v1";
  return {
    uid: random.uuid(),
    name: `${target.name}.${nanosecondsHex(firstAt, random.integer(0, 999))}`,
    namespace: job.namespace,
    source: about.source,
    node: job.pod.node,
    involved: { apiVersion, ...fieldPath, kind: about.kind, name: target.name, namespace: job.namespace, uid: target.uid },
    reason: what.reason,
    message: what.message,
    type: what.type ?? "Normal",
    firstAt,
    createdAt: at + random.between(3, 9),
  };
}

/** The Event as written: the scheduler's rows have only `eventTime`, the others whole seconds and a count. */
export function eventObject(
  plan: EventPlan,
  versions: { readonly own: string; readonly involved: string },
  repeat: { readonly count: number; readonly lastAt: EpochMs },
): KubernetesObject {
  const metadata = {
    creationTimestamp: secondsStamp(plan.createdAt),
    name: plan.name,
    namespace: plan.namespace,
    resourceVersion: versions.own,
    uid: plan.uid,
  };
  const involvedObject = { ...plan.involved, resourceVersion: versions.involved };
  const { message, reason, type } = plan;
  if (plan.source === "scheduler") {
    return {
      action: "Binding",
      apiVersion: "v1",
      eventTime: microsecondsStamp(plan.firstAt),
      firstTimestamp: null,
      involvedObject,
      kind: "Event",
      lastTimestamp: null,
      message,
      metadata,
      reason,
      reportingComponent: "default-scheduler",
      reportingInstance: "default-scheduler-vm",
      source: {},
      type,
    };
  }
  return {
    apiVersion: "v1",
    count: repeat.count,
    eventTime: null,
    firstTimestamp: secondsStamp(plan.firstAt),
    involvedObject,
    kind: "Event",
    lastTimestamp: secondsStamp(repeat.lastAt),
    message,
    metadata,
    reason,
    reportingComponent: "",
    reportingInstance: "",
    source: plan.source === "kubelet" ? { component: "kubelet", host: nodeName(plan.node) } : { component: "job-controller" },
    type,
  };
}
