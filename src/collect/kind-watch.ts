/**
 * List-then-watch of one collection (https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes): resumes
 * from the last resourceVersion, begins anew with a list where the server no longer has what came after it (410), and marks what that may have hidden.
 */

import { PostrunError } from "../model/errors.js";
import { isObject } from "../model/text/json-object.js";
import type { DurationMs, EpochMs } from "../model/time.js";
import { type ApiClient, ApiError, apiGet } from "./api-get.js";
import { arrivedLines } from "./arrived-lines.js";
import { BackOff, pause } from "./back-off.js";
import { Backlog } from "./backlog.js";
import type { KubeObject, ObjectRow, WatchedKind, WatchPorts, WatchRow, WatchStanding, WatchState } from "./collect-types.js";
import { type Collection, listPages, selectorQuery } from "./kind-list.js";
import { identityOf, KnownObjects } from "./known-objects.js";
import type { Pulse } from "./pulse.js";
import { collectionPath } from "./resources.js";
import { handOn, RowRefused } from "./row-refused.js";
import { spareObject } from "./spare-object.js";
import { atStart } from "./start-problem.js";
import { isTooLarge, isUnknownToken, reasonOf, watchError } from "./watch-errors.js";
import { FRESH_MS, WatchTimers, WORKED_MS, watchTerms } from "./watch-terms.js";

const CLOSING = "the capture ends";
/** Until everything was listed once, the cluster may be out of reach for this long. */
const START_MS: DurationMs = 60_000;

export class KindWatch {
  readonly known = new KnownObjects();
  readonly kind: WatchedKind;
  /** `Job/namespace`. */
  readonly label: string;
  /** Whether a watch is open now. */
  connected = false;
  readonly #backOff: BackOff;
  readonly #watched: Pick<WatchRow, "kind" | "namespace">;
  #version: string | undefined;
  /** The last moment at which nothing could be missing; undefined before the first list. */
  #lostAt: EpochMs | undefined;
  /** When the first list was asked for: every page shows a state that is not older. */
  #askedAt: EpochMs | undefined;
  #gapReason: string | undefined;
  #listedOnce = false;
  #begun = false;
  #interrupt: (reason: string) => void = () => undefined;
  #renewed = false;
  /** The server sends bookmarks. */
  #bookmarked = false;
  /** The capture ends: what is tried from now on is tried once. */
  readonly #closing = new AbortController();
  readonly #noWaiting: AbortSignal;
  #ended: Promise<void> = Promise.resolve();
  /** It was up at the end of the capture. */
  #concluded = false;

  constructor(
    private readonly client: ApiClient,
    private readonly collection: Collection,
    private readonly ports: WatchPorts,
    private readonly pulse: Pulse,
    /** Everything was listed once, or need not be waited for. */
    private readonly onBegun: () => void,
    /** Where the first list cannot be had, the capture begins without it, and it is tried on. */
    private readonly mayMiss = false,
  ) {
    this.#backOff = new BackOff(ports.random);
    this.#noWaiting = AbortSignal.any([client.signal, this.#closing.signal]);
    this.kind = collection.kind;
    this.label = `${collection.kind}/${collection.namespace}`;
    this.#watched = { kind: collection.kind, namespace: collection.namespace };
  }

  /** This process stood still: what waits in the connection is old, and the watch begins anew from where it was. */
  interrupt(): void {
    this.#interrupt("this program stood still");
  }

