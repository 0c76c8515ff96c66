import type { Random } from "../model/statistics/random.js";
import { type EpochMs, roundMicroseconds } from "../model/time.js";
import { secondsStamp } from "./instants.js";
import { CONTAINERS, IMAGES, type KubernetesObject } from "./job-objects.js";
import type { Finish, JobPlan, Removal } from "./job-plan.js";
import { JobTracer } from "./job-tracer.js";
import type { SimulationSettings } from "./options.js";
import { nodeName, type PodState } from "./pod-objects.js";

const SYSTEM = "system:serviceaccount:kube-system";
const JOB_CONTROLLER = `${SYSTEM}:job-controller`;
const GARBAGE_COLLECTOR = `${SYSTEM}:generic-garbage-collector`;
const TTL_CONTROLLER = `${SYSTEM}:ttl-after-finished-controller`;
const CLEANUP_USER = "system:serviceaccount:default:job-cleanup";
const GRACE_SECONDS = 30;
/** Failures of the readiness probe between two writes of its Event. */
const UNHEALTHY_REPEAT_MS = 2_500;

/** Follows a Job from creation to its end: API server, job controller, scheduler, kubelet, garbage collector, TTL controller. */
export function traceJob(settings: SimulationSettings, job: JobPlan, imagePresent: boolean, random: Random): JobTracer {
  const podCreatedAt = roundMicroseconds(job.createdAt + random.between(6, 12));
  const scheduledAt = roundMicroseconds(podCreatedAt + random.between(4, 9));
  const activeAt = roundMicroseconds(scheduledAt + random.between(6, 14));
  const acceptedAt = roundMicroseconds(activeAt + random.between(20, 50));
  const tracer = new JobTracer(settings, job, { createdAt: podCreatedAt, scheduledAt, acceptedAt }, random);
  traceCreation(tracer, activeAt);
  traceContainer(tracer, imagePresent);
  const running = { active: 1, startTime: secondsStamp(activeAt) };
  const status = job.finish ? traceFinish(tracer, job.finish, running.startTime) : running;
  if (job.removal) {
    traceRemoval(tracer, job.removal, status);
  }
  return tracer;
}

/** The service of a serving Job; it goes with it. */
function serviceOf(job: JobPlan): { readonly resource: "services"; readonly name: string } {
  return { resource: "services", name: `grpc-service-${job.jobId}` };
}

/** Job, Pod, node: until the kubelet has accepted the Pod. */
function traceCreation(tracer: JobTracer, activeAt: EpochMs): void {
  const { job, moments } = tracer;
  const { pod } = job;
  tracer.ask(job.createdAt, job.createdBy, "create");
  if (job.kind === "serving") {
    tracer.ask(job.createdAt + 15, job.createdBy, "create", serviceOf(job));
  }
  tracer.writeJob(job.createdAt, "ADDED", {});
  tracer.ask(moments.createdAt, JOB_CONTROLLER, "create", { resource: "pods", name: "" });
  tracer.writePod(moments.createdAt, "ADDED", "created");
  const created = { reason: "SuccessfulCreate", message: `Created pod: ${pod.name}` };
  tracer.writeEvent(moments.createdAt + 1, "Job", "job-controller", created);
  const binding = { resource: "pods" as const, name: pod.name, uid: pod.uid, subresource: "binding", status: "Success" as const };
  tracer.ask(moments.scheduledAt, "system:kube-scheduler", "create", binding);
  tracer.writePod(moments.scheduledAt, "MODIFIED", "scheduled");
  const assigned = `Successfully assigned ${job.namespace}/${pod.name} to ${nodeName(pod.node)}`;
  tracer.writeEvent(moments.scheduledAt + 1, "Pod", "scheduler", { reason: "Scheduled", message: assigned });
  tracer.ask(activeAt - 1, JOB_CONTROLLER, "get");
  tracer.ask(activeAt, JOB_CONTROLLER, "update", { uid: job.uid, subresource: "status" });
  tracer.writeJob(activeAt, "MODIFIED", { active: 1, startTime: secondsStamp(activeAt) });
  tracer.writePod(moments.acceptedAt, "MODIFIED", "starting");
}

/** Image, container, readiness; only serving Pods have a readiness probe. */
function traceContainer(tracer: JobTracer, imagePresent: boolean): void {
  const { job, moments, random, settings } = tracer;
  const { pod } = job;
  const image = IMAGES[job.kind];
  const pulledAt = pod.startedAt - random.between(60, 110);
  if (imagePresent) {
    tracer.writeContainerEvent(pulledAt, "Pulled", `Container image "${image}" already present on machine`);
  } else {
    const pullingAt = moments.acceptedAt + (pulledAt - moments.acceptedAt) * 0.3;
    const seconds = ((pulledAt - pullingAt) / 1000).toFixed(9);
    tracer.writeContainerEvent(pullingAt, "Pulling", `Pulling image "${image}"`);
    tracer.writeContainerEvent(pulledAt, "Pulled", `Successfully pulled image "${image}" in ${seconds}s`);
  }
  tracer.writeContainerEvent(pod.startedAt - 30, "Created", `Created container ${CONTAINERS[job.kind]}`);
  tracer.writeContainerEvent(pod.startedAt, "Started", `Started container ${CONTAINERS[job.kind]}`);
  const probedUntil = Math.min(pod.readyAt, job.removal?.requestedAt ?? Infinity);
  if (job.kind === "serving") {
    tracer.writePod(roundMicroseconds(pod.startedAt + 55), "MODIFIED", "running");
    const first = pod.startedAt + 1_000;
    const repeats = Math.floor((probedUntil - first) / UNHEALTHY_REPEAT_MS);
    if (repeats > 0) {
      tracer.writeContainerEvent(
        first,
        "Unhealthy",
        `Readiness probe failed: dial tcp ${pod.ip}:${settings.portBase + job.slot}: connect: connection refused`,
        "Warning",
        Array.from({ length: repeats }, (_, index) => first + (index + 1) * UNHEALTHY_REPEAT_MS),
      );
    }
  }
  if (becameReady(job)) {
    tracer.writePod(roundMicroseconds(pod.readyAt), "MODIFIED", "ready");
  }
}

