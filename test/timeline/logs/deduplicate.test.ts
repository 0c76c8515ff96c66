import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LogMark } from "../../../src/model/event.js";
import { deduplicate } from "../../../src/timeline/logs/deduplicate.js";
import { cpuClock } from "../../cpu-clock.js";
import { investigationMarks, mark, T0 } from "../builders.js";

/** The same records as a live log without milliseconds prints them. */
function liveLog(marks: readonly LogMark[]): LogMark[] {
  return marks.map((one, index) => ({
    ...one,
    at: { ...one.at, at: Math.floor(one.at.at / 1000) * 1000, resolutionMs: 1000 },
    variant: "live",
    evidence: { source: one.evidence.source, line: 10_000 + index },
  }));
}

const run = [...investigationMarks(0, "1-1", "12301"), ...investigationMarks(20_400, "2-2", "12302")];

describe("records that stand twice", () => {
  it("are counted once, with the finer stamp, when a live log repeats them", () => {
    const { marks, doubles } = deduplicate([...liveLog(run), ...run]);
    expect(marks).toEqual(run);
    expect(doubles).toBe(run.length);
  });

  it("are counted once when a second file holds them", () => {
    const second = run.map((one) => ({ ...one, evidence: { source: 1, line: one.evidence.line } }));
    expect(deduplicate([...run, ...second]).marks).toEqual(run);
  });

  it("are counted once when a second handler of the same file repeats each", () => {
    const again = run.map((one) => ({ ...one, evidence: { source: 0, line: one.evidence.line + 5_000 } }));
    expect(deduplicate([...run, ...again]).marks).toEqual(run);
  });

  it("are found out of order", () => {
    const mixed = [...run, ...liveLog(run)];
    fc.assert(
      fc.property(fc.shuffledSubarray(mixed, { minLength: mixed.length }), (shuffled) => {
        expect(deduplicate(shuffled).marks).toEqual(run);
      }),
      { numRuns: 30 },
    );
  });
});

describe("true repetitions", () => {
  it("survive in one stream", () => {
    const twice = [mark("configure-start", 0), mark("configure-start", 0), ...investigationMarks(50, "1-1", "12301")];
    expect(deduplicate(twice).marks.filter((one) => one.mark === "configure-start")).toHaveLength(3);
  });

  it("survive beside a live log that repeats each of them", () => {
    const message = "Disconnected";
    const fine = [100, 400, 900].map((ms) => mark("disconnected", ms, {}, { message }));
    const coarse = [0, 0, 0].map((ms) => mark("disconnected", ms, {}, { message, resolutionMs: 1000, variant: "live" }));
    const { marks, doubles } = deduplicate([...fine, ...coarse]);
    expect([marks.length, doubles]).toEqual([3, 3]);
    expect(marks.map((one) => one.at.at - T0)).toEqual([100, 400, 900]);
  });

  it("that only the live log has are kept", () => {
    const fine = [mark("disconnected", 100, {}, { message: "x" })];
    const coarse = [0, 0].map((ms) => mark("disconnected", ms, {}, { message: "x", resolutionMs: 1000, variant: "live" }));
    expect(deduplicate([...fine, ...coarse]).marks).toHaveLength(2);
  });

  it("with another text or at another time are no doubles", () => {
    const first = mark("tracked", 0, { jobId: "1-1" }, { message: "a" });
    const other = mark("tracked", 0, { jobId: "1-2" }, { message: "b", resolutionMs: 1000, variant: "live" });
    const later = mark("tracked", 5_000, { jobId: "1-1" }, { message: "a", resolutionMs: 1000, variant: "live" });
    expect(deduplicate([first, other, later]).doubles).toBe(0);
  });
});

it("orders by time, then by place, and leaves the given marks alone", () => {
  const given = Object.freeze([...run].reverse());
  expect(deduplicate(given).marks).toEqual(run);
});

it("takes 40,000 investigations that stand twice at once", () => {
  const many = Array.from({ length: 40_000 }, (_, index) => mark("configure-start", index * 5_000, {}, { message: "Configuring" }));
  const cpuMs = cpuClock();
  expect(deduplicate([...many, ...liveLog(many)]).marks).toHaveLength(40_000);
  expect(cpuMs()).toBeLessThan(3_000);
});
