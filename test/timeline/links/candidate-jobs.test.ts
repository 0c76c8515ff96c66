import { describe, expect, it } from "vitest";
import { Handover } from "../../../src/model/collections/handover.js";
import type { TimelineEvent } from "../../../src/model/event.js";
import { buildTimeline } from "../../../src/timeline/build-timeline.js";
import { focusServer, investigationMarks, job, sources } from "../builders.js";

/** Investigations 20 s apart on a clock that is right. */
const COUNT = 12;
const startOf = (index: number) => index * 20_037;
const marks = (): TimelineEvent[] =>
  Array.from({ length: COUNT }, (_, index) => investigationMarks(startOf(index), `1-${index}`, "12301")).flat();
const made = (family: string, index: number, afterMs: number) =>
  job(`${family}-1-${index}`, `${family}-${index}`, { createdMs: startOf(index) + afterMs, resourceVersion: 10 * index + afterMs / 1000 });
const profile = {
  ...focusServer,
  jobs: ["first", "second"].map((family) => ({ role: "serving" as const, name: `${family}-{jobId}` })),
};
const build = (jobs: readonly TimelineEvent[]) => buildTimeline(new Handover([...marks(), ...jobs]), sources(600_000), { profile });

describe("the own Job of an investigation that has several", () => {
  const seconds = Array.from({ length: COUNT }, (_, index) => made("second", index, 6_000));
  const firsts = Array.from({ length: COUNT }, (_, index) => made("first", index, 150));

  it("is none where that of the family named first was not seen: the others still are of the run, and bound no clock", () => {
    const { investigations, jobs, clocks, diagnostics } = build([...firsts.slice(2), ...seconds]);
    expect(investigations.map(({ jobUid }) => jobUid)).toEqual([undefined, undefined, ...firsts.slice(2).map(({ job: { uid } }) => uid)]);
    expect(jobs.filter(({ companionOf }) => companionOf !== undefined)).toHaveLength(COUNT);
    expect(jobs.every(({ ofThisRun }) => ofThisRun)).toBe(true);
    const runner = clocks.find(({ id }) => id === "runner");
    expect(runner).toMatchObject({ anchors: COUNT - 2 });
    expect(runner?.uncertaintyMs).toBeLessThan(700);
    expect(diagnostics.map(({ id }) => id)).not.toContain("clock-widened");
  });

  it("is that of any family where each investigation has one of them", () => {
    const either = Array.from({ length: COUNT }, (_, index) => made(index % 3 === 0 ? "first" : "second", index, 150));
    const { investigations, clocks } = build([...either, made("second", 0, 300)]);
    expect(investigations.map(({ jobUid }) => jobUid)).toEqual(either.map(({ job: { uid } }) => uid));
    expect(clocks.find(({ id }) => id === "runner")).toMatchObject({ anchors: COUNT });
  });
});
