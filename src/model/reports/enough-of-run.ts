/** Whether enough investigations of a run ended well for a document to be corrected by its numbers. */

import { MIN_SAMPLES_FOR_INTERVAL } from "../statistics/statistics.js";
import type { ReportClaim } from "./claims.js";
import type { PooledRun } from "./pool.js";
import { runJobs } from "./run-jobs.js";

/** Statistics of a run as a whole that come out otherwise in a short run, or in one that fails. */
const OF_WHOLE_RUN: ReadonlySet<string> = new Set(["mean", "peak", "total"]);

/** A number of the whole run, of which fewer investigations ended well than the interval of a median needs: it is right for this run, and says nothing of others. */
export function isOfTooFew({ statistic }: { readonly statistic: string }, endedWell: number): boolean {
  return OF_WHOLE_RUN.has(statistic) && endedWell < MIN_SAMPLES_FOR_INTERVAL;
}

/** What a timeline and a report tell of it alike. */
interface Ends {
  readonly investigations: readonly { readonly outcome: string }[];
  readonly jobs: readonly { readonly ofThisRun: boolean; readonly role: string }[];
  readonly pooled?: { readonly runs: readonly PooledRun[] };
}

/** Investigations that ended well; without a log, for nothing tells how they ended, the Jobs of the run; of several runs, those of the run with the fewest. */
export function endedWell({ investigations, jobs, pooled }: Ends): number {
  if (pooled !== undefined) return Math.min(...pooled.runs.flatMap((run) => (run.investigations === 0 ? [] : [run.ok])));
  if (investigations.length === 0) return runJobs({ jobs }).length;
  return investigations.filter(({ outcome }) => outcome === "ok").length;
}

/** Whether a document has to be corrected by what was measured for a claim. */
export function isToCorrect({ verdict, measured }: Pick<ReportClaim, "verdict" | "measured">, ended: number): boolean {
  return verdict === "contradicted" && !(measured !== undefined && isOfTooFew(measured, ended));
}
