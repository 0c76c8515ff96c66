/** Silences of a log in which summer time may have begun or ended without any line that shows it. */

import type { LogMark } from "../../model/event.js";
import type { Pattern } from "../../model/profile.js";
import { type Bounds, type DurationMs, type EpochMs, HOUR_MS, MINUTE_MS } from "../../model/time.js";
import { zoneOffsetAt } from "../clocks/clocks.js";
import { beginsRun } from "../investigations/runs.js";
import { DISORDER_MS, type ZoneJump } from "./zone-jumps.js";

const DAY_MS: DurationMs = 24 * HOUR_MS;
/** No zone changes its offset twice within this time. */
const BETWEEN_CHANGES_MS: DurationMs = 21 * DAY_MS;
/** No run lasts longer than a year; stamps that are farther apart are damaged, and every zone would be asked for each of their years. */
const LONGEST_MS: DurationMs = 400 * DAY_MS;

/** What is known of the zone of a log: its name, or its offset outside of summer time or in it. */
export interface KnownZone {
  readonly name: string | undefined;
  readonly minutes: number | undefined;
}

/** When the offset of a zone changes, and by how much. */
interface Transition {
  readonly at: EpochMs;
  readonly fromMinutes: number;
  readonly byMs: DurationMs;
}

/**
 * Silences of an hour and more (marks in the order of their lines) during which the clock of a zone that the log may be in is set. A shorter one may hide the end of summer time
 * as well, but then nothing would have been logged for an hour just there by a log that else goes on.
 */
export function hiddenJumps(marks: readonly LogMark[], patterns: ReadonlyMap<string, Pattern>, zone: KnownZone): ZoneJump[] {
  const silences: { before: LogMark; after: LogMark }[] = [];
  for (let index = 1; index < marks.length; index += 1) {
    const [before, after] = [marks[index - 1] as LogMark, marks[index] as LogMark];
    if (after.at.at - before.at.at >= HOUR_MS - DISORDER_MS && !beginsRun(after, patterns)) silences.push({ before, after });
  }
  const [first, last] = [silences[0], silences.at(-1)];
  if (first === undefined || last === undefined || !(last.after.at.at - first.before.at.at <= LONGEST_MS)) return [];
  const transitions = transitionsOf(zone, { lo: first.before.at.at - DAY_MS, hi: last.after.at.at + DAY_MS });
  return silences.flatMap(({ before, after }) => {
    const hidden = transitions.find(({ at, fromMinutes, byMs }) => {
      const since = before.at.at - fromMinutes * MINUTE_MS;
      return since < at && at <= since + (after.at.at - before.at.at - byMs);
    });
    return hidden === undefined ? [] : [{ source: after.evidence.source, before, after, byMs: hidden.byMs }];
  });
}

function transitionsOf({ name, minutes }: KnownZone, within: Bounds): readonly Transition[] {
  const names = name === undefined ? Intl.supportedValuesOf("timeZone") : [name];
  const fits = ({ fromMinutes, byMs }: Transition) =>
    name !== undefined || minutes === undefined || minutes === fromMinutes || minutes === fromMinutes + byMs / MINUTE_MS;
  return names.flatMap((zone) => transitionsIn(zone, within)).filter(fits);
}

function transitionsIn(zone: string, { lo, hi }: Bounds): Transition[] {
  const found: Transition[] = [];
  let fromMinutes = zoneOffsetAt(zone, lo);
  for (let since = lo; since < hi; since += BETWEEN_CHANGES_MS) {
    let [before, after] = [since, Math.min(hi, since + BETWEEN_CHANGES_MS)];
    const toMinutes = zoneOffsetAt(zone, after);
    if (toMinutes === fromMinutes) continue;
    while (after - before > MINUTE_MS) {
      const middle = (before + after) / 2;
      if (zoneOffsetAt(zone, middle) === fromMinutes) before = middle;
      else after = middle;
    }
    found.push({ at: after, fromMinutes, byMs: (toMinutes - fromMinutes) * MINUTE_MS });
    fromMinutes = toMinutes;
  }
  return found;
}
