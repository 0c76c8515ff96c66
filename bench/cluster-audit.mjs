/**
 * Times the reading of a cluster-wide audit log, in which a run is one request of many, beside what people would use to merely look at it, alternating in one go:
 * node bench/cluster-audit.mjs [OTHERS], 100 other requests for each of the run by default (750 MB). BENCH_ROUNDS says how often everything is measured.
 */
import { spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeLargeRun } from "./large-run.mjs";
import { measured, middle, table } from "./measure.mjs";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
/** @type {typeof import("../src/model/statistics/random.js")} */
const { createRandom } = await import(new URL("../dist/model/statistics/random.js", import.meta.url).href);

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const OTHERS = Number(process.argv[2] ?? 100);
const INVESTIGATIONS = 4_000;
/** Verb, resource, API group and namespace of what a cluster does all day, in about the shares of a small one. */
const REQUESTS = [
  ["get", "leases", "coordination.k8s.io", "kube-node-lease"],
  ["update", "leases", "coordination.k8s.io", "kube-node-lease"],
  ["watch", "pods", "", "default"],
  ["list", "configmaps", "", "kube-system"],
  ["patch", "nodes", "", ""],
  ["get", "pods", "", "default"],
  ["patch", "events", "", "default"],
  ["create", "tokenreviews", "authentication.k8s.io", ""],
  ["update", "endpoints", "", "kube-system"],
  ["get", "jobs", "batch", "default"],
];
const USERS = ["system:node:worker-01", "system:kube-scheduler", "system:apiserver", "system:kube-controller-manager", "admin"];

const folder = mkdtempSync(join(tmpdir(), "postrun-audit-"));
try {
  const { audit } = writeLargeRun(join(folder, "run"), INVESTIGATIONS);
  const log = join(folder, "audit.log");
  writeAmongOthers(audit, log);
  const contenders = [
    {
      name: "postrun analyze (report.json and HTML)",
      command: [process.execPath, "dist/cli.cjs", "analyze", log, "-o", join(folder, "x.html")],
    },
    { name: "ripgrep, counting deletions of Jobs", command: ["rg", "-c", '"verb":"delete".*"resource":"jobs"', log] },
    { name: "jq, one field of each row", command: ["jq", "-r", ".verb", log] },
    {
      name: "Python, rows of Jobs by json.loads",
      command: [
        "python3",
        "-c",
        "import json,sys\nprint(sum(json.loads(l)['objectRef']['resource']=='jobs' for l in open(sys.argv[1])))",
        log,
      ],
    },
  ].filter(({ command }) => command[0] === process.execPath || spawnSync("sh", ["-c", `command -v ${command[0]}`]).status === 0);
  /** @type {Map<string, ReturnType<typeof measured>[]>} */
  const found = new Map(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1) for (const { name, command } of contenders) found.get(name)?.push(measured(command));
  const bytes = statSync(log).size;
  const rows = [...found].map(([name, runs]) => {
    const { seconds, cpu, megabytes } = middle(runs);
    return [name, seconds.toFixed(2), cpu.toFixed(2), megabytes.toFixed(0), (bytes / 1e6 / seconds).toFixed(0)];
  });
  process.stdout.write(`${(bytes / 1e6).toFixed(0)} MB, ${OTHERS} other requests for each of the run; Node ${process.version}\n\n`);
  process.stdout.write(table(["what", "time [s]", "CPU [s]", "peak memory [MB]", "MB/s"], rows));
} finally {
  rmSync(folder, { recursive: true });
}

/** The rows of a log, each followed by those of others at its time. @param {string} from @param {string} to */
function writeAmongOthers(from, to) {
  const random = createRandom("cluster-audit");
  const file = openSync(to, "w");
  for (const row of readFileSync(from, "utf8").trim().split("\n")) {
    const stamp = JSON.parse(row).stageTimestamp;
    writeSync(file, [row, ...Array.from({ length: OTHERS }, () => JSON.stringify(otherRequest(random, stamp))), ""].join("\n"));
  }
  closeSync(file);
}

/** @param {import("../src/model/statistics/random.js").Random} random @param {string} stamp */
function otherRequest(random, stamp) {
  const [verb, resource, apiGroup, namespace] = REQUESTS[random.integer(0, REQUESTS.length - 1)] ?? [];
  return {
    kind: "Event",
    apiVersion: "audit.k8s.io/v1",
    level: "Metadata",
    auditID: random.uuid(),
    stage: "ResponseComplete",
    requestURI: `/apis/${apiGroup}/v1/namespaces/${namespace}/${resource}/${resource}-1?timeout=10s`,
    verb,
    user: { username: USERS[random.integer(0, USERS.length - 1)], groups: ["system:nodes", "system:authenticated"] },
    sourceIPs: ["10.0.0.10"],
    userAgent: "kubelet/v1.20.2 (linux/amd64) kubernetes/faecb19",
    objectRef: { resource, namespace, name: `${resource}-1`, apiGroup, apiVersion: "v1" },
    responseStatus: { metadata: {}, code: 200 },
    requestReceivedTimestamp: stamp,
    stageTimestamp: stamp,
    annotations: { "authorization.k8s.io/decision": "allow", "authorization.k8s.io/reason": 'RBAC: allowed by ClusterRole "x"' },
  };
}
