/**
 * When the events of a log happened. An event has the time of its record; it leaves at once where nothing that comes later in the log moves that time, and
 * is held to the end of the log where something may: a first date, a year, or records without a zone, whose clock those with a zone are turned to.
 */
import type { Evidence } from "../../model/source.js";
import type { DurationMs, EpochMs } from "../../model/time.js";
import type { Recorder } from "../recorder.js";
import { LogCoverage } from "./log-coverage.js";
import { placeEvent, type Unplaced } from "./log-marks.js";
import type { LogRecord } from "./log-record.js";
import { firstLine, type OpenRecord } from "./open-record.js";
import type { PlainRun } from "./plain-run.js";
import { type DateHint, isFinal, type Placed, WallClock } from "./wall-clock.js";

/** When a record was written, as far as is known where it stands. */
export interface RecordTime {
  readonly placed: Placed;
  readonly resolutionMs: DurationMs;
}

export class LogTimes {
  private readonly clock = new WallClock();
  private readonly coverage = new LogCoverage();
  /** Of the record that came last. */
  private last: RecordTime | undefined;
  /** Where the first record stands that names a zone. */
  private zoned: Evidence | undefined;
  /** Events of lines without a time, until the next record comes. */
  private waiting: Unplaced[] = [];
  /** Events whose times are not final. */
  private readonly held: { readonly event: Unplaced; readonly time: RecordTime }[] = [];
  /** Events came later than others that stand behind them in the log. */
  private isUnordered = false;

  constructor(private readonly recorder: Recorder) {}

  /** The next record, in the order of the log. */
  place(record: LogRecord, open: OpenRecord): RecordTime {
    const time = { placed: this.clock.place(record), resolutionMs: record.resolutionMs };
    this.coverage.see(time.placed);
    this.last = time;
    this.release(time);
    if (record.zoneMinutes !== undefined) this.zoned ??= this.recorder.evidence(open.line, firstLine(open));
    return time;
  }

  /** Whether a record with this zone, which says nothing, would change nothing here but the time and the coverage. */
  takesPlain(zoneMinutes: number | undefined): boolean {
    return this.waiting.length === 0 && (zoneMinutes === undefined || this.zoned !== undefined);
  }

  /** Whether many of them may be placed at once. */
  takesRuns({ date, zoneMinutes }: PlainRun): boolean {
    return this.clock.takesRuns(date, zoneMinutes);
  }

  /** The next of them. */
  placeRun({ count, low, high, last, resolutionMs, date, zoneMinutes }: PlainRun): void {
    const placed = this.clock.place({
      at: last,
      ...(zoneMinutes === undefined ? {} : { zoneMinutes }),
      ...(date === "none" ? { timeOnly: true } : date === "yearless" ? { yearless: true } : {}),
    });
    if (count > 1) for (const at of [low, high]) this.coverage.see({ ...placed, at });
    this.coverage.see(placed);
    this.last = { placed, resolutionMs };
  }

  /** A record was read at about the moment at which it was written: that tells the zone of one that names none. */
  witness({ at, zoneMinutes, timeOnly, yearless }: LogRecord, utc: EpochMs): void {
    if (zoneMinutes === undefined && !timeOnly && !yearless) this.clock.witness(at, utc);
  }

  /** A new session of tests begins: its times do not go back behind the one before. */
  session(): void {
    this.clock.session();
  }

  /** What a record says. */
  add(events: readonly Unplaced[], time: RecordTime): void {
    const { placed, resolutionMs } = time;
    for (const event of events) {
      if (!isFinal(placed) || placed.zoneMinutes !== undefined) this.held.push({ event, time });
      else this.recorder.emit(placeEvent(event, placed.at, resolutionMs));
    }
  }

  /** What a record says of which only the end of the log told it: others have followed since. */
  addLate(events: readonly Unplaced[], time: RecordTime): void {
    this.isUnordered = true;
    this.add(events, time);
  }

  /** What a line without a time says: it happened at the next record, or at the last one where none follows. */
  addWithoutTime(events: readonly Unplaced[]): void {
    for (const event of events) this.waiting.push(event);
  }

  /** The log is over: every time is final. */
  end(hint: DateHint): void {
    const { recorder, clock } = this;
    const isUnordered = this.isUnordered || this.held.length > 0;
    this.endWaiting();
    const dateFrom = clock.finish(hint);
    const missing = clock.undated === "year" ? "year" : "date";
    if (dateFrom === "modified" || dateFrom === "name") recorder.diagnose(`${missing}-from-file`, "info", { from: dateFrom });
    if (dateFrom === "none") recorder.diagnose(`log-without-${missing}`, "warning");
    if (dateFrom === "none" || dateFrom === "modified") recorder.undated = clock.undated;
    for (const { event, time } of this.held) recorder.emit(placeEvent(event, clock.resolve(time.placed), time.resolutionMs));
    if (isUnordered) recorder.table.sortByLine();
    this.coverage.tell(recorder, clock);
    const zone = clock.zoneMinutes;
    if (zone === undefined) return;
    recorder.zoneMinutes = zone;
    recorder.zoned = clock.isZoned;
    recorder.diagnose("zone-in-log", "info", { minutes: zone }, this.zoned);
  }

  private release(time: RecordTime): void {
    if (this.waiting.length === 0) return;
    this.add(this.waiting, time);
    this.waiting = [];
  }

  private endWaiting(): void {
    if (this.last !== undefined) this.release(this.last);
    // In a log without any record they have no time at all, and their lines say nothing.
    this.recorder.counts.matched -= this.waiting.length;
    this.recorder.counts.ignored += this.waiting.length;
  }
}
