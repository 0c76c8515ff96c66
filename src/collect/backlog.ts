import { setTimeout as sleep } from "node:timers/promises";
import type { DurationMs, EpochMs } from "../model/time.js";
import type { ApiClient } from "./api-get.js";
import { type Collection, currentVersion } from "./kind-list.js";

const RETRY_MS: DurationMs = 1000;
/** The server sends the backlog at once; after this time it is through even where nothing later has come. */
const THROUGH_MS: DurationMs = 2000;

/**
 * What happened before a watch was open, and is sent first: the arrival of these rows does not say when it happened. A list made after the
 * opening tells up to which resourceVersion they go; as long as the server has not answered, all rows count among them.
 */
export class Backlog {
  #upTo = Number.POSITIVE_INFINITY;
  #knownAt: EpochMs = Number.POSITIVE_INFINITY;
  #past = false;

  /** @param over the watch has ended */
  constructor(client: ApiClient, collection: Collection, over: AbortSignal) {
    const ask = async () => {
      while (!over.aborted && !client.signal.aborted && this.#upTo === Number.POSITIVE_INFINITY) {
        this.#upTo = await currentVersion(client, collection).catch(() => sleep(RETRY_MS, Number.POSITIVE_INFINITY));
      }
      if (!over.aborted) this.#knownAt = client.clock();
    };
    void ask();
  }

  holds(version: number): boolean {
    const later = version > this.#upTo;
    this.#past ||= later;
    return !later;
  }

  /** The server says that it has told everything up to this version. */
  toldUpTo(version: number): void {
    this.#past ||= version >= this.#upTo;
  }

  /** Whether all of it had come, if the watch was heard at this moment. */
  isThrough(heardAt: EpochMs): boolean {
    return this.#past || heardAt - this.#knownAt > THROUGH_MS;
  }
}
