import type { Message } from "./message.js";

/** How the cleanup checks, as far as the deletions tell. */
export const enPolling = {
  "polling.heading": "How the cleanup checks",
  "polling.grid":
    "It checks every {x} s (between {a} and {b} s): {n} deletions fall on one grid, counted from the start of the cleanup Pod.",
  "polling.strays": {
    plural: "n",
    one: "1 more deletion stands apart and is left out.",
    other: "{n} more deletions stand apart and are left out.",
  },
  "polling.assumes":
    "That a part of this is not the interval assumes that the lag of the readings and the deletion together take no longer than {x} s.",
  "polling.no-grid": "No grid was found in {n} deletions.",
  "polling.at-least": "The interval is at least {x} s.",
  "polling.settled-behaviour": "Only {n} checks explain the deletions: {t} s from the first low reading to the last.",
  "polling.settled-prompt":
    "Several numbers of checks explain the deletions. If neither a lag of the metric nor the deletion itself takes up whole intervals, it is {n} checks: {t} s from the first low reading to the last. That is an assumption, and no verdict rests on it.",
  "polling.settled-deployed":
    "With the deployed {n} checks it takes {t} s from the first low reading to the last; the deletions alone allow other numbers too.",
  "polling.several": "Several numbers of checks explain the deletions: {checks}.",
  "polling.documented": "By the documents the checks take {x} s.",
  "polling.ends-requested":
    "Each dot is one of {n} deletion requests, at its distance from the grid; without a grid the dots would fill the width.",
  "polling.ends-gone":
    "Each dot is one of {n} Jobs when it was gone, at its distance from the grid; without a grid the dots would fill the width.",
  "polling.level": "about {x} s after the start of the cleanup Pod ({n})",
  "polling.axis": "seconds from the grid; one turn is {x} s",
  "polling.checks": "Checks",
  "polling.trigger": "First to last low reading [s]",
  "polling.process": "Left for lag and deletion [s]",
  "polling.settled": "What settles it",
  "polling.by-behaviour": "this one: only it fits",
  "polling.by-prompt": "this one if nothing else takes up whole intervals",
  "polling.by-deployed": "as deployed",
  "polling.part-first-check": "End of the use to the first low reading",
  "polling.part-disconnected-requested": "Disconnect to the deletion request",
  "polling.part-requested-gone": "Deletion request to the Job gone",
  "polling.part-gone-pod-gone": "Job gone to its Pod gone",
  "polling.part-gone-service-gone": "Job gone to its service gone",
} as const satisfies Record<string, Message>;
