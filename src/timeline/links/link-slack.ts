/** How far outside of the window of its request a Job may seem to lie. */

import { type Clock, isTied } from "../../model/clock.js";
import { type DurationMs, ZONE_STEP_MS } from "../../model/time.js";
import type { Proof } from "./candidate-jobs.js";

/** A Job whose id proves it, or by a clock that no Job bounds, may fall this far outside the window that its request leaves. */
const LINK_SLACK_MS: DurationMs = 2000;

/** A clock that is off by more than half of what lies between two zones reads as one of the other. */
const MOST_SKEW_MS: DurationMs = ZONE_STEP_MS / 2;

/**
 * How far outside of its window a Job may seem to lie: nothing but the clock's uncertainty, where the Jobs themselves tell that. By a clock that is not tied to the
 * cluster's, a job id finds its Job as far off as a clock can be in its zone, and null: without one nothing does.
 */
export function slackOf(clock: Clock | undefined, by: Proof): DurationMs | null {
  const { uncertaintyMs = null, method } = clock ?? {};
  if (uncertaintyMs === null || !isTied(clock)) return by === "job-id" ? MOST_SKEW_MS : null;
  if (by === "job-id") return LINK_SLACK_MS + uncertaintyMs;
  return method === "bounds" ? uncertaintyMs : LINK_SLACK_MS + uncertaintyMs;
}
