// Writes the files of this sample and their truth: node samples/batch-jobs/make-sample.mjs. No randomness but a fixed sequence: the same bytes each time.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

const folder = dirname(fileURLToPath(import.meta.url));
const START = Date.UTC(2025, 10, 18, 22, 0, 3, 140);
const TTL_MS = 60_000;
const NAMESPACE = "nightly";

let state = 20251118;
/** Park and Miller's minimal standard generator, in [0, 1). */
const next = () => {
  state = (state * 48271) % 2147483647;
  return state / 2147483647;
};
const between = (low, high) => Math.round(low + (high - low) * next());
const second = (at) => `${new Date(Math.floor(at / 1000) * 1000).toISOString().slice(0, 19)}Z`;
const micro = (at) => `${new Date(at).toISOString().slice(0, 23)}${String(between(100, 999))}Z`;
const hex = (at) => (BigInt(at) * 1_000_000n).toString(16);
const uid = (kind, index) => `${kind}00000-0000-4000-8000-${String(index).padStart(12, "0")}`;

let version = 481_200;
const rows = { jobs: [], pods: [], events: [] };
const truth = [];
const writes = [];
const write = (at, kind, type, object) => writes.push({ at, kind, type, object });

for (let index = 0; index < 16; index++) {
  const created = START + index * 7_300 + between(0, 900);
  const scheduled = created + between(60, 400) + (index % 5 === 4 ? 6_000 : 0);
  const started = scheduled + between(1_200, 3_800);
  const fails = index === 9;
  const open = index === 15;
  const finished = open ? null : started + between(26_000, 33_000);
  const controlled = finished === null ? null : finished + between(900, 1_600);
  const removed = controlled === null ? null : Math.floor(controlled / 1000) * 1000 + TTL_MS + between(20, 300);
  const name = `index-${String(index + 1).padStart(2, "0")}`;
  const pod = `${name}-x${(index * 7919 + 4096).toString(36)}`;
  truth.push({ name, created, scheduled, started, finished: controlled, failed: fails, removed });

  const job = (status, more = {}) => ({
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name, namespace: NAMESPACE, uid: uid("a", index), creationTimestamp: second(created), ...more },
    spec: {
      backoffLimit: 0,
      ttlSecondsAfterFinished: TTL_MS / 1000,
      template: { spec: { containers: [{ name: "indexer", image: "registry.example.com/search/indexer:2.4.1", env: [{ name: "SHARDS", value: "8" }] }] } },
    },
    status,
  });
  const podObject = (phase, status, more = {}) => ({
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name: pod,
      namespace: NAMESPACE,
      uid: uid("b", index),
      creationTimestamp: second(created + 30),
      ownerReferences: [{ apiVersion: "batch/v1", kind: "Job", name, uid: uid("a", index), controller: true }],
      ...more,
    },
    spec: { nodeName: phase === "Pending" && status.conditions === undefined ? undefined : "worker-2" },
    status: { phase, ...status },
  });
  const placed = [{ type: "PodScheduled", status: "True", lastTransitionTime: second(scheduled) }];
  const event = (at, reason, message, involved, source) =>
    write(at, "events", "ADDED", {
      apiVersion: "v1",
      kind: "Event",
      metadata: { name: `${involved.name}.${hex(at)}`, namespace: NAMESPACE, uid: uid("e", writes.length), creationTimestamp: second(at) },
      involvedObject: { namespace: NAMESPACE, ...involved },
      reason,
      message,
      type: "Normal",
      ...source(at),
    });
  const legacy = (component, host) => (at) => ({ firstTimestamp: second(at), lastTimestamp: second(at), count: 1, source: { component, ...(host ? { host } : {}) } });
  const scheduler = (at) => ({ eventTime: micro(at), reportingComponent: "default-scheduler", source: {} });
  const ofJob = { kind: "Job", name, uid: uid("a", index) };
  const ofPod = { kind: "Pod", name: pod, uid: uid("b", index) };

  write(created, "jobs", "ADDED", job({}));
  event(created + 25, "SuccessfulCreate", `Created pod: ${pod}`, ofJob, legacy("job-controller"));
  write(created + 30, "pods", "ADDED", podObject("Pending", {}));
  write(created + 40, "jobs", "MODIFIED", job({ active: 1, startTime: second(created + 35) }));
  event(scheduled, "Scheduled", `Successfully assigned ${NAMESPACE}/${pod} to worker-2`, ofPod, scheduler);
  write(scheduled + 5, "pods", "MODIFIED", podObject("Pending", { conditions: placed }));
  event(started, "Started", "Started container indexer", ofPod, legacy("kubelet", "worker-2"));
  write(started + 600, "pods", "MODIFIED", podObject("Running", { conditions: placed, containerStatuses: [{ name: "indexer", state: { running: { startedAt: second(started) } } }] }));
  if (finished === null || controlled === null || removed === null) continue;
  const terminated = { startedAt: second(started), finishedAt: second(finished), exitCode: fails ? 1 : 0 };
  const over = { conditions: placed, containerStatuses: [{ name: "indexer", state: { terminated } }] };
  const done = fails
    ? { failed: 1, startTime: second(created + 35), conditions: [{ type: "Failed", status: "True", reason: "BackoffLimitExceeded", lastTransitionTime: second(controlled) }] }
    : { succeeded: 1, startTime: second(created + 35), completionTime: second(controlled), conditions: [{ type: "Complete", status: "True", lastTransitionTime: second(controlled) }] };
  write(finished + 500, "pods", "MODIFIED", podObject(fails ? "Failed" : "Succeeded", over));
  write(controlled, "jobs", "MODIFIED", job(done));
  event(controlled + 8, fails ? "BackoffLimitExceeded" : "Completed", fails ? "Job has reached the specified backoff limit" : "Job completed", ofJob, legacy("job-controller"));
  const going = { deletionTimestamp: second(removed - 15), deletionGracePeriodSeconds: 0, finalizers: ["foregroundDeletion"] };
  write(removed - 15, "jobs", "MODIFIED", job(done, going));
  write(removed - 6, "pods", "DELETED", podObject(fails ? "Failed" : "Succeeded", over, { deletionTimestamp: second(removed - 6), deletionGracePeriodSeconds: 0 }));
  write(removed, "jobs", "DELETED", job(done, going));
}

