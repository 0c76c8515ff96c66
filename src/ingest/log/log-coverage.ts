import type { Recorder } from "../recorder.js";
import type { Placed, WallClock } from "./wall-clock.js";

/** From when to when the records of a log go. Where they stand is final only at the end of the log, so the first and last of each kind are kept. */
export class LogCoverage {
  /** Without a zone, by zone, without a year, without a date. */
  private readonly extremes = new Map<string, { low: Placed; high: Placed }>();

  see(placed: Placed): void {
    const kind = placed.dateless ? "dateless" : placed.yearless ? "yearless" : String(placed.zoneMinutes ?? "local");
    const seen = this.extremes.get(kind);
    if (seen === undefined) this.extremes.set(kind, { low: placed, high: placed });
    else {
      if (placed.at < seen.low.at) seen.low = placed;
      if (placed.at > seen.high.at) seen.high = placed;
    }
  }

  tell(recorder: Recorder, clock: WallClock): void {
    for (const { low, high } of this.extremes.values()) {
      recorder.see(clock.resolve(low));
      recorder.see(clock.resolve(high));
    }
  }
}
