import { firstIndex } from "../../model/collections/first-index.js";
import type { ValueInterval } from "../../model/expressions/interval-expression.js";
import type { Profile } from "../../model/profile.js";
import { largest, smallest } from "../../model/statistics/statistics.js";
import { countOpen, type StepFunction } from "../../model/statistics/step-function.js";
import type { Bounds } from "../../model/time.js";
import type { Timeline } from "../../model/timeline.js";
import { servingJobs } from "../jobs/job-durations.js";
import { possibleJobs, unseenJobs } from "../jobs/unseen-jobs.js";
import { type Concurrency, jobBand } from "./concurrency.js";

/** The fewest and the most that were open at any moment of a stretch; undefined where that is not known. */
export type LevelsBetween = (stretch: Bounds) => ValueInterval | undefined;

/** Open Jobs of the run, or all that serve, with what uncertain ends leave open; cluster time. */
export function openBetween(timeline: Timeline, profile: Profile, concurrency: Concurrency, whose: "own" | "all"): LevelsBetween {
  const { window, openJobs, unwatched = [] } = concurrency;
  if (window === null || openJobs === undefined) return () => undefined;
  const own = servingJobs(timeline);
  const possible = whose === "own" ? possibleJobs(timeline) : [];
  const jobs = whose === "own" ? own : timeline.jobs.filter((job) => job.role === "serving");
  const bands = jobs.map((job) => jobBand(job, timeline));
  const besides = [...unseenJobs(timeline, profile, own), ...possible.map((job) => jobBand(job, timeline).longest)];
  const count = (intervals: Parameters<typeof countOpen>[0]) => countOpen(intervals, window.lo, window.hi);
  const fewest = levelsOf(count(bands.map(({ shortest }) => shortest)));
  const most = levelsOf(count([...bands.map(({ longest }) => longest), ...besides]));
  return (stretch) => {
    const [low, high] = [fewest(stretch), most(stretch)];
    const isWatched = unwatched.every(({ lo, hi }) => hi <= stretch.lo || lo >= stretch.hi);
    return low === undefined || high === undefined || !isWatched ? undefined : [low[0], high[1]];
  };
}

/** The lowest and the highest level of a step function in a stretch of its window. */
export function levelsOf({ points, from, to }: Pick<StepFunction, "points" | "from" | "to">): LevelsBetween {
  return ({ lo, hi }) => {
    if (lo < from || hi > to) return undefined;
    const levels: number[] = [];
    for (let index = firstIndex(points, ([at]) => at > lo) - 1; (points[index]?.[0] ?? hi) <= hi && index < points.length; index += 1) {
      levels.push(points[index]?.[1] ?? 0);
    }
    return [smallest(levels), largest(levels)];
  };
}
