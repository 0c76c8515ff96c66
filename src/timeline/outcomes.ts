import type { Profile } from "../model/profile.js";
import type { Outcome } from "../model/report.js";
import { compilePattern } from "../model/safe-pattern.js";
import type { Bounds, DurationMs } from "../model/time.js";
import type { Point } from "../model/timeline.js";
import type { Draft } from "./correlate.js";

/** An investigation without an end, silent for longer than this before the log ends, is not "still running": longer than any documented timeout of a client (120 s). */
const SILENT_MS: DurationMs = 120_000;

export interface Ending {
  readonly outcome: Outcome;
  readonly error?: string;
  readonly failure?: Point;
  readonly attempts: number;
}

/** How each investigation ended, from its marks, from whether a later one began, and from where the log ends. */
export function endings(drafts: readonly Draft[], sequential: boolean, logSpan: Bounds, profile: Profile): Ending[] {
  const patterns = new Map(profile.patterns.map((pattern) => [pattern.id, pattern]));
  const timeouts = profile.timeoutErrors.map((source) => compilePattern(source));
  const isAttempt = (point: Point) => patterns.get(point.mark)?.attempt === true;
  return drafts.map((draft, index) => {
    const { points } = draft;
    const seen = points.filter(isAttempt).length;
    const attempts = Math.max(1, seen);
    const failedAt = points.findLastIndex((point) => patterns.get(point.mark)?.fails === true);
    const failure = points[failedAt];
    if (failure !== undefined && !recovered(points, failedAt)) {
      const error = failure.groups.error ?? failure.message;
      const timedOut = timeouts.some((pattern) => pattern.exec(failure.message) !== null);
      return { outcome: timedOut ? "timeout" : "failed", error, failure, attempts };
    }
    if (points.some((point) => patterns.get(point.mark)?.closes === true)) return { outcome: "ok", attempts };
    const last = points.at(-1);
    const superseded = sequential && index < drafts.length - 1;
    const silent = last !== undefined && logSpan.hi - last.at > SILENT_MS;
    if (!superseded && !silent) return { outcome: "running", attempts };
    if (points.some(isAttempt) && last !== undefined) return { outcome: "failed", failure: last, attempts };
    return { outcome: "unopened", attempts: seen };
  });

  /** Something after the failure shows that it was tried again: an attempt, or a mark that leads up to the one that failed. */
  function recovered(points: readonly Point[], failedAt: number): boolean {
    const before = new Set(patterns.get(points[failedAt]?.mark ?? "")?.after ?? []);
    return points.slice(failedAt + 1).some((point) => isAttempt(point) || before.has(point.mark));
  }
}
