import type { DurationMs, EpochMs } from "../../model/time.js";
import type { ByteStamp, StampDate } from "../stamps/byte-stamp.js";

/** Records of one line each that say nothing, one after the other, with stamps of the same form. */
export class PlainRun {
  count = 0;
  date: StampDate = "day";
  zoneMinutes: number | undefined;
  /** An array, as each record has new times: first the lowest, the highest, the last, how coarse that is. */
  private readonly times = new Float64Array(4);

  get low(): EpochMs {
    return this.times[0] as number;
  }

  get high(): EpochMs {
    return this.times[1] as number;
  }

  get last(): EpochMs {
    return this.times[2] as number;
  }

  get resolutionMs(): DurationMs {
    return this.times[3] as number;
  }

  /** Begins anew with records of such stamps. */
  begin({ date }: ByteStamp, zoneMinutes: number | undefined): void {
    this.count = 0;
    this.date = date;
    this.zoneMinutes = zoneMinutes;
  }

  add(stamp: ByteStamp): void {
    const { times } = this;
    const { at } = stamp;
    if (this.count === 0 || at < (times[0] as number)) times[0] = at;
    if (this.count === 0 || at > (times[1] as number)) times[1] = at;
    times[2] = at;
    times[3] = stamp.resolutionMs;
    this.count += 1;
  }
}
