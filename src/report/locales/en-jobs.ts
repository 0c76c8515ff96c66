import type { Catalog } from "./en.js";

/** What is said in other words of a run that is known by its Jobs alone, without a log. */
export const enJobs = {
  "lead.too-few": "Too few Jobs of this run ended well for the documents to be corrected by it.",
  "lead.no-claims": {
    plural: "n",
    one: "1 Job was measured; there are no claims to hold against it.",
    other: "{n} Jobs were measured; there are no claims to hold against them.",
  },
  "left.no-serving": "None of the Jobs in the input is known to be of this run.",
  "timeline.heading": "Every Job, on the same axis",
  "timeline.finding": {
    plural: "n",
    one: "One line for the one Job. Failed: {failed}. End not seen: {open}.",
    other: "One line for each of {n} Jobs. Failed: {failed}. End not seen: {open}.",
  },
  "timeline.none": "Not drawn: the input holds no Job of this run.",
  "timeline.shown": "Shown: {from} to {to}. Jobs: {n}. Most open at once: {p}.",
  "timeline.shown-rows": "Shown: {from} to {to}. Jobs: {n}.",
  "stages.caption": "Seconds. Each dot is one duration; the line marks the median. A percentile appears only where n suffices for it.",
  "stages.failed-caption": "Left out: durations of Jobs that failed.",
  "stages.none": "Not measured: no stage of any Job was seen from start to end.",
  "investigations.heading": "Jobs",
  "method.medians": "Stages are medians over Jobs; the 95% interval of a median comes from order statistics and needs at least 6 samples.",
  "reason.no-samples": "Nothing went through this stage.",
  "pool.facts": "{ok} of {n} Jobs did not fail",
  "pool.finding": "A value over several runs weighs whole runs, not single Jobs, and its interval holds what lies between runs.",
  "pool.investigations": "Jobs",
  "pool.ended-well": "Not failed",
  "reason.pooled-crosses-limit":
    "The 95% interval over {runs} runs, from {lower} to {upper}, crosses the limit {limit}. More runs would narrow it; more Jobs in the same runs would not.",
  "role.serving": "serving",
} as const satisfies Partial<Catalog>;
