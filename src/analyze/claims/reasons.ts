/**
 * Every reason that a verdict can have; the locales hold a sentence for each. Numbers are in the unit of the claim, unrounded.
 * Reasons of `not-measured` come from the metrics too, with keys of their own.
 */
export const claimReasonKeys = [
  /** The whole interval agrees. Values: lower, upper (interval), allowedLow, allowedHigh, n. */
  "interval-inside",
  /** The whole interval lies outside. Values: as above. */
  "interval-outside",
  /** With the deployed number of checks the whole interval agrees; the behaviour alone allows others. Values: as above and checks. */
  "inside-as-deployed",
  /** With the deployed number of checks the whole interval lies outside. Values: as above and checks. */
  "outside-as-deployed",
  /** The interval crosses a limit. Values: lower, upper (interval), allowedLow, allowedHigh, n, limit, moreSamples. */
  "interval-crosses-limit",
  /** The interval crosses a limit on which the value itself lies: no number of samples would settle it. Values: as above without moreSamples. */
  "value-on-limit",
  /** The interval crosses a limit that lies among the values which ends known only as ranges allow: a finer source would settle it. Values: as above. */
  "range-crosses-limit",
  /** A bound holds and is never approached. Values: value, bound. */
  "confirmed-with-room",
  /** A bound holds. Values: lower, upper, bound. */
  "bound-holds",
  /** A bound is exceeded. Values: lower, upper, bound. */
  "bound-broken",
  /** A single value of the whole run agrees. Values: value, lower, upper, allowedLow, allowedHigh. */
  "run-value-inside",
  /** A single value of the whole run does not agree. Values: as above. */
  "run-value-outside",
  /** What uncertain ends leave of a run's value crosses a limit. Values: as above and limit. */
  "band-crosses-limit",
  /** What was seen of the run, a part of it, is more than the document allows. Values: lower. */
  "part-exceeds",
  /** What was seen of the run, a part of it, is as much as the document asks for. Values: lower. */
  "part-suffices",
  /** An exact count agrees in all samples. Values: value, n. */
  "exactly-confirmed",
  /** An exact count agrees as a rule, with exceptions. Values: value, n, differing. */
  "exactly-with-exceptions",
  /** Too few samples for an interval. Values: n, needed. */
  "too-few-samples",
  /** Several fits explain the data. Values: fits (text, like "6: 3.4, 5: 13.3": number of checks, and seconds from the last of them to the deletion). */
  "ambiguous-fit",
  /** One fit, which leaves a range from the last check to the deletion, since the lag of the readings is not seen. Values: checks, lower, upper. */
  "fit-leaves-range",
  /** The deployed setting and the behaviour agree with the document. Values: deployed (text), value. */
  "setting-and-behaviour-agree",
  /** The deployed setting agrees; the behaviour was not measured or settles nothing. Values: deployed (text). */
  "setting-agrees",
  /** The deployed setting does not agree with the document. Values: deployed (text), documented (none for a range). */
  "setting-differs",
  /** Deployed as documented, but it behaves differently. Values: as above and value, lower, upper. */
  "setting-agrees-behaviour-differs",
  /** Job specs of the input hold several values, of which only some agree. Values: deployed (text), documented (none for a range). */
  "setting-varies",
  /** The condition does not hold in this run. Values: condition (expression), seen (text, like "test=30"). */
  "condition-false",
  /** A parameter of the condition is not known. Values: condition (expression), parameter (names, joined by ", "). */
  "parameter-unknown",
] as const;
export type ClaimReasonKey = (typeof claimReasonKeys)[number];
