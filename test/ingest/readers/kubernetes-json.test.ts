import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { kubernetesJson } from "../../../src/ingest/readers/kubernetes-json.js";
import { physicalLines, readWith } from "../support.js";

const metadata = {
  name: "grpc-job-1-1730",
  namespace: "default",
  uid: "u1",
  resourceVersion: "399",
  creationTimestamp: "2026-11-23T12:04:17Z",
};
const job = {
  apiVersion: "batch/v1",
  kind: "Job",
  metadata,
  spec: {
    backoffLimit: 0,
    ttlSecondsAfterFinished: 24,
    template: {
      spec: {
        containers: [
          {
            image: "server:1",
            env: [
              { name: "MAX_CPU_USAGE_COUNT", value: "5" },
              { name: "API_TOKEN", value: "hunter2" },
              { name: "NODE", valueFrom: { fieldRef: {} } },
              { name: "__proto__", value: "x" },
            ],
          },
        ],
      },
    },
  },
  status: { active: 1, startTime: "2026-11-23T12:04:18Z" },
};
const pod = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: { ...metadata, name: "p", uid: "u2" },
  spec: { containers: [{}] },
  status: { phase: "Pending" },
};
const event = {
  apiVersion: "v1",
  kind: "Event",
  metadata: { ...metadata, name: "worker-01.18eaab07a471ed7f", uid: "e1", creationTimestamp: "2026-11-23T12:04:10Z" },
  involvedObject: { kind: "Node", name: "worker-01", uid: "worker-01" },
  reason: "Starting",
  message: "</script>\u0000",
  source: { component: "kubelet", host: "worker-01" },
  firstTimestamp: "2026-11-23T12:04:10Z",
  lastTimestamp: "2026-11-23T12:05:10Z",
  eventTime: null,
  count: 3,
};
const row = (type: string, object: unknown, received?: string) => ({ ...(received ? { received } : {}), type, object });

async function read(...documents: unknown[]) {
  return readWith(
    kubernetesJson,
    documents.map((document) => (typeof document === "string" ? document : JSON.stringify(document))).join("\n"),
  );
}

