import { describe, expect, it } from "vitest";
import { jobLife } from "../../src/analyze/job-life.js";
import { metricReader } from "../../src/analyze/metrics.js";
import type { Timeline } from "../../src/model/timeline.js";
import { contextOf, regularRun } from "./builders.js";
import { claim, claimsFile } from "./claims/fixtures.js";

const stage = (id: string, value: number) =>
  claim({ id, documented: { operator: "about", value, unit: "s" }, measure: { metric: "stage-duration", stage: id } });
const file = claimsFile([stage("configure", 0.3), stage("frames", 6), claim()], {
  quantities: { cleanupAfterDisconnect: "cleanup" },
  life: [
    { part: "create", duration: "configure" },
    { part: "frames", duration: "frames" },
    { part: "deletion", duration: "cleanup" },
  ],
});
const lifeOf = (line: Timeline) => jobLife(file, metricReader(contextOf(line)), { parameters: {}, facts: { investigations: 8 } });
const names = (line: Timeline) => lifeOf(line).measured.map(({ part }) => part);

describe("the life of one Job", () => {
  it("is whole where every documented part was measured", () => {
    const life = lifeOf(regularRun(8, () => 50_000));
    expect(life.measured.map(({ part }) => part)).toEqual(["create", "frames", "deletion"]);
    expect(life).not.toHaveProperty("missing");
    expect(life).not.toHaveProperty("whole");
  });

  it("says what follows the disconnect is missing, and why", () => {
    const run = { ...regularRun(8, () => 50_000), jobs: [] };
    expect(names(run)).toEqual(["create", "frames"]);
    expect(lifeOf(run).missing).toEqual({ part: "deletion", key: "no-cluster-data", values: {} });
    expect(lifeOf(run)).not.toHaveProperty("whole");
  });

  it("is known as a whole from the Jobs where no log tells its parts", () => {
    const life = lifeOf({ ...regularRun(8, () => 50_000), investigations: [], logSpan: null });
    expect(life).toMatchObject({ measured: [], missing: { part: "create" }, whole: { durationMs: 59_850, n: 8 } });
  });
});
