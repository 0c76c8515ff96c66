import type { LogMark } from "../model/event.js";
import type { Diagnostic, Evidence } from "../model/source.js";
import type { Clock, Investigation, Timeline } from "../model/timeline.js";
import type { Correlation } from "./correlate.js";

/** Notes a diagnostic. */
export type Say = (
  id: string,
  severity: Diagnostic["severity"],
  count: number,
  values?: Diagnostic["values"],
  examples?: readonly Evidence[],
) => void;

/** Marks that no investigation owns, or that several could own. */
export function reportUnowned({ unmatched, ambiguous }: Correlation, say: Say): void {
  if (unmatched.length > 0) say("unmatched-marks", "warning", unmatched.length, { count: unmatched.length }, unmatched.map(withText));
  if (ambiguous.length > 0) say("ambiguous-marks", "warning", ambiguous.length, { count: ambiguous.length }, ambiguous.map(withText));
}

function withText(mark: LogMark): Evidence {
  return mark.evidence.text === undefined ? { ...mark.evidence, text: mark.message.slice(0, 300) } : mark.evidence;
}

/** What a reader must know of the runner's clock. */
export function reportClock(runner: Clock, total: number, say: Say): void {
  if (runner.method === "none") say("clock-unanchored", "warning", 1);
  if (runner.method === "bounds" && runner.anchors < total * 0.9) {
    say("clock-bounds-disagree", "warning", total - runner.anchors, { anchors: runner.anchors, total });
  }
  if (runner.driftPpm !== undefined) say("clock-drift", "info", 1, { ppm: runner.driftPpm });
}

/** What a reader must know of the Jobs. */
export function reportJobs(jobs: Timeline["jobs"], investigations: readonly Investigation[], say: Say): void {
  const others = jobs.filter((job) => job.role === "serving" && !job.ofThisRun);
  if (others.length > 0) say("jobs-of-others", "info", others.length, { count: others.length });
  const serving = jobs.filter((job) => job.role === "serving" && job.ofThisRun);
  const censored = serving.filter((job) => job.censoredAt !== undefined);
  if (censored.length > 0) say("job-censored", "info", censored.length, { count: censored.length });
  const brackets = serving.filter((job) => job.gone?.bracket === true);
  if (brackets.length > 0) say("deletion-brackets", "info", brackets.length, { count: brackets.length });
  const unlinked = investigations.filter((i) => i.jobUid === undefined);
  if (serving.length > 0 && unlinked.length > 0) say("job-not-linked", "warning", unlinked.length, { count: unlinked.length });
}
