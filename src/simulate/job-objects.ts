import type { JobKind, JobPlan } from "./job-plan.js";
import { TTL_SECONDS } from "./job-plan.js";
import type { SimulationSettings } from "./options.js";

/** A Kubernetes object as JSON. */
export type KubernetesObject = Readonly<Record<string, unknown>>;

export const IMAGES: Readonly<Record<JobKind, string>> = {
  serving: "focus/grpc-server:2.4.1",
  cleanup: "focus/job-cleanup:1.3.0",
  report: "reports/nightly:0.9",
};

/** Name of the only container. */
export const CONTAINERS: Readonly<Record<JobKind, string>> = { serving: "grpc-server", cleanup: "cleanup", report: "report" };

/** Labels that the job controller puts on a Pod. */
export function podLabels(job: JobPlan): Record<string, string> {
  return { app: job.name, "controller-uid": job.uid, "job-name": job.name };
}

function containerOf(settings: SimulationSettings, job: JobPlan): KubernetesObject {
  const common = {
    image: IMAGES[job.kind],
    imagePullPolicy: "IfNotPresent",
    name: CONTAINERS[job.kind],
    terminationMessagePath: "/dev/termination-log",
    terminationMessagePolicy: "File",
  };
  if (job.kind === "serving") {
    const port = settings.portBase + job.slot;
    return {
      ...common,
      env: [
        { name: "STREAM_SLOT", value: String(job.slot) },
        { name: "GRPC_PORT", value: String(port) },
      ],
      ports: [{ containerPort: port, name: "grpc", protocol: "TCP" }],
      readinessProbe: { failureThreshold: 3, periodSeconds: 1, successThreshold: 1, tcpSocket: { port }, timeoutSeconds: 1 },
      resources: { limits: { cpu: "2", memory: "1Gi" }, requests: { cpu: "500m", memory: "512Mi" } },
    };
  }
  if (job.kind === "cleanup") {
    return {
      ...common,
      command: ["/bin/sh", "-c", '/opt/cleanup.sh "$TARGET_JOB"'],
      env: [
        { name: "TARGET_JOB", value: `grpc-job-${job.jobId}` },
        { name: "ENABLE_CPU_USAGE_CHECK", value: "true" },
        { name: "CPU_USAGE_THRESHOLD", value: "4" },
        { name: "MAX_CPU_USAGE_COUNT", value: String(settings.cleanup.mechanism === "polling" ? settings.cleanup.checks : 5) },
      ],
      resources: { limits: { cpu: "100m", memory: "128Mi" }, requests: { cpu: "50m", memory: "64Mi" } },
    };
  }
  return { ...common, resources: {} };
}

/** The Pod's spec as its Job's template has it, before scheduling. */
export function podTemplateSpec(settings: SimulationSettings, job: JobPlan): KubernetesObject {
  const account = job.kind === "cleanup" ? { serviceAccount: "job-cleanup", serviceAccountName: "job-cleanup" } : {};
  return {
    containers: [containerOf(settings, job)],
    dnsPolicy: "ClusterFirst",
    restartPolicy: "Never",
    schedulerName: "default-scheduler",
    securityContext: {},
    ...account,
    terminationGracePeriodSeconds: 30,
  };
}

/** A batch/v1 Job without its resourceVersion; `marks` are metadata that come with a foreground deletion. */
export function jobObject(
  settings: SimulationSettings,
  job: JobPlan,
  creationTimestamp: string,
  status: KubernetesObject,
  marks: KubernetesObject = {},
): KubernetesObject {
  return {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { creationTimestamp, ...marks, labels: { app: job.name }, name: job.name, namespace: job.namespace, uid: job.uid },
    spec: {
      backoffLimit: 0,
      completions: 1,
      parallelism: 1,
      selector: { matchLabels: { "controller-uid": job.uid } },
      template: { metadata: { creationTimestamp: null, labels: podLabels(job) }, spec: podTemplateSpec(settings, job) },
      ttlSecondsAfterFinished: TTL_SECONDS[job.kind],
    },
    status,
  };
}
