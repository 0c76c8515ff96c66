import type { Message } from "./message.js";

/** Numbers that the log gives by itself, held against what they should be. */
export const enCrossChecks = {
  "cross-checks.heading": "Numbers that the log gives by itself",
  "cross-checks.caption":
    "Cross-checks: what is expected follows from the measurements, or from other numbers of the same line, and rests on none of these. One that is not as expected was counted otherwise there, or measured wrong here.",
  // A line each, after what is held against what.
  "cross-check.one": "{title}: {x} in the log, {y} expected.",
  "cross-check.one-differs": "{title}: {x} in the log, but {y} expected.",
  "cross-check.agrees": { plural: "n", one: "{title}: the number is as expected.", other: "{title}: all {n} numbers are as expected." },
  "cross-check.differs": {
    plural: "k",
    one: "{title}: 1 of {n} numbers is not as expected: {x} in the log, but {y} expected.",
    other: "{title}: {k} of {n} numbers are not as expected, most of all one: {x} in the log, but {y} expected.",
  },
  "cross-check.incomparable": {
    plural: "n",
    one: "Of 1 more nothing tells what to expect.",
    other: "Of {n} more nothing tells what to expect.",
  },
  "cross-check.none": {
    plural: "n",
    one: "{title}: 1 number in the log, but nothing tells what to expect.",
    other: "{title}: {n} numbers in the log, but nothing tells what to expect.",
  },
  // What to know about the input.
  "diagnostic.cross-checks-differ":
    "Numbers that the log gives by itself are not as expected ({checks}): they were counted otherwise there, or something was measured wrong here.",
} as const satisfies Record<string, Message>;
