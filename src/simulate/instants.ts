import type { EpochMs } from "../model/time.js";

/** Cut to the second, as Kubernetes prints its stamps. */
export function secondsStamp(at: EpochMs): string {
  return `${new Date(Math.floor(at / 1000) * 1000).toISOString().slice(0, 19)}Z`;
}

/** Milliseconds, cut. */
export function millisecondsStamp(at: EpochMs): string {
  return new Date(Math.floor(at)).toISOString();
}

/** Microseconds, as in an audit log or an `eventTime`. */
export function microsecondsStamp(at: EpochMs): string {
  const micros = Math.round(at * 1000);
  const fraction = String(micros % 1_000_000).padStart(6, "0");
  return `${new Date(Math.floor(micros / 1_000_000) * 1000).toISOString().slice(0, 19)}.${fraction}Z`;
}

/** Hexadecimal nanoseconds: the end of an Event's name. */
export function nanosecondsHex(at: EpochMs, nanosecond: number): string {
  return (BigInt(Math.round(at * 1000)) * 1000n + BigInt(nanosecond)).toString(16);
}