  standing(): WatchStanding {
    const connected = this.connected || this.#concluded;
    return { ...this.#watched, connected, ...(this.#lostAt === undefined ? {} : { soundAt: this.#lostAt }) };
  }

  /** Lists and watches until the client's signal. Rejects with a PostrunError where the first list cannot be had, and with what onRow throws. */
  run(): Promise<void> {
    this.#ended = this.#follow();
    return this.#ended;
  }

  /**
   * The capture is about to end: finds out whether the watch is up, after some seconds at most. A connection may be up and nobody behind it: one that is
   * silent is begun anew from where it was, for a moment. What the server still has to tell comes then, and where it does not answer, the watch is down.
   */
  async conclude(): Promise<void> {
    const heardAt = this.#lostAt ?? Number.NEGATIVE_INFINITY;
    this.#concluded = this.connected && this.client.clock() - heardAt <= FRESH_MS;
    if (this.#concluded || this.#version === undefined) return;
    this.#closing.abort();
    this.#interrupt(CLOSING);
    await this.#ended.catch(() => undefined);
  }

  async #follow(): Promise<void> {
    const began = this.client.clock();
    while (!this.client.signal.aborted) {
      const isLast = this.#closing.signal.aborted;
      try {
        if (this.#version === undefined) await this.#list();
        else await this.#watch(isLast);
        if (isLast) return;
      } catch (error) {
        if (this.client.signal.aborted) return;
        if (error instanceof RowRefused) throw error.cause;
        if (error instanceof PostrunError) throw error;
        if (isLast && !this.#renewsToken(error)) return;
        if (this.#closing.signal.aborted) continue;
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
    /** When its first page came: every page shows the state of that moment. */
    let shownAt: EpochMs | undefined;
    const again = () => {
      listed.clear();
      shownAt = undefined;
    };
    for await (const page of listPages(this.client, this.collection, again)) {
      shownAt ??= page.received;
      version = page.resourceVersion;
      for (const object of page.objects) {
        listed.add(identityOf(object).uid);
        await this.#take({ received: page.received, type: "ADDED", listed: true, object });
      }
    }
    // A list that breaks off ends no gap: the one that is complete does, and it is told once.
    if (lostAt !== undefined) await this.#emitWatch("GAP", { received: shownAt ?? sent, since: lostAt, reason: this.#gapReason ?? "" });
    // Also a first list may break off between its pages: what it had then is there no more.
    const since = lostAt ?? this.#askedAt;
    for (const object of this.known.removeMissing(listed)) {
      await handOn({ received: clock(), since, type: "DELETED", missed: true, object }, this.ports);
    }
    await this.#emitWatch("LISTED", { objects: listed.size, resourceVersion: version });
    this.#version = version;
    this.#lostAt = sent;
    this.#listedOnce = true;
    this.#begin();
  }

  #begin(): void {
    if (!this.#begun) this.onBegun();
    this.#begun = true;
  }

  /** @param isLast the capture ends with it */
  async #watch(isLast: boolean): Promise<void> {
    const { clock } = this.client;
    const terms = watchTerms(isLast, this.ports.random);
    const timeoutSeconds = String(terms.seconds);
    const query = { watch: "1", allowWatchBookmarks: "true", resourceVersion: this.#version ?? "", timeoutSeconds };
    const asked = clock();
    const { body, sample } = await apiGet(
      this.client,
      collectionPath(this.collection.kind, this.collection.namespace),
      { ...selectorQuery(this.collection), ...query },
      terms.answerMs,
    );
    const opened = clock();
    const giveUp = (reason: string) => body.destroy(new Error(reason));
    if (this.#closing.signal.aborted && !isLast) {
      body.destroy();
      throw new Error(CLOSING);
    }
    const timers = new WatchTimers(terms, () => this.#bookmarked, giveUp);
    this.#interrupt = giveUp;
    const over = new AbortController();
    const backlog = new Backlog(this.client, this.collection, over.signal);
    // A watch that breaks before it is through with its backlog leaves the rest of it as old as it was.
    const heard = (at: EpochMs) => {
      if (backlog.isThrough(at)) this.#lostAt = at;
    };
    try {
      const since = this.#lostAt ?? opened;
      await this.#emitWatch("CONNECTED", { since, ...(sample === undefined ? {} : { clock: sample }) });
      this.connected = true;
      this.#renewed = false;
      this.#tell("connected");
      for await (const line of arrivedLines(body, clock)) {
        timers.heard();
        const late = this.pulse.stoodStillSince(line.received);
        await this.#takeLine(line.text, line.received, backlog, (version) => (backlog.holds(version) ? since : late));
        // Only a row or a bookmark proves that the server was heard: TCP is kept alive by whatever stands in between, also when what is behind it is dead.
        heard(line.received);
        this.#backOff.reset();
      }
      // The server told all that it had before it ended the watch.
      heard(clock());
      if (clock() - (isLast ? asked : opened) < terms.leastMs) throw new Error("the server ended the watch at once");
      if (isLast) {
        this.#concluded = true;
        this.#lostAt = clock();
      }
    } finally {
      timers.clear();
      over.abort();
      body.destroy();
      if (clock() - opened >= WORKED_MS) this.#backOff.reset();
      this.#interrupt = () => undefined;
      if (this.connected && !this.#concluded && !this.client.signal.aborted)
        await this.#emitWatch("DISCONNECTED", this.#lostAt === undefined ? {} : { since: this.#lostAt });
      this.connected = false;
    }
  }

  async #takeLine(text: string, received: EpochMs, backlog: Backlog, sinceOf: (version: number) => EpochMs | undefined): Promise<void> {
    const row: unknown = JSON.parse(text);
    if (!isObject(row) || !isObject(row.object)) throw new Error("a row of the watch is no object");
    const object: KubeObject = row.object;
    if (row.type === "ERROR") throw watchError(object);
    const { resourceVersion } = object.metadata ?? {};
    if (row.type === "BOOKMARK") {
      this.#bookmarked = true;
      backlog.toldUpTo(identityOf(object).version);
      if (typeof resourceVersion === "string") this.#version = resourceVersion;
      await handOn({ received, type: "BOOKMARK", ...this.#watched, resourceVersion: String(resourceVersion) }, this.ports);
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
    await handOn(spared, this.ports);
  }

  async #recover(error: unknown): Promise<void> {
    const reason = reasonOf(error);
    const status = error instanceof ApiError ? error.status : 0;
    if (status === 410 || isTooLarge(status, reason)) {
      this.#gapReason = reason;
      this.#version = undefined;
      this.#tell("gap", reason);
    }
    if (this.#renewsToken(error)) return;
    const asked = error instanceof ApiError ? error.retryAfterMs : undefined;
    const waitMs = this.#backOff.next(asked);
    this.#tell(status === 401 || status === 403 ? "refused" : "waiting", reason, waitMs);
    await pause(waitMs, this.#noWaiting);
    // Each time, and not before the wait: the kubeconfig may have been written meanwhile.
    if (status === 401) this.client.access.renew();
  }

  /** Whether the server does not know our token and a new one was not tried yet; it is now. */
  #renewsToken(error: unknown): boolean {
    if (!isUnknownToken(error) || this.#renewed) return false;
    this.client.access.renew();
    this.#renewed = true;
    return true;
  }

  /** Before anything was seen, what cannot get better ends the watching, and so does what has not got better in time. */
  #refuseStart(error: unknown, sinceStartMs: DurationMs): void {
    if (isUnknownToken(error) && !this.#renewed) return;
    const problem = atStart(error, this.collection, this.client.access);
    if (this.mayMiss) this.#begin();
    else if (problem.lasting || sinceStartMs > START_MS) throw problem.error;
  }

  #tell(state: WatchState["state"], reason?: string, waitMs?: DurationMs): void {
    const because = reason === undefined ? {} : { reason };
    const wait = waitMs === undefined ? {} : { waitMs };
    this.ports.onState?.({ at: this.client.clock(), ...this.#watched, state, ...because, ...wait });
  }

  #emitWatch(type: WatchRow["type"], more: Partial<WatchRow>): Promise<void> {
    return handOn({ received: this.client.clock(), type, ...this.#watched, ...more }, this.ports);
  }
}
