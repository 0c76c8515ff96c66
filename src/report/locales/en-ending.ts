import type { Catalog } from "./en.js";

/** What is said in other words of a system without a disconnect: its unit of work ends, and not every one has a client. */
export const enEnding = {
  "curve.documented": "expected by the documents ({y} s after the end), mean {d}",
  "deviation.kind-before-disconnect": { plural: "n", one: "1 gone before its work ended", other: "{n} gone before their work ended" },
  "deviation.before-disconnect": "gone {by} s before its work ended",
  "deviation.late-disconnected": "gone {x} s after the end, {by} s later than the others (median {m} s)",
  "deviation.early-disconnected": "gone {x} s after the end, {by} s earlier than the others (median {m} s)",
  "deviation.still-open-disconnected": "still open {x} s after the end, at least {by} s longer than the others (median {m} s)",
  "lead.contradicted": "The Job stays open {x} s after the end of its work (median), not about {y} s as documented.",
  "lead.confirmed-cleanup": "The Job stays open {x} s after the end of its work (median), as documented.",
  "lead.inconclusive": "Not decided yet: the Job stays open {x} s after the end of its work (median of {n}), documented are about {y} s.",
  "diagnostic.gone-before-disconnect": {
    plural: "count",
    one: "1 Job was gone before its work had ended ({names}); it is not among the times after the end.",
    other: "{count} Jobs were gone before their work had ended ({names}); they are not among the times after the end.",
  },
  "diagnostic.two-populations":
    "Two kinds of ends: {early} Jobs went about {earlyS} s after the end of their work, {late} about {lateS} s. A single median describes neither of them.",
  "polling.part-disconnected-requested": "End to the deletion request",
  "reason.no-samples": "Nothing went through this stage.",
  "role.serving": "serving",
  "survival.heading": "How long Jobs stay open after the end of their work",
  "survival.axis": "seconds after the end",
  "survival.none": "Not measured: no Job has both a known end of its work and a known deletion.",
  "part.after-disconnect": "after the end",
  "life.finding-disconnect": "From creation to the end of the work: {measured} s measured, {documented} s documented.",
  "life.after-missing": "What follows the end of the work was not measured.",
  "life.measured-disconnect": "measured, up to the end of the work",
  "stages.caption":
    "Seconds; only what ended well. Each dot is one duration; the line marks the median. A percentile appears only where n suffices for it.",
  "stages.none": "Not measured: no stage was seen from start to end.",
} as const satisfies Partial<Catalog>;
