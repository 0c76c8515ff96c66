import type { IsoTime, LocalTime, Report } from "../model/report.js";
import type { Locale } from "./locales/index.js";
import { ltr, type Phrase, plain, say } from "./phrase.js";

const MINUTE_MS = 60_000;

/** Shows moments of a report in the zone of the run's own clock. */
export interface Times {
  /** Minutes east of UTC. */
  readonly offsetMinutes: number;
  /** "UTC+2", or that the zone is unknown. */
  readonly zone: Phrase;
  readonly zoneKnown: boolean;
  /** "10:50". */
  minute(at: IsoTime | LocalTime | number): string;
  /** "10:50:11". */
  second(at: IsoTime | LocalTime | number): string;
  /** "7 December 2025" in the language. */
  date(at: IsoTime | LocalTime | number): string;
}

/** The zone of the run: the runner's, where it is known; else UTC for reports that have cluster times, else unknown (local times are shown as they stand). */
export function timesOf(report: Report, locale: Locale): Times {
  const runner = report.clocks.find((clock) => clock.id === "runner");
  const zoneKnown = report.window !== null;
  const offsetMinutes = zoneKnown ? (runner?.zoneOffsetMinutes ?? 0) : 0;
  const format = (options: Intl.DateTimeFormatOptions): ((at: IsoTime | number) => string) => {
    const formatter = new Intl.DateTimeFormat(locale.intl, { timeZone: "UTC", hourCycle: "h23", ...options });
    return (at) => formatter.format(epochOf(at) + offsetMinutes * MINUTE_MS).replace(/[\u200E\u200F]/g, "");
  };
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
    minute: format({ hour: "2-digit", minute: "2-digit" }),
    second: format({ hour: "2-digit", minute: "2-digit", second: "2-digit" }),
    date: format({ day: "numeric", month: "long", year: "numeric" }),
  };
}

/** Epoch milliseconds of a time of the report; a local time is read as if its wall clock were UTC. */
export function epochOf(at: IsoTime | LocalTime | number): number {
  if (typeof at === "number") return at;
  return Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(at) ? at : `${at}Z`);
}

/** "UTC", "UTC+2", "UTC−3:30". */
export function zoneLabel(offsetMinutes: number): string {
  if (offsetMinutes === 0) return "UTC";
  const size = Math.abs(offsetMinutes);
  const minutes = size % 60;
  return `UTC${offsetMinutes < 0 ? "\u2212" : "+"}${Math.floor(size / 60)}${minutes === 0 ? "" : `:${String(minutes).padStart(2, "0")}`}`;
}
