import fc from "fast-check";

/** Texts as they stand in rows, with what a careless reader of JSON would stumble over. */
const text = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("grpc-job-1-1", "grpc-job-2-7", "default", "Complete", "True", "items", "metadata", "") },
  {
    weight: 2,
    arbitrary: fc.constantFrom('a "quoted" \\ word', "two\nlines", "שלום", "tab\there", "\u2028", "\ud800", '","uid":"', "}}", "\\"),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 12 }) },
);
const stamp = fc.constantFrom("2025-01-06T08:00:00Z", "2025-01-06T08:00:01Z", "2025-01-06T08:00:01.5Z", "2025-02-30T00:00:00Z", "now");
const number = fc.constantFrom(0, 1, -0, 2.5, 1e21, 1e-7, 2 ** 40, 120);
const uid = fc.constantFrom("d286fb83-0f76-407f-8261-f4be3900382c", "59e00848-288c-41f9-8b7f-3dc6e509f731", "u");
const metadata = fc.record(
  {
    creationTimestamp: stamp,
    name: text,
    namespace: text,
    uid,
    resourceVersion: fc.constantFrom("1", "373268", "x", ""),
    labels: fc.dictionary(fc.constantFrom("app", "job-name", "selector", "controller-uid", "__proto__"), text),
    annotations: fc.dictionary(fc.constantFrom("a", "cronjob.kubernetes.io/instantiate"), fc.oneof(text, fc.constant("manual")), {
      minKeys: 1,
    }),
    deletionTimestamp: stamp,
    deletionGracePeriodSeconds: number,
    finalizers: fc.array(text, { maxLength: 2 }),
    ownerReferences: fc.array(
      fc.record({
        apiVersion: fc.constant("batch/v1"),
        kind: fc.constantFrom("Job", "CronJob"),
        name: text,
        uid,
        controller: fc.boolean(),
      }),
      { minLength: 1, maxLength: 2 },
    ),
  },
  { requiredKeys: ["creationTimestamp", "name", "uid"] },
);

