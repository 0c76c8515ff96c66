import type { Message } from "./message.js";

/** Open Jobs over time, and for how long how many were open. */
export const enCurve = {
  "curve.heading": "How many Jobs were open at any moment",
  "curve.finding": "{m} on average, {p} at the peak, first at {at}.",
  // Where several peaks are possible, so are several moments of it.
  "curve.finding-range": "{m} on average, {p} at the peak.",
  "curve.measured": "measured, mean {m}; the band reaches from the lowest to the highest in each {width}",
  "curve.documented": "expected by the documents ({y} s after the disconnect), mean {d}",
  "curve.documented-plain": "expected by the documents, mean {d}",
  // The documents' own sum: the time after the disconnect, counted from the creation.
  "curve.counted": "by the documents’ arithmetic ({y} s after the creation), mean {d}",
  "curve.counted-plain": "by the documents’ arithmetic (the time counted from the creation), mean {d}",
  "curve.column-counted": "By their arithmetic",
  "curve.column-time": "From",
  "curve.column-mean": "Mean",
  "curve.column-band": "Lowest to highest",
  "curve.peak": "peak {p}",
  "curve.limit": "documented limit {c}",
  // Instead of the line, where it would press the curve flat.
  "curve.limit-above": "The documented limit, {c} open Jobs at once, is far above this chart.",
  "curve.between": "{a} to {b}",
  "curve.axis-time": "time of day ({zone})",
  "curve.source": { plural: "n", one: "1 Job of this run, {from} to {to}.", other: "{n} Jobs of this run, {from} to {to}." },
  "curve.members": "Open at the peak: {members}.",
  "curve.unwatched": "No watch of the Jobs was up ({stretches}): how many were open then is not known.",
  "curve.beyond": "Outside of what was captured ({stretches}): how many Jobs were open is not known.",
  "curve.unseen": {
    plural: "n",
    one: "The Job of 1 investigation is in no capture and so not in the curve, though it may have been open.",
    other: "The Jobs of {n} investigations are in no capture and so not in the curve, though they may have been open.",
  },
  "curve.part-log": "The log does not hold the whole run: its peak may be higher, and its mean another one.",
  "curve.part-capture": "The capture may miss Jobs of the run: its peak may be higher, and its mean another one.",
  "curve.none": "Not measured: the input does not tell from when to when each Job was open.",
  "curve.difference":
    "Why documented and measured differ: the documents say {documented}; their own numbers, put through the right arithmetic, give {curve}; {measured} were measured.",
  "curve.cause-arithmetic": "{jobs} Jobs come from the documents’ arithmetic",
  "curve.cause-arithmetic-more": "the documents’ arithmetic makes {jobs} Jobs too many for this run",
  "curve.cause-leaks": {
    plural: "n",
    one: "{jobs} Jobs from 1 Job that was left undeleted",
    other: "{jobs} Jobs from {n} Jobs that were left undeleted",
  },
  "curve.cause-cleanup": "{jobs} Jobs from slower cleanup",
  "curve.cause-cleanup-faster": "{jobs} Jobs fewer from faster cleanup",
  // Instead of them, why they are not said.
  "curve.unexplained-unseen-jobs":
    "Why documented and measured differ is not said, and what the documents expect is not drawn: both would rest on the captured Jobs alone.",
  "curve.unexplained-mean-is-range": "Why documented and measured differ is not said: the measured mean is known only as a range.",
  "curve.bin": "{n} s",

  // Share of the run at each number of open Jobs.
  "share.heading": "Share of the run with so many Jobs open",
  "share.open": "Open Jobs",
  "share.documented": "By the documents",
  "share.measured": "Measured",
  "share.sentence": {
    plural: "n",
    one: "Most of the time, {share} of the run, 1 Job was open.",
    other: "Most of the time, {share} of the run, {n} Jobs were open.",
  },

  // The same where it was so from beginning to end.
  "share.always": {
    plural: "n",
    one: "1 Job was open all the time.",
    other: "{n} Jobs were open all the time.",
  },
  "share.always-watched": {
    plural: "n",
    one: "1 Job was open all of the watched time.",
    other: "{n} Jobs were open all of the watched time.",
  },

  // The same where no number of Jobs was open for half of the run.
  "share.commonest": "The commonest number of open Jobs was {n}: {share} of the run.",

  // Instead of it, where as many per cent of the time are told for another number.
  "share.even": "No number of open Jobs stands out: none was that of more than {share} of the run.",
  "share.even-watched": "No number of open Jobs stands out: none was that of more than {share} of the watched time.",

  // Both where the rest of the run was not watched.
  "share.sentence-watched": {
    plural: "n",
    one: "Most of the watched time, {share} of it, 1 Job was open.",
    other: "Most of the watched time, {share} of it, {n} Jobs were open.",
  },
  "share.commonest-watched": "The commonest number of open Jobs was {n}: {share} of the watched time.",
  "share.unknown":
    "How long each number of Jobs was open is not known: uncertain ends of Jobs, or Jobs that are in no capture, leave it open.",
} as const satisfies Record<string, Message>;
