/** Milliseconds since 1970-01-01T00:00:00Z. Fractions carry microseconds. For a zone-less clock: as if its wall time were UTC. */
export type EpochMs = number;

/** A length of time in milliseconds; fractions carry microseconds. */
export type DurationMs = number;

export const MINUTE_MS: DurationMs = 60_000;
export const HOUR_MS: DurationMs = 60 * MINUTE_MS;
export const DAY_MS: DurationMs = 24 * HOUR_MS;

/**
 * Whose time a stamp is in. `runner` is the machine of the tests; where logs of several were given, the others are `runner:2` and so on.
 * `collector` is the machine that stamped the arrival of watch rows; where there are captures of several, the others are `collector:2` and so on.
 * `audit` is what stamped an audit log, where that is not the cluster's clock; of several, the others are `audit:2` and so on.
 */
export type ClockId =
  | "runner"
  | `runner:${number}`
  | "cluster"
  | "collector"
  | `collector:${number}`
  | "audit"
  | `audit:${number}`
  | "controller"
  | "scheduler"
  | `node:${string}`
  | `http:${string}`;

/** Whether the clock is that of a machine on which tests ran. */
export function isRunnerClock(id: ClockId): boolean {
  return id === "runner" || id.startsWith("runner:");
}

/** Whether the clock is that of a machine on which rows of a watch arrived. */
export function isCollectorClock(id: ClockId): boolean {
  return id === "collector" || id.startsWith("collector:");
}

/**
 * One moment as a source printed it. A source cuts digits off, so the true moment lies in
 * `[at, at + resolutionMs)` of that clock.
 */
export interface Instant {
  readonly at: EpochMs;
  /** 1000 for a Kubernetes stamp, 1 for a millisecond log, 0.001 for microseconds. */
  readonly resolutionMs: DurationMs;
  readonly clock: ClockId;
}

/** Every zone in use is a multiple of a quarter of an hour off UTC (IANA time zone database). */
export const ZONE_STEP_MS: DurationMs = 15 * MINUTE_MS;

/** Farther from UTC [minutes east] nobody lives (IANA time zone database). */
export const ZONE_RANGE_MINUTES = { min: -12 * 60, max: 14 * 60 } as const;

/** Whether a zone [minutes east] is one that somebody may live in. */
export function isZoneOffset(minutes: number): boolean {
  return minutes >= ZONE_RANGE_MINUTES.min && minutes <= ZONE_RANGE_MINUTES.max;
}

/** Whether it names a zone: Asia/Jerusalem. */
export function isZoneName(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Whether it is a moment in UTC (ISO 8601): whoever draws a report computes with its times. */
export function isMoment(time: string): boolean {
  return time.endsWith("Z") && /^(?:\d{4}|[+-]\d{6})-\d\d-\d\dT/.test(time) && !Number.isNaN(Date.parse(time));
}

/** Closed numeric bounds `lo <= x <= hi`, in the unit of whatever they bound. */
export interface Bounds {
  readonly lo: number;
  readonly hi: number;
}

/** Where nothing bounds a moment. */
export const ANY_TIME: Bounds = { lo: Number.NEGATIVE_INFINITY, hi: Number.POSITIVE_INFINITY };

/** 10000-01-01T00:00:00Z: from then on a year has more than four digits. */
const LAST_PLAIN_YEAR_MS: EpochMs = 253_402_300_800_000;

/** ISO 8601 UTC with milliseconds, the only time format of report.json. */
export function isoFromEpoch(at: EpochMs): string {
  const ms = Math.round(at);
  return ms >= 0 && ms < LAST_PLAIN_YEAR_MS ? withinYears(ms) : new Date(ms).toISOString();
}

/** Wall time of a clock without a zone: ISO 8601 without the Z. */
export function localIso(reading: EpochMs): string {
  return isoFromEpoch(reading).slice(0, -1);
}

/** The day of the last stamp, and the character codes of its year, month and day: stamps of a run are of the same few days. */
let day = Number.NaN;
let [y1, y2, y3, y4, m1, m2, d1, d2] = [0, 0, 0, 0, 0, 0, 0, 0];
/** Stamps that were asked for of late, by their place in a ring: where one stage ends the next begins. */
const RECENT = 64;
const recentMs = new Float64Array(RECENT).fill(Number.NaN);
const recentTexts: string[] = new Array(RECENT).fill("");

/** As Date.prototype.toISOString writes it, which takes five times as long. */
function withinYears(ms: EpochMs): string {
  const days = Math.floor(ms / DAY_MS);
  const inDay = ms - days * DAY_MS;
  const place = inDay % RECENT;
  if (recentMs[place] === ms) return recentTexts[place] as string;
  if (days !== day) {
    const date = new Date(days * DAY_MS).toISOString();
    const code = (index: number) => date.charCodeAt(index);
    [y1, y2, y3, y4, m1, m2, d1, d2] = [code(0), code(1), code(2), code(3), code(5), code(6), code(8), code(9)];
    day = days;
  }
  const text = textOf(inDay);
  recentMs[place] = ms;
  recentTexts[place] = text;
  return text;
}

const [ZERO, DASH, COLON, DOT, T, Z] = [48, 45, 58, 46, 84, 90];

function textOf(inDay: DurationMs): string {
  const minutes = Math.floor(inDay / MINUTE_MS);
  const inMinute = inDay - minutes * MINUTE_MS;
  const [hour, minute, second, ms] = [Math.floor(minutes / 60), minutes % 60, Math.floor(inMinute / 1000), inMinute % 1000];
  const [h1, h2, n1, n2, s1, s2] = [tens(hour), ones(hour), tens(minute), ones(minute), tens(second), ones(second)];
  const [i1, i2, i3] = [ZERO + Math.floor(ms / 100), tens(ms % 100), ones(ms)];
  return String.fromCharCode(y1, y2, y3, y4, DASH, m1, m2, DASH, d1, d2, T, h1, h2, COLON, n1, n2, COLON, s1, s2, DOT, i1, i2, i3, Z);
}

function tens(value: number): number {
  return ZERO + Math.floor(value / 10);
}

function ones(value: number): number {
  return ZERO + (value % 10);
}

/** To the microsecond, a moment or a duration: no stamp is finer, and differences of epoch milliseconds carry binary noise below it. */
export function roundMicroseconds(ms: EpochMs | DurationMs): number {
  return Math.round(ms * 1000) / 1000;
}

/** A duration in seconds, to the microsecond: rounded to the millisecond before, 2.004974 s would be 2.01 s in one place and 2.00 s in another. */
export function roundedSeconds(ms: DurationMs): number {
  return Math.round(ms * 1000) / 1e6;
}
