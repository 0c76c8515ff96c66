import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { ClockSample } from "../model/clock.js";
import { PostrunError } from "../model/errors.js";
import type { DurationMs } from "../model/time.js";
import { type ApiClient, ApiError, apiGetJson } from "./api-get.js";
import { pause } from "./back-off.js";
import { type ClusterOptions, type HeaderRow, type OpenJob, WATCHED_KINDS, type Watching, type WatchPorts } from "./collect-types.js";
import { sampleCpu } from "./cpu-samples.js";
import { KindWatch } from "./kind-watch.js";
import { identityOf, isFinished } from "./known-objects.js";
import { PodLogs } from "./pod-logs.js";
import { Pulse } from "./pulse.js";
import { atStart } from "./start-problem.js";

/** While nothing happens, this often a row says that the watches are up. */
const ALIVE_MS: DurationMs = 10_000;
/** Each answer bounds the clocks to about a second; several, spread over one, bound them to a fraction of it. */
const CLOCK_SAMPLES = 5;
const CLOCK_SAMPLE_STEP_MS: DurationMs = 210;

/** At the end, nothing more has arrived when no row came for this long; it is waited for at most so often. */
const QUIET_MS: DurationMs = 200;
const MOST_WAITS = 15;
/** Then every watch says whether it is up; each needs less than this for it. */
const CONCLUDE_MS: DurationMs = 5000;

/** Follows a cluster: the HEADER row first, then everything that happens, until stop(). */
export function watchCluster(options: ClusterOptions, given: WatchPorts): Watching {
  let rows = 0;
  let logs: PodLogs | undefined;
  const ports: WatchPorts = {
    ...given,
    onRow(row) {
      rows += 1;
      logs?.take(row);
      return given.onRow?.(row);
    },
  };
  const stopping = new AbortController();
  // Every open request listens to it.
  setMaxListeners(0, stopping.signal);
  const watches: KindWatch[] = [];
  const pulse = new Pulse(ports.clock, () => {
    for (const watch of watches) watch.interrupt();
  });
  stopping.signal.addEventListener("abort", () => pulse.stop());
  let listed: () => void = () => undefined;
  const allListed = new Promise<void>((resolve) => {
    listed = resolve;
  });

  async function follow(): Promise<void> {
    const client = await connect(options, ports, stopping.signal);
    const kinds = options.kinds ?? WATCHED_KINDS;
    const namespaces = options.namespaces === "all" ? [""] : (options.namespaces ?? [client.access.namespace]);
    const selector = options.selector ?? "";
    await ports.onRow?.(
      await headerRow(
        client,
        { kinds, namespaces, ...(selector === "" ? {} : { selector }), ...(options.logs === true ? { logs: true } : {}) },
        options.version,
      ),
    );
    // Lines of logs pass by: they neither wait for the quiet at the end nor tell of Pods.
    if (options.logs === true) logs = new PodLogs(client, given);
    let waitingFor = kinds.length * namespaces.length;
    for (const kind of kinds) {
      for (const namespace of namespaces) {
        const collection = { kind, namespace, selector: kind === "Event" ? "" : selector };
        const onBegun = () => {
          waitingFor -= 1;
          if (waitingFor === 0) listed();
        };
        const mayMiss = options.optionalKinds?.includes(kind) ?? false;
        watches.push(new KindWatch(client, collection, ports, pulse, onBegun, mayMiss));
      }
    }
    const cpu = options.cpuEveryMs === undefined ? [] : [sampleCpu(client, { namespaces, selector, everyMs: options.cpuEveryMs }, ports)];
    await Promise.all([...watches.map((watch) => watch.run()), sayAlive(), ...cpu, ...(logs === undefined ? [] : [logs.run()])]);
  }

  async function sayAlive(): Promise<void> {
    await allListedOrStopped;
    logs?.begin();
    while (!stopping.signal.aborted) {
      const down = watches.filter((watch) => !watch.connected).map((watch) => watch.label);
      await ports.onRow?.({ received: ports.clock(), type: "ALIVE", down });
      await pause(ALIVE_MS, stopping.signal);
    }
  }

  const allListedOrStopped = Promise.race([allListed, new Promise((resolve) => stopping.signal.addEventListener("abort", resolve))]);
  const done = follow().catch((error: unknown) => {
    const asked = stopping.signal.aborted;
    stopping.abort();
    if (!asked) throw error;
  });
  const ready = Promise.race([allListed, done]);
  // Whoever asks for neither still learns of the end by what is missing; an unhandled rejection would end the program.
  ready.catch(() => undefined);
  return {
    ready,
    done,
    async stop() {
      // What had arrived by now may still wait in the connections.
      for (let waits = 0, before = -1; waits < MOST_WAITS && rows !== before && !stopping.signal.aborted; waits += 1) {
        before = rows;
        await pause(QUIET_MS, stopping.signal);
      }
      const concluded = stopping.signal.aborted ? [] : watches.map((watch) => watch.conclude());
      await Promise.race([Promise.all(concluded), pause(CONCLUDE_MS, stopping.signal)]);
      stopping.abort();
      await done;
    },
    openJobs: () => watches.filter((watch) => watch.kind === "Job").flatMap((watch) => [...watch.known.values()].map(openJob)),
    standing: () => watches.map((watch) => watch.standing()),
  };
}

async function connect(options: ClusterOptions, { clock }: WatchPorts, signal: AbortSignal): Promise<ApiClient> {
  const { openCluster } = await import("./kube-config.js");
  return { access: openCluster(options, signal), clock, signal };
}

async function headerRow(client: ApiClient, watched: HeaderRow["watched"], version: string): Promise<HeaderRow> {
  const clock: ClockSample[] = [];
  let gitVersion = "";
  for (let index = 0; index < CLOCK_SAMPLES; index += 1) {
    if (index > 0) await sleep(CLOCK_SAMPLE_STEP_MS, undefined, { signal: client.signal });
    const { value, sample } = await apiGetJson(client, "/version").catch((error: unknown) => unversioned(error, client, watched));
    if (typeof value.gitVersion === "string") gitVersion = value.gitVersion;
    if (sample !== undefined) clock.push(sample);
  }
  const { server, context } = client.access;
  return {
    received: client.clock(),
    type: "HEADER",
    postrun: "capture",
    captureVersion: 1,
    postrunVersion: version,
    cluster: { server: new URL(server).origin, version: gitVersion, context },
    clock,
    watched,
  };
}

/** A cluster may keep its version to itself, or be short of breath for a moment; where it cannot be reached at all, that ends it. */
function unversioned(
  error: unknown,
  client: ApiClient,
  { kinds, namespaces }: HeaderRow["watched"],
): { value: Readonly<Record<string, unknown>>; sample?: ClockSample } {
  if (error instanceof ApiError || error instanceof PostrunError || client.signal.aborted) return { value: {} };
  throw atStart(error, { kind: kinds[0] ?? "Job", namespace: namespaces[0] ?? "" }, client.access).error;
}

function openJob(job: Parameters<typeof identityOf>[0]): OpenJob {
  const { uid, name, namespace } = identityOf(job);
  const { labels, creationTimestamp } = job.metadata ?? {};
  return {
    uid,
    name,
    namespace,
    createdAt: Date.parse(String(creationTimestamp)),
    labels:
      typeof labels === "object" && labels !== null
        ? Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, String(value)]))
        : {},
    finished: isFinished(job),
  };
}
