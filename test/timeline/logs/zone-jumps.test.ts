import { describe, expect, it } from "vitest";
import { changesOfZone, findWideZoneJump, findZoneJump, settledByReport, settledByZone } from "../../../src/timeline/logs/zone-jumps.js";
import { mark, patterns, T0 } from "../builders.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Marks at these moments, in the order of the log. */
function log(...times: readonly number[]) {
  return times.map((ms) => mark("connected", ms));
}

describe("a place where summer time may have set the clock", () => {
  it.each([
    ["an hour forward", [0, HOUR + 20_000], HOUR],
    ["an hour back", [HOUR, 30_000], -HOUR],
    ["half an hour back", [HOUR, HOUR / 2 + 1_000], -HOUR / 2],
  ])("is one that goes %s, give or take a short silence", (_, times, byMs) => {
    expect(findZoneJump(log(...times), patterns)?.byMs).toBe(byMs);
  });

  it("is none after a longer silence, though such a place is worth a proof", () => {
    const marks = log(0, HOUR + 10 * MINUTE);
    expect(findZoneJump(marks, patterns)).toBeUndefined();
    expect(findWideZoneJump(marks, patterns)?.byMs).toBe(HOUR);
  });

  it("is one of half an hour only where its zone is not known, or is set by as much", () => {
    const found = (zoneMinutes: number | undefined) => findZoneJump(log(0, HOUR / 2 + 1_000), patterns, changesOfZone(zoneMinutes))?.byMs;
    expect([found(undefined), found(630), found(660), found(120)]).toEqual([HOUR / 2, HOUR / 2, HOUR / 2, undefined]);
    // A pause of half an hour does not hide the hour of summer time then.
    const marks = log(0, HOUR / 2, 2 * HOUR - HOUR / 2 + 20_000);
    expect([findZoneJump(marks, patterns, changesOfZone(120))?.byMs, findZoneJump(marks, patterns)]).toEqual([HOUR, undefined]);
  });

  it("is none where the log does it twice, or another run begins", () => {
    expect(findZoneJump(log(0, HOUR, 2 * HOUR), patterns)).toBeUndefined();
    expect(findZoneJump([...log(0), mark("run-start", HOUR)], patterns)).toBeUndefined();
  });

  it("follows the rules of its zone, on the first of two equal wall times", () => {
    const at = (wall: number) => wall - T0;
    const berlin = Date.UTC(2025, 9, 26, 2, 59, 50);
    const jump = findZoneJump(log(at(berlin), at(berlin) - HOUR + 20_000), patterns);
    if (jump === undefined) throw new Error("no jump");
    expect(settledByZone(jump, "Europe/Berlin")).toBe("zone-rules");
    expect(settledByZone(jump, "Asia/Tokyo")).toBe("no-change");
    expect(settledByZone(jump, undefined)).toBe("open");
  });

  it("is proven by the first duration that is reported behind it, in the decimal sign of the profile", () => {
    const settled = (decimalSign: "." | "," | undefined, ...reports: readonly string[]) => {
      const begin = mark("stream-start", 0);
      const marks = [begin, ...reports.map((seconds, index) => mark("stream-ended", HOUR + 6_000 + index, { seconds }))];
      const jump = findZoneJump(marks, patterns);
      return jump && settledByReport(jump, marks, patterns, decimalSign);
    };
    expect(settled(undefined, "6.00")).toBe("reported-duration");
    expect(settled(",", "6,00")).toBe("reported-duration");
    expect(settled(undefined, "6,00")).toBe("open");
    expect(settled(".", "3,606.00")).toBe("no-change");
    expect(settled(undefined, "", "6.00")).toBe("reported-duration");
  });
});
