import type { Message } from "./message.js";

/** The life of one Job, in its parts. */
export const enLife = {
  // The life of one Job.
  "life.heading": "The life of one Job",
  "life.finding": "From creation to deletion: {measured} s measured, {documented} s documented.",
  // Instead of it, where nothing after the disconnect was measured, or where parts are missing before it.
  "life.finding-disconnect": "From creation to the disconnect: {measured} s measured, {documented} s documented.",
  "life.finding-parts": "Not every part was measured, so they make no sum ({documented} s documented).",
  "life.after-missing": "What follows the disconnect was not measured.",
  // After either: the first part that was not measured, and the reason as a sentence.
  "life.missing": "The first that is missing, {part}: {why}",
  // After that: how long Jobs lived in all, where that is known.
  "life.whole": {
    plural: "n",
    one: "From creation to deletion: {x} s (1 Job).",
    other: "From creation to deletion: {x} s (median of {n} Jobs).",
  },
  // After it: the part in which documented and measured differ most.
  "life.difference": "Most of the difference: {part}, {x} s instead of {y} s.",
  "life.documented": "by the documents",
  "life.measured": "measured (medians)",
  "life.measured-disconnect": "measured, up to the disconnect",
  "life.measured-parts": "measured, in part",
  "life.axis": "seconds since the Job was created",
  "life.none": "No part of a Job’s life was measured.",
  "life.part": "Part",
  "life.column-documented": "Documented [s]",
  "life.column-measured": "Measured [s]",
  "life.tiny": "Too short to draw: {parts}.",
  "life.open": "The last part ends with the Job gone.",
  "life.either":
    "To which part the time with a dashed outline belongs is not known. The numbers below it are the shortest and the longest that each part may have taken.",
  "life.undivided": "How the time with a dashed outline divides ({parts}) is not known.",
  "life.note": "Each part is a median of its own, so they need not add up exactly.",
  // The same where parts are missing between those that were measured.
  "life.note-parts":
    "Each part is a median of its own. Parts that were not measured are left out, so what follows them has no true place on the axis.",
} as const satisfies Record<string, Message>;
