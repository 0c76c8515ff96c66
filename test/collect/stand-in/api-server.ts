/** A stand-in for a Kubernetes API server: real HTTP and TLS, lists with pages, chunked watches with bookmarks, 410 Gone, and faults on demand. */
import { createServer as createHttp, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createHttps } from "node:https";
import type { AddressInfo } from "node:net";
import type { Fault, StandIn, StandInObject, StandInOptions } from "./api.js";
import { selfSigned } from "./certificate.js";
import { clusterLife } from "./cluster-life.js";
import { ObjectStore, seconds, type Write } from "./object-store.js";
import { PodLogStreams } from "./pod-log-streams.js";
import { type Disturbance, WatchStream } from "./watch-stream.js";

const KINDS: Readonly<Record<string, string>> = { jobs: "Job", pods: "Pod", services: "Service", events: "Event" };
const PATH =
  /^\/(?:api\/v1|apis\/batch\/v1|apis\/events\.k8s\.io\/v1)(?:\/namespaces\/([^/]+))?\/(jobs|pods|services|events)(?:\/([^/]+))?$/;

interface Mutable<T> {
  value: T;
}

export async function startApiServer(options: StandInOptions = {}): Promise<StandIn> {
  const { tls = true, token = "", clockOffsetMs = 0, bookmarkEveryMs = 60_000, closeWatchesAfterMs, keepWrites = 100_000 } = options;
  const store = new ObjectStore(() => Date.now() + clockOffsetMs, keepWrites);
  const expected: Mutable<string> = { value: token };
  const disturbance: Mutable<Disturbance> = { value: {} };
  const silent: Mutable<boolean> = { value: false };
  const faults: { fault: Fault; left: number }[] = [];
  const requests: string[] = [];
  const streams = new Set<WatchStream>();
  const pages = new Map<string, { readonly rest: readonly StandInObject[]; readonly version: number }>();
  const life = clusterLife(store);
  const logs = new PodLogStreams(store);

  function answer(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
    response.sendDate = false;
    const date = new Date(store.now()).toUTCString();
    response.writeHead(status, { "content-type": "application/json", date, ...headers });
    response.end(JSON.stringify(body));
  }

  const refuse = (response: ServerResponse, code: number, message: string, headers: Record<string, string> = {}) =>
    answer(response, code, { kind: "Status", apiVersion: "v1", status: "Failure", message, code }, headers);

  function takeFault(url: string): Fault | undefined {
    const found = faults.find(({ fault, left }) => left > 0 && (fault.url === undefined || fault.url.test(url)));
    if (found === undefined) return undefined;
    found.left -= 1;
    return found.fault;
  }

  /** A fault that was asked for, or a token that is not the one expected. */
  function refusesAtOnce({ url = "/", headers }: IncomingMessage, response: ServerResponse): boolean {
    const fault = takeFault(url);
    const known = expected.value === "" || headers.authorization === `Bearer ${expected.value}`;
    if (fault?.asRow) {
      response.writeHead(200, { "content-type": "application/json" });
      response.end(`${JSON.stringify(errorRow(fault.status, `fault ${fault.status}`))}\n`);
    } else if (fault !== undefined) {
      const after = fault.retryAfterSeconds === undefined ? {} : { "retry-after": String(fault.retryAfterSeconds) };
      refuse(response, fault.status, fault.message ?? `fault ${fault.status}`, after);
    } else if (!known) refuse(response, 401, "Unauthorized");
    return fault !== undefined || !known;
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "GET", url = "/" } = request;
    requests.push(`${method} ${url}`);
    if (silent.value) return;
    if (refusesAtOnce(request, response)) return;
    const { pathname, searchParams } = new URL(url, "https://stand-in");
    if (pathname === "/version") return answer(response, 200, { major: "1", minor: "32", gitVersion: "v1.32.0-stand-in" });
    const metrics = /^\/apis\/metrics\.k8s\.io\/v1beta1\/namespaces\/([^/]+)\/pods$/.exec(pathname)?.[1];
    if (metrics !== undefined) return answer(response, 200, podMetrics(metrics));
    if (pathname.endsWith("/log")) return log(response, pathname, searchParams);
    const [, namespace = "", plural = "", name = ""] = PATH.exec(pathname) ?? [];
    const kind = KINDS[plural];
    if (kind === undefined) return refuse(response, 404, `the server could not find ${pathname}`);
    if (method === "POST") return create(response, kind, namespace, await bodyOf(request));
    if (method === "DELETE") return remove(response, kind, namespace, name);
    if (name !== "") {
      const object = store.get(kind, namespace, name);
      return object === undefined ? refuse(response, 404, `${plural} "${name}" not found`) : answer(response, 200, object);
    }
    if (searchParams.get("watch") === "1" || searchParams.get("watch") === "true") return watch(response, kind, namespace, searchParams);
    list(response, kind, namespace, searchParams);
  }

  function log(response: ServerResponse, pathname: string, query: URLSearchParams): void {
    const [, namespace = "", pod = ""] = /^\/api\/v1\/namespaces\/([^/]+)\/pods\/([^/]+)\/log$/.exec(pathname) ?? [];
    const refused = logs.serve(response, { namespace, pod, query });
    if (refused !== undefined) refuse(response, refused.code, refused.message);
  }

  /** Every Pod uses 4 millicores, measured in whole seconds. */
  function podMetrics(namespace: string): unknown {
    const items = store.list("Pod", namespace).map(({ metadata: { name, labels } }) => ({
      metadata: { name, namespace, labels },
      timestamp: seconds(store.now()),
      window: "1s",
      containers: [{ name: "main", usage: { cpu: "4000000n", memory: "10Mi" } }],
    }));
    return { kind: "PodMetricsList", apiVersion: "metrics.k8s.io/v1beta1", metadata: {}, items };
  }

  function create(response: ServerResponse, kind: string, namespace: string, body: Record<string, unknown>): void {
    const metadata = body.metadata as { name: string; labels?: Record<string, string> };
    const container = podContainers(body)[0];
    const env = Object.fromEntries((container?.env ?? []).map(({ name, value = "" }) => [name, value]));
    const made =
      kind === "Job" ? life.addJob(metadata.name, { namespace, labels: metadata.labels ?? {}, env }) : store.put({ ...body, kind });
    answer(response, 201, made);
  }

  function remove(response: ServerResponse, kind: string, namespace: string, name: string): void {
    if (store.get(kind, namespace, name) === undefined) {
      refuse(response, 404, `"${name}" not found`);
      return;
    }
    if (kind === "Job") life.deleteJob(name, namespace);
    else store.remove(kind, namespace, name);
    answer(response, 200, { kind: "Status", apiVersion: "v1", status: "Success" });
  }

  function list(response: ServerResponse, kind: string, namespace: string, query: URLSearchParams): void {
    const limit = Number(query.get("limit") ?? 0);
    const page = pages.get(query.get("continue") ?? "");
    if (query.has("continue") && page === undefined) {
      refuse(response, 410, "The provided continue parameter is too old");
      return;
    }
    const all = page?.rest ?? store.list(kind, namespace).filter(selects(query.get("labelSelector")));
    const version = page?.version ?? store.version;
    const items = limit > 0 ? all.slice(0, limit) : all;
    const rest = all.slice(items.length);
    const next = rest.length === 0 ? "" : `${version}-${rest.length}-${pages.size}`;
    if (next !== "") pages.set(next, { rest, version });
    // Items of a typed list carry neither kind nor apiVersion.
    const bare = items.map(({ kind: _, apiVersion: __, ...object }) => object);
    answer(response, 200, { kind: `${kind}List`, metadata: { resourceVersion: String(version), continue: next }, items: bare });
  }

  function watch(response: ServerResponse, kind: string, namespace: string, query: URLSearchParams): void {
    const from = Number(query.get("resourceVersion") ?? store.version);
    const selected = selects(query.get("labelSelector"));
    response.sendDate = false;
    response.writeHead(200, { "content-type": "application/json", date: new Date(store.now()).toUTCString() });
    response.flushHeaders();
    const stream = new WatchStream(response, () => disturbance.value);
    if (from < store.compacted) {
      stream.send(errorRow(410, `too old resource version: ${from} (${store.compacted})`));
      stream.end();
      return;
    }
    const take = ({ type, version, object }: Write) => {
      if (version <= from || object.kind !== kind || !selected(object)) return;
      if (namespace === "" || object.metadata.namespace === namespace) stream.send({ type, object });
    };
    for (const write of store.history) take(write);
    const unlisten = store.listen(take);
    const bookmark = () =>
      stream.send({ type: "BOOKMARK", object: { kind, metadata: { resourceVersion: String(store.version), creationTimestamp: null } } });
    const bookmarks = query.get("allowWatchBookmarks") === "true" ? setInterval(bookmark, bookmarkEveryMs) : undefined;
    const closing = setTimeout(
      () => stream.end(),
      Math.min(closeWatchesAfterMs ?? Number.POSITIVE_INFINITY, Number(query.get("timeoutSeconds") ?? 1800) * 1000),
    );
    streams.add(stream);
    response.on("close", () => {
      clearInterval(bookmarks);
      clearTimeout(closing);
      unlisten();
      streams.delete(stream);
    });
  }

  const certificate = tls ? selfSigned() : undefined;
  const listener = (request: IncomingMessage, response: ServerResponse) => void handle(request, response);
  const server = certificate === undefined ? createHttp(listener) : createHttps(certificate, listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `${tls ? "https" : "http"}://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url,
    kubeconfig: ({ namespace = "default", exec } = {}) => kubeconfig(url, certificate?.cert, { namespace, exec, token: expected.value }),
    ...life,
    put: (object) => store.put(object),
    print: (pod, line, how = {}) => logs.print(pod, line, how),
    cutLogs: ({ midLine = false } = {}) => logs.cut(midLine),
    followers: () => logs.followers,
    remove: (kind, name, namespace = "default") => void store.remove(kind, namespace, name),
    cutConnections: ({ midRow = false } = {}) => {
      for (const stream of streams) stream.cut(midRow);
    },
    hang({ all = false } = {}) {
      silent.value = all;
      for (const stream of streams) stream.hang();
    },
    errorInWatches(code) {
      for (const stream of streams) {
        stream.send(errorRow(code, `error ${code}`));
        stream.end();
      }
    },
    compact() {
      store.compact();
      pages.clear();
    },
    fail: (fault) => void faults.push({ fault, left: fault.times }),
    expectToken: (value) => {
      expected.value = value;
    },
    disturb: (how) => {
      disturbance.value = how;
    },
    watches: () => streams.size,
    pendingBytes: () => [...streams].reduce((sum, stream) => sum + stream.pendingBytes, logs.pendingBytes),
    requests,
    history: store.history,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function errorRow(code: number, message: string): { readonly type: string; readonly object: unknown } {
  return { type: "ERROR", object: { kind: "Status", status: "Failure", message, code } };
}

function kubeconfig(
  server: string,
  cert: string | undefined,
  { namespace, exec, token }: { namespace: string; exec: { command: string; args: readonly string[] } | undefined; token: string },
): string {
  const ca = cert === undefined ? {} : { "certificate-authority-data": Buffer.from(cert).toString("base64") };
  const plugin = exec === undefined ? {} : { exec: { apiVersion: "client.authentication.k8s.io/v1", ...exec, interactiveMode: "Never" } };
  const user = exec === undefined ? (token === "" ? {} : { token }) : plugin;
  // JSON is YAML.
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": "stand-in",
    clusters: [{ name: "stand-in", cluster: { server, ...ca } }],
    users: [{ name: "tester", user }],
    contexts: [{ name: "stand-in", context: { cluster: "stand-in", user: "tester", namespace } }],
  });
}

/** Equality-based selectors: `a=b,c=d`. */
function selects(selector: string | null): (object: StandInObject) => boolean {
  const wanted = (selector ?? "")
    .split(",")
    .filter((part) => part !== "")
    .map((part) => part.split(/==?/));
  return ({ metadata }) => wanted.every(([name = "", value]) => (metadata.labels as Record<string, string> | undefined)?.[name] === value);
}

function podContainers(job: Record<string, unknown>): { env?: { name: string; value?: string }[] }[] {
  const spec = job.spec as { template?: { spec?: { containers?: { env?: { name: string; value?: string }[] }[] } } } | undefined;
  return spec?.template?.spec?.containers ?? [];
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString("utf8")) as Record<string, unknown>;
}
