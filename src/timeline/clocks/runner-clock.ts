import type { Clock } from "../../model/clock.js";
import { groupBy } from "../../model/collections/group-by.js";
import type { HttpDate, LogMark } from "../../model/event.js";
import type { SourceSummary } from "../../model/source.js";
import { type Bounds, type ClockId, type DurationMs, isZoneOffset, MINUTE_MS } from "../../model/time.js";
import { clockFromBounds, type DeclaredClock, isPlausibleZone, runnerClock, splitOffset, unanchoredClock } from "./clocks.js";
import type { OffsetBound } from "./offset-bound.js";

/** From an HTTP response until its headers are logged; a server is usually answered within this. */
const HTTP_LATENCY_MS = 500;

/** So many of the requests must stand nearest to their Jobs in one zone: else Jobs that a schedule made waited for long, and tell none. */
const MOST_IN_ZONE = 0.9;

/**
 * Jobs bound the runner's clock best; where there are none, HTTP dates give the zone and the difference to that server. `readings`: from the first
 * reading of the run to the last.
 */
export function anchorRunner(
  declared: DeclaredClock,
  jobBounds: readonly OffsetBound[],
  httpBounds: readonly OffsetBound[],
  id: ClockId,
  readings: Bounds | undefined,
): Clock {
  const fromJobs = runnerClock(declared, jobBounds, "bounds", id, readings);
  if (fromJobs.offsetMs !== null && isPlausibleZone(fromJobs)) return fromJobs;
  const fromHttp = runnerClock(declared, httpBounds, "http-date", id, readings);
  return fromHttp.offsetMs !== null && isPlausibleZone(fromHttp) ? fromHttp : unanchoredClock(id);
}

/**
 * The zone by which requests stand nearest to their Jobs; undefined where they do not agree on one. Those to Jobs that a schedule made stand some time before or after them, seconds as a
 * rule: they tell nothing else of the clock.
 */
export function zoneShown(bounds: readonly OffsetBound[]): number | undefined {
  const zones = groupBy(bounds, (bound) => splitOffset(bound.lo).zoneOffsetMinutes);
  const [zoneOffsetMinutes] = [...zones].find(([, same]) => same.length >= bounds.length * MOST_IN_ZONE) ?? [];
  return zoneOffsetMinutes === undefined || !isZoneOffset(zoneOffsetMinutes) ? undefined : zoneOffsetMinutes;
}

/** The server stamped its answer before the runner logged it, and after the request that the run's marks tell of left. */
export function httpDateBounds(dates: readonly HttpDate[], marks: readonly LogMark[]): OffsetBound[] {
  const [first, last] = [marks[0], marks.at(-1)];
  if (first === undefined || last === undefined) return [];
  const ofRun = dates.filter(({ logged }) => logged.at >= first.at.at - MINUTE_MS && logged.at <= last.at.at + MINUTE_MS);
  return ofRun.map(({ logged, date }) => ({
    at: logged.at,
    lo: logged.at - date - 1000 - HTTP_LATENCY_MS,
    hi: logged.at + logged.resolutionMs - date,
  }));
}

/** A server's clock against the cluster's: the runner stands between them. */
export function httpClock(host: string, bounds: readonly OffsetBound[], runner: Clock): Clock {
  const id = `http:${host}` as const;
  const seen = clockFromBounds(id, bounds, "http-date");
  if (seen.offsetMs === null || runner.offsetMs === null || runner.method === "http-date")
    return { ...unanchoredClock(id), anchors: seen.anchors };
  const skewMs = runner.offsetMs - seen.offsetMs;
  return {
    ...seen,
    offsetMs: skewMs,
    zoneOffsetMinutes: 0,
    skewMs,
    uncertaintyMs: (seen.uncertaintyMs ?? 0) + (runner.uncertaintyMs ?? 0),
  };
}

/**
 * The declaration, and where it says nothing of the zone, the zone that the run's logs name themselves if they agree on one.
 * `zoneShifts`: what was added to the readings of a log that names another zone than the first.
 */
export function withZoneOfLogs(
  marks: readonly LogMark[],
  sources: readonly SourceSummary[],
  declared: DeclaredClock,
  zoneShifts: ReadonlyMap<number, DurationMs>,
): DeclaredClock {
  if (declared.zoneName !== undefined || declared.zoneOffsetMinutes !== undefined) return declared;
  const logs = new Set<number>();
  for (let index = 0; index < marks.length; index += 1) logs.add((marks[index] as LogMark).evidence.source);
  const zoneOf = (index: number) => {
    const zone = sources[index]?.zoneMinutes;
    return zone === undefined ? undefined : zone + (zoneShifts.get(index) ?? 0) / MINUTE_MS;
  };
  const [zone, ...others] = new Set([...logs].map(zoneOf));
  return zone === undefined || others.length > 0 ? declared : { ...declared, zoneOffsetMinutes: zone };
}
