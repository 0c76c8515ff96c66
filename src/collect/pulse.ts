import type { DurationMs, EpochMs } from "../model/time.js";

const BEAT_MS: DurationMs = 100;
/**
 * Beats further apart than this make what arrives between and right after them late. On a machine with twice as much to do as it can they came up to
 * 330 ms apart in seven minutes: a lower value would take its load for standstills. A shorter one goes unnoticed.
 */
const LATE_MS: DurationMs = 500;
/** Longer than any work of this program takes at once: what waits in the connections may be more than is read in a moment. */
const STILL_MS: DurationMs = 2500;
/** What waited in the connections during a shorter standstill is read within this time. */
const WAITED_MS: DurationMs = 300;

/**
 * Notices that the program stood still (a suspended laptop, a frozen container, Ctrl-Z): what arrived meanwhile waits in the connections, and the
 * moment at which it is read says nothing of the moment at which it happened.
 */
export class Pulse {
  #last: EpochMs;
  /** The last standstill: from when, and until when rows that waited may be read. */
  #late = { since: Number.NEGATIVE_INFINITY, until: Number.NEGATIVE_INFINITY };
  readonly #timer: NodeJS.Timeout;

  /** @param onStill hears of a long one */
  constructor(
    private readonly clock: () => EpochMs,
    onStill: () => void,
  ) {
    this.#last = clock();
    this.#timer = setInterval(() => {
      if (this.#beat() > STILL_MS) onStill();
    }, BEAT_MS);
    this.#timer.unref();
  }

  /** When the program was last awake, if it stood still right before this moment. */
  stoodStillSince(now: EpochMs): EpochMs | undefined {
    if (now - this.#last > LATE_MS) return this.#last;
    return now <= this.#late.until ? this.#late.since : undefined;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Since the beat before. */
  #beat(): DurationMs {
    const before = this.#last;
    this.#last = this.clock();
    const pause = this.#last - before;
    if (pause > LATE_MS) this.#late = { since: before, until: this.#last + WAITED_MS };
    return pause;
  }
}
