import { setTimeout as sleep } from "node:timers/promises";
import type { DurationMs } from "../model/time.js";

const FIRST_MS: DurationMs = 500;
const LONGEST_MS: DurationMs = 30_000;
/** A server that asks for more is asked again all the same: a capture that waits for an hour is none. */
const LONGEST_ASKED_MS: DurationMs = 300_000;
/** The longest that a timer of Node takes; above, it fires at once. */
const LONGEST_TIMER_MS: DurationMs = 2 ** 31 - 1;

/** Waits between attempts that grow and are spread, so that many watchers do not come back at once. */
export class BackOff {
  #failures = 0;

  constructor(private readonly random: () => number) {}

  /** How long to wait after one more failure; at least what the server asked for, up to five minutes. */
  next(askedMs: DurationMs = 0): DurationMs {
    const grown = Math.min(LONGEST_MS, FIRST_MS * 2 ** this.#failures);
    this.#failures += 1;
    return Math.max(Math.min(askedMs, LONGEST_ASKED_MS), grown * (0.5 + this.random() / 2));
  }

  /** It works again. */
  reset(): void {
    this.#failures = 0;
  }
}

/** Resolves after the time, or as soon as the signal says to stop; after 24.8 days at the latest. */
export async function pause(ms: DurationMs, signal: AbortSignal): Promise<void> {
  try {
    await sleep(Math.min(ms, LONGEST_TIMER_MS), undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
