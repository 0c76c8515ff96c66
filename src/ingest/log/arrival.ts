/** The time of a line that has none of its own: when it came out of the program that printed it. */
import { type DurationMs, type EpochMs, MINUTE_MS } from "../../model/time.js";
import type { LogRecord } from "./log-record.js";

/** From the moment at which a program prints a line to the moment at which it is read from a pipe [ms]; measured: 0.3 as a rule, up to 34 on a machine with eight times more to do than it can. */
export const ARRIVAL_RESOLUTION_MS: DurationMs = 50;

const ARRIVED = "arrival";

export interface Arrival {
  readonly utc: EpochMs;
  /** When the end of the line arrived, where that was noticeably later than its beginning. */
  readonly completed?: EpochMs;
  /** The line may have been printed at any time since then. */
  readonly since?: EpochMs;
  /** Zone of the machine, minutes east. */
  readonly zoneMinutes: number;
}

/** The line as a record of the time at which it arrived; it was printed before that. */
export function arrivedRecord(text: string, { utc, since, zoneMinutes }: Arrival): LogRecord {
  const from = Math.min(since ?? utc, utc - ARRIVAL_RESOLUTION_MS);
  return { at: from + zoneMinutes * MINUTE_MS, resolutionMs: utc - from, zoneMinutes, logger: "", variant: ARRIVED, message: text };
}

export function isArrived({ record }: { readonly record: LogRecord | null }): boolean {
  return record?.variant === ARRIVED;
}