const job = fc.record(
  {
    apiVersion: fc.constant("batch/v1"),
    kind: fc.constant("Job"),
    metadata,
    spec: fc.record({
      backoffLimit: number,
      ttlSecondsAfterFinished: number,
      selector: fc.record({ matchLabels: fc.record({ uid: text }) }),
      template: fc.record({
        metadata: fc.record({ labels: fc.record({ app: text }) }),
        spec: fc.record({
          containers: fc.array(
            fc.record({
              image: text,
              env: fc.array(fc.record({ name: fc.constantFrom("SLOT", "PORT", "API_TOKEN"), value: text }), { maxLength: 2 }),
              resources: fc.record({ cpu: text }),
            }),
            { minLength: 1, maxLength: 2 },
          ),
        }),
      }),
    }),
    status: fc.record(
      {
        active: number,
        succeeded: number,
        failed: number,
        startTime: stamp,
        completionTime: fc.oneof(stamp, fc.constant(null)),
        conditions: fc.array(
          fc.record({ type: fc.constantFrom("Complete", "Failed"), status: text, lastTransitionTime: stamp, reason: text }),
          {
            maxLength: 1,
          },
        ),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ["apiVersion", "kind", "metadata", "spec"] },
);
const pod = fc.record(
  {
    apiVersion: fc.constant("v1"),
    kind: fc.constant("Pod"),
    metadata,
    spec: fc.record({ nodeName: text, containers: fc.constant([{ name: "c", ports: [{ containerPort: 1 }] }]) }),
    status: fc.record({
      phase: text,
      conditions: fc.array(fc.record({ type: fc.constantFrom("Ready", "PodScheduled"), status: text, lastTransitionTime: stamp }), {
        maxLength: 2,
      }),
      startTime: stamp,
      containerStatuses: fc.array(
        fc.record({
          ready: fc.boolean(),
          restartCount: number,
          state: fc.oneof(
            fc.record({ running: fc.record({ startedAt: stamp }) }),
            fc.record({ terminated: fc.record({ startedAt: stamp, finishedAt: stamp }) }),
          ),
          lastState: fc.record({ terminated: fc.record({ startedAt: stamp, finishedAt: stamp }) }),
        }),
        { maxLength: 1 },
      ),
    }),
  },
  { requiredKeys: ["apiVersion", "kind", "metadata", "spec"] },
);
const event = fc.record(
  {
    apiVersion: fc.constant("v1"),
    kind: fc.constant("Event"),
    metadata: fc.record({
      creationTimestamp: stamp,
      name: fc.constantFrom("a.18180cade588f7ba", "a.18180CADE588F7BA", "b.ffffffffffffffff", "c"),
      uid,
    }),
    involvedObject: fc.record({ kind: fc.constantFrom("Job", "Pod", ""), name: text, namespace: text, uid }),
    firstTimestamp: fc.oneof(stamp, fc.constant(null)),
    lastTimestamp: fc.oneof(stamp, fc.constant(null)),
    eventTime: fc.oneof(stamp, fc.constant(null)),
    series: fc.record({ count: number, lastObservedTime: stamp }),
    reportingComponent: fc.constantFrom("kubelet", ""),
    reportingInstance: text,
    count: number,
    reason: text,
    message: text,
    source: fc.record({ component: fc.constantFrom("kubelet", "job-controller"), host: text }),
  },
  { requiredKeys: ["apiVersion", "kind", "metadata", "involvedObject"] },
);
const object = fc.oneof(job, pod, event);
const kubernetes = fc.oneof(
  object,
  fc.record({ type: fc.constantFrom("ADDED", "MODIFIED", "DELETED", "BOOKMARK", "ERROR"), object }),
  fc.record(
    { received: stamp, type: fc.constantFrom("ADDED", "DELETED"), since: stamp, object },
    { requiredKeys: ["received", "type", "object"] },
  ),
  fc.record({ received: stamp, type: fc.constantFrom("CONNECTED", "DISCONNECTED", "GAP", "END"), kind: fc.constant("Job"), since: stamp }),
  fc.record({ level: fc.constant("info"), time: stamp, message: fc.constantFrom("3 events dropped", "hello") }),
  fc.record({ kind: fc.constant("List"), items: fc.array(object, { maxLength: 2 }) }),
);

/** Mostly what is used, so that it shows where something else is taken for it. */
function mostly<T>(used: T, ...others: readonly T[]): fc.Arbitrary<T> {
  return fc.oneof({ weight: 5, arbitrary: fc.constant(used) }, { weight: 1, arbitrary: fc.constantFrom(...others) });
}

/** A text with an escape keeps its row from being known; most have none. */
const plain = mostly("grpc-job-1-1", "a", "", "ResponseComplete", "tab\there");

const audit = fc.record(
  {
    kind: fc.constant("Event"),
    apiVersion: mostly("audit.k8s.io/v1", "v1"),
    auditID: plain,
    stage: mostly("ResponseComplete", "RequestReceived"),
    verb: fc.constantFrom("create", "delete", "patch", "get", "deletecollection"),
    user: fc.record({ username: plain }),
    objectRef: fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({ resource: mostly("jobs", "pods", "secrets"), namespace: plain, name: plain, apiGroup: mostly("batch", "") }),
      },
      {
        weight: 1,
        arbitrary: fc.record({
          resource: mostly("jobs", "pods"),
          apiGroup: fc.constant("batch"),
          uid,
          subresource: mostly("status", "scale"),
        }),
      },
    ),
    responseStatus: fc.record({ code: mostly(200, 201, 409), status: fc.constantFrom("Success", "Failure") }),
    requestReceivedTimestamp: mostly("2025-01-06T08:00:01.051764Z", "2025-01-06T08:00:00Z", "now"),
    stageTimestamp: stamp,
    annotations: fc.dictionary(fc.constantFrom("timestamp", 'x"timestamp', "verb"), plain, { maxKeys: 1 }),
  },
  { requiredKeys: ["kind", "stage", "verb", "objectRef", "responseStatus", "requestReceivedTimestamp", "stageTimestamp"] },
);

