import type { JobLife } from "../../model/report.js";
import type { DurationMs } from "../../model/time.js";

type Bounds = NonNullable<JobLife["afterDisconnect"]>;

/** A stretch of what follows the disconnect: of one part for certain, or (null) of one or the other. */
export interface Stretch {
  readonly part: Bounds[number]["part"] | null;
  readonly durationMs: DurationMs;
}

/** What follows the disconnect, as far as it is known where one part ends and the next begins. */
export interface Division {
  readonly stretches: readonly Stretch[];
  /** From when at the earliest to when at the latest each part may last. */
  readonly reach: readonly { readonly part: Bounds[number]["part"]; readonly fromMs: DurationMs; readonly toMs: DurationMs }[];
}

/** A whole of which less is certain is not divided. */
const LEAST_CERTAIN = 0.25;

/** Parts that follow each other and last so long in all, each within its bounds; undefined where too little of it is of one part for certain. */
export function divisionOf(totalMs: DurationMs, bounds: Bounds): Division | undefined {
  const sum = (which: 0 | 1, from: number, to: number): number =>
    bounds.slice(from, to).reduce((all, { rangeMs }) => all + rangeMs[which], 0);
  const inside = (ms: number): number => Math.min(totalMs, Math.max(0, ms));
  // When the part before each cut ends, at the earliest and at the latest.
  const cuts = [...bounds, undefined].map((_, index) => [
    inside(Math.max(sum(0, 0, index), totalMs - sum(1, index, bounds.length))),
    inside(Math.min(sum(1, 0, index), totalMs - sum(0, index, bounds.length))),
  ]);
  const stretches: Stretch[] = [];
  let at = 0;
  const reach = bounds.map(({ part }, index) => {
    const [earliest = 0, from = 0] = cuts[index] ?? [];
    const [to = totalMs, latest = totalMs] = cuts[index + 1] ?? [];
    if (to > from) {
      if (from > at) stretches.push({ part: null, durationMs: from - at });
      stretches.push({ part, durationMs: to - from });
      at = to;
    }
    return { part, fromMs: earliest, toMs: latest };
  });
  const certainMs = stretches.reduce((all, { part, durationMs }) => all + (part === null ? 0 : durationMs), 0);
  if (certainMs < LEAST_CERTAIN * totalMs) return undefined;
  if (at < totalMs) stretches.push({ part: null, durationMs: totalMs - at });
  return { stretches, reach };
}