describe("Jobs", () => {
  test.each([
    ["was made when its time had come", {}, true],
    ["was made from it by hand", { annotations: { "cronjob.kubernetes.io/instantiate": "manual" } }, undefined],
  ])("one of a CronJob %s", async (_, more, bySchedule) => {
    const ownerReferences = [{ apiVersion: "batch/v1", kind: "CronJob", name: "nightly", uid: "c1", controller: true }];
    const made = row("ADDED", { ...job, metadata: { ...metadata, ...more, ownerReferences } });
    // From the third row on its shape is known, and what nobody reads is not taken out of it.
    const { events } = await read(made, made, made, made);
    expect(events.map((found) => found.type === "job" && found.job.bySchedule)).toEqual(Array(4).fill(bySchedule));
  });

  test("one that is marked for deletion says which finalizers keep it", async () => {
    const finalizers = ["archive.example/kept", "foregroundDeletion"];
    const marked = { ...metadata, finalizers, deletionTimestamp: "2026-11-23T12:05:00Z" };
    const rows = [row("ADDED", { ...job, metadata: { ...metadata, finalizers } }), row("MODIFIED", { ...job, metadata: marked })];
    const { events } = await read(...rows);
    expect(events.map((event) => (event.type === "job" ? event.job.finalizers : ""))).toEqual([undefined, finalizers.join(" ")]);
  });

  test("a row of a watch says what changed, where it stands, and the settings of the Job; secrets are masked", async () => {
    const { events, counts, from, to, clock } = await read(row("ADDED", job), row("BOOKMARK", { kind: "Job", metadata: {} }));
    expect(events).toEqual([
      {
        type: "job",
        change: "ADDED",
        evidence: { source: 0, line: 1 },
        job: {
          namespace: "default",
          name: "grpc-job-1-1730",
          uid: "u1",
          resourceVersion: 399,
          createdAt: Date.parse("2026-11-23T12:04:17Z"),
          startTime: Date.parse("2026-11-23T12:04:18Z"),
          ttlMsAfterFinished: 24_000,
          backoffLimit: 0,
          active: 1,
          images: ["server:1"],
          env: Object.fromEntries([
            ["MAX_CPU_USAGE_COUNT", "5"],
            ["API_TOKEN", "[redacted]"],
            ["__proto__", "x"],
          ]),
          labels: {},
        },
      },
    ]);
    expect(counts).toEqual({ lines: 2, matched: 1, ignored: 1, unparsed: 0 });
    expect([from, to, clock]).toEqual([Date.parse("2026-11-23T12:04:17Z"), Date.parse("2026-11-23T12:04:18Z"), "cluster"]);
  });

  test("conditions tell success from failure", async () => {
    const at = "2026-11-23T12:10:00Z";
    const failed = {
      conditions: [
        { type: "Complete", status: "False" },
        { type: "Failed", status: "True", reason: "BackoffLimitExceeded", lastTransitionTime: at },
      ],
    };
    const done = { completionTime: at, conditions: [{ type: "Complete", status: "True", lastTransitionTime: at }] };
    const { events } = await read({ ...job, status: failed }, { ...job, status: done });
    expect(events).toMatchObject([
      { change: "unknown", job: { failedAt: Date.parse(at), failedReason: "BackoffLimitExceeded", active: 0 } },
      { change: "unknown", job: { completionTime: Date.parse(at), completedAt: Date.parse(at) } },
    ]);
    expect(events[0]).not.toHaveProperty("job.completedAt");
  });

  test("a kind that ends in Job, or a Job of another group, is ignored", async () => {
    const { events, counts } = await read({ ...job, kind: "PyTorchJob" }, { ...job, apiVersion: "batch.volcano.sh/v1" });
    expect(events).toEqual([]);
    expect(counts.ignored).toBe(2);
  });
});

test("an item of a List without kinds is a Job by what only a Job has, and no other workload with a template", async () => {
  const { kind: _, apiVersion: __, ...item } = job;
  const replicated = { ...item, metadata: { ...metadata, uid: "other" }, spec: { ...item.spec, replicas: 2 } };
  const deployment = { ...item, metadata: { ...metadata, uid: "third" }, spec: { template: item.spec.template } };
  const { events } = await read({ items: [item, replicated, deployment] });
  expect(events.map((found) => found.type === "job" && found.job.uid)).toEqual(["u1"]);
});

test("a line that two documents share counts once, as the better of the two", async () => {
  const node = { apiVersion: "v1", kind: "Node", metadata };
  for (const pair of [
    [job, node],
    [node, job],
  ]) {
    const { counts } = await read(pair.map((one) => JSON.stringify(one)).join(" "));
    expect(counts).toEqual({ lines: 1, matched: 1, ignored: 0, unparsed: 0 });
  }
});

