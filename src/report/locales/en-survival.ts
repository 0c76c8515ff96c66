import type { Message } from "./message.js";

/** How long Jobs stay open. */
export const enSurvival = {
  "survival.heading": "How long Jobs stay open after the disconnect",
  "survival.unopened-heading": "How long Jobs that nobody opened stay open after creation",
  "survival.finding": "Half of the Jobs are gone after {x} s.",
  // The same where the curve is of one.
  "survival.finding-one": "The only Job was gone after {x} s.",
  "survival.two-populations": "They go in two groups: {early} after {x} s, {late} after {y} s (medians).",
  "survival.no-median": "When half of the Jobs were gone is not known: too few were seen from beginning to end.",
  "survival.axis": "seconds after the disconnect",
  "survival.axis-unopened": "seconds after creation",
  "survival.documented": "documented {y} s",
  "survival.median": "median {x} s",
  "survival.unknown": "Jobs of which not both ends are known, and which are not in it: {n}.",
  "survival.caption": "Kaplan-Meier estimate with its 95% band, n = {n}, of them right-censored {censored}.",
  // After it, where the picture ends before some of these.
  "survival.beyond": "Censored beyond the picture: {n}, the last after {x} s.",
  "survival.none": "Not measured: no Job has both a known disconnect and a known deletion.",
  "survival.share": "Share still open",
  "survival.time": "After",
} as const satisfies Record<string, Message>;
