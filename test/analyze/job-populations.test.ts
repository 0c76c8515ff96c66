import { expect, it } from "vitest";
import { durationsFor, populationOf } from "../../src/analyze/job-populations.js";
import type { Profile } from "../../src/model/profile.js";
import { anchoredRunner, focusServer, T0 } from "../timeline/builders.js";
import { regularRun } from "./builders.js";

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
