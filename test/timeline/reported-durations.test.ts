import { describe, expect, it } from "vitest";
import type { LogMark } from "../../src/model/event.js";
import { profileSchema } from "../../src/model/profile.js";
import { reportedDuration } from "../../src/timeline/reported-durations.js";

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
