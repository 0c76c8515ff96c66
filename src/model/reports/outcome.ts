import type { Outcome } from "./rows.js";

/** Whether an investigation did not end well: its stages are counted apart. One that still ran when the log ended has not ended. */
export function hasFailed({ outcome }: { readonly outcome: Outcome }): boolean {
  return outcome !== "ok" && outcome !== "running";
}
