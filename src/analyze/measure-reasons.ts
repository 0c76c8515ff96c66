/** Why something was not measured; the locales hold a sentence for each. */
export const measureReasonKeys = [
  /** The input holds no runner log. */
  "no-log",
  /** The input holds no Kubernetes Jobs. */
  "no-cluster-data",
  /** It holds some, and tells of none when it was created. */
  "no-creations",
  /** No source shows when Jobs were deleted. */
  "no-deletions",
  /** Nothing ties the runner's clock to the cluster's. */
  "clock-unanchored",
  /** The run has no Job of the kind that the claim speaks of. */
  "no-such-jobs",
  /** Stamps and clocks leave open whether the end or the beginning comes first. Values: unordered, jobs. */
  "order-unknown",
  /** The profile has no stage `connect`, so nothing tells which Jobs were used. */
  "no-connect-stage",
  /** All of them were still open when the capture ended. */
  "all-censored",
  /** So many were still open when the capture ended that the median, or its interval, has no upper end. Values: ended, censored. */
  "too-many-censored",
  "too-few-from-start",
  /** The moment that the claim ends with was not captured, or not of enough of the Jobs. */
  "end-not-seen",
  /** The log ends before the run, begins after its beginning, or holds fewer investigations than it announces. */
  "run-not-whole",
  /** The log holds only a part of the run, and what is highest or counted in it does not settle the claim. Values: lower. */
  "part-in-log",
  /** The same where the capture misses Jobs of the run. Values: lower. */
  "part-in-capture",
  /** The mean of a part of the run is not that of the run. Values: value. */
  "mean-of-part",
  /** Several runs were asked for, and together they are none. */
  "several-runs",
  /** The runner's clock may have been set in between. */
  "clock-doubtful",
  /** The same, and nothing anchors it on the side where all of the marks lie. */
  "clock-hole",
  /** So many Jobs passed the stage's end before its beginning that it is no duration. Values: reversed, jobs. */
  "end-before-start",
  /** No investigation went through this stage. Values: stage. */
  "no-samples",
  /** Investigations went through this stage, but none to its end, or none that ended well. Values: n. */
  "none-ended-well",
  /** The claim is of those alone that reported a number, and none of those that went through this stage did. Values: group, equals, n. */
  "none-reported",
  /** Some of what the lines report cannot be read as a number. Values: group, count, n, text (one of them). */
  "values-not-numbers",
  /** They have commas of which nothing tells whether they part thousands or decimals. Values: group, text (one of them). */
  "decimal-sign-unknown",
  /** Investigations overlap, so the period between them means nothing. */
  "not-sequential",
  "idle-streams-unmeasured",
  "no-cpu-samples",
  /** They are of other Pods, or do not tell when they were taken. */
  "cpu-samples-unusable",
  /** The samples do not tell what counted as idle and what did not. */
  "cpu-readings-unknown",
  /** The input holds no spec of these Jobs. Values: role. */
  "no-job-specs",
  /** The specs do not set it. Values: role, setting. */
  "setting-absent",
  /** Values: role, setting, text. */
  "setting-not-a-number",
  /** No Job of this role was removed by a TTL. Values: role. */
  "no-ttl-removals",
  /** Most were removed by a TTL before it was over by the stamps. Values: count, of. */
  "ttl-before-due",
  /** Nothing tells who ended the Jobs. */
  "mechanism-unknown",
  "no-cleanup-jobs",
  "no-failed-cleanup",
  "no-iterations",
  /** An iteration ends where the next one begins, and none was seen to. */
  "iteration-not-ended",
  /** The loop was not seen to stop at its limit. Values: highest. */
  "limit-not-reached",
  /** The start of the cleanup's Pods was not captured. */
  "polling-no-pods",
  /** The stamps of the deletions are too coarse. */
  "polling-coarse",
  /** Too few deletions with what it takes. */
  "polling-few",
  /** The Jobs were used so much alike that the waits leave room for any part of the distance between levels. */
  "polling-alike",
  /** All Jobs were deleted after the same number of polls. */
  "polling-one-level",
  /** The deletions do not fall on one grid. */
  "polling-no-grid",
] as const;
export type MeasureReasonKey = (typeof measureReasonKeys)[number];
