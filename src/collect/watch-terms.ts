/** For how long a watch is asked, and when one that does not keep to it is given up. */
import type { DurationMs } from "../model/time.js";

/** The server ends a watch after this time, and we begin the next: so a connection that died unnoticed is found. */
const WATCH_SECONDS = { least: 240, spread: 60 };
/** How much later than it promised a server may end a watch. */
const OVERTIME_MS: DurationMs = 30_000;
/** A connection that lasts this long has worked. */
export const WORKED_MS: DurationMs = 10_000;
/** Where bookmarks come, which a server sends about once a minute, a connection on which nothing has come for this long has nobody behind it. */
const SILENT_MS: DurationMs = 150_000;
/** The last watch of a capture: how long the server shall keep it [s], how late it may answer, and how late end it. */
const LAST_WATCH = { seconds: 1, answerMs: 2000, overtimeMs: 1000 };
/** Of a watch that was heard so shortly before the end of a capture nothing needs to be asked. */
export const FRESH_MS: DurationMs = 1000;
/** The server counts the time of a watch by a clock of its own, and in steps. */
const CLOCK_STEP_MS: DurationMs = 100;

export interface WatchTerms {
  /** How long the server shall keep it. */
  readonly seconds: number;
  /** How late it may answer; undefined: as any request. */
  readonly answerMs: DurationMs | undefined;
  /** How much later than asked it may end it. */
  readonly overtimeMs: DurationMs;
  /** A watch that the server ended sooner did not work. */
  readonly leastMs: DurationMs;
}

/** @param isLast the capture ends with it @param random from 0 up to 1, so that the watches of a capture do not all end at once */
export function watchTerms(isLast: boolean, random: () => number): WatchTerms {
  if (isLast) return { ...LAST_WATCH, leastMs: LAST_WATCH.seconds * 1000 - CLOCK_STEP_MS };
  const seconds = Math.round(WATCH_SECONDS.least + random() * WATCH_SECONDS.spread);
  return { seconds, answerMs: undefined, overtimeMs: OVERTIME_MS, leastMs: WORKED_MS };
}

/** Gives an open watch up that the server does not end in its time, or on which nothing comes any more although it sends bookmarks. */
export class WatchTimers {
  readonly #overtime: NodeJS.Timeout;
  readonly #silence: NodeJS.Timeout;

  constructor({ seconds, overtimeMs }: WatchTerms, sendsBookmarks: () => boolean, giveUp: (reason: string) => void) {
    this.#overtime = setTimeout(() => giveUp("the server did not end the watch in its time"), seconds * 1000 + overtimeMs);
    this.#silence = setTimeout(() => {
      if (sendsBookmarks()) giveUp(`nothing was heard for ${SILENT_MS / 1000} s`);
    }, SILENT_MS);
  }

  /** Something came. */
  heard(): void {
    this.#silence.refresh();
  }

  clear(): void {
    clearTimeout(this.#overtime);
    clearTimeout(this.#silence);
  }
}
