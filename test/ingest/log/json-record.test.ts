import { describe, expect, it } from "vitest";
import { parseJsonRecord } from "../../../src/ingest/log/json-record.js";

const read = (row: object) => parseJsonRecord(JSON.stringify(row));
const at = Date.UTC(2026, 2, 29, 0, 58, 12, 123);

describe("a row of the journal of systemd", () => {
  const row = { PRIORITY: "6", MESSAGE: "run 1 loaded", __REALTIME_TIMESTAMP: "1774745892123400", SYSLOG_IDENTIFIER: "loader" };

  it("has the time of its microseconds since 1970, which it prints as a text", () => {
    expect(read(row)).toMatchObject({ zoneMinutes: 0, resolutionMs: 0.001, logger: "loader", message: "run 1 loaded" });
    expect(read(row)?.at).toBeCloseTo(at + 0.4, 3);
  });

  it("is no record where its message is none, or printed as bytes", () => {
    expect([read({ ...row, MESSAGE: null }), read({ ...row, MESSAGE: [114, 117, 110] })]).toEqual([null, null]);
  });
});

describe("a time in a text", () => {
  it("may be an epoch or printed, and is none where it is neither", () => {
    expect(read({ time: "1774745892.123", msg: "x" })).toMatchObject({ at, resolutionMs: 1, zoneMinutes: 0 });
    expect(read({ time: "2026-03-29T00:58:12.123", msg: "x" })).toMatchObject({ at, resolutionMs: 1 });
    for (const time of ["20260329005812", "12", "now", ""]) expect(read({ time, msg: "x" })).toBeNull();
  });
});
