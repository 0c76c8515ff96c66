import type { DurationMs, EpochMs } from "../model/time.js";
import type { ByteStamp, StampDate } from "./byte-stamp.js";

/** Records of one line each that say nothing, one after the other, with stamps of the same form. */
export class PlainRun {
  count = 0;
  low: EpochMs = 0;
  high: EpochMs = 0;
  last: EpochMs = 0;
  resolutionMs: DurationMs = 0;
  date: StampDate = "day";
  zoneMinutes: number | undefined;

  /** Begins anew with records of such stamps. */
  begin({ date }: ByteStamp, zoneMinutes: number | undefined): void {
    this.count = 0;
    this.date = date;
    this.zoneMinutes = zoneMinutes;
  }

  add({ at, resolutionMs }: ByteStamp): void {
    if (this.count === 0) {
      this.low = at;
      this.high = at;
    } else if (at < this.low) this.low = at;
    else if (at > this.high) this.high = at;
    this.count += 1;
    this.last = at;
    this.resolutionMs = resolutionMs;
  }
}
