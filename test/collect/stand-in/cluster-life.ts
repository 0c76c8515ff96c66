/** What controllers and kubelets make of a Job: its Pod, the Events of both, and their ends. */
import type { StandIn, StandInObject } from "./api.js";
import { type ObjectStore, seconds } from "./object-store.js";

/** From the deletion of a Job until the object of its Pod is gone. */
const POD_LINGERS_MS = 30;

type Life = Pick<StandIn, "addJob" | "completeJob" | "deleteJob">;

export function clusterLife(store: ObjectStore): Life {
  let events = 0;
  const micro = () => new Date(store.now()).toISOString().replace("Z", "000Z");
  const podName = (job: string) => `${job}-pod`;

  function addEvent(reason: string, regarding: StandInObject, note: string, source: string): void {
    events += 1;
    // The suffix is the time of the first occurrence in hex nanoseconds; what is below a millisecond keeps names apart.
    const suffix = (BigInt(Math.round(store.now())) * 1_000_000n + BigInt(events % 1_000_000)).toString(16);
    const { name, namespace, uid } = regarding.metadata;
    store.put({
      kind: "Event",
      metadata: { name: `${name}.${suffix}`, namespace },
      eventTime: null,
      reason,
      note,
      type: "Normal",
      regarding: { kind: regarding.kind, apiVersion: regarding.apiVersion, namespace, name, uid },
      reportingController: source,
      deprecatedSource: source === "kubelet" ? { component: source, host: "node-1" } : { component: source },
      deprecatedFirstTimestamp: seconds(store.now()),
      deprecatedLastTimestamp: seconds(store.now()),
      deprecatedCount: 1,
    });
  }

  function update(object: StandInObject, changes: Record<string, unknown>): StandInObject {
    const { metadata, ...rest } = changes as { metadata?: Record<string, unknown> };
    return store.put({ ...object, ...rest, metadata: { ...object.metadata, ...metadata } });
  }

  return {
    addJob(name, { namespace = "default", labels = {}, env = {} } = {}) {
      const container = { name: "main", image: "focus:1.0", env: Object.entries(env).map(([key, value]) => ({ name: key, value })) };
      const template = { metadata: { labels }, spec: { containers: [container], restartPolicy: "Never" } };
      const job = store.put({ kind: "Job", metadata: { name, namespace, labels }, spec: { backoffLimit: 0, template }, status: {} });
      const owner = { apiVersion: "batch/v1", kind: "Job", name, uid: job.metadata.uid, controller: true };
      const pod = store.put({
        kind: "Pod",
        metadata: { name: podName(name), namespace, labels: { ...labels, "job-name": name }, ownerReferences: [owner] },
        spec: { ...template.spec, nodeName: "node-1" },
        status: { phase: "Pending" },
      });
      addEvent("SuccessfulCreate", job, `Created pod: ${podName(name)}`, "job-controller");
      const startedAt = seconds(store.now());
      const started = update(job, { status: { startTime: startedAt, active: 1, ready: 0 } });
      addEvent("Scheduled", pod, `Successfully assigned ${namespace}/${podName(name)} to node-1`, "default-scheduler");
      addEvent("Started", pod, "Started container main", "kubelet");
      update(pod, {
        status: { phase: "Running", startTime: startedAt, containerStatuses: [{ name: "main", state: { running: { startedAt } } }] },
      });
      return started;
    },
    completeJob(name, namespace = "default") {
      const job = store.get("Job", namespace, name);
      if (job === undefined) return;
      const at = seconds(store.now());
      const conditions = [{ type: "Complete", status: "True", lastTransitionTime: at }];
      update(job, { status: { ...(job.status as object), active: 0, succeeded: 1, completionTime: at, conditions } });
      addEvent("Completed", job, "Job completed", "job-controller");
    },
    deleteJob(name, namespace = "default") {
      if (store.remove("Job", namespace, name) === undefined) return;
      const pod = store.get("Pod", namespace, podName(name));
      if (pod === undefined) return;
      const deletionTimestamp = seconds(store.now() + 30_000);
      const dying = update(pod, { metadata: { deletionTimestamp, deletionGracePeriodSeconds: 30 } });
      addEvent("Killing", dying, "Stopping container main", "kubelet");
      setTimeout(() => {
        update(dying, { metadata: { deletionTimestamp: seconds(Date.parse(micro())), deletionGracePeriodSeconds: 0 } });
        store.remove("Pod", namespace, podName(name));
      }, POD_LINGERS_MS).unref();
    },
  };
}
