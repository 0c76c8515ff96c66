import type { Message } from "./message.js";

/** The rule that gave a verdict, in English: shown when a claim is opened, and in the row of a claim without a measurement. */
export const enReasons = {
  // Measured, and held against the document.
  "reason.interval-inside": "The whole interval, from {lower} to {upper}, agrees with the document.",
  "reason.interval-outside": "The whole interval, from {lower} to {upper}, lies outside what the document allows.",
  "reason.inside-as-deployed":
    "With the deployed {checks} checks it is {lower} to {upper}, which agrees with the document; the deletions alone allow other numbers of checks too.",
  "reason.outside-as-deployed":
    "With the deployed {checks} checks it is {lower} to {upper}, outside what the document allows; the deletions alone allow other numbers of checks too.",
  "reason.interval-crosses-limit": {
    plural: "moreSamples",
    one: "The interval, from {lower} to {upper}, crosses the limit {limit}; 1 more sample would settle it.",
    other: "The interval, from {lower} to {upper}, crosses the limit {limit}; about {moreSamples} more samples would settle it.",
  },
  "reason.value-on-limit":
    "The value lies on the limit {limit} itself (interval from {lower} to {upper}): no number of samples would settle it.",
  "reason.range-crosses-limit":
    "The interval, from {lower} to {upper}, crosses the limit {limit}, because the deletions are known only as ranges: more samples would not settle it, but a source with the moment of each deletion would (the audit log, or a watch with times of arrival).",
  "reason.confirmed-with-room": "Confirmed, with room ({value} of {bound}).",
  "reason.bound-holds": "The bound {bound} holds: the interval reaches from {lower} to {upper}.",
  "reason.bound-broken": "The bound {bound} is broken: the interval reaches from {lower} to {upper}.",
  // The same of one value, which needs no interval.
  "reason.bound-holds-at": "The bound {bound} holds: the value is {lower}.",
  "reason.bound-broken-at": "The bound {bound} is broken: the value is {lower}.",
  "reason.run-value-inside": "The value of this run, {value}, agrees with the document.",
  "reason.run-value-outside": "The value of this run, {value}, lies outside what the document allows.",
  "reason.band-crosses-limit":
    "What uncertain ends leave of this run’s value, from {lower} to {upper}, crosses the limit {limit}. More samples would not settle it, for a run has one value, but finer sources would: the audit log, or a watch with times of arrival from before the run to the last deletion.",
  "reason.part-exceeds": "Only a part of the run was seen, and that part alone comes to {lower}: more than the document allows.",
  "reason.part-suffices": "Only a part of the run was seen, but that part alone comes to {lower}, and the document asks for no more.",
  "reason.exactly-confirmed": "Exactly {value} in all {n} samples.",
  "reason.exactly-with-exceptions": "Exactly {value} as a rule; {differing} of {n} samples differ.",
  "reason.too-few-samples": "Too few samples for an interval: {n}, at least {needed} are needed.",
  "reason.ambiguous-fit":
    "Several fits explain the data, and the stamps do not tell which (number of checks: seconds from the last check to the deletion): {fits}. What the cleanup itself logs would settle it, or the number of checks that is deployed.",
  "reason.fit-leaves-range":
    "With {checks} checks, between {lower} and {upper} s are left from the last check to the deletion: how far the readings lag is not seen. What the cleanup itself logs would settle it.",
  "reason.setting-and-behaviour-agree": "The deployed setting ({deployed}) and the behaviour ({value}) agree with the document.",
  "reason.setting-agrees": "The deployed setting ({deployed}) agrees with the document.",
  "reason.setting-differs": "Deployed is {deployed}, documented is {documented}.",
  "reason.setting-agrees-behaviour-differs":
    "Deployed is {deployed}, as documented ({documented}), but the behaviour is {value} (from {lower} to {upper}).",
  "reason.setting-varies": "Several values are deployed ({deployed}); documented is {documented}. A run with a single one would settle it.",
  // Of another kind of run.
  "reason.condition-false": "Holds only for: {condition}. This run: {seen}.",
  "reason.parameter-unknown": "Holds only for: {condition}. Not known here: {parameter}. Give it with --param.",
  // Not measured.
  "reason.no-log": "The input has no log of the runner.",
  "reason.no-cluster-data": "The input has no Jobs of the cluster.",
  "reason.no-creations": "The input does not tell when its Jobs were created.",
  "reason.no-deletions": "The input does not show when Jobs were deleted, or not of enough of them.",
  "reason.clock-unanchored": "Nothing ties the runner’s clock to the cluster’s.",
  "reason.no-such-jobs": "The run has no Job of the kind that the claim speaks of.",
  "reason.order-unknown":
    "In {unordered} of {jobs} Jobs the end seems to come before the beginning, within what stamps and clocks leave open: the time between them is too short to be told.",
  "reason.no-connect-stage": "The profile has no stage “connect”, so nothing tells to which Jobs a client connected.",
  "reason.all-censored": "Of none of these Jobs is the end known: the capture ended before them.",
  "reason.too-many-censored":
    "Of so many of these Jobs the end is not known ({censored}, against {ended} that were seen to end) that the median has no upper limit.",
  "reason.too-few-from-start":
    "So many of these Jobs were open before they could be seen ({late} of {count}) that nothing tells how many others had gone by then: the median is not known.",
  "reason.end-not-seen": "The moment that it ends with was not captured, or not of enough of the Jobs.",
  "reason.run-not-whole":
    "The log does not hold the whole run: it begins or ends in the middle of an investigation, or has fewer of them than it announces.",
  "reason.part-in-log":
    "The log does not hold the whole run: it begins or ends in the middle of an investigation, or has fewer of them than it announces. What it holds comes to {lower}; the whole run may come to more.",
  "reason.part-in-capture": "The capture may miss Jobs of the run. What it holds comes to {lower}; the whole run may come to more.",
  "reason.mean-of-part":
    "Only a part of the run was seen. Its mean, {value}, need not be that of the run: Jobs pile up at the beginning of a run and run out at its end.",
  "reason.several-runs":
    "The report is about several runs together, and the time between them is no part of any. --run N measures one of them.",
  "reason.clock-doubtful": "The runner’s clock may have been set during the run, so how long the run took is not known.",
  "reason.clock-hole":
    "The runner’s clock may have been set during the run, and nothing tells when, on the cluster’s clock, the lines were written that this is measured from.",
  "reason.end-before-start": "In {reversed} of {jobs} Jobs the end of this stage comes before its beginning: it is not a duration.",
  "reason.no-samples": "No investigation went through this stage.",
  "reason.none-ended-well": {
    plural: "n",
    one: "The only one in this stage did not end well.",
    other: "None of the {n} in this stage ended well.",
  },
  "reason.none-reported": {
    plural: "n",
    one: "The claim is limited to {group} {equals}, which the only one in this stage did not report.",
    other: "The claim is limited to {group} {equals}, which none of the {n} in this stage reported.",
  },
  "reason.values-not-numbers": "{count} of the {n} values of “{group}” in the log are not numbers, one of them “{text}”.",
  "reason.decimal-sign-unknown":
    "Whether the comma in values of “{group}” such as “{text}” parts thousands or decimals, the log leaves open. The profile can say it: decimalSign.",
  "reason.not-sequential": "Investigations overlap, so the time between them means nothing.",
  "reason.idle-streams-unmeasured": "postrun does not measure this: a log does not show since when a stream that was closed had been idle.",
  "reason.no-cpu-samples": "No CPU samples in the input.",
  "reason.cpu-samples-unusable": "No CPU samples in the input that can be used for Jobs of the run.",
  "reason.cpu-readings-unknown": "The CPU samples do not tell which usage counted as idle and which did not.",
  "reason.no-job-specs": "The input has no spec of these Jobs ({role}).",
  "reason.setting-absent": "The specs of these Jobs ({role}) do not set {setting}.",
  "reason.setting-not-a-number": "The setting {setting} of these Jobs ({role}) is not a number: {text}.",
  "reason.ttl-before-due":
    "By the stamps {count} of {of} Jobs were removed before their time to live was over, which cannot be: the clocks of the controller and of the API server differ, and nothing tells by how much.",
  "reason.no-ttl-removals": "No Job of this role ({role}) was removed by its time to live.",
  "reason.mechanism-unknown": "Nothing tells who ended the Jobs.",
  "reason.no-cleanup-jobs": "The input has no cleanup Jobs.",
  "reason.no-failed-cleanup": "No cleanup failed.",
  "reason.no-iterations": "The log shows no iterations.",
  "reason.iteration-not-ended": "The log shows no iteration to its end: one ends where the next one begins.",
  "reason.limit-not-reached": "The loop was not seen to stop at its limit; the highest count was {highest}.",
  "reason.polling-no-pods": "The start of the cleanup’s Pods was not captured.",
  "reason.polling-coarse": "The times of the deletions are too coarse to see the polling.",
  "reason.polling-few": "Too few deletions show their polling; at least 6 are needed.",
  "reason.polling-alike": "The Jobs were used so much alike that several intervals explain their deletions.",
  "reason.polling-one-level": "All Jobs were deleted after the same number of polls; that does not tell interval and count apart.",
  "reason.polling-no-grid": "The deletions do not fall on one grid.",
} as const satisfies Record<string, Message>;
