/**
 * List-then-watch of one collection (https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes): resumes
 * from the last resourceVersion, begins anew with a list where the server no longer has what came after it (410), and marks what that may have hidden.
 */
import { PostrunError } from "../model/errors.js";
import type { DurationMs, EpochMs } from "../model/time.js";
import { type ApiClient, ApiError, apiGet, isRecord } from "./api-get.js";
import { arrivedLines } from "./arrived-lines.js";
import { BackOff, pause } from "./back-off.js";
import { Backlog } from "./backlog.js";
import type { CaptureRow, KubeObject, ObjectRow, WatchedKind, WatchPorts, WatchRow, WatchStanding, WatchState } from "./collect-types.js";
import { type Collection, listPages, selectorQuery } from "./kind-list.js";
import { identityOf, KnownObjects } from "./known-objects.js";
import type { Pulse } from "./pulse.js";
import { collectionPath } from "./resources.js";
import { spareObject } from "./spare-object.js";
import { atStart } from "./start-problem.js";

/** The server ends a watch after this time, and we begin the next: so a connection that died unnoticed is found. */
const WATCH_SECONDS = { least: 240, spread: 60 };
/** How much later than it promised a server may end a watch. */
const OVERTIME_MS: DurationMs = 30_000;
/** A connection that lasts this long has worked. */
const WORKED_MS: DurationMs = 10_000;
/** Until everything was listed once, the cluster may be out of reach for this long. */
const START_MS: DurationMs = 60_000;

/** What an onRow throws ends the watching; it is told apart from what connections throw. */
class RowRefused extends Error {}

export class KindWatch {
  readonly known = new KnownObjects();
  readonly kind: WatchedKind;
  /** `Job/namespace`. */
  readonly label: string;
  /** Whether a watch is open now. */
  connected = false;
  readonly #backOff: BackOff;
  readonly #label: Pick<WatchRow, "kind" | "namespace">;
  #version: string | undefined;
  /** The last moment at which nothing could be missing; undefined before the first list. */
  #lostAt: EpochMs | undefined;
  /** When the first list was asked for: every page shows a state that is not older. */
  #askedAt: EpochMs | undefined;
  #gapReason: string | undefined;
  #listedOnce = false;
  #interrupt: () => void = () => undefined;
  #renewed = false;

  constructor(
    private readonly client: ApiClient,
    private readonly collection: Collection,
    private readonly ports: WatchPorts,
    private readonly pulse: Pulse,
    private readonly onListed: () => void,
  ) {
    this.#backOff = new BackOff(ports.random);
    this.kind = collection.kind;
    this.label = `${collection.kind}/${collection.namespace}`;
    this.#label = { kind: collection.kind, namespace: collection.namespace };
  }

  /** This process stood still: what waits in the connection is old, and the watch begins anew from where it was. */
  interrupt(): void {
    this.#interrupt();
  }

