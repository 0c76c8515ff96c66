import type { EpochMs } from "../model/time.js";
import type { AuditRequest } from "./audit-log.js";
import { type ClusterWrite, withVersion } from "./cluster-write.js";
import { type EventSource, eventObject, planEvent } from "./event-objects.js";
import { secondsStamp, toMicroseconds } from "./instants.js";
import { CONTAINERS, IMAGES, jobObject, type KubernetesObject } from "./job-objects.js";
import type { JobPlan } from "./job-plan.js";
import type { SimulationSettings } from "./options.js";
import { nodeName, type PodMoments, type PodState, podObject } from "./pod-objects.js";
import type { Random } from "./random.js";

/** What one Job leaves in the cluster's store and in the audit log. */
export interface JobTraces {
  readonly writes: readonly ClusterWrite[];
  readonly requests: readonly AuditRequest[];
}

const SYSTEM = "system:serviceaccount:kube-system";
export const JOB_CONTROLLER = `${SYSTEM}:job-controller`;
const GARBAGE_COLLECTOR = `${SYSTEM}:generic-garbage-collector`;
const TTL_CONTROLLER = `${SYSTEM}:ttl-after-finished-controller`;
const CLEANUP_USER = "system:serviceaccount:default:job-cleanup";
const GRACE_SECONDS = 30;
/** The readiness probe fails so often before a repeat of its Event is written. */
const UNHEALTHY_REPEAT_MS = 2_500;

