import { expect, it } from "vitest";
import { goneBeforeDisconnect } from "../../../src/analyze/jobs/early-deletions.js";
import { durationsFor, populationOf } from "../../../src/analyze/jobs/job-populations.js";
import type { Profile } from "../../../src/model/profile.js";
import { anchoredRunner, focusServer, T0 } from "../../timeline/builders.js";
import { moment, regularRun } from "../builders.js";

const withoutConnect: Profile = { ...focusServer, stages: focusServer.stages.filter(({ id }) => id !== "connect") };

it("nobody is said not to have connected where the profile tells of no connecting", () => {
  const context = { timeline: regularRun(8, () => 50_000), profile: withoutConnect };
  expect(populationOf(context.timeline, withoutConnect, "unopened")).toEqual([]);
  for (const population of ["unopened", "connected"] as const)
    expect(durationsFor({ from: "created", to: "gone", population }, context)).toEqual({ missing: "no-connect-stage" });
});

it("whoever has disconnected had connected", () => {
  const context = { timeline: regularRun(8, () => 50_000), profile: withoutConnect };
  const found = durationsFor({ from: "disconnected", to: "gone", population: "connected" }, context);
  expect("durations" in found && found.durations.map(({ durationMs }) => durationMs)).toEqual(Array(8).fill(50_000));
});

it("says so where nothing places any disconnect, as the clock may have been set before", () => {
  const line = regularRun(8, () => 50_000);
  const measured = (hi: number) => {
    const clocks = [anchoredRunner({ holdsFor: { lo: Number.NEGATIVE_INFINITY, hi: T0 + hi } })];
    return durationsFor(
      { from: "disconnected", to: "gone", population: "connected" },
      { timeline: { ...line, clocks }, profile: focusServer },
    );
  };
  expect(measured(9_000)).toEqual({ missing: "clock-hole" });
  expect(measured(35_000)).toMatchObject({ durations: [{ durationMs: 50_000 }, { durationMs: 50_000 }] });
});

it("does not measure up to a request that only some of the Jobs tell of: the others went in another way", () => {
  const measured = (told: number) => {
    const line = regularRun(20, () => 50_000);
    const jobs = line.jobs.map((one, index) => (index < told && one.gone ? { ...one, deleteRequested: one.gone } : one));
    return durationsFor({ from: "created", to: "requested", population: "all" }, { timeline: { ...line, jobs }, profile: focusServer });
  };
  expect(measured(18)).toEqual({ missing: "end-not-seen" });
  const most = measured(19);
  expect("durations" in most && most.durations.length).toBe(19);
});

it("leaves no short time out because its stamps leave open whether the Job went before the disconnect", () => {
  const seconds = (gone: (at: number) => number) => {
    const line = regularRun(20, () => 100);
    // The stamps of the ends are cut to whole seconds: the middle of some lies before the disconnect.
    const jobs = line.jobs.map((one) => {
      const at = gone(one.gone?.at ?? 0);
      return { ...one, gone: { ...moment(0), at: at + 500, lo: at, hi: at + 1000, bracket: false } };
    });
    const context = { timeline: { ...line, jobs }, profile: focusServer };
    return { found: durationsFor({ from: "disconnected", to: "gone", population: "connected" }, context), context };
  };
  let count = 0;
  const some = seconds((at) => at - (count++ % 3 === 0 ? 700 : 300));
  const { durations = [] } = "durations" in some.found ? some.found : {};
  expect(durations).toHaveLength(20);
  expect(durations.filter(({ durationMs }) => durationMs === 0)).toHaveLength(7);
  expect(goneBeforeDisconnect(some.context.timeline, focusServer)).toEqual([]);
  const most = seconds((at) => at - 700);
  expect(most.found).toEqual({ missing: "order-unknown", values: { unordered: 20, jobs: 20 } });
  const certain = seconds((at) => at - 1_200);
  expect(goneBeforeDisconnect(certain.context.timeline, focusServer)).toHaveLength(20);
});