/** Damages or rewrites a row as written, or leaves it alone. */
const REWRITES: readonly ((row: string, at: number) => string)[] = [
  (row, at) => row.slice(0, at),
  (row, at) => `${row.slice(0, at)}\u0001${row.slice(at)}`,
  (row) => row.replace('"name":"', '"name":"other","name":"'),
  (row) => row.replace('"name":"', '"name":"\\x'),
  (row) => row.replace('"name":"', '"name":"\\u005c\\/'),
  (row) => row.replace('"active":', '"active":0'),
  (row) => row.replace('"count":1', '"count":1e0'),
  (row) => row.replace('"metadata"', '"m\\u0065tadata"'),
  (row) => row.replaceAll(',"', ' , "'),
  (row) => row.replaceAll(":{", ": {\t"),
  (row) => row.replace('"name":"', '"name":{"a":"b"},"name":"'),
  (row, at) => row.replace('"metadata":{', `"metadata":{"name":"first","other":"${at}"},"metadata":{`),
  (row, at) => row.replace('"metadata":{', `"metadata":{"__proto__":"${at}",`),
  (row, at) => row.replace('"labels":{', `"labels":{"__proto__":"${at}","7":"b","selector":"${at}",`),
  (row, at) => row.replace('"spec":{', `"spec":{"__proto__":{"a":"${at}"},`),
  (row) => row.replace('"spec":{', `"spec":{"deep":${"[".repeat(600)}${"]".repeat(600)},`),
  (row) => `[${row}]`,
  (row) => `${row} `,
  (row) => ` ${row}`,
  (row) => `${row}${row}`,
  (row) => `${row},`,
  (row) => `${row}noise`,
  () => "",
  () => "null",
  () => '[{"kind":"Job"}]',
];

/** Ways in which a text says something else to a search than to a parser. */
const AUDIT_REWRITES: typeof REWRITES = [
  (row) => row.replace('"verb":"', '"verb" : "'),
  (row) => row.replace('"stage":"Response', '"stage":"Respon\\u0073e'),
  (row, at) => row.replace('"objectRef":{', `"objectRef":{"resource":"pods","other":"${at}"},"objectRef":{`),
  (row) => row.replace('"verb":"', '"other\\"verb":"delete","verb":"'),
  (row) => row.replace('"resource":"jobs"', '"resource":     "jobs"'),
  (row) => row.replace('"stageTimestamp":', '"stageTimestamp":  '),
  (row) => row.replace('"verb":"', '"v\\u0065rb":"'),
  (row) => row.replace('"stage":', '"items":[],"stage":'),
];

function rowsOf(row: fc.Arbitrary<object>, pretty: boolean, own: typeof REWRITES): fc.Arbitrary<string[]> {
  // Few shapes and few ways of writing, and many rows of each, so that whatever can be learned is.
  const patterns = fc.array(row, { minLength: 1, maxLength: 3 });
  const rewrites = fc.array(fc.oneof(fc.constantFrom(...own), fc.constantFrom(...REWRITES)), { minLength: 1, maxLength: 2 });
  return fc
    .tuple(patterns, rewrites)
    .chain(([some, ways]) => {
      const way = fc.constantFrom(...ways, (text: string) => text);
      return fc.array(fc.tuple(fc.constantFrom(...some), row, way, fc.nat(1000), fc.nat(15)), { minLength: 1, maxLength: 40, size: "max" });
    })
    .map((rows) =>
      rows.map(([pattern, other, change, at, kind]) => {
        const value = kind === 0 ? other : kind < 4 ? pattern : varied(pattern, other);
        const written = JSON.stringify(value, null, pretty && kind === 1 ? 2 : undefined);
        return change(written, at % written.length);
      }),
    );
}

/** The first object with the values of the second where both have one of a kind: the same shape. */
function varied(pattern: unknown, other: unknown): unknown {
  if (Array.isArray(pattern)) return pattern.map((item, index) => varied(item, Array.isArray(other) ? other[index] : undefined));
  if (typeof pattern !== "object" || pattern === null) return typeof other === typeof pattern && other !== null ? other : pattern;
  const from = new Map<string, unknown>(Object.entries(typeof other === "object" && other !== null ? other : {}));
  return Object.fromEntries(Object.entries(pattern).map(([name, value]) => [name, varied(value, from.get(name))]));
}

/** Texts of which each may be cut, rewritten, repeated or no row at all. */
export const kubernetesRows = rowsOf(kubernetes, true, REWRITES);
export const auditRows = rowsOf(audit, false, AUDIT_REWRITES);
