import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseLogRecord } from "../../../src/ingest/log/log-record.js";

/** What the common form means, written down once more as an expression. */
const COMMON = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d),(\d{3}) - (.{0,200}?) - ([A-Z]{3,9}) - ?(.*)$/s;

function byExpression(line: string): unknown {
  const found = COMMON.exec(line);
  if (found === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, ms = 0] = found.slice(1, 8).map(Number);
  const at = Date.UTC(year, month - 1, day, hour, minute, second, ms);
  if (new Date(at).toISOString() !== `${line.slice(0, 10)}T${line.slice(11, 19)}.${line.slice(20, 23)}Z`) return null;
  return { at, resolutionMs: 1, logger: found[8], variant: "logging,", message: found[10] };
}

describe("parseLogRecord", () => {
  const piece = fc.constantFrom(" - ", "-", " ", "INFO", "AB", "ABCDEFGHIJ", "DEBUG", "a.b", "x".repeat(199), "é", "\u2028", "0");
  const stamp = fc.constantFrom("2025-12-07 10:51:15,323", "2025-02-30 10:51:15,323", "2025-12-07 25:51:15,323", "2025-12-07 10:51:15.323");

  it("reads the common form like the expression that describes it", () => {
    fc.assert(
      fc.property(stamp, fc.array(piece, { maxLength: 12 }), (time, pieces) => {
        const line = `${time} - ${pieces.join("")}`;
        const expected = byExpression(line);
        if (expected !== null) expect(parseLogRecord(line)).toEqual(expected);
        else expect(parseLogRecord(line)?.variant === "logging," && time.includes(",") && COMMON.test(line)).toBe(false);
      }),
    );
  });

  it("cuts decimals that are finer than a microsecond, as Go and kubectl print them", () => {
    const at = Date.UTC(2026, 2, 1, 12, 59, 32, 249);
    const forms = ["2026-03-01T12:59:32.249999872Z - r - INFO - m", "[2026-03-01 12:59:32.249999872Z] INFO r: m"];
    for (const line of forms) {
      expect(parseLogRecord(line)).toMatchObject({ resolutionMs: 0.001, zoneMinutes: 0, logger: "r", message: "m" });
      expect((parseLogRecord(line)?.at ?? 0) - at).toBeCloseTo(0.999, 3);
    }
    expect(parseLogRecord("1772369972.249999872 - r - INFO - m")?.at).toBeCloseTo(at + 1, 2);
    expect(parseLogRecord("2026-03-01T12:59:32.2499998721Z - r - INFO - m")).toBeNull();
  });

  it("takes an epoch as fine as its decimals are printed, zeros included, in seconds and milliseconds", () => {
    const at = Date.UTC(2025, 11, 5, 8, 50, 3);
    const resolutions = ["1764924603", "1764924603.0", "1764924603.000", "1764924603.712", "1764924603.712345", "1764924603712"].map(
      (stamp) => parseLogRecord(`${stamp} - w - INFO - m`)?.resolutionMs,
    );
    expect(resolutions).toEqual([1000, 100, 1, 1, 0.001, 1]);
    expect(parseLogRecord("1764924603.712 - w - INFO - m")).toMatchObject({ at: at + 712, zoneMinutes: 0 });
    const row = (time: string) => parseLogRecord(`{"level":"info","ts" : ${time}, "msg":"m"}`);
    const rows = ["1764924603", "1764924603.700", "1764924603.7", "1764924603712", "1764924603712.25", "1.764924603712e12"].map(row);
    expect(rows.map((record) => record?.resolutionMs)).toEqual([1000, 1, 100, 1, 0.01, 1]);
    expect(rows.map((record) => (record?.at ?? 0) - at)).toEqual([0, 700, 700, 712, 712.25, 712]);
    // The number of another object is not that of the row.
    expect(parseLogRecord('{"request":{"ts":1764924603.000},"ts":1764924603.25,"msg":"m"}')).toMatchObject({
      at: at + 250,
      resolutionMs: 10,
    });
    expect(["999999999", "3000000000", "3000000000000", "17649246031"].map((stamp) => parseLogRecord(`${stamp} - w - INFO - m`))).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  it("tells stamps with a comma, behind which no zero is left out, from others of the same form", () => {
    const variants = ["15,323", "15.323", "15"].map((second) => [
      parseLogRecord(`2025-12-07 10:51:${second} - a - INFO - m`)?.variant,
      parseLogRecord(`2025-12-07 10:51:${second} [    INFO] a: m`)?.variant,
      parseLogRecord(`[2025-12-07 10:51:${second}] INFO a: m`)?.variant,
    ]);
    expect(variants).toEqual([
      ["logging,", "pytest-live,", "bracketed,"],
      ["logging", "pytest-live", "bracketed"],
      ["logging", "pytest-live", "bracketed"],
    ]);
  });

  it("leaves what only looks like it to the other forms", () => {
    expect(parseLogRecord("2025-12-07 10:51:15,3234 - a - INFO - m")).toMatchObject({ resolutionMs: 0.1, message: "m" });
    expect(parseLogRecord("2025-12-07 10:51:15,323+02:00 - a - INFO - m")).toMatchObject({ zoneMinutes: 120 });
    expect(parseLogRecord("2025-12-07 10:51:15,323 - a - info - m")).toBeNull();
    expect(parseLogRecord("2025-12-07 10:51:15,323 - a - INFO -m")).toMatchObject({ message: "m" });
  });
});
