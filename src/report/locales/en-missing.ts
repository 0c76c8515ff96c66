import type { Message } from "./message.js";

/** What is missing for a full answer, and what it would bring. */
export const enMissing = {
  "missing.missing-deletions": "When Jobs were deleted, to within a second",
  "missing.missing-capture":
    "One capture beside the run, which brings all that follows of Jobs, Pods, Events and CPU; where postrun may not reach the cluster, the single commands below",
  "missing.missing-log": "The runner’s log, for the stages",
  "missing.missing-clock-anchor": "Something that ties the runner’s clock to the cluster’s",
  "missing.missing-answer":
    "The line of the log that answers a request: the clocks are tied to ±{seconds} s only, by the ends of investigations. In the profile, “answers: true” on the pattern of that line ties them more closely",
  "missing.missing-jobs": "A watch of the Jobs, for open Jobs and cleanup",
  "missing.missing-pods": "A watch of the Pods, for running Pods and finer times",
  "missing.missing-cpu-samples": "CPU samples, for the threshold of the cleanup",
  "missing.missing-events": "The Events of the namespace",
  "missing.missing-audit": "The audit log, for who deleted what and exactly when",
  "missing.missing-full-coverage": "A capture that lasts until the last Job is gone",
} as const satisfies Record<string, Message>;