const lastCreated = Math.max(...truth.map((job) => job.created));
const captureEnd = lastCreated + 110_000;
writes.sort((left, right) => left.at - right.at);
for (const { at, kind, type, object } of writes) {
  version += between(1, 9);
  if (at > captureEnd) continue;
  object.metadata.resourceVersion = String(version);
  rows[kind].push(kind === "events" ? object : { received: new Date(at + between(3, 15)).toISOString(), type, object });
}
mkdirSync(folder, { recursive: true });
const lines = (list) => list.map((row) => `${JSON.stringify(row)}\n`).join("");
writeFileSync(`${folder}/jobs-watch.jsonl`, lines(rows.jobs));
writeFileSync(`${folder}/pods-watch.jsonl`, lines(rows.pods));
writeFileSync(`${folder}/events.json`, `${JSON.stringify({ apiVersion: "v1", kind: "List", items: rows.events })}\n`);
const seen = (at) => (at !== null && at <= captureEnd ? new Date(at).toISOString() : null);
const jobs = truth.map(({ name, failed, ...at }) => ({ name, failed, ...Object.fromEntries(Object.entries(at).map(([point, moment]) => [point, seen(moment)])) }));
writeFileSync(`${folder}/truth.json`, `${JSON.stringify({ namespace: NAMESPACE, ttlSeconds: TTL_MS / 1000, captureEnd: new Date(captureEnd).toISOString(), jobs }, null, 1)}\n`);
