/** `--from` and `--to`: only what began in between is the run. */

import { type Clock, toUtc } from "../../model/clock.js";
import { PostrunError } from "../../model/errors.js";
import { largest, smallest } from "../../model/statistics/statistics.js";
import { type Bounds, type EpochMs, isoFromEpoch } from "../../model/time.js";
import type { Job } from "../../model/timeline.js";
import type { Draft } from "../investigations/draft.js";

/** One end of the stretch: a moment where a zone was given with it, else a wall time of the runner (as if UTC). */
interface RunLimit {
  readonly at: EpochMs;
  readonly zoned: boolean;
}

/** From the first (inclusive) to the second (exclusive). */
export interface RunLimits {
  readonly from?: RunLimit;
  readonly to?: RunLimit;
}

/** What `--from` and `--to` leave of the run in one log. */
export interface LimitedRun {
  readonly drafts: readonly Draft[];
  /** What the log tells of these, runner clock: to where the next investigation begins that is left out; null without any. */
  readonly span: Bounds | null;
  /** Investigations follow that are left out. */
  readonly goesOn?: true;
}

/**
 * The investigations that began in between. Throws a PostrunError (usage): limits without a zone where there is no log, limits with one where
 * nothing ties the runner's clock to it, limits that leave nothing (unless
 * it is `oneOfSeveral` logs).
 */
export function limitRun(
  drafts: readonly Draft[],
  span: Bounds | null,
  runner: Clock | undefined,
  limits: RunLimits,
  oneOfSeveral: boolean,
): LimitedRun {
  if ((limits.from === undefined && limits.to === undefined) || drafts.length === 0) return { drafts, span };
  const isInside = (draft: Draft) => {
    const start = draft.points[0]?.at;
    return start !== undefined && !isBefore(start, runner, limits.from) && (limits.to === undefined || isBefore(start, runner, limits.to));
  };
  const kept = drafts.filter(isInside);
  const first = kept[0]?.points[0]?.at;
  if (first === undefined && oneOfSeveral) return { drafts: [], span: null };
  if (first === undefined || span === null) {
    const starts = drafts.flatMap((draft) => draft.points[0]?.at ?? []);
    const wall = (at: EpochMs) => isoFromEpoch(at).slice(0, 19);
    throw new PostrunError(
      "usage",
      "no investigation begins between --from and --to",
      `those of this run begin from ${wall(smallest(starts))} to ${wall(largest(starts))}, in the runner's own time`,
    );
  }
  const lastKept = drafts.lastIndexOf(kept.at(-1) as Draft);
  const next = drafts[lastKept + 1]?.points[0]?.at;
  const left = { drafts: kept, span: { lo: Math.max(span.lo, first), hi: next ?? span.hi } };
  return next === undefined ? left : { ...left, goesOn: true };
}

/** Without a log: Jobs created outside of the limits are not the run's. */
export function limitJobs(jobs: readonly Job[], limits: RunLimits): readonly Job[] {
  const { from, to } = limits;
  if (from === undefined && to === undefined) return jobs;
  if (from?.zoned === false || to?.zoned === false) {
    throw new PostrunError(
      "usage",
      "--from and --to need a zone here: there is no log whose time they could be",
      "for example 2025-12-07T10:00:00+02:00",
    );
  }
  const isOutside = ({ created }: Job) => (from !== undefined && created.at < from.at) || (to !== undefined && created.at >= to.at);
  return jobs.map((job) => (isOutside(job) ? { ...job, ofThisRun: false } : job));
}

function isBefore(reading: EpochMs, runner: Clock | undefined, limit: RunLimit | undefined): boolean {
  if (limit === undefined) return false;
  if (!limit.zoned) return reading < limit.at;
  const at = toUtc(runner, reading);
  if (at === null) {
    throw new PostrunError(
      "usage",
      "nothing ties the runner's clock to a zone, so a time with a zone cannot be found in its log",
      "give --from and --to without a zone (the log's own time), or the zone of the log with --tz",
    );
  }
  return at < limit.at;
}
