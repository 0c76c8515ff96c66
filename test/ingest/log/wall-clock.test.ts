import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LogRecord } from "../../../src/ingest/log/log-record.js";
import { WallClock } from "../../../src/ingest/log/wall-clock.js";
import { inYear, LEAP_YEAR, nearestYear } from "../../../src/ingest/stamps/stamps.js";

const DAY = 24 * 60 * 60_000;
const base = { resolutionMs: 1000, logger: "", variant: "logging", message: "" };

function withoutYear(at: number): LogRecord {
  return { ...base, at: inYear(at, LEAP_YEAR) ?? 0, yearless: true };
}

/** Where a log puts its records in the end. */
function placed(records: readonly LogRecord[], hint: { day?: number; modifiedAt?: number } = {}): number[] {
  const clock = new WallClock();
  const places = records.map((record) => clock.place(record));
  clock.finish(hint);
  return places.map((place) => clock.resolve(place));
}

describe("records without a year", () => {
  const moments = fc
    .tuple(
      fc.integer({ min: Date.UTC(2020, 0, 1) / 1000, max: Date.UTC(2030, 11, 31) / 1000 }),
      fc.array(fc.integer({ min: 0, max: (100 * DAY) / 1000 }), { minLength: 1, maxLength: 8 }),
    )
    .map(([first, gaps]) => {
      const times = [first * 1000];
      for (const gap of gaps) times.push((times.at(-1) ?? 0) + gap * 1000);
      return times;
    });

  it("go over new year, and take the year of a file that was written at their end", () => {
    fc.assert(
      fc.property(moments, (times) => {
        expect(placed(times.map(withoutYear), { modifiedAt: times.at(-1) ?? 0 })).toEqual(times);
      }),
    );
  });

  it("are not younger than their file, which may have been copied long after", () => {
    const times = [Date.UTC(2026, 2, 28, 23), Date.UTC(2026, 2, 29, 1)];
    for (const modifiedAt of [Date.UTC(2026, 10, 29), Date.UTC(2027, 2, 27), Date.UTC(2026, 2, 28, 11)])
      expect(placed(times.map(withoutYear), { modifiedAt })).toEqual(times);
  });

  it("take the year of any dated record, before or after them", () => {
    fc.assert(
      fc.property(moments, fc.boolean(), (times, isFirst) => {
        const dated = isFirst ? 0 : times.length - 1;
        const records = times.map((at, index) => (index === dated ? { ...base, at } : withoutYear(at)));
        expect(placed(records)).toEqual(times);
      }),
    );
  });

  it("reach the 29th of February of the year after the one in which the log begins", () => {
    const times = [Date.UTC(2023, 8, 1), Date.UTC(2023, 11, 20), Date.UTC(2024, 1, 29), Date.UTC(2024, 1, 29, 1)];
    expect(placed(times.map((at, index) => (index === 3 ? { ...base, at } : withoutYear(at))))).toEqual(times);
    expect(placed(times.map(withoutYear), { modifiedAt: times[3] ?? 0 })).toEqual(times);
  });

  it("know what they do not say themselves", () => {
    const clock = new WallClock();
    clock.place(withoutYear(Date.UTC(2025, 1, 3)));
    expect([clock.finish({}), clock.undated]).toEqual(["none", "year"]);
    clock.place({ ...base, at: Date.UTC(2025, 1, 3) });
    expect([clock.finish({}), clock.undated]).toEqual(["record", undefined]);
  });

  it("may lie on the 29th of February only in years that have one", () => {
    expect(inYear(Date.UTC(LEAP_YEAR, 1, 29, 5), 2025)).toBeUndefined();
    expect(nearestYear(Date.UTC(LEAP_YEAR, 1, 29), Date.UTC(2025, 1, 1))).toBe(2024);
  });
});

describe("the zone of records that name none", () => {
  const MINUTE = 60_000;
  const start = Date.UTC(2025, 11, 7, 8);
  const zoneOf = (records: readonly Pick<LogRecord, "at" | "zoneMinutes">[]) => {
    const clock = new WallClock();
    for (const record of records) clock.place(record);
    return clock.zoneMinutes;
  };
  const local = (minutes: number) => ({ at: start + (120 + minutes) * MINUTE });
  const inUtc = (minutes: number) => ({ at: start + minutes * MINUTE, zoneMinutes: 0 });

  it("is told by those next to one that does, however many come later or before", () => {
    const later = Array.from({ length: 180 }, (_, minutes) => local(minutes));
    expect(zoneOf([inUtc(0), ...later])).toBe(120);
    expect(zoneOf([...later, inUtc(179)])).toBe(120);
    expect(zoneOf([...Array.from({ length: 180 }, (_, minutes) => inUtc(minutes)), local(179)])).toBe(120);
  });

  it("is none that nobody lives in: those two were written long after one another", () => {
    expect(zoneOf([inUtc(0), local(4 * 24 * 60)])).toBe(0);
    expect(zoneOf([inUtc(0), local(4 * 24 * 60), local(5 * 24 * 60), inUtc(5 * 24 * 60)])).toBe(120);
  });
});