  standing(): WatchStanding {
    return { ...this.#label, connected: this.connected, ...(this.#lostAt === undefined ? {} : { soundAt: this.#lostAt }) };
  }

  /** Lists and watches until the client's signal. Rejects with a PostrunError where the first list cannot be had, and with what onRow throws. */
  async run(): Promise<void> {
    const began = this.client.clock();
    while (!this.client.signal.aborted) {
      try {
        if (this.#version === undefined) await this.#list();
        else await this.#watch();
      } catch (error) {
        if (this.client.signal.aborted) return;
        if (error instanceof RowRefused) throw error.cause;
        if (error instanceof PostrunError) throw error;
        if (!this.#listedOnce) this.#refuseStart(error, this.client.clock() - began);
        await this.#recover(error);
      }
    }
  }

  async #list(): Promise<void> {
    const { clock } = this.client;
    const sent = clock();
    const lostAt = this.#lostAt;
    this.#askedAt ??= sent;
    if (lostAt !== undefined) this.#tell("relisting");
    const listed = new Set<string>();
    let version = "";
    let first = true;
    for await (const page of listPages(this.client, this.collection, () => listed.clear())) {
      if (first && lostAt !== undefined) await this.#emitWatch("GAP", { since: lostAt, reason: this.#gapReason ?? "" });
      first = false;
      version = page.resourceVersion;
      for (const object of page.objects) {
        listed.add(identityOf(object).uid);
        await this.#take({ received: page.received, type: "ADDED", listed: true, object });
      }
    }
    // Also a first list may break off between its pages: what it had then is there no more.
    const since = lostAt ?? this.#askedAt;
    for (const object of this.known.removeMissing(listed)) {
      await this.#emit({ received: clock(), since, type: "DELETED", missed: true, object });
    }
    await this.#emitWatch("LISTED", { objects: listed.size, resourceVersion: version });
    this.#version = version;
    this.#lostAt = sent;
    if (!this.#listedOnce) this.onListed();
    this.#listedOnce = true;
  }

  async #watch(): Promise<void> {
    const { clock } = this.client;
    const seconds = Math.round(WATCH_SECONDS.least + this.ports.random() * WATCH_SECONDS.spread);
    const query = { watch: "1", allowWatchBookmarks: "true", resourceVersion: this.#version ?? "", timeoutSeconds: String(seconds) };
    const { body, sample } = await apiGet(this.client, collectionPath(this.collection.kind, this.collection.namespace), {
      ...selectorQuery(this.collection),
      ...query,
    });
    const opened = clock();
    const overtime = setTimeout(
      () => body.destroy(new Error("the server did not end the watch in its time")),
      seconds * 1000 + OVERTIME_MS,
    );
    // Only what came proves that the server was heard: TCP is kept alive by whatever stands in between, also when what is behind it is dead.
    let contact = opened;
    this.#interrupt = () => body.destroy(new Error("this program stood still"));
    const over = new AbortController();
    const backlog = new Backlog(this.client, this.collection, over.signal);
    try {
      const since = this.#lostAt ?? opened;
      await this.#emitWatch("CONNECTED", { since, ...(sample === undefined ? {} : { clock: sample }) });
      this.connected = true;
      this.#renewed = false;
      this.#tell("connected");
      for await (const line of arrivedLines(body, clock)) {
        contact = line.received;
        this.#backOff.reset();
        const late = this.pulse.stoodStillSince(line.received);
        await this.#takeLine(line.text, line.received, (version) => (backlog.holds(version) ? since : late));
      }
      // The server told all that it had before it ended the watch.
      contact = clock();
      if (contact - opened < WORKED_MS) throw new Error("the server ended the watch at once");
    } finally {
      clearTimeout(overtime);
      over.abort();
      body.destroy();
      if (clock() - opened >= WORKED_MS) this.#backOff.reset();
      this.#interrupt = () => undefined;
      // A watch that broke before it was through with its backlog leaves the rest of it as old as it was.
      if (backlog.isThrough(contact)) this.#lostAt = contact;
      if (this.connected && !this.client.signal.aborted)
        await this.#emitWatch("DISCONNECTED", this.#lostAt === undefined ? {} : { since: this.#lostAt });
      this.connected = false;
    }
  }

  async #takeLine(text: string, received: EpochMs, sinceOf: (version: number) => EpochMs | undefined): Promise<void> {
    const row: unknown = JSON.parse(text);
    if (!isRecord(row) || !isRecord(row.object)) throw new Error("a row of the watch is no object");
    const object: KubeObject = row.object;
    if (row.type === "ERROR") throw watchError(object);
    const { resourceVersion } = object.metadata ?? {};
    if (row.type === "BOOKMARK") {
      if (typeof resourceVersion === "string") this.#version = resourceVersion;
      await this.#emit({ received, type: "BOOKMARK", ...this.#label, resourceVersion: String(resourceVersion) });
      return;
    }
    if (row.type !== "ADDED" && row.type !== "MODIFIED" && row.type !== "DELETED") return;
    const since = sinceOf(identityOf(object).version);
    await this.#take({ received, ...(since === undefined ? {} : { since }), type: row.type, object });
    if (typeof resourceVersion === "string") this.#version = resourceVersion;
  }

  async #take(row: ObjectRow): Promise<void> {
    const spared = { ...row, object: spareObject(row.object, this.collection.kind) };
    // Events go by age, not by deletion, and there is no end of them.
    if (this.collection.kind !== "Event") this.known.take(spared);
    await this.#emit(spared);
  }

  async #recover(error: unknown): Promise<void> {
    const reason = reasonOf(error);
    const status = error instanceof ApiError ? error.status : 0;
    if (status === 410 || isTooLarge(status, reason)) {
      this.#gapReason = reason;
      this.#version = undefined;
      this.#tell("gap", reason);
    }
    if (status === 401) {
      // Each time: the first may have come while the kubeconfig was being written.
      this.client.access.renew();
      const again = !this.#renewed;
      this.#renewed = true;
      if (again) return;
    }
    const asked = error instanceof ApiError ? error.retryAfterMs : undefined;
    const waitMs = this.#backOff.next(asked);
    this.#tell(status === 401 || status === 403 ? "refused" : "waiting", reason, waitMs);
    await pause(waitMs, this.client.signal);
  }

  /** Before anything was seen, what cannot get better ends the watching, and so does what has not got better in time. */
  #refuseStart(error: unknown, sinceStartMs: DurationMs): void {
    const status = error instanceof ApiError ? error.status : 0;
    if (status === 401 && !this.#renewed) return;
    const problem = atStart(error, this.collection, this.client.access);
    if (problem.lasting || sinceStartMs > START_MS) throw problem.error;
  }

  #tell(state: WatchState["state"], reason?: string, waitMs?: DurationMs): void {
    const because = reason === undefined ? {} : { reason };
    const wait = waitMs === undefined ? {} : { waitMs };
    this.ports.onState?.({ at: this.client.clock(), ...this.#label, state, ...because, ...wait });
  }

  #emitWatch(type: WatchRow["type"], more: Partial<WatchRow>): Promise<void> {
    return this.#emit({ received: this.client.clock(), type, ...this.#label, ...more });
  }

  async #emit(row: CaptureRow): Promise<void> {
    try {
      await this.ports.onRow?.(row);
    } catch (error) {
      throw new RowRefused("a row was refused", { cause: error });
    }
  }
}

/** The server has not come so far, or was set back (its store restored from a copy), and then never will: as client-go does, list anew. */
function isTooLarge(status: number, message: string): boolean {
  return status === 504 && message.includes("Too large resource version");
}

/** An ERROR row carries a Status (meta/v1). */
function watchError(status: KubeObject): ApiError {
  const details = isRecord(status.details) ? status.details : {};
  const seconds = Number(details.retryAfterSeconds);
  const wait = seconds > 0 ? seconds * 1000 : undefined;
  return new ApiError(Number(status.code ?? 0), `${String(status.code)} ${String(status.message)}`, wait);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // What Node says of an answer that ends before its end.
  return error.message === "aborted" ? "the connection broke" : error.message;
}
