/**
 * When a row of a watch arrived, as whoever captured it stamped it (docs/capture.md): RFC 3339 with a zone, also with the decimal comma of `date -Ins`, or an epoch in
 * seconds, milliseconds, microseconds or nanoseconds, as a number or a text. A time without a zone is none.
 */

import { mostByChance, shareOfZeros } from "../../model/statistics/trimmed-zeros.js";
import type { DurationMs } from "../../model/time.js";
import { stampOf } from "../stamps/quick-stamps.js";
import { epochStamp, resolutionOf, type Stamp } from "../stamps/stamps.js";

const COMMA = /^(.{19}),(\d{1,9})(.{1,6})$/;

/** The moment and how coarse it is, or undefined where the value says no moment. */
export function arrivalStamp(value: unknown): Stamp | undefined {
  if (typeof value === "string") return stampOf(value) ?? withComma(value) ?? epochStamp(value);
  // A number has lost the zeros at its end, and a large one its last digits: these say nothing any more.
  return typeof value === "number" && Number.isFinite(value) ? epochStamp(String(value)) : undefined;
}

function withComma(text: string): Stamp | undefined {
  const [, second, decimals, zone] = COMMA.exec(text) ?? [];
  return second === undefined ? undefined : stampOf(`${second}.${decimals}${zone}`);
}

/** From this many decimals on a stamp is as fine as one can be kept. */
const FINEST_DECIMALS = 6;

/** How finely the arrivals of one source are printed. */
export class ArrivalPrecision {
  /** How many have so many decimals of a second. */
  readonly #counts = new Array<number>(FINEST_DECIMALS + 1).fill(0);

  add({ resolutionMs }: Stamp): void {
    const decimals = Math.min(FINEST_DECIMALS, Math.max(0, Math.round(Math.log10(1000 / resolutionMs))));
    this.#counts[decimals] = (this.#counts[decimals] ?? 0) + 1;
  }

  /** How many there are, where all of them are whole seconds; else 0. */
  get wholeSeconds(): number {
    const [whole = 0, ...finer] = this.#counts;
    return finer.every((count) => count === 0) ? whole : 0;
  }

  /**
   * The resolution of all of them: that of the finest, if there are no more of the coarser than zeros that were left out explain. Undefined where they were printed in
   * several ways: then each has its own.
   */
  get commonMs(): DurationMs | undefined {
    const finest = this.#counts.findLastIndex((count) => count > 0);
    if (finest < 0) return undefined;
    const total = this.#counts.reduce((sum, count) => sum + count, 0);
    let coarser = 0;
    for (let decimals = 0; decimals < finest; decimals += 1) {
      coarser += this.#counts[decimals] ?? 0;
      if (coarser > mostByChance(total, shareOfZeros(finest - decimals))) return undefined;
    }
    return resolutionOf(finest);
  }
}
