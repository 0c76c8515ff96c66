import { describe, expect, it } from "vitest";
import { LOCALES } from "../../src/report/locales/index.js";
import { timesOf } from "../../src/report/times.js";
import { fixtureReport } from "./fixture.js";

/** Times of a run between these two, by a clock two hours east of UTC. */
function times(from: string, to: string) {
  const report = fixtureReport("contradicted");
  const clocks = report.clocks.map((clock) => (clock.id === "runner" ? { ...clock, zoneOffsetMinutes: 120 } : clock));
  return timesOf({ ...report, clocks, window: { from, to } }, LOCALES.en);
}

describe("times of a report", () => {
  it("are bare on the one day of the run, as its own clock counts days", () => {
    const { day, minute, second } = times("2025-12-06T22:30:00Z", "2025-12-07T21:30:00Z");
    expect(day).toBe("2025-12-07");
    expect(minute("2025-12-07T08:50:11Z")).toBe("10:50");
    expect(second(Date.parse("2025-12-07T08:50:11Z"))).toBe("10:50:11");
  });

  it("say the day of what was before or after it", () => {
    const { second } = times("2025-12-07T08:00:00Z", "2025-12-07T09:00:00Z");
    expect(second("2025-12-07T22:00:01Z")).toBe("2025-12-08 00:00:01");
    expect(second("2025-12-06T21:59:59Z")).toBe("2025-12-06 23:59:59");
  });

  it("say the day of everything in a run over several", () => {
    const { day, minute, minuteOfDay, secondOfDay } = times("2025-12-07T08:50:00Z", "2025-12-08T18:03:00Z");
    expect(day).toBeNull();
    expect(minute("2025-12-07T08:50:00Z")).toBe("2025-12-07 10:50");
    expect(minute("2025-12-08T18:03:00Z")).toBe("2025-12-08 20:03");
    expect(minuteOfDay("2025-12-08T18:03:00Z")).toBe("20:03");
    expect(secondOfDay("2025-12-08T18:03:04Z")).toBe("20:03:04");
  });

  it("leave a local time, which no clock places, as it stands", () => {
    const { moment, second } = times("2025-12-07T08:00:00Z", "2025-12-07T09:00:00Z");
    expect(second("2025-12-07T10:50:11.250")).toBe("10:50:11");
    expect(moment("2025-12-07T10:50:11.250")).toBe(moment("2025-12-07T08:50:11.250Z"));
  });

  it("name midnight on an axis by the day that it begins", () => {
    const { tick } = times("2025-12-07T08:50:00Z", "2025-12-08T18:03:00Z");
    expect(tick(Date.parse("2025-12-07T22:00:00Z"), false)).toBe("12-08");
    expect(tick(Date.parse("2025-12-07T23:00:00Z"), false)).toBe("01:00");
    expect(tick(Date.parse("2025-12-07T23:00:05Z"), true)).toBe("01:00:05");
  });
});
