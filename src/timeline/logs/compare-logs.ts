import { groupBy } from "../../model/collections/group-by.js";
import type { LogMark } from "../../model/event.js";
import type { Profile } from "../../model/profile.js";
import { type DurationMs, ZONE_STEP_MS } from "../../model/time.js";
import { DOUBLED_LAG_MS, DOUBLED_SHARE, isIdentified, signature } from "./record-identity.js";

/** Runs that start by the clock have some first records at the same minute of another hour; a copy has more of them. */
const FEWEST_IN_ANOTHER_ZONE = 4;
/** So many investigations with the same number, at different times, are no coincidence. */
const FEWEST_COUNTED_APART = 2;

/**
 * What puts a log on the clock of another that holds the same records: the difference of the zones that the two print, 0 where it is the same.
 * Undefined where they do not share most of their records.
 */
export function zoneShiftOfDoubles(log: readonly LogMark[], other: readonly LogMark[]): DurationMs | undefined {
  const [own, others] = [log.filter(isIdentified), other.filter(isIdentified)];
  const known = groupBy(others, signature);
  const votes = new Map<DurationMs, number>();
  for (const mark of own) {
    const shifts = new Set<DurationMs>();
    for (const partner of known.get(signature(mark)) ?? []) {
      const difference = partner.at.at - mark.at.at;
      const shift = Math.round(difference / ZONE_STEP_MS) * ZONE_STEP_MS;
      const lag = DOUBLED_LAG_MS + Math.max(partner.at.resolutionMs, mark.at.resolutionMs);
      if (Math.abs(difference - shift) <= lag) shifts.add(shift);
    }
    for (const shift of shifts) votes.set(shift, (votes.get(shift) ?? 0) + 1);
  }
  const [best] = [...votes].sort(([a, n], [b, m]) => m - n || Math.abs(a) - Math.abs(b));
  if (best === undefined || best[1] < Math.min(own.length, others.length) * DOUBLED_SHARE) return undefined;
  const [shift, shared] = best;
  return shift === 0 || shared >= FEWEST_IN_ANOTHER_ZONE ? shift : undefined;
}

/**
 * Whether two logs that share no records number the same investigations at different times while both run: then two runners wrote them, of
 * however many each announces.
 */
export function isAnotherRunner(log: readonly LogMark[], other: readonly LogMark[], shiftMs: DurationMs, { patterns }: Profile): boolean {
  const headers = new Set(patterns.filter(({ header }) => header).map(({ id }) => id));
  const numbered = (marks: readonly LogMark[]) => marks.filter(({ mark, groups }) => headers.has(mark) && groups.index !== undefined);
  const others = numbered(other);
  const known = new Set(others.map(({ groups }) => Number(groups.index)));
  const [first, last] = [others[0]?.at.at ?? 0, others.at(-1)?.at.at ?? 0];
  const during = numbered(log).filter((mark) => mark.at.at + shiftMs >= first && mark.at.at + shiftMs <= last);
  return during.filter(({ groups }) => known.has(Number(groups.index))).length >= FEWEST_COUNTED_APART;
}