describe("Pods", () => {
  test("may have more containers than a call has arguments", async () => {
    const terminated = { startedAt: "2026-11-23T12:04:18Z", finishedAt: "2026-11-23T12:04:19Z" };
    const status = { ...pod.status, containerStatuses: Array(150_000).fill({ state: { terminated } }) };
    const { events } = await read({ ...pod, status });
    const [startedAt, finishedAt] = [terminated.startedAt, terminated.finishedAt].map((stamp) => Date.parse(stamp));
    expect(events).toMatchObject([{ pod: { startedAt, finishedAt } }]);
  });

  test("owner, start, end and the request behind a deletionTimestamp", async () => {
    const { events, to } = await read({
      ...pod,
      metadata: {
        ...pod.metadata,
        ownerReferences: [{ apiVersion: "batch/v1", kind: "Job", name: "j", uid: "u1", controller: true }],
        deletionTimestamp: "2026-11-23T12:05:00Z",
        deletionGracePeriodSeconds: 30,
      },
      status: {
        phase: "Failed",
        containerStatuses: [
          { state: { terminated: { startedAt: "2026-11-23T12:04:19Z", finishedAt: "2026-11-23T12:04:29Z" } } },
          { state: { terminated: { startedAt: "2026-11-23T12:04:20Z", finishedAt: "2026-11-23T12:04:28Z" } } },
        ],
      },
    });
    expect(events).toMatchObject([
      {
        pod: {
          ownerUid: "u1",
          ownerName: "j",
          startedAt: Date.parse("2026-11-23T12:04:19Z"),
          finishedAt: Date.parse("2026-11-23T12:04:29Z"),
          deletionTimestamp: Date.parse("2026-11-23T12:05:00Z"),
          deletionGracePeriodMs: 30_000,
        },
      },
    ]);
    expect(to).toBe(Date.parse("2026-11-23T12:04:30Z"));
  });

  test("a container that was restarted more often than its states tell does not tell its first start", async () => {
    const running = { running: { startedAt: "2026-11-23T12:05:00Z" } };
    const before = { terminated: { startedAt: "2026-11-23T12:04:00Z", finishedAt: "2026-11-23T12:04:40Z" } };
    const startOf = async (...containerStatuses: readonly object[]) => {
      const { events } = await read({ ...pod, status: { phase: "Running", containerStatuses } });
      return events.map((event) => (event.type === "pod" ? event.pod.startedAt : null));
    };
    const [first, second] = [Date.parse("2026-11-23T12:04:00Z"), Date.parse("2026-11-23T12:05:00Z")];
    expect(await startOf({ restartCount: 0, state: running, lastState: {} })).toEqual([second]);
    expect(await startOf({ restartCount: 1, state: running, lastState: before })).toEqual([first]);
    expect(await startOf({ restartCount: 2, state: running, lastState: before })).toEqual([undefined]);
    // Waiting for its next start, it tells of its last one alone.
    expect(await startOf({ restartCount: 1, state: { waiting: { reason: "CrashLoopBackOff" } }, lastState: before })).toEqual([undefined]);
    // Any of several containers may have been the first.
    expect(await startOf({ restartCount: 0, state: running }, { restartCount: 3, state: running, lastState: before })).toEqual([undefined]);
    expect(await startOf({ restartCount: 0, state: { waiting: {} } })).toEqual([undefined]);
  });

  test("it has ended when all of its containers have", async () => {
    const ended = { state: { terminated: { startedAt: "2026-11-23T12:04:19Z", finishedAt: "2026-11-23T12:04:29Z" } } };
    const running = { state: { running: { startedAt: "2026-11-23T12:04:19Z" } } };
    const { events } = await read({ ...pod, status: { containerStatuses: [ended, running] } });
    expect(events[0]).not.toHaveProperty("pod.finishedAt", expect.anything());
  });

  test("without an ownerReference the labels of the job controller name the Job", async () => {
    const labels = { "job-name": "j", "controller-uid": "u1" };
    expect((await read({ ...pod, metadata: { ...pod.metadata, labels } })).events).toMatchObject([
      { pod: { ownerUid: "u1", ownerName: "j", orphaned: true } },
    ]);
  });

  test("with both, the ownerReference says that the Job has not left it behind", async () => {
    const labels = { "job-name": "j", "controller-uid": "u1" };
    const ownerReferences = [{ apiVersion: "batch/v1", kind: "Job", name: "j", uid: "u1", controller: true }];
    const { events } = await read({ ...pod, metadata: { ...pod.metadata, labels, ownerReferences } });
    expect(events).toMatchObject([{ pod: { ownerUid: "u1" } }]);
    expect(events[0]).not.toHaveProperty("pod.orphaned", true);
  });
});