function becameReady(job: JobPlan): boolean {
  return job.pod.readyAt <= (job.removal?.requestedAt ?? Infinity);
}

/** The container ended by itself: Complete, or Failed, since `backoffLimit` is 0. Returns the Job's last status. */
function traceFinish(tracer: JobTracer, finish: Finish, startTime: string): KubernetesObject {
  const { job } = tracer;
  tracer.writePod(finish.podStatusAt, "MODIFIED", "finished");
  const at = secondsStamp(finish.jobStatusAt);
  const changed = { lastProbeTime: at, lastTransitionTime: at, status: "True" };
  const failure = { reason: "BackoffLimitExceeded", message: "Job has reached the specified backoff limit" };
  const event = finish.succeeded ? { reason: "Completed", message: "Job completed" } : { ...failure, type: "Warning" as const };
  const status = finish.succeeded
    ? { completionTime: at, conditions: [{ ...changed, type: "Complete" }], startTime, succeeded: 1 }
    : { conditions: [{ ...changed, ...failure, type: "Failed" }], failed: 1, startTime };
  tracer.writeEvent(finish.jobStatusAt - 2, "Job", "job-controller", event);
  tracer.ask(finish.jobStatusAt, JOB_CONTROLLER, "update", { uid: job.uid, subresource: "status" });
  tracer.writeJob(finish.jobStatusAt, "MODIFIED", status);
  return status;
}

/** In the background (cleanup): first the Job, then its Pod. In the foreground (TTL): the other way round. */
function traceRemoval(tracer: JobTracer, removal: Removal, status: KubernetesObject): void {
  const { job } = tracer;
  const { requestedAt, jobGoneAt } = removal;
  traceRemovalOfPod(tracer, removal);
  if (removal.by === "ttl") {
    const marks = { deletionGracePeriodSeconds: 0, deletionTimestamp: secondsStamp(requestedAt), finalizers: ["foregroundDeletion"] };
    tracer.ask(requestedAt - 1, TTL_CONTROLLER, "get");
    tracer.ask(requestedAt + 2, TTL_CONTROLLER, "delete", { leadMs: 2 });
    tracer.writeJob(requestedAt + 2, "MODIFIED", status, marks);
    tracer.ask(jobGoneAt, GARBAGE_COLLECTOR, "patch");
    tracer.writeJob(jobGoneAt, "DELETED", status, marks);
  } else {
    tracer.ask(jobGoneAt, CLEANUP_USER, "delete", { leadMs: jobGoneAt - requestedAt, status: "Success" });
    tracer.ask(jobGoneAt + 4, CLEANUP_USER, "list");
    tracer.ask(jobGoneAt + 25, CLEANUP_USER, "delete", { ...serviceOf(job), status: "Success" });
    tracer.writeJob(jobGoneAt, "DELETED", status);
  }
}

/** A running Pod gets its grace and is killed; one that has ended goes at once, and its kubelet comes too late (404). */
function traceRemovalOfPod(tracer: JobTracer, { by, requestedAt, jobGoneAt, podGoneAt }: Removal): void {
  const { job } = tracer;
  const pod = { resource: "pods" as const, name: job.pod.name };
  const nodeUser = `system:node:${nodeName(job.pod.node)}`;
  const askedAt = by === "ttl" ? requestedAt + 6 : jobGoneAt + 9;
  const marks = (grace: number): KubernetesObject => ({
    deletionGracePeriodSeconds: grace,
    deletionTimestamp: secondsStamp(askedAt + grace * 1000),
  });
  const lastState: PodState = job.finish ? "finished" : becameReady(job) ? "ready" : "running";
  tracer.ask(askedAt - 1, GARBAGE_COLLECTOR, "get", pod);
  tracer.ask(askedAt, GARBAGE_COLLECTOR, "delete", pod);
  if (job.finish) {
    tracer.writePod(askedAt, "MODIFIED", lastState, marks(0));
    tracer.ask(podGoneAt, nodeUser, "delete", { ...pod, code: 404, status: "Failure" });
  } else {
    tracer.writePod(askedAt, "MODIFIED", lastState, marks(GRACE_SECONDS));
    tracer.writeContainerEvent(askedAt + 2, "Killing", `Stopping container ${CONTAINERS[job.kind]}`);
    tracer.ask(podGoneAt - 1, nodeUser, "delete", pod);
    tracer.writePod(roundMicroseconds(podGoneAt - 12), "MODIFIED", lastState, marks(0));
  }
  tracer.writePod(podGoneAt, "DELETED", lastState, marks(0));
}
