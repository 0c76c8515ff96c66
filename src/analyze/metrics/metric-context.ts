import type { Profile } from "../../model/profile.js";
import type { Investigation, Timeline } from "../../model/timeline.js";
import type { Concurrency } from "../concurrency/concurrency.js";
import type { StageInterval } from "../stages/stage-intervals.js";

/** What the metrics are taken from. */
export interface MetricContext {
  readonly timeline: Timeline;
  readonly profile: Profile;
  readonly stages: ReadonlyMap<Investigation, readonly StageInterval[]>;
  readonly concurrency: Concurrency;
}
