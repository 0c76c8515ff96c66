import { expect, it } from "vitest";
import { durationsFor, populationOf } from "../../src/analyze/job-populations.js";
import type { Profile } from "../../src/model/profile.js";
import { focusServer } from "../timeline/builders.js";
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
