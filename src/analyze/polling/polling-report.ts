import type { PollingPart, PollingReportFit, ReportPolling } from "../../model/reports/polling.js";
import { median, medianInterval, sorted } from "../../model/statistics/statistics.js";
import { type DurationMs, roundMicroseconds } from "../../model/time.js";
import type { Job } from "../../model/timeline.js";
import { bracketOf, type JobDuration, jobDurations, startPoints } from "../jobs/job-durations.js";
import { closingMarks, populationOf } from "../jobs/job-populations.js";
import type { MetricContext } from "../metrics/metric-context.js";
import { cpuReadings } from "./cpu-readings.js";
import { type PollingFound, samplesOn } from "./polling.js";
import type { PollingFit } from "./polling-fits.js";
import { isOnGrid } from "./polling-grid.js";
import { seePolling } from "./polling-metrics.js";
import type { PollingSamples } from "./polling-samples.js";

const pair = ([low, high]: readonly [number, number]) => [roundMicroseconds(low), roundMicroseconds(high)] as const;

/** Everything that the deletions tell of the polling; undefined where no Job shows it. */
export function reportPolling(context: MetricContext): ReportPolling | undefined {
  const { seen, result } = seePolling(context);
  if (seen.samples.length === 0) return undefined;
  const found = "notIdentified" in result ? null : result;
  const atLeastMs = "notIdentified" in result ? result.atLeastMs : undefined;
  const cpu = cpuReadings(context.timeline, seen, found);
  return {
    n: found?.n ?? seen.samples.length,
    ...(found === null || found.strays === 0 ? {} : { strays: found.strays }),
    ends: seen.asked ? "requested" : "gone",
    ...(found === null ? {} : { intervalMs: roundMicroseconds(found.intervalMs), intervalRangeMs: pair(found.intervalRangeMs) }),
    ...(found?.assumesMs === undefined ? {} : { intervalAssumesMs: roundMicroseconds(found.assumesMs) }),
    ...(atLeastMs === undefined ? {} : { intervalAtLeastMs: roundMicroseconds(atLeastMs) }),
    fits: found === null ? [] : found.fits.map(reportFit),
    ...(found === null || found.settled === null ? {} : { settled: { ...reportFit(found.settled.fit), by: found.settled.by } }),
    points: seen.samples.map(({ job, endMs, sinceDisconnectMs }) => ({
      job: job.name,
      sincePodStartMs: roundMicroseconds(endMs),
      sinceDisconnectMs: sinceDisconnectMs === null ? null : roundMicroseconds(sinceDisconnectMs),
      ...(found === null || !isOnGrid(endMs, found.reading.grid) ? {} : { level: found.reading.grid.levelOf(endMs) }),
    })),
    parts: [...firstCheck(seen, found), ...capturedParts(context)],
    ...(cpu === undefined ? {} : { cpu }),
  };
}

function reportFit({ intervalMs, checks, triggerMs, processMs }: PollingFit): PollingReportFit {
  return { intervalMs: roundMicroseconds(intervalMs), checks, triggerMs: roundMicroseconds(triggerMs), processMs: pair(processMs) };
}

/** How long one Job took for a part, with the least and the most that this may be. */
interface PartDuration {
  readonly durationMs: DurationMs;
  readonly loMs: DurationMs;
  readonly hiMs: DurationMs;
}

/** The same ranks bound the median among the shortest and among the longest that the durations may be. */
function part(name: PollingPart["part"], durations: readonly PartDuration[], resolutionMs: DurationMs): PollingPart[] {
  if (durations.length === 0) return [];
  const low = medianInterval(sorted(durations.map(({ loMs }) => loMs)));
  const high = medianInterval(sorted(durations.map(({ hiMs }) => hiMs)));
  const ci95 = low === undefined || high === undefined ? {} : { ci95Ms: pair([Math.max(0, low[0]), high[1]]) };
  const medianMs = median(durations.map(({ durationMs }) => durationMs));
  return [
    { part: name, n: durations.length, medianMs: roundMicroseconds(medianMs), ...ci95, resolutionMs: roundMicroseconds(resolutionMs) },
  ];
}

