/** Puts the records of one log on one wall clock, although some have no date or no year, and some name a zone. */
import { DAY_MS, type EpochMs, isZoneOffset, MINUTE_MS, ZONE_STEP_MS } from "../../model/time.js";
import type { StampDate } from "../stamps/byte-stamp.js";
import { inYear, LEAP_YEAR, nearestYear } from "../stamps/stamps.js";
import type { LogRecord } from "./log-record.js";

const YEAR_MS = 365 * DAY_MS;
/** Until the year is known, years follow one another as if each had a 29th of February: one of them does, and nothing says which. */
const LEAP_YEAR_MS = 366 * DAY_MS;
const LEAP_YEAR_BEGINS = Date.UTC(LEAP_YEAR, 0, 1);

/** Where a record was put; `resolve` gives the final time once the whole log was seen. */
export interface Placed {
  readonly at: EpochMs;
  /** No date was known yet. */
  readonly dateless?: true;
  /** No year was known yet. */
  readonly yearless?: true;
  readonly zoneMinutes?: number;
}

/** What to count days from where no record has a date. */
export interface DateHint {
  /** Midnight of the day on which the log begins. */
  readonly day?: EpochMs;
  /** When the file was last written. */
  readonly modifiedAt?: EpochMs;
}

export class WallClock {
  /** The last record without a zone. */
  private last: EpochMs | undefined;
  private firstDateless: EpochMs | undefined;
  private firstYearless: EpochMs | undefined;
  private dated = false;
  private sessionBegan = false;
  /** What is added to records that had no date. */
  private shift = 0;
  /** The year of the first record that had none. */
  private firstYear = LEAP_YEAR;
  private firstZone: number | undefined;
  /** The last record, where it has a date, and no record with a zone yet follows it. */
  private localBefore: EpochMs | undefined;
  /** The last record with a zone, in UTC, where no record with a date and no zone yet follows it. */
  private utcBefore: EpochMs | undefined;
  /** Local less UTC of neighbouring records with and without a zone, in minutes, and how often. */
  private readonly offsets = new Map<number, number>();

  /** The next record in the order of the file. */
  place(record: Pick<LogRecord, "at" | "zoneMinutes" | "timeOnly" | "yearless">): Placed {
    if (record.zoneMinutes !== undefined && !record.timeOnly) return this.zoned(record.at, record.zoneMinutes);
    const placed = record.timeOnly ? this.timeOnly(record.at) : record.yearless ? this.withoutYear(record.at) : this.withDate(record.at);
    this.last = placed.at;
    this.sessionBegan = false;
    if (!isFinal(placed)) return placed;
    // Only neighbours: what comes later is later by the time that the run took, and would outvote them.
    if (this.utcBefore !== undefined) this.compare(placed.at, this.utcBefore);
    this.utcBefore = undefined;
    this.localBefore = placed.at;
    return placed;
  }

  /** Whether of many records with this date and zone in a row only the last leaves a trace here, and all are placed where their stamps say. */
  takesRuns(date: StampDate, zoneMinutes: number | undefined): boolean {
    if (zoneMinutes !== undefined && date !== "none") return this.localBefore === undefined;
    return date === "day" && this.dated && this.utcBefore === undefined;
  }

  /** A record without a zone is known to have been written at about this moment: what the two differ by is its zone. */
  witness(local: EpochMs, utc: EpochMs): void {
    this.compare(local, utc);
  }

  /** A new session: its times do not go back behind the one before. */
  session(): void {
    this.sessionBegan = true;
  }

  /** Every record was seen. Says where the date came from, or `none`; `record` where no help was needed. */
  finish(hint: DateHint): "record" | "name" | "modified" | "none" {
    if (this.dated || this.last === undefined) return "record";
    if (this.firstYearless !== undefined) return this.finishYear(hint, this.firstYearless, this.last);
    if (this.firstDateless === undefined) return "record";
    if (hint.day !== undefined) this.shift = hint.day;
    else if (hint.modifiedAt !== undefined) this.shift = Math.round((hint.modifiedAt - this.last) / DAY_MS) * DAY_MS;
    else return "none";
    return hint.day === undefined ? "modified" : "name";
  }

  private finishYear({ day, modifiedAt }: DateHint, first: EpochMs, last: EpochMs): "name" | "modified" | "none" {
    if (day !== undefined) {
      this.firstYear = yearOfFirst(first, day);
      return "name";
    }
    if (modifiedAt === undefined) return "none";
    // A file may be copied long after its last record was written, but not before: the year that ends then, and a day for zones and clocks.
    this.firstYear = yearOfFirst(last, modifiedAt + DAY_MS - YEAR_MS / 2);
    return "modified";
  }

