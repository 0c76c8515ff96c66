/** What a kubelet serves of its containers' logs: from a second on, followed until the container ends. */
import type { ServerResponse } from "node:http";
import type { ObjectStore } from "./object-store.js";

interface Printed {
  /** RFC 3339 with nine digits. */
  readonly stamp: string;
  readonly line: string;
}

interface Asked {
  readonly namespace: string;
  readonly pod: string;
  readonly query: URLSearchParams;
}

interface Status {
  readonly containerStatuses?: readonly { readonly name: string; readonly state: Readonly<Record<string, unknown>> }[];
}

export class PodLogStreams {
  readonly #printed = new Map<string, Printed[]>();
  readonly #streams = new Map<ServerResponse, string>();
  #count = 0;

  constructor(private readonly store: ObjectStore) {
    store.listen(({ type, object: { kind, metadata, ...rest } }) => {
      if (kind !== "Pod") return;
      const { containerStatuses = [] } = (rest.status ?? {}) as Status;
      const ended = type === "DELETED" ? undefined : containerStatuses.filter(({ state }) => state.terminated !== undefined);
      for (const [response, key] of this.#streams) {
        const [namespace, pod, container] = key.split("/");
        if (namespace !== metadata.namespace || pod !== metadata.name) continue;
        if (ended === undefined || ended.some(({ name }) => name === container)) response.end();
      }
    });
  }

  /** Bytes that nobody has taken yet. */
  get pendingBytes(): number {
    return [...this.#streams.keys()].reduce((sum, response) => sum + response.writableLength, 0);
  }

  get followers(): number {
    return this.#streams.size;
  }

  print(pod: string, line: string, { namespace = "default", container = "main", stamp = this.#now() }): void {
    const key = `${namespace}/${pod}/${container}`;
    const printed = { stamp, line };
    const before = this.#printed.get(key);
    if (before === undefined) this.#printed.set(key, [printed]);
    else before.push(printed);
    for (const [response, followed] of this.#streams) if (followed === key) response.write(textOf(printed));
  }

  cut(midLine: boolean): void {
    for (const response of this.#streams.keys()) {
      if (midLine) response.write(`${this.#now()} half of a li`);
      setImmediate(() => response.destroy());
    }
  }

  /** Answers as a kubelet does: the headers come with the first line. Gives back why not. */
  serve(response: ServerResponse, { namespace, pod, query }: Asked): { code: 400 | 404; message: string } | undefined {
    const object = this.store.get("Pod", namespace, pod);
    if (object === undefined) return { code: 404, message: `pods "${pod}" not found` };
    const container = query.get("container") ?? "main";
    const state = (object.status as Status | undefined)?.containerStatuses?.find(({ name }) => name === container)?.state;
    if (state === undefined) return { code: 400, message: `container "${container}" in pod "${pod}" is waiting to start` };
    const key = `${namespace}/${pod}/${container}`;
    // Whole seconds are all that reaches a kubelet.
    const from = (query.get("sinceTime") ?? "").slice(0, 19);
    response.sendDate = false;
    for (const printed of this.#printed.get(key) ?? []) if (printed.stamp.slice(0, 19) >= from) response.write(textOf(printed));
    if (state.terminated !== undefined) {
      response.end();
      return undefined;
    }
    this.#streams.set(response, key);
    response.on("close", () => this.#streams.delete(response));
    return undefined;
  }

  #now(): string {
    this.#count += 1;
    return new Date(this.store.now()).toISOString().replace("Z", `${String(this.#count % 1_000_000).padStart(6, "0")}Z`);
  }
}

function textOf({ stamp, line }: Printed): string {
  return `${stamp} ${line}\n`;
}