/** Follows a Job from creation to its end: API server, job controller, scheduler, kubelet, garbage collector, TTL controller. */
export function traceJob(settings: SimulationSettings, job: JobPlan, imagePresent: boolean, random: Random): JobTraces {
  const writes: ClusterWrite[] = [];
  const requests: AuditRequest[] = [];
  const { pod, createdAt, finish, removal } = job;
  const nodeUser = `system:node:${nodeName(pod.node)}`;
  const nodeSkewMs = settings.nodeSkewMs[pod.node] ?? 0;
  const podCreatedAt = toMicroseconds(createdAt + random.between(6, 12));
  const scheduledAt = toMicroseconds(podCreatedAt + random.between(4, 9));
  const activeAt = toMicroseconds(scheduledAt + random.between(6, 14));
  const acceptedAt = toMicroseconds(activeAt + random.between(20, 50));
  const moments: PodMoments = { createdAt: podCreatedAt, scheduledAt, acceptedAt };

  const ask = (at: EpochMs, user: string, verb: AuditRequest["verb"], rest: Partial<AuditRequest> = {}): void => {
    const named = { resource: "jobs" as const, namespace: job.namespace, name: job.name, code: verb === "create" ? 201 : 200 };
    requests.push({ at, leadMs: random.between(2, 5), user, verb, ...named, ...rest });
  };
  const writeJob = (at: EpochMs, change: ClusterWrite["change"], status: KubernetesObject, marks?: KubernetesObject): void => {
    const object = jobObject(settings, job, secondsStamp(createdAt), status, marks);
    const { uid, namespace, name } = job;
    writes.push({ at, kind: "Job", change, uid, namespace, name, object: (own) => withVersion(object, own) });
  };
  const writePod = (at: EpochMs, change: ClusterWrite["change"], state: PodState, marks?: KubernetesObject): void => {
    const object = podObject(settings, job, moments, state, marks);
    writes.push({
      at,
      kind: "Pod",
      change,
      uid: pod.uid,
      namespace: job.namespace,
      name: pod.name,
      object: (own) => withVersion(object, own),
    });
  };
  const writeEvent = (
    at: EpochMs,
    kind: "Job" | "Pod",
    source: EventSource,
    what: Parameters<typeof planEvent>[1],
    repeats: readonly EpochMs[] = [],
  ): void => {
    const plan = planEvent({ job, kind, source, nodeSkewMs }, what, at, random);
    for (const [index, repeat] of [at, ...repeats].entries()) {
      writes.push({
        at: index === 0 ? plan.createdAt : repeat + random.between(3, 9),
        kind: "Event",
        change: index === 0 ? "ADDED" : "MODIFIED",
        uid: plan.uid,
        namespace: plan.namespace,
        name: plan.name,
        object: (own, versionOf) =>
          eventObject(
            plan,
            { own, involved: versionOf(plan.involved.uid) },
            { count: index + 1, lastAt: source === "kubelet" ? repeat + nodeSkewMs : repeat },
          ),
      });
    }
  };

  // Created, scheduled, started.
  ask(createdAt, job.createdBy, "create");
  const service = { resource: "services" as const, name: `grpc-service-${job.jobId}` };
  if (job.kind === "serving") {
    ask(createdAt + 15, job.createdBy, "create", service);
  }
  writeJob(createdAt, "ADDED", {});
  ask(podCreatedAt, JOB_CONTROLLER, "create", { resource: "pods", name: "" });
  writePod(podCreatedAt, "ADDED", "created");
  writeEvent(podCreatedAt + 1, "Job", "job-controller", { reason: "SuccessfulCreate", message: `Created pod: ${pod.name}` });
  ask(scheduledAt, "system:kube-scheduler", "create", {
    resource: "pods",
    name: pod.name,
    uid: pod.uid,
    subresource: "binding",
    status: "Success",
  });
  writePod(scheduledAt, "MODIFIED", "scheduled");
  const assigned = `Successfully assigned ${job.namespace}/${pod.name} to ${nodeName(pod.node)}`;
  writeEvent(scheduledAt + 1, "Pod", "scheduler", { reason: "Scheduled", message: assigned });
  ask(activeAt - 1, JOB_CONTROLLER, "get");
  ask(activeAt, JOB_CONTROLLER, "update", { uid: job.uid, subresource: "status" });
  const startTime = secondsStamp(activeAt);
  const active = { active: 1, startTime };
  writeJob(activeAt, "MODIFIED", active);
  writePod(acceptedAt, "MODIFIED", "starting");
  const image = IMAGES[job.kind];
  const container = CONTAINERS[job.kind];
  const pulledAt = pod.startedAt - random.between(60, 110);
  const kubelet = (at: EpochMs, reason: string, message: string): void =>
    writeEvent(at, "Pod", "kubelet", { reason, message, ofContainer: true });
  if (imagePresent) {
    kubelet(pulledAt, "Pulled", `Container image "${image}" already present on machine`);
  } else {
    const pullingAt = acceptedAt + (pulledAt - acceptedAt) * 0.3;
    kubelet(pullingAt, "Pulling", `Pulling image "${image}"`);
    kubelet(pulledAt, "Pulled", `Successfully pulled image "${image}" in ${((pulledAt - pullingAt) / 1000).toFixed(9)}s`);
  }
  kubelet(pod.startedAt - 30, "Created", `Created container ${container}`);
  kubelet(pod.startedAt, "Started", `Started container ${container}`);
  const endOfProbing = Math.min(pod.readyAt, removal?.requestedAt ?? Infinity);
  if (job.kind === "serving") {
    writePod(toMicroseconds(pod.startedAt + 55), "MODIFIED", "running");
    const first = pod.startedAt + 1_000;
    if (endOfProbing - first > UNHEALTHY_REPEAT_MS) {
      const repeats = Array.from(
        { length: Math.floor((endOfProbing - first) / UNHEALTHY_REPEAT_MS) },
        (_, index) => first + (index + 1) * UNHEALTHY_REPEAT_MS,
      );
      const message = `Readiness probe failed: dial tcp ${pod.ip}:${settings.portBase + job.slot}: connect: connection refused`;
      writeEvent(first, "Pod", "kubelet", { reason: "Unhealthy", message, type: "Warning", ofContainer: true }, repeats);
    }
  }
  if (pod.readyAt <= endOfProbing) {
    writePod(toMicroseconds(pod.readyAt), "MODIFIED", "ready");
  }

  // The container ended by itself.
  let status: KubernetesObject = active;
  if (finish) {
    writePod(finish.podStatusAt, "MODIFIED", "finished");
    const at = secondsStamp(finish.jobStatusAt);
    const changed = { lastProbeTime: at, lastTransitionTime: at, status: "True" };
    const failure = { reason: "BackoffLimitExceeded", message: "Job has reached the specified backoff limit" };
    if (finish.succeeded) {
      status = { completionTime: at, conditions: [{ ...changed, type: "Complete" }], startTime, succeeded: 1 };
      writeEvent(finish.jobStatusAt - 2, "Job", "job-controller", { reason: "Completed", message: "Job completed" });
    } else {
      status = { conditions: [{ ...changed, ...failure, type: "Failed" }], failed: 1, startTime };
      writeEvent(finish.jobStatusAt - 2, "Job", "job-controller", { ...failure, type: "Warning" });
    }
    ask(finish.jobStatusAt, JOB_CONTROLLER, "update", { uid: job.uid, subresource: "status" });
    writeJob(finish.jobStatusAt, "MODIFIED", status);
  }

  // Removed.
  if (removal === null) {
    return { writes, requests };
  }
  const { requestedAt, jobGoneAt, podGoneAt } = removal;
  const podDeletion = (grace: number): KubernetesObject => ({
    deletionGracePeriodSeconds: grace,
    deletionTimestamp: secondsStamp(podAskedAt + grace * 1000),
  });
  const podAskedAt = removal.by === "ttl" ? requestedAt + 6 : jobGoneAt + 9;
  const lastState: PodState = finish ? "finished" : pod.readyAt <= endOfProbing ? "ready" : "running";
  ask(podAskedAt - 1, GARBAGE_COLLECTOR, "get", { resource: "pods", name: pod.name });
  ask(podAskedAt, GARBAGE_COLLECTOR, "delete", { resource: "pods", name: pod.name });
  if (finish === null) {
    writePod(podAskedAt, "MODIFIED", lastState, podDeletion(GRACE_SECONDS));
    writeEvent(podAskedAt + 2, "Pod", "kubelet", { reason: "Killing", message: `Stopping container ${container}`, ofContainer: true });
    ask(podGoneAt - 1, nodeUser, "delete", { resource: "pods", name: pod.name });
    writePod(toMicroseconds(podGoneAt - 12), "MODIFIED", lastState, podDeletion(0));
  } else {
    writePod(podAskedAt, "MODIFIED", lastState, podDeletion(0));
    ask(podGoneAt, nodeUser, "delete", { resource: "pods", name: pod.name, code: 404, status: "Failure" });
  }
  writePod(podGoneAt, "DELETED", lastState, podDeletion(0));
  if (removal.by === "ttl") {
    const marks = { deletionGracePeriodSeconds: 0, deletionTimestamp: secondsStamp(requestedAt), finalizers: ["foregroundDeletion"] };
    ask(requestedAt - 1, TTL_CONTROLLER, "get");
    ask(requestedAt + 2, TTL_CONTROLLER, "delete", { leadMs: 2 });
    writeJob(requestedAt + 2, "MODIFIED", status, marks);
    ask(jobGoneAt, GARBAGE_COLLECTOR, "patch");
    writeJob(jobGoneAt, "DELETED", status, marks);
  } else {
    ask(jobGoneAt, CLEANUP_USER, "delete", { leadMs: jobGoneAt - requestedAt, status: "Success" });
    ask(jobGoneAt + 4, CLEANUP_USER, "list");
    ask(jobGoneAt + 25, CLEANUP_USER, "delete", { ...service, status: "Success" });
    writeJob(jobGoneAt, "DELETED", status);
  }
  return { writes, requests };
}
