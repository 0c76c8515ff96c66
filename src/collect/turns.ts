import type { DurationMs } from "../model/time.js";

/** Rows of watches that arrive meanwhile wait for no longer than about this. */
const TURN_MS: DurationMs = 10;

/** Spreads work that may be much over turns of the event loop, whoever it is for: between two turns everybody else is heard. */
export class Turns {
  #last: Promise<void> = Promise.resolve();
  #began = Number.NEGATIVE_INFINITY;

  /** Resolves when there is time for a little more work. */
  take(): Promise<void> {
    this.#last = this.#last.then(() => {
      if (performance.now() - this.#began < TURN_MS) return undefined;
      return new Promise<void>((resolve) => {
        setImmediate(() => {
          this.#began = performance.now();
          resolve();
        });
      });
    });
    return this.#last;
  }
}
