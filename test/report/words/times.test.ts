import { describe, expect, it } from "vitest";
import { LOCALES } from "../../../src/report/locales/index.js";
import { templateAddress } from "../../../src/report/template-files.js";
import { toText } from "../../../src/report/words/phrase.js";
import { timesOf, zoneLabel } from "../../../src/report/words/times.js";
import { fixtureReport } from "../fixture.js";

/** Times of a run between these two, by a clock two hours east of UTC. */
function times(from: string, to: string, locale = LOCALES.en) {
  const report = fixtureReport("contradicted");
  const clocks = report.clocks.map((clock) => (clock.id === "runner" ? { ...clock, zoneOffsetMinutes: 120 } : clock));
  return timesOf({ ...report, clocks, window: { from, to } }, locale);
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
    expect(tick(Date.parse("2025-12-07T22:00:00Z"), false)).toBe("8 Dec");
    expect(times("2025-12-07T08:50:00Z", "2025-12-08T18:03:00Z", LOCALES.he).tick(Date.parse("2025-12-07T22:00:00Z"), false)).toBe(
      "\u20678 בדצמ׳\u2069",
    );
    expect(tick(Date.parse("2025-12-07T23:00:00Z"), false)).toBe("01:00");
    expect(tick(Date.parse("2025-12-07T23:00:05Z"), true)).toBe("01:00:05");
  });

  it("name it in the language of the page where that draws the axis", async () => {
    const { tickText } = (await import(templateAddress("scripts/draw-curve.js"))) as {
      tickText(at: number, offsetMinutes: number, seconds: boolean, locale: string): string;
    };
    const midnight = Date.parse("2026-03-03T22:00:00Z");
    expect(["en-GB", "he-IL"].map((locale) => tickText(midnight, 120, false, locale))).toEqual(["4 Mar", "\u20674 במרץ\u2069"]);
    expect(tickText(midnight + 3_600_000, 120, false, "en-GB")).toBe("01:00");
  });

  it("are shown in the zone of the run's own clock", () => {
    const times = timesOf(fixtureReport("inconclusive"), LOCALES.he);
    expect(times.second("2025-12-07T08:50:11.323Z")).toBe("10:50:11");
    expect(times.date("2025-12-07T23:30:00.000Z")).toBe("8 בדצמבר 2025");
    expect(toText(times.zone)).toBe("UTC+2");
  });

  it("are local and say so where no clock anchors the run", () => {
    const times = timesOf({ ...fixtureReport("inconclusive"), window: null }, LOCALES.en);
    expect(times.minute("2025-12-07T10:50:11.323")).toBe("10:50");
    expect(toText(times.zone)).toBe("zone unknown");
  });

  it("name zones west and at half hours", () => {
    expect([0, 120, -210, 330].map(zoneLabel)).toEqual(["UTC", "UTC+2", "UTC−3:30", "UTC+5:30"]);
  });
});
