import type { Message } from "./message.js";

/** The rule that gave a verdict, in English; shown when a claim is opened, and in the cell of a claim without a measurement. */
export const enReasons = {
  "reason.interval-inside": "The whole interval lies inside the tolerance.",
  "reason.interval-apart": "The whole interval lies outside the tolerance.",
  "reason.interval-overlaps": "The interval reaches over the edge of the tolerance.",
} as const satisfies Record<string, Message>;
