import type { IsoTime, LocalTime, Report } from "../../model/report.js";
import { MINUTE_MS } from "../../model/time.js";
import type { Locale } from "../locales/index.js";
import { ltr, type Phrase, plain, say } from "./phrase.js";

/** Shows moments of a report in the zone of the run's own clock. */
export interface Times {
  /** Minutes east of UTC. */
  readonly offsetMinutes: number;
  /** "UTC+2", or that the zone is unknown. */
  readonly zone: Phrase;
  readonly zoneKnown: boolean;
  /** Epoch milliseconds of a time of the report; a local time is one of this zone, by a clock that may be off. */
  moment(at: IsoTime | LocalTime | number): number;
  /** The day on which all of the run was, "2025-12-07"; null where it was on several, or where nothing says when it was. */
  readonly day: string | null;
  /** "10:50", or "2025-12-08 10:50" on any day that is not all of the run's. */
  minute(at: IsoTime | LocalTime | number): string;
  /** "10:50:11", or with the day as minutes have it. */
  second(at: IsoTime | LocalTime | number): string;
  /** "10:50" on whatever day, beside a date that says which. */
  minuteOfDay(at: IsoTime | LocalTime | number): string;
  /** "10:50:11" on whatever day. */
  secondOfDay(at: IsoTime | LocalTime | number): string;
  /** A mark of an axis: "10:50", or with seconds; midnight by the day that it begins, "8 Dec" (as templates/scripts/draw-curve.js has it). */
  tick(at: number, seconds: boolean): string;
  /** "7 December 2025" in the language. */
  date(at: IsoTime | LocalTime | number): string;
}

/** The zone of the run: the runner's, where it is known; else UTC for reports that have cluster times, else unknown (local times are shown as they stand). */
export function timesOf(report: Report, locale: Locale): Times {
  const runner = report.clocks.find((clock) => clock.id === "runner");
  const zoneKnown = report.window !== null;
  const offsetMinutes = zoneKnown ? (runner?.zoneOffsetMinutes ?? 0) : 0;
  const moment = (at: IsoTime | LocalTime | number): number => epochOf(at) - (isLocal(at) ? offsetMinutes * MINUTE_MS : 0);
  const dayOf = (at: IsoTime | LocalTime | number): string =>
    new Date(moment(at) + offsetMinutes * MINUTE_MS).toISOString().slice(0, "2025-12-07".length);
  const span = report.window ?? report.windowLocal;
  const day = span && dayOf(span.from) === dayOf(span.to) ? dayOf(span.from) : null;
  const format = (options: Intl.DateTimeFormatOptions): ((at: IsoTime | number) => string) => {
    const formatter = new Intl.DateTimeFormat(locale.intl, { timeZone: "UTC", hourCycle: "h23", ...options });
    return (at) => formatter.format(moment(at) + offsetMinutes * MINUTE_MS).replace(/[\u200E\u200F]/g, "");
  };
  const dated =
    (timeOfDay: (at: IsoTime | LocalTime | number) => string) =>
    (at: IsoTime | LocalTime | number): string =>
      !span || dayOf(at) === day ? timeOfDay(at) : `${dayOf(at)} ${timeOfDay(at)}`;
  const minuteOfDay = format({ hour: "2-digit", minute: "2-digit" });
  const secondOfDay = format({ hour: "2-digit", minute: "2-digit", second: "2-digit" });
  const dayAndMonth = format({ day: "numeric", month: "short" });
  // On an axis, which runs left to right, Hebrew is a run of its own.
  const shortDay = (at: number): string => (locale.direction === "rtl" ? `\u2067${dayAndMonth(at)}\u2069` : dayAndMonth(at));
  return {
    offsetMinutes,
    zone: zoneKnown
      ? ltr(zoneLabel(offsetMinutes))
      : plain(
          say(locale, "facts.zone-unknown")
            .map((piece) => piece.text)
            .join(""),
        ),
    zoneKnown,
    moment,
    day,
    minute: dated(minuteOfDay),
    second: dated(secondOfDay),
    minuteOfDay,
    secondOfDay,
    tick: (at, seconds) => (secondOfDay(at) === "00:00:00" ? shortDay(at) : seconds ? secondOfDay(at) : minuteOfDay(at)),
    date: format({ day: "numeric", month: "long", year: "numeric" }),
  };
}

/** Epoch milliseconds of a time of the report; a local time is read as if its wall clock were UTC. */
export function epochOf(at: IsoTime | LocalTime | number): number {
  if (typeof at === "number") return at;
  return Date.parse(isLocal(at) ? `${at}Z` : at);
}

function isLocal(at: IsoTime | LocalTime | number): at is LocalTime {
  return typeof at === "string" && !/(?:Z|[+-]\d\d:?\d\d)$/.test(at);
}

/** "UTC", "UTC+2", "UTC−3:30". */
export function zoneLabel(offsetMinutes: number): string {
  if (offsetMinutes === 0) return "UTC";
  const size = Math.abs(offsetMinutes);
  const minutes = size % 60;
  return `UTC${offsetMinutes < 0 ? "\u2212" : "+"}${Math.floor(size / 60)}${minutes === 0 ? "" : `:${String(minutes).padStart(2, "0")}`}`;
}
