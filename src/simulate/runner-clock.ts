import type { EpochMs } from "../model/time.js";
import type { SimulationSettings } from "./options.js";

/** What the runner's clock reads at a true moment, zone included. */
function runnerTime(settings: SimulationSettings, at: EpochMs): EpochMs {
  const drift = ((at - settings.startAt) * settings.driftPpm) / 1_000_000;
  const set = settings.clockChanges.reduce((sum, { afterMs, byMs }) => (at < settings.startAt + afterMs ? sum : sum + byMs), 0);
  return at + settings.zoneOffsetMinutes * 60_000 + settings.skewMs + drift + set;
}

/** Python logging's default: local time without a zone, comma, milliseconds cut. */
export function runnerStamp(settings: SimulationSettings, at: EpochMs): string {
  return new Date(Math.floor(runnerTime(settings, at))).toISOString().slice(0, 23).replace("T", " ").replace(".", ",");
}
