import type { DurationMs, EpochMs } from "../model/time.js";

const BEAT_MS: DurationMs = 500;
/** Longer than any work of this program takes at once. */
const STILL_MS: DurationMs = 2500;

/**
 * Notices that the program stood still (a suspended laptop, a frozen container, Ctrl-Z): what arrived meanwhile waits in the connections, and the
 * moment at which it is read says nothing of the moment at which it happened.
 */
export class Pulse {
  #last: EpochMs;
  readonly #timer: NodeJS.Timeout;

  /** @param onStill hears when the program last was awake */
  constructor(clock: () => EpochMs, onStill: (since: EpochMs) => void) {
    this.#last = clock();
    this.#timer = setInterval(() => {
      const before = this.#last;
      this.#last = clock();
      if (this.#last - before > STILL_MS) onStill(before);
    }, BEAT_MS);
    this.#timer.unref();
  }

  /** When the program was last awake, if it stood still right before this moment. */
  stoodStillSince(now: EpochMs): EpochMs | undefined {
    return now - this.#last > STILL_MS ? this.#last : undefined;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
