/** What the job controller's Events tell of the creation of a Job. */

import { inOrder } from "../../model/collections/in-order.js";
import type { ClusterEvent } from "../../model/event.js";
import { smallest } from "../../model/statistics/statistics.js";
import type { DurationMs } from "../../model/time.js";
import type { JobHistory } from "./cluster-history.js";

/** An Event that much after the second in which a Pod was made tells of another Pod: the controller sends it at once, by a clock of its own. */
const ANOTHER_POD_MS: DurationMs = 3000;

/** What the controller does first with a new Job: it makes a Pod, fails to, or finds that it shall not yet. */
const FIRST_REASONS: ReadonlySet<string> = new Set(["SuccessfulCreate", "FailedCreate", "Suspended"]);

/** What it says only of a Job that was there before: it begins one that was suspended, or takes away a Pod. */
const LATER_REASONS: ReadonlySet<string> = new Set(["Resumed", "SuccessfulDelete"]);

/** The first Event of a Job. */
export interface FirstEvent {
  readonly event: ClusterEvent;
  /** The controller wrote it when it first saw the Job; else the Job was there since before, and Events of that are missing. */
  readonly atCreation: boolean;
}

/** The controller's first Event of a Job. Undefined where that is missing: then a Pod is older than all that Events tell of. */
export function firstEventOf({ events, pods }: JobHistory): FirstEvent | undefined {
  const inTime = (reasons: ReadonlySet<string>) =>
    inOrder(
      events.filter(({ reason }) => reasons.has(reason)),
      (a, b) => a.first.at - b.first.at,
    );
  const [first] = inTime(FIRST_REASONS);
  const [later] = inTime(LATER_REASONS);
  const oldest = smallest(pods.map(({ observations: [row] }) => row?.pod.createdAt ?? Number.POSITIVE_INFINITY));
  if (later !== undefined && (first === undefined || later.first.at + later.first.resolutionMs <= first.first.at))
    return later.first.at > oldest + ANOTHER_POD_MS ? undefined : { event: later, atCreation: false };
  return first === undefined || first.first.at > oldest + ANOTHER_POD_MS ? undefined : { event: first, atCreation: true };
}
