import type { Diagnostic } from "../../model/source.js";
import type { Job } from "../../model/timeline.js";

/** So many are named; how many there are is counted. */
const NAMED = 5;

/** What a reader must know of some Jobs, with the names of the first; nothing where there are none. */
export function jobsDiagnostic(id: string, jobs: readonly Job[], values: Diagnostic["values"] = {}): Diagnostic[] {
  if (jobs.length === 0) return [];
  const named = jobs.slice(0, NAMED).map(({ name }) => name);
  return [
    {
      id,
      severity: "warning",
      count: jobs.length,
      values: { count: jobs.length, ...values, names: named.join(", ") },
      examples: jobs.flatMap(({ evidence }) => evidence.slice(0, 1)).slice(0, 3),
    },
  ];
}
