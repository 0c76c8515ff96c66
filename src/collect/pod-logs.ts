import { isObject } from "../model/text/json-object.js";
import type { ApiClient } from "./api-get.js";
import type { CaptureRow, KubeObject, WatchPorts } from "./collect-types.js";
import { ContainerLog } from "./container-log.js";
import { identityOf } from "./known-objects.js";
import { Turns } from "./turns.js";

/** Each is a connection, and a buffer of some 100 kB. */
const MOST_AT_ONCE = 200;
/** Pods that are remembered after their deletion, so that a late row does not begin anew. */
const REMEMBERED = 10_000;

/** The logs of all containers of the Pods that a watch tells of. */
export class PodLogs {
  readonly #pods = new Map<string, Map<string, ContainerLog>>();
  readonly #forgotten = new Set<string>();
  readonly #waiting: ContainerLog[] = [];
  readonly #open = new Set<Promise<void>>();
  readonly #turns = new Turns();
  #begun = false;
  #fail: (error: unknown) => void = () => undefined;

  constructor(
    private readonly client: ApiClient,
    private readonly ports: WatchPorts,
  ) {}

  /** Logs are read from now on. */
  begin(): void {
    this.#begun = true;
    this.#startWaiting();
  }

  /** Resolves after the client's signal, when all logs are closed. Rejects with what onRow throws. */
  async run(): Promise<void> {
    const { signal } = this.client;
    await new Promise<void>((resolve, reject) => {
      this.#fail = reject;
      if (signal.aborted) resolve();
      else signal.addEventListener("abort", () => resolve(), { once: true });
    });
    await Promise.all(this.#open);
    for (const log of this.#waiting.splice(0)) await log.end("too many containers at once: it was never read");
  }

  /** Any row of the capture; those about Pods say which logs there are. */
  take(row: CaptureRow): void {
    if ("object" in row && row.object.kind === "Pod") this.#takePod(row.type, row.object);
  }

  #takePod(type: CaptureRow["type"], object: KubeObject): void {
    const { uid, namespace, name } = identityOf(object);
    if (this.#forgotten.has(uid)) return;
    const logs = this.#pods.get(uid) ?? new Map<string, ContainerLog>();
    this.#pods.set(uid, logs);
    for (const { container, running } of startedContainers(object)) {
      const known = logs.get(container);
      // A container that is started again goes on where it was.
      const again = known !== undefined && running && !known.followed;
      const log = known ?? new ContainerLog(this.client, { namespace, pod: name, container }, this.ports, this.#turns);
      log.running = running;
      logs.set(container, log);
      if ((known === undefined || again) && !this.#waiting.includes(log)) this.#waiting.push(log);
    }
    if (type === "DELETED") this.#forget(uid, logs);
    this.#startWaiting();
  }

  #forget(uid: string, logs: ReadonlyMap<string, ContainerLog>): void {
    for (const log of logs.values()) log.podGone();
    this.#pods.delete(uid);
    this.#forgotten.add(uid);
    if (this.#forgotten.size > REMEMBERED)
      for (const oldest of [...this.#forgotten].slice(0, REMEMBERED / 2)) this.#forgotten.delete(oldest);
  }

  #startWaiting(): void {
    while (this.#begun && this.#open.size < MOST_AT_ONCE && !this.client.signal.aborted) {
      const log = this.#waiting.shift();
      if (log === undefined) return;
      const running = log.run().catch((error: unknown) => this.#fail(error));
      this.#open.add(running);
      void running.then(() => {
        this.#open.delete(running);
        this.#startWaiting();
      });
    }
  }
}

/** The containers that have begun (v1 PodStatus): those that wait have no log yet. */
function startedContainers(pod: KubeObject): { readonly container: string; readonly running: boolean }[] {
  const status = isObject(pod.status) ? pod.status : {};
  const statuses = [status.initContainerStatuses, status.containerStatuses].flatMap((list) => (Array.isArray(list) ? list : []));
  return statuses.flatMap((entry: unknown) => {
    if (!isObject(entry) || typeof entry.name !== "string" || !isObject(entry.state)) return [];
    const { running, terminated } = entry.state;
    return isObject(running) || isObject(terminated) ? [{ container: entry.name, running: isObject(running) }] : [];
  });
}
