import { describe, expect, it } from "vitest";
import { changesOfZone, findZoneJumps, goesOnBehind, settledByReport, settledByZone } from "../../../src/timeline/logs/zone-jumps.js";
import { mark, patterns, T0 } from "../builders.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const findZoneJump = (...given: Parameters<typeof findZoneJumps>) => findZoneJumps(...given).only;

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
    expect(findZoneJump(log(...times), patterns)).toMatchObject({ jump: { byMs }, wide: false });
  });

  it("is worth a proof after a longer silence, if there is no better one", () => {
    const wide = { jump: { byMs: HOUR }, wide: true };
    expect(findZoneJump(log(0, HOUR + 10 * MINUTE), patterns)).toMatchObject(wide);
    expect(findZoneJump(log(0, HOUR + 10 * MINUTE, 2 * HOUR + 11 * MINUTE), patterns)).toMatchObject({ wide: false });
    expect(findZoneJump(log(0, 2 * HOUR), patterns)).toBeUndefined();
    expect(findZoneJumps(log(0, HOUR, 2 * HOUR + 10 * MINUTE, 2 * HOUR + 12 * MINUTE), patterns).all).toHaveLength(2);
  });

  it("is where the log goes back, also after a longer silence, and not where it pauses", () => {
    const marks = log(0, HOUR + 20_000, HOUR - 20 * MINUTE);
    expect(findZoneJump(marks, patterns)).toMatchObject({ jump: { byMs: -HOUR, after: marks[2] }, wide: true });
    expect(findZoneJump(log(HOUR, 0, HOUR, 0), patterns)).toBeUndefined();
  });

  it("is one of half an hour only where its zone is not known, or is set by as much", () => {
    const found = (zoneMinutes: number | undefined) =>
      findZoneJump(log(0, HOUR / 2 + 1_000), patterns, changesOfZone(zoneMinutes))?.jump.byMs;
    expect([found(undefined), found(630), found(660), found(120)]).toEqual([HOUR / 2, HOUR / 2, HOUR / 2, undefined]);
    // A pause of half an hour does not hide the hour of summer time then.
    const marks = log(0, HOUR / 2, 2 * HOUR - HOUR / 2 + 20_000);
    expect([findZoneJump(marks, patterns, changesOfZone(120))?.jump.byMs, findZoneJump(marks, patterns)]).toEqual([HOUR, undefined]);
  });

  it("is none where the log does it twice, or another run begins", () => {
    expect(findZoneJump(log(0, HOUR, 2 * HOUR), patterns)).toBeUndefined();
    expect(findZoneJump([...log(0), mark("run-start", HOUR)], patterns)).toBeUndefined();
  });

  it("is one log that was set back where an investigation goes on behind it", () => {
    const tracked = (id: string, ms: number) => mark("tracked", ms, { jobId: id });
    const goesOn = (...marks: ReturnType<typeof log>) => {
      const jump = findZoneJump(marks, patterns)?.jump;
      return jump && goesOnBehind(jump, marks, patterns);
    };
    const ended = mark("disconnected", 2 * HOUR, { jobId: "1-1" });
    const begun = tracked("1-1", 2 * HOUR);
    expect(goesOn(begun, tracked("1-1", HOUR + 20_000))).toBe(true);
    expect(goesOn(begun, tracked("2-2", HOUR + 20_000))).toBe(false);
    expect(goesOn(begun, ended, tracked("1-1", HOUR + 20_000))).toBe(false);
  });

  it("follows the rules of its zone, on the first of two equal wall times", () => {
    const at = (wall: number) => wall - T0;
    const berlin = Date.UTC(2025, 9, 26, 2, 59, 50);
    const jump = findZoneJump(log(at(berlin), at(berlin) - HOUR + 20_000), patterns)?.jump;
    if (jump === undefined) throw new Error("no jump");
    expect(settledByZone(jump, "Europe/Berlin")).toBe("zone-rules");
    expect(settledByZone(jump, "Asia/Tokyo")).toBe("no-change");
    expect(settledByZone(jump, undefined)).toBe("open");
  });

  it("is proven by the first duration that is reported behind it, in the decimal sign of the profile", () => {
    const settled = (decimalSign: "." | "," | undefined, ...reports: readonly string[]) => {
      const begin = mark("stream-start", 0);
      const marks = [begin, ...reports.map((seconds, index) => mark("stream-ended", HOUR + 6_000 + index, { seconds }))];
      const jump = findZoneJump(marks, patterns)?.jump;
      return jump && settledByReport(jump, marks, patterns, decimalSign);
    };
    expect(settled(undefined, "6.00")).toBe("reported-duration");
    expect(settled(",", "6,00")).toBe("reported-duration");
    expect(settled(undefined, "6,00")).toBe("open");
    expect(settled(".", "3,606.00")).toBe("no-change");
    expect(settled(undefined, "", "6.00")).toBe("reported-duration");
  });
});