/** Waits less the shortest that there can be, both by the same clock: of Jobs whose readings saw the use. Its resolution is what that leaves open. */
function firstCheck({ samples }: PollingSamples, found: PollingFound | null): PollingPart[] {
  const [view, ...others] = found?.reading.views ?? [];
  if (found === null || view === undefined || others.length > 0 || found.reading.lagMs > 0) return [];
  const { grid } = found.reading;
  const firsts = samplesOn(grid, samples).flatMap(({ endMs, used, clock }) => {
    const level = grid.levelOf(endMs);
    const shortest = view.onClock.get(clock);
    if (used === null || shortest === undefined || (view.unseen && level === grid.levels[0])) return [];
    const waitMs = grid.originMs + level * grid.stepMs - used.toMs;
    const [low, high] = shortest;
    return [{ durationMs: waitMs - (low + high) / 2, loMs: waitMs - high, hiMs: waitMs - low, openMs: high - low }];
  });
  return part("first-check", firsts, median(firsts.map(({ openMs }) => openMs)));
}

function capturedParts(context: MetricContext): PollingPart[] {
  const { timeline, profile } = context;
  const jobs = populationOf(timeline, profile, "connected").filter(({ mechanism }) => mechanism === "idle-cleanup");
  const { disconnected } = startPoints(timeline, closingMarks(profile));
  const asked = jobs.filter(({ deleteRequested }) => deleteRequested?.how === "audit");
  const between = (name: PollingPart["part"], durations: readonly JobDuration[], startWidth: (job: Job) => DurationMs = () => 0) => {
    const ended = durations.filter((one) => one.ended);
    const resolutionMs = ended.length === 0 ? 0 : median(ended.map((one) => one.resolutionMs));
    return part(
      name,
      ended.map((one) => ({
        durationMs: one.durationMs,
        loMs: (one.range?.loMs ?? one.durationMs) - one.resolutionMs / 2,
        hiMs: (one.range?.hiMs ?? one.durationMs) + one.resolutionMs / 2 + startWidth(one.job),
      })),
      resolutionMs,
    );
  };
  // A moment that is known as a range stands at its end.
  const goneWidth = ({ gone }: Job) => {
    const range = gone === undefined ? undefined : bracketOf(gone, timeline);
    return range === undefined ? 0 : range.hi - range.lo;
  };
  const fromRequest = jobDurations(
    timeline,
    asked,
    ({ deleteRequested }) => (deleteRequested === undefined ? null : { at: deleteRequested.at, lo: deleteRequested.lo, uncertaintyMs: 0 }),
    "gone",
  );
  const fromGone = jobDurations(
    timeline,
    jobs,
    ({ gone }) => (gone === undefined ? null : { at: gone.at, lo: gone.lo, uncertaintyMs: gone.bracket ? 0 : gone.hi - gone.lo }),
    "pod-gone",
  );
  return [
    ...between("disconnected-requested", jobDurations(timeline, asked, disconnected, "requested")),
    ...between("requested-gone", fromRequest),
    ...serviceParts(jobs),
    ...between("gone-pod-gone", fromGone, goneWidth),
  ];
}

/** Only the audit log shows services. */
function serviceParts(jobs: readonly Job[]): PollingPart[] {
  const both = jobs.flatMap(({ gone, serviceGone }) => (gone === undefined || serviceGone === undefined ? [] : [{ gone, serviceGone }]));
  const widths = both.map(({ gone, serviceGone }) => serviceGone.hi - serviceGone.lo + (gone.hi - gone.lo));
  return part(
    "gone-service-gone",
    both.map(({ gone, serviceGone }) => ({
      durationMs: serviceGone.at - gone.at,
      loMs: serviceGone.lo - gone.hi,
      hiMs: serviceGone.hi - gone.lo,
    })),
    widths.length === 0 ? 0 : median(widths),
  );
}
