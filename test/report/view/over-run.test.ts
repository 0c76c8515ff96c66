import { describe, expect, it } from "vitest";
import type { Report } from "../../../src/model/report.js";
import { loadDrawing } from "../../../src/report/templates/page-script.js";
import { OVER_RUN_STAGE, overRunView } from "../../../src/report/view/over-run.js";
import { contextOf, fixtureReport } from "../fixture.js";

/** The fixture with these durations of connecting, in the order of the run. */
function connecting(samplesMs: readonly number[]): Report {
  const report = fixtureReport();
  const stages = report.stages.flatMap(({ ci95Ms: _, ...stage }) =>
    stage.stage === OVER_RUN_STAGE ? [{ ...stage, n: samplesMs.length, samplesMs, p50Ms: 17_000 }] : [],
  );
  return { ...report, stages };
}

describe("connecting over the run", () => {
  it("is told by the medians of both halves, which of an even number lie between the middle two", async () => {
    const drawing = await loadDrawing();
    const finding = (language: "en" | "he") =>
      JSON.stringify(overRunView(contextOf(connecting([8, 8, 26, 26, 8.2, 8.2, 26.2, 26.2].map((s) => s * 1000)), language), drawing));
    expect(finding("en")).toMatch(/17\.0.*17\.2/);
    expect(finding("he")).toMatch(/17\.0.*17\.2/);
  });
});
