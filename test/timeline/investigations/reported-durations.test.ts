import { describe, expect, it } from "vitest";
import type { LogMark } from "../../../src/model/event.js";
import { profileSchema } from "../../../src/model/profile.js";
import { latenessOf, reportedDuration } from "../../../src/timeline/investigations/reported-durations.js";
import { mark, patterns } from "../builders.js";

describe("a duration that a line reports", () => {
  const [pattern] = profileSchema.shape.patterns.parse([
    { id: "done", message: "done in (?<seconds>[^ ]+) s", reports: { since: "asked", seconds: "seconds" } },
  ]);
  const read = (seconds: string, decimalSign?: "." | ",") =>
    pattern && reportedDuration({ groups: { seconds } } as unknown as LogMark, pattern, decimalSign);

  it("has the resolution of its last digit", () => {
    expect([read("6.63"), read("7")]).toMatchObject([
      { ms: 6630, resolutionMs: 10 },
      { ms: 7000, resolutionMs: 1000 },
    ]);
  });

  it("is read with the decimal sign of the profile", () => {
    expect(read("2,051", ",")).toMatchObject({ ms: 2051, resolutionMs: 1 });
    expect(read("1,234.5", ".")).toMatchObject({ ms: 1_234_500, resolutionMs: 100 });
  });

  it("is none where its comma may be either, or nothing stands there", () => {
    expect([read("2,051"), read(""), read(" ")]).toEqual([undefined, undefined, undefined]);
  });
});

describe("how late the lines of a log are that report durations", () => {
  /** Streams of 6 s, whose ends are logged so much later. */
  const streams = (count: number, lateMs: number) =>
    Array.from({ length: count }, (_, index) => [
      mark("stream-start", index * 20_000),
      mark("stream-ended", index * 20_000 + 6_000 + lateMs, { seconds: "6.00" }),
    ]).flat();
  const lateness = (count: number, lateMs: number) => latenessOf(streams(count, lateMs), patterns, undefined);

  it("is as they show, with as much to spare, where there are enough of them", () => {
    expect(lateness(20, 32)).toBe(80);
    expect(lateness(20, 5)).toBe(10);
    expect(lateness(20, 200)).toBe(250);
  });

  it("is the most that it may be where there are few", () => {
    expect(lateness(19, 5)).toBe(250);
    expect(latenessOf([], patterns, undefined)).toBe(250);
  });
});
