/**
 * The log of one container, followed from its beginning (`GET .../pods/NAME/log?follow=true&timestamps=true`,
 * https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#get-read-log-of-the-specified-pod).
 */
import { errorMessage } from "../model/errors.js";
import { LineRedaction } from "../model/privacy/redaction.js";
import type { DurationMs } from "../model/time.js";
import { type ApiClient, ApiError, apiGet } from "./api-get.js";
import { BackOff, pause } from "./back-off.js";
import type { LogRow, WatchPorts } from "./collect-types.js";
import { type LogLine, logLines, stampNanos } from "./log-lines.js";
import { collectionPath } from "./resources.js";
import { handOn, RowRefused } from "./row-refused.js";
import type { Turns } from "./turns.js";

/** More of a line [characters] is cut. */
const LONGEST_LINE = 16 * 1024;
/** The kubelet ends the stream when the container is gone; where the node is lost, nobody does, and nothing comes for this long. */
const LINGER_MS: DurationMs = 10_000;

export type ContainerName = Pick<LogRow, "namespace" | "pod" | "container">;

export class ContainerLog {
  /** It ran when the watch of the Pods last told of it. */
  running = true;
  /** run() is under way. */
  followed = false;
  #gone = false;
  #lines = 0;
  #cut = 0;
  /** Stamp of the last line, and how many lines in a row had it: where a broken stream goes on. */
  #last: { readonly stamp: string; readonly nanos: bigint; readonly count: number } | undefined;
  #renewed = false;
  /** The last stream ended as it should. */
  #sound = false;
  #lingering: NodeJS.Timeout | undefined;
  readonly #redaction = new LineRedaction();
  readonly #backOff: BackOff;
  readonly #ending = new AbortController();

  constructor(
    private readonly client: ApiClient,
    private readonly name: ContainerName,
    private readonly ports: WatchPorts,
    private readonly turns: Turns,
  ) {
    this.#backOff = new BackOff(ports.random);
  }

  /** Its Pod was deleted: nothing new can come. */
  podGone(): void {
    this.#gone = true;
    this.#lingering = setTimeout(() => this.#ending.abort(), LINGER_MS).unref();
  }

  /** Reads until the container has ended or the client's signal. Rejects with what onRow throws. */
  async run(): Promise<void> {
    const { signal } = this.client;
    const stop = () => this.#ending.abort();
    signal.addEventListener("abort", stop);
    this.followed = true;
    try {
      await this.end(await this.#follow());
    } finally {
      this.followed = false;
      signal.removeEventListener("abort", stop);
    }
  }

  /** Tells that nothing more is read. @param reason why something may be missing */
  async end(reason?: string): Promise<void> {
    const because = reason === undefined ? {} : { reason };
    const row = { received: this.client.clock(), type: "LOG_END", ...this.name, lines: this.#lines, cut: this.#cut, ...because } as const;
    await this.ports.onRow?.(row);
  }

  /** Why something may be missing at its end; undefined where nothing is. */
  async #follow(): Promise<string | undefined> {
    for (;;) {
      if (this.client.signal.aborted) return "the capture ended";
      // What a container that has ended printed is there as a whole; a stream that ends earlier may have been closed by the server.
      const whole = !this.running || this.#gone;
      let asked: DurationMs | undefined;
      try {
        await this.#read();
        this.#sound = true;
        if (this.#gone || (whole && !this.running)) return undefined;
      } catch (error) {
        if (this.client.signal.aborted) continue;
        const final = this.#finalReason(error);
        if (final !== undefined) return final.reason;
        if (!(error instanceof ApiError)) this.#sound = false;
        asked = error instanceof ApiError ? error.retryAfterMs : undefined;
      }
      await pause(this.#backOff.next(asked), this.client.signal);
    }
  }

  /** Whether a failure is the end, and what it leaves out. Rethrows what is no failure of the connection. */
  #finalReason(error: unknown): { readonly reason: string | undefined } | undefined {
    if (error instanceof RowRefused) throw error.cause;
    const message = errorMessage(error);
    const status = error instanceof ApiError ? error.status : 0;
    if (status === 401 && !this.#renewed) {
      this.#renewed = true;
      this.client.access.renew();
      return undefined;
    }
    if (status === 401 || status === 403) {
      const { namespace } = this.name;
      this.ports.onState?.({ at: this.client.clock(), kind: "log", namespace, state: "refused", reason: message });
      return { reason: message };
    }
    if (!this.#gone && status !== 404) return undefined;
    // Without its Pod the log is gone; all of it was read if the last stream ended as it should.
    return { reason: status === 404 && this.#sound ? undefined : `the Pod was gone before its log was read to the end (${message})` };
  }

  async #read(): Promise<void> {
    const { namespace, pod, container } = this.name;
    const from = this.#last;
    const query = {
      container,
      follow: "true",
      timestamps: "true",
      ...(from === undefined ? {} : { sinceTime: new Date(Number(from.nanos / 1_000_000n)).toISOString() }),
    };
    const path = `${collectionPath("Pod", namespace)}/${encodeURIComponent(pod)}/log`;
    const client = { ...this.client, signal: this.#ending.signal };
    // A container that prints nothing is answered nothing, not even headers.
    const { body } = await apiGet(client, path, query, Number.POSITIVE_INFINITY);
    this.#renewed = false;
    try {
      let repeated = from?.count ?? 0;
      for await (const line of logLines(body, this.client.clock)) {
        this.#backOff.reset();
        // What is asked for is cut to the second: its lines come again.
        if (from !== undefined && line.stamp !== undefined) {
          const nanos = stampNanos(line.stamp);
          if (nanos < from.nanos) continue;
          if (nanos === from.nanos && repeated > 0) {
            repeated -= 1;
            continue;
          }
        }
        await this.turns.take();
        await this.#take(line);
      }
    } finally {
      body.destroy();
    }
  }

  async #take({ stamp, text, received, cut }: LogLine): Promise<void> {
    const masked = this.#redaction.redact(text);
    const short = cut || masked.length > LONGEST_LINE;
    if (stamp !== undefined) {
      const nanos = stampNanos(stamp);
      this.#last = { stamp, nanos, count: this.#last?.nanos === nanos ? this.#last.count + 1 : 1 };
    }
    this.#lines += 1;
    this.#lingering?.refresh();
    if (short) this.#cut += 1;
    const at = stamp === undefined ? {} : { at: stamp };
    const row: LogRow = {
      received,
      type: "LOG",
      ...this.name,
      ...at,
      line: masked.slice(0, LONGEST_LINE),
      ...(short ? { cut: true } : {}),
    };
    await handOn(row, this.ports);
  }
}