describe("Events", () => {
  test("the first occurrence is read from the name, in the clock of the kubelet's node", async () => {
    const { events } = await read(event);
    expect(events).toMatchObject([
      {
        firstFrom: "name",
        first: { at: Number(0x18eaab07a471ed7fn / 1000n) / 1000, resolutionMs: 0.001, clock: "node:worker-01" },
        last: { at: Date.parse("2026-11-23T12:05:10Z"), resolutionMs: 1000 },
        count: 3,
        host: "worker-01",
        message: "</script>\u0000",
      },
    ]);
  });

  test("of one that tells only when it was written the name is the first occurrence up to a day before, for it may have been repeated since", async () => {
    const written = (creationTimestamp: string) => ({
      ...event,
      metadata: { ...event.metadata, creationTimestamp },
      ...{ firstTimestamp: null, lastTimestamp: null },
    });
    const { events } = await read(written("2026-11-23T12:44:10Z"), written("2026-11-24T12:44:10Z"));
    expect(events).toMatchObject([{ firstFrom: "name" }, { firstFrom: "creationTimestamp" }]);
  });

  test("a name that ends in no time of this Event falls back to the finest stamp", async () => {
    const named = (name: string) => ({ ...event, metadata: { ...event.metadata, name } });
    const { events } = await read(
      named("pod.18eaab17a471ed7f"),
      { ...named("pod.1c0f9e0e-7d0b-4d0e-8000-000000000000"), eventTime: "2026-11-23T12:04:10.123456Z" },
      { ...named("pod.x"), firstTimestamp: null },
    );
    expect(events).toMatchObject([
      { firstFrom: "firstTimestamp", first: { resolutionMs: 1000 } },
      { firstFrom: "eventTime", first: { at: Date.parse("2026-11-23T12:04:10Z") + 123.456, resolutionMs: 0.001 } },
      { firstFrom: "creationTimestamp" },
    ]);
  });

  test("the row in which the API server forgets one tells what it told, but neither its number nor its arrival is of that", async () => {
    const { events } = await read(row("ADDED", event, "2026-11-23T12:04:10.020Z"), row("DELETED", event, "2026-11-23T13:05:00.000Z"));
    expect(events).toMatchObject([
      { resourceVersion: 399, received: { clock: "collector" } },
      { uid: "e1", reason: "Starting" },
    ]);
    expect(events[1]).not.toHaveProperty("received");
    expect(events[1]).not.toHaveProperty("resourceVersion");
  });

  test("the renamed fields of events.k8s.io are read alike", async () => {
    const { events } = await read({
      apiVersion: "events.k8s.io/v1",
      kind: "Event",
      metadata: event.metadata,
      regarding: event.involvedObject,
      note: "text",
      reason: "Starting",
      reportingController: "kubelet",
      reportingInstance: "worker-09",
      eventTime: "2026-11-23T12:04:10.300000Z",
      series: { count: 1, lastObservedTime: "2026-11-23T12:06:10.000000Z" },
    });
    expect(events).toMatchObject([
      { message: "text", host: "worker-09", count: 2, last: { at: Date.parse("2026-11-23T12:06:10Z"), resolutionMs: 0.001 } },
    ]);
  });
});

