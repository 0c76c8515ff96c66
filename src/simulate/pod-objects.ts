import type { EpochMs } from "../model/time.js";
import { secondsStamp } from "./instants.js";
import { CONTAINERS, IMAGES, type KubernetesObject, podLabels, podTemplateSpec } from "./job-objects.js";
import type { JobPlan } from "./job-plan.js";
import type { SimulationSettings } from "./options.js";

/** How far a Pod has come. */
export type PodState = "created" | "scheduled" | "starting" | "running" | "ready" | "finished";

/** Moments a Pod's status speaks of, cluster time. */
export interface PodMoments {
  readonly createdAt: EpochMs;
  readonly scheduledAt: EpochMs;
  readonly acceptedAt: EpochMs;
}

export function nodeName(index: number): string {
  return `worker-${String(index + 1).padStart(2, "0")}`;
}

/** A v1 Pod without its resourceVersion; `marks` are metadata of its deletion. */
export function podObject(
  settings: SimulationSettings,
  job: JobPlan,
  moments: PodMoments,
  state: PodState,
  marks: KubernetesObject = {},
): KubernetesObject {
  const { pod } = job;
  const account = job.kind === "cleanup" ? "job-cleanup" : "default";
  const bound = state === "created" ? {} : { nodeName: nodeName(pod.node) };
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      creationTimestamp: secondsStamp(moments.createdAt),
      ...marks,
      generateName: `${job.name}-`,
      labels: podLabels(job),
      name: pod.name,
      namespace: job.namespace,
      ownerReferences: [{ apiVersion: "batch/v1", blockOwnerDeletion: true, controller: true, kind: "Job", name: job.name, uid: job.uid }],
      uid: pod.uid,
    },
    spec: {
      ...podTemplateSpec(settings, job),
      enableServiceLinks: true,
      ...bound,
      preemptionPolicy: "PreemptLowerPriority",
      priority: 0,
      serviceAccount: account,
      serviceAccountName: account,
    },
    status: podStatus(settings, job, moments, state),
  };
}

/** The kubelet stamps with its node's clock. */
function podStatus(settings: SimulationSettings, job: JobPlan, moments: PodMoments, state: PodState): KubernetesObject {
  const qosClass = job.kind === "report" ? "BestEffort" : "Burstable";
  if (state === "created") {
    return { phase: "Pending", qosClass };
  }
  const scheduled = condition("PodScheduled", "True", secondsStamp(moments.scheduledAt));
  if (state === "scheduled") {
    return { conditions: [scheduled], phase: "Pending", qosClass };
  }
  const { pod, finish } = job;
  const onNode = (at: EpochMs): string => secondsStamp(at + (settings.nodeSkewMs[pod.node] ?? 0));
  const accepted = onNode(moments.acceptedAt);
  const changed = state === "finished" && finish ? onNode(finish.podStatusAt) : state === "ready" ? onNode(pod.readyAt) : accepted;
  const unready = {
    message: `containers with unready status: [${CONTAINERS[job.kind]}]`,
    reason: state === "finished" && finish?.succeeded ? "PodCompleted" : "ContainersNotReady",
  };
  const readiness = state === "ready" ? {} : unready;
  const ready = state === "ready" ? "True" : "False";
  return {
    conditions: [
      condition("Initialized", "True", accepted),
      { ...condition("Ready", ready, changed), ...readiness },
      { ...condition("ContainersReady", ready, changed), ...readiness },
      scheduled,
    ],
    containerStatuses: [containerStatus(job, state, onNode)],
    hostIP: `10.0.0.${11 + pod.node}`,
    phase: state === "starting" ? "Pending" : state === "finished" ? (finish?.succeeded ? "Succeeded" : "Failed") : "Running",
    ...(state === "starting" ? {} : { podIP: pod.ip, podIPs: [{ ip: pod.ip }] }),
    qosClass,
    startTime: accepted,
  };
}

function containerStatus(job: JobPlan, state: PodState, onNode: (at: EpochMs) => string): KubernetesObject {
  const image = IMAGES[job.kind];
  const common = { image, lastState: {}, name: CONTAINERS[job.kind], ready: state === "ready", restartCount: 0 };
  if (state === "starting") {
    return { ...common, imageID: "", started: false, state: { waiting: { reason: "ContainerCreating" } } };
  }
  const containerID = `containerd://${job.pod.containerId}`;
  const startedAt = onNode(job.pod.startedAt);
  if (state === "finished" && job.finish) {
    const { succeeded, containerAt } = job.finish;
    const ended = { exitCode: succeeded ? 0 : 1, finishedAt: onNode(containerAt), reason: succeeded ? "Completed" : "Error", startedAt };
    return { ...common, containerID, imageID: image, started: false, state: { terminated: { containerID, ...ended } } };
  }
  return { ...common, containerID, imageID: image, started: true, state: { running: { startedAt } } };
}

function condition(type: string, status: string, lastTransitionTime: string): Record<string, unknown> {
  return { lastProbeTime: null, lastTransitionTime, status, type };
}
