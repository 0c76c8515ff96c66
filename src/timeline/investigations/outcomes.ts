import { patternsByMark } from "../../model/marks.js";
import { compilePattern } from "../../model/patterns/safe-pattern.js";
import type { Profile } from "../../model/profile.js";
import type { Outcome } from "../../model/report.js";
import { connectedMark } from "../../model/reserved-stages.js";
import type { DurationMs, EpochMs } from "../../model/time.js";
import { type Point, SILENT_MS } from "../../model/timeline.js";
import type { Draft } from "./draft.js";

/** How an investigation ended, and the line that tells of it. */
export interface Ending {
  readonly outcome: Outcome;
  readonly error?: string;
  readonly failure?: Point;
  readonly attempts: number;
  /** It may be how another ended: lines without a key leave open whose they are. */
  readonly uncertain?: true;
  /** No line tells that it ended: it is taken from a silence until the log's end that was longer than any other. */
  readonly bySilence?: true;
}

/** How each investigation ended, from its marks, from whether a later one began, and from where the log ends. */
export function endings(drafts: readonly Draft[], sequential: boolean, logEnd: EpochMs, profile: Profile): Ending[] {
  const patterns = patternsByMark(profile);
  const timeouts = profile.timeoutErrors.map((source) => compilePattern(source));
  const silence = longestSilences(drafts);
  // Only where lines tell of connecting can their absence tell that nobody connected.
  const tellsConnecting = connectedMark(profile) !== undefined || profile.patterns.some((pattern) => pattern.attempt);
  const isAttempt = (point: Point) => patterns.get(point.mark)?.attempt === true;
  return drafts.map((draft, index) => {
    const ending = endingOf(draft, index);
    return isDoubtful(draft) || mayBeSilent(draft, ending) ? doubted(ending) : ending;
  });

  function endingOf({ points, brokenOff }: Draft, index: number): Ending {
    const seen = points.filter(isAttempt).length;
    const attempts = Math.max(1, seen);
    const failedAt = points.findLastIndex((point) => patterns.get(point.mark)?.fails === true);
    const failure = points[failedAt];
    if (failure !== undefined && !recovered(points, failedAt)) {
      const error = errorOf(failure);
      const timedOut = timeouts.some((pattern) => pattern.exec(failure.message) !== null);
      return { outcome: timedOut ? "timeout" : "failed", error, failure, attempts };
    }
    if (hasClosed(points)) return { outcome: "ok", attempts };
    const last = points.at(-1);
    const superseded = sequential && index < drafts.length - 1;
    const silent = last !== undefined && logEnd - last.at > silence(last.mark);
    if (brokenOff || (!superseded && !silent)) return { outcome: "running", attempts };
    const bySilence = superseded ? {} : ({ bySilence: true } as const);
    if (failure !== undefined && seen === 0) return { outcome: "failed", error: errorOf(failure), failure, attempts, ...bySilence };
    if ((seen > 0 || !tellsConnecting) && last !== undefined) return { outcome: "failed", failure: last, attempts, ...bySilence };
    return { outcome: "unopened", attempts: seen, ...bySilence };
  }

  /** It has no line of its own, and the one that goes on may be another of those whose requests are alike: it may be the one that does not. */
  function mayBeSilent({ points, originSince }: Draft, { outcome }: Ending): boolean {
    const last = points.at(-1);
    if (outcome !== "running" || originSince === undefined || last === undefined) return false;
    return points.every(({ uncertain }) => uncertain === true) && logEnd - originSince > silence(last.mark);
  }

  /** An end that may be another's is none if it goes on for certain. */
  function hasClosed(points: readonly Point[]): boolean {
    const goesOnAt = points.findLastIndex(({ uncertain }) => uncertain !== true);
    return points.some(({ mark, uncertain }, at) => patterns.get(mark)?.closes === true && (uncertain !== true || at > goesOnAt));
  }

  /** Something after the failure shows that it was tried again: an attempt, or a mark that leads up to the one that failed. */
  function recovered(points: readonly Point[], failedAt: number): boolean {
    const leadsUp = new Set(patterns.get(points[failedAt]?.mark ?? "")?.after ?? []);
    const later = points.slice(failedAt + 1);
    const ways = later.filter(({ mark }) => leadsUp.has(mark));
    // What had not been passed before may be of a stage that goes on beside the one that failed: then only the success shows it.
    const passed = new Set(points.slice(0, failedAt).map(({ mark }) => mark));
    const succeeded = later.some(({ mark }) => patterns.get(mark)?.closes === true);
    return later.some(isAttempt) || ways.some(({ mark }) => succeeded || passed.has(mark));
  }
}

function isDoubtful({ mixUp, keyShared }: Draft): boolean {
  return mixUp !== undefined || keyShared === true;
}

/** The line of its failure may be another's. */
function doubted({ outcome, attempts, error, failure }: Ending): Ending {
  const own = failure === undefined || failure.uncertain === true ? {} : { failure, ...(error === undefined ? {} : { error }) };
  return { outcome, attempts, ...own, uncertain: true };
}

function errorOf({ groups, message }: Point): string {
  return groups.error ?? message;
}

/** For how long an investigation may say nothing after a mark before the log ends and still go on: the longest that one of the run did, at this mark, else at any. */
function longestSilences(drafts: readonly Draft[]): (mark: string) => DurationMs {
  const longest = new Map<string, DurationMs>();
  let ofAny: DurationMs = 0;
  for (const { points } of drafts) {
    for (let index = 1; index < points.length; index += 1) {
      const [before, after] = [points[index - 1] as Point, points[index] as Point];
      if (before.uncertain === true || after.uncertain === true) continue;
      const silent = after.at - before.at;
      ofAny = Math.max(ofAny, silent);
      longest.set(before.mark, Math.max(longest.get(before.mark) ?? 0, silent));
    }
  }
  return (mark) => Math.max(SILENT_MS, longest.get(mark) ?? ofAny);
}
