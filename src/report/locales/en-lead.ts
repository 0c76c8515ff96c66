import type { Message } from "./message.js";

/** The first sentences that anyone reads, and the line below them. */
export const enLead = {
  // The lead: the first sentence anyone reads.
  "lead.contradicted": "The Job stays open {x} s after the disconnect (median), not about {y} s as documented.",
  "lead.contradicted-other": "{title}: {measured}, not {documented} as documented.",
  "lead.confirmed": {
    plural: "n",
    one: "The one claim that could be measured holds.",
    two: "Both claims that could be measured hold.",
    other: "All {n} claims that could be measured hold.",
  },
  "lead.confirmed-cleanup": "The Job stays open {x} s after the disconnect (median), as documented.",
  "lead.partly": {
    plural: "k",
    one: "No claim is contradicted; 1 stays undecided, confirmed: {n}.",
    other: "No claim is contradicted; {k} stay undecided, confirmed: {n}.",
  },
  "lead.inconclusive": "Not decided yet: the Job stays open {x} s after the disconnect (median of {n}), documented are about {y} s.",
  "lead.inconclusive-other": "Not decided yet: too little was measured to confirm or contradict any claim.",
  "lead.no-cluster": "How long Jobs stay open was not measured: the input has no Jobs of the cluster.",
  // The same where there are some, of which none has a creation that is known.
  "lead.no-creations": "How long Jobs stay open was not measured: the input does not tell when its Jobs were created.",
  "lead.every-failed": {
    plural: "n",
    one: "The only investigation failed: {error}.",
    two: "Both investigations failed, most often with “{error}” ({k} times).",
    other: "All {n} investigations failed, most often with “{error}” ({k} times).",
  },
  "lead.every-failed-alike": {
    plural: "n",
    one: "The only investigation failed: {error}.",
    two: "Both investigations failed, each with “{error}”.",
    other: "All {n} investigations failed, each with “{error}”.",
  },
  "lead.every-failed-unlike": {
    plural: "n",
    one: "The only investigation failed.",
    two: "Both investigations failed, each with another error.",
    other: "All {n} investigations failed, each with another error.",
  },
  "lead.stopped": {
    plural: "k",
    one: "The run stopped after 1 of {n} investigations.",
    other: "The run stopped after {m} of {n} investigations.",
  },
  "lead.incomplete": {
    plural: "k",
    one: "The log holds 1 of the {n} investigations of the run.",
    other: "The log holds {k} of the {n} investigations of the run.",
  },
  "lead.capture-ended": "The capture ended at {at}, before the run did ({end}): open Jobs and cleanup are known only up to then.",
  "lead.overlapping": "Investigations overlapped, up to {k} at once, although the documents say one at a time.",
  "lead.too-few": "Too few investigations of this run ended well for the documents to be corrected by it.",
  "lead.no-claims": {
    plural: "n",
    one: "1 investigation was measured; there are no claims to hold against it.",
    other: "{n} investigations were measured; there are no claims to hold against them.",
  },
  "lead.nothing": "Nothing could be measured against the documents.",
  // Second sentence of the lead.
  "lead.open-jobs": "On average {m} Jobs were open, at the peak {p}.",
  "lead.open-jobs-documented": "On average {m} Jobs were open, at the peak {p}; documented: about {d} on average.",
  "lead.open-jobs-contradicted": "On average {m} Jobs were open, not about {d} as documented; at the peak {p}.",
  // The same two where the documents also bound the peak of such a run.
  "lead.open-jobs-documented-limit":
    "On average {m} Jobs were open, at the peak {p}; documented: about {d} on average, up to {c} at the peak.",
  "lead.open-jobs-contradicted-limit":
    "On average {m} Jobs were open, not about {d} as documented; at the peak {p}, documented: up to {c}.",
  "lead.connected": "Investigations connected at once: {p} at the peak.",

  // Second line, under the lead: what is left over, what to correct.
  "left.none": "No Job was left undeleted at the end.",
  "left.leaked": { plural: "n", one: "1 Job was left undeleted at the end.", other: "{n} Jobs were left undeleted at the end." },
  // After it, of those that were open for too short to have been left.
  "left.open-besides": {
    plural: "n",
    one: "1 more was still open when the capture ended.",
    other: "{n} more were still open when the capture ended.",
  },
  "left.open": {
    plural: "n",
    one: "1 Job was still open when the capture ended.",
    other: "{n} Jobs were still open when the capture ended.",
  },
  "left.no-serving": "None of the Jobs in the input is known to have served this run.",
  "left.unseen": "Whether a Job was left undeleted is unknown: the capture does not show how all of them ended.",
  "left.part": "Whether a Job was left undeleted is unknown: the log does not hold the whole run.",
  "left.unknown": "Whether a Job was left undeleted is unknown: the input has no Jobs of the cluster.",
  "left.no-creations": "Whether a Job was left undeleted is unknown: the input does not tell when its Jobs were created.",
  "correct.none": "Nothing to correct in the documents.",
  "correct.both": "To correct in the documents: {sentences}, {contradictions}.",
  "correct.one": "To correct in the documents: {what}.",
  "correct.sentences": { plural: "n", one: "1 sentence", other: "{n} sentences" },
  "correct.contradictions": { plural: "n", one: "1 inner contradiction", other: "{n} inner contradictions" },
} as const satisfies Record<string, Message>;