describe("envelopes", () => {
  test("rows with the time of arrival have it as their coverage, in the collector's clock", async () => {
    const { events, from, to, clock } = await read(
      row("ADDED", pod, "2026-11-23T12:04:17.164Z"),
      row("BOOKMARK", {}, "2026-11-23T12:09:00.5Z"),
    );
    expect(events).toMatchObject([{ received: { at: Date.parse("2026-11-23T12:04:17.164Z"), resolutionMs: 1, clock: "collector" } }]);
    expect([from, to, clock]).toEqual([Date.parse("2026-11-23T12:04:17.164Z"), Date.parse("2026-11-23T12:09:00.500Z"), "collector"]);
  });

  test("items of typed lists may lack kind and version, before or after the list names its own", async () => {
    const bare = ({ apiVersion: _version, kind: _kind, ...object }: typeof job | typeof pod | typeof event) => object;
    const { events } = await read({ kind: "JobList", items: [bare(job)] }, { items: [bare(pod), bare(event), bare(job)], kind: "List" });
    expect(events.map((found) => found.type)).toEqual(["job", "pod", "cluster-event", "job"]);
    expect(events[0]).toMatchObject({ change: "listed" });
  });

  test.each(['{"kind":"List","items":[]}', "null", "[]", '{\n  "items": []\n}\n'])("%j is valid and empty", async (text) => {
    expect(kubernetesJson.matches(text)).toBe(true);
    const { usable, counts } = await readWith(kubernetesJson, text);
    expect([usable, counts.unparsed, counts.ignored]).toEqual([true, 0, physicalLines(text)]);
  });

  test("a row that could not be read is one that a watch may have lost where rows of it follow", async () => {
    const row = (name: string): string =>
      `{"type":"ADDED","object":{"apiVersion":"v1","kind":"Pod","metadata":{"name":"${name}","uid":"${name}","creationTimestamp":"2026-11-23T12:04:17Z"},"status":{}}}\n`;
    const damaged = `${row("b").slice(0, 90)}E1123 14:05:01 reflector.go\n`;
    const lostLine = async (text: string) => (await readWith(kubernetesJson, text)).lostLine;
    expect(await lostLine(row("a") + damaged + row("c"))).toBe(2);
    expect(await lostLine(row("a") + damaged + damaged + row("c") + row("d"))).toBe(3);
    expect(await lostLine(row("a") + row("b") + row("c").slice(0, 90))).toBeUndefined();
    expect(await lostLine(`${row("a")}error: timed out\n${row("c")}`)).toBeUndefined();
  });

  test("an ERROR row is a diagnostic, a cut document too; garbage between is unparsed", async () => {
    const { diagnostics, counts } = await read(
      row("ERROR", { kind: "Status", code: 410, message: "too old resource version" }),
      "error: http2: client connection lost",
      row("ADDED", job),
      JSON.stringify(row("ADDED", pod)).slice(0, 90),
    );
    expect(diagnostics.map(({ id, values }) => [id, values.line])).toEqual([
      ["watch-error", 1],
      ["text-between-documents", 2],
      ["cut-document", 4],
    ]);
    expect(diagnostics[0]?.values).toMatchObject({ code: 410, message: "too old resource version" });
    expect(counts).toEqual({ lines: 4, matched: 1, ignored: 1, unparsed: 2 });
  });

  test("keys of every object's prototype are harmless", async () => {
    const { events } = await readWith(kubernetesJson, `{"__proto__":{"kind":"Job"},"constructor":1}\n${JSON.stringify(job)}`);
    expect(events).toHaveLength(1);
    expect(Object.prototype).not.toHaveProperty("kind");
  });
});

test("every physical line is counted exactly once, whatever stands in the file", async () => {
  // Pieces that repeat must not look like UTF-16: a NUL at every other place would.
  const piece = fc.oneof(
    fc
      .tuple(
        fc.constantFrom<unknown>(
          job,
          row("ADDED", pod),
          event,
          { kind: "ConfigMap" },
          { kind: "List", items: [job, { a: 1 }, event] },
          { items: [] },
          [pod],
        ),
        fc.constantFrom(0, 2),
      )
      .map(([document, indent]) => JSON.stringify(document, null, indent)),
    fc.constantFrom("\n", "\n\n", "noise\n", '{"cut', '{"a":"\\\n', '"x\u0000', "{", "]", '{"items":[\n', "null\n", ","),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 10 }), fc.integer({ min: 1, max: 400 }), async (pieces, step) => {
      const text = pieces.join("");
      const { counts } = await readWith(kubernetesJson, text, step);
      expect(counts.lines).toBe(physicalLines(text));
      expect(counts.matched + counts.ignored + counts.unparsed).toBe(counts.lines);
      expect(Math.min(counts.matched, counts.ignored, counts.unparsed)).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 200 },
  );
});
