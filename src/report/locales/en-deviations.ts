import type { Message } from "./message.js";

/** Jobs that did not go as the others, and the cross-check of the curve. */
export const enDeviations = {
  "deviations.heading": "Jobs that did not go as the others",
  "deviations.what": "What was different",
  "deviations.rows": { plural: "n", one: "This Job", two: "Both Jobs", other: "All {n} Jobs" },
  "deviations.caption":
    "Much earlier or later: beyond 3.5 modified z-scores from the median, whatever the stamps leave open. Where two groups of Jobs were deleted differently, the smaller group shows here.",
  "deviation.kind-leaked": { plural: "n", one: "1 still there at the end", other: "{n} still there at the end" },
  "deviation.kind-before-disconnect": {
    plural: "n",
    one: "1 gone before its client disconnected",
    other: "{n} gone before their clients disconnected",
  },
  "deviation.kind-ended-by-others": { plural: "n", one: "1 deleted by somebody else", other: "{n} deleted by somebody else" },
  "deviation.kind-ended-otherwise": { plural: "n", one: "1 not ended by the cleanup", other: "{n} not ended by the cleanup" },
  "deviation.kind-late": { plural: "n", one: "1 gone much later", other: "{n} gone much later" },
  "deviation.kind-still-open": {
    plural: "n",
    one: "1 open for much longer, its end not seen",
    other: "{n} open for much longer, their ends not seen",
  },
  "deviation.kind-early": { plural: "n", one: "1 gone much earlier", other: "{n} gone much earlier" },
  "deviation.leaked": "still there at least {x} s after its last use",
  "deviation.before-disconnect": "gone {by} s before its client disconnected",
  "deviation.ended-by-others": "deleted by {who}",
  "deviation.ended-otherwise": "not ended by the cleanup: {mechanism}",
  "deviation.late-disconnected": "gone {x} s after the disconnect, {by} s later than the others (median {m} s)",
  "deviation.late-created": "gone {x} s after its creation, {by} s later than the others (median {m} s)",
  "deviation.early-disconnected": "gone {x} s after the disconnect, {by} s earlier than the others (median {m} s)",
  "deviation.early-created": "gone {x} s after its creation, {by} s earlier than the others (median {m} s)",
  "deviation.still-open-disconnected": "still open {x} s after the disconnect, at least {by} s longer than the others (median {m} s)",
  "deviation.still-open-created": "still open {x} s after its creation, at least {by} s longer than the others (median {m} s)",
  "littles-law.holds":
    "Cross-check (Little’s law): {rate} Jobs an hour, open for {x} s each on average, make {expected} open Jobs; the curve has {curve}.",
  "littles-law.broken":
    "Cross-check (Little’s law) fails: {rate} Jobs an hour, open for {x} s each on average, make {expected} open Jobs, but the curve has {curve}.",
} as const satisfies Record<string, Message>;
