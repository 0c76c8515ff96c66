import type { Profile } from "../../model/profile.js";
import type { EpochMs } from "../../model/time.js";
import type { Draft } from "../investigations/draft.js";
import { type Ending, endings } from "../investigations/outcomes.js";
import type { LimitedRun } from "./limit-run.js";
import type { RunInLog } from "./run-of-log.js";

/**
 * How the investigations of a log that are kept ended, in their order. Each run is looked at by itself: the last one of a run that was killed still goes on
 * where the run's own lines end, whatever the log holds after them.
 */
export function endingsOfRuns(
  { ofRuns }: { readonly ofRuns: readonly RunInLog[] },
  { drafts: kept, span }: LimitedRun,
  profile: Profile,
): Ending[] {
  const isKept = new Set(kept);
  const upTo = span?.hi ?? 0;
  return ofRuns.flatMap((run, index) => {
    const drafts = run.drafts.filter((draft) => isKept.has(draft));
    // After the lines of the last run the log may go on.
    const hi = index === ofRuns.length - 1 ? upTo : Math.min(run.span?.hi ?? upTo, upTo);
    return endings(drafts, isSequential(drafts), hi, profile);
  });
}

/** None begins before the one ahead of it has ended. */
export function isSequential(drafts: readonly Draft[]): boolean {
  let lastEnd: EpochMs = Number.NEGATIVE_INFINITY;
  for (const { points } of drafts) {
    const start = points[0]?.at ?? lastEnd;
    if (start < lastEnd) return false;
    lastEnd = points.at(-1)?.at ?? lastEnd;
  }
  return true;
}