  /** What the log does not say itself: its day, or only its year. */
  get undated(): "day" | "year" | undefined {
    if (this.dated) return undefined;
    return this.firstYearless !== undefined ? "year" : this.firstDateless === undefined ? undefined : "day";
  }

  /** The zone of the wall clock, where one is known. */
  get zoneMinutes(): number | undefined {
    let [zone, most] = [this.firstZone, 0];
    for (const [minutes, count] of this.offsets) if (count > most) [zone, most] = [minutes, count];
    return zone;
  }

  /** Every record names one. */
  get isZoned(): boolean {
    return this.firstZone !== undefined && this.last === undefined;
  }

  resolve(placed: Placed): EpochMs {
    if (placed.dateless || placed.yearless) {
      const at = placed.dateless ? placed.at + this.shift : placed.at;
      if (this.firstYearless === undefined) return at;
      const { day, years } = apart(at);
      const year = this.firstYear + years;
      return inYear(day, year) ?? day + (year - LEAP_YEAR) * YEAR_MS;
    }
    if (placed.zoneMinutes === undefined) return placed.at;
    return placed.at + ((this.zoneMinutes ?? 0) - placed.zoneMinutes) * MINUTE_MS;
  }

  private zoned(at: EpochMs, zoneMinutes: number): Placed {
    this.firstZone ??= zoneMinutes;
    this.utcBefore = at - zoneMinutes * MINUTE_MS;
    if (this.localBefore !== undefined) this.compare(this.localBefore, this.utcBefore);
    this.localBefore = undefined;
    return { at, zoneMinutes };
  }

  private compare(local: EpochMs, utc: EpochMs): void {
    const minutes = (Math.round((local - utc) / ZONE_STEP_MS) * ZONE_STEP_MS) / MINUTE_MS;
    // Much time lies between the two.
    if (!isZoneOffset(minutes)) return;
    this.offsets.set(minutes, (this.offsets.get(minutes) ?? 0) + 1);
  }

  private withDate(at: EpochMs): Placed {
    // The first date also dates what came before it.
    if (!this.dated && this.firstYearless !== undefined && this.last !== undefined) {
      this.firstYear = yearOfFirst(this.last, at);
    } else if (!this.dated && this.last !== undefined) this.shift = Math.round((at - this.last) / DAY_MS) * DAY_MS;
    this.dated = true;
    return { at };
  }

  /** The year in which this day is nearest to the record before: over new year in either direction. */
  private withoutYear(given: EpochMs): Placed {
    if (this.dated) return { at: inYear(given, nearestYear(given, this.last ?? given)) ?? given };
    const before = this.last === undefined || this.firstYearless === undefined ? given : this.last;
    const at = given + Math.round((before - given) / LEAP_YEAR_MS) * LEAP_YEAR_MS;
    // The first date also dates what came before it.
    if (this.firstYearless === undefined && this.last !== undefined) this.shift = Math.round((at - this.last) / DAY_MS) * DAY_MS;
    this.firstYearless ??= at;
    return { at, yearless: true };
  }

  /** The day on which this time is nearest to the record before: over midnight in either direction, as records may be slightly out of order. */
  private timeOnly(time: EpochMs): Placed {
    const last = this.last ?? time;
    let at = Math.round((last - time) / DAY_MS) * DAY_MS + time;
    if (this.sessionBegan && at < last) at += DAY_MS;
    if (this.dated) return { at };
    if (this.firstYearless !== undefined) return { at, yearless: true };
    this.firstDateless ??= at;
    return { at, dateless: true };
  }
}

/** A time of years that all have 366 days: its day in the first of them, and how many years later it is. */
function apart(at: EpochMs): { readonly day: EpochMs; readonly years: number } {
  const years = Math.floor((at - LEAP_YEAR_BEGINS) / LEAP_YEAR_MS);
  return { day: at - years * LEAP_YEAR_MS, years };
}

/** The year of the first record without one, where a later one was written about a moment. */
function yearOfFirst(known: EpochMs, moment: EpochMs): number {
  const { day, years } = apart(known);
  return nearestYear(day, moment) - years;
}

/** Nothing that comes later in the log moves it. */
export function isFinal(placed: Placed): boolean {
  return !placed.dateless && !placed.yearless;
}
