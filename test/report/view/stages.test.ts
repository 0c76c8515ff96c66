import { describe, expect, it } from "vitest";
import type { ReportStage } from "../../../src/model/report.js";
import { renderHtml } from "../../../src/report/html.js";
import { fixtureReport } from "../fixture.js";
import { stageRow } from "../fixture-run.js";

const section = async (stages: readonly ReportStage[], language: "en" | "he") => {
  const page = await renderHtml({ ...fixtureReport(), stages }, { languages: [language] });
  const from = page.indexOf(`<section id="${language}-stages"`);
  return page.slice(from, page.indexOf("</section>", from));
};

describe("the table of stages", () => {
  it("says what it left out, and no resolution of durations that it does not have", async () => {
    const stages = [stageRow("frames", [7000, 7100], 0, 0), { ...stageRow("connect", [], 12, 0), resolutionMs: 0 }];
    const [en, he] = [await section(stages, "en"), await section(stages, "he")];
    expect(en).toContain('<th scope="col" class="num">Left out</th>');
    expect(en).toContain("Left out: durations of investigations or Jobs that failed, in this stage or in another.");
    expect(he).toContain("הושמטו: משכים של חקירות או Jobs שנכשלו, בשלב הזה או בשלב אחר.");
    expect(en).not.toContain("0.000");
    expect(await section([stageRow("frames", [7000, 7100], 0, 0)], "en")).not.toContain("Left out:");
  });

  it("draws a single duration as the dot that its caption speaks of", async () => {
    expect(await section([stageRow("frames", [7000], 0, 0)], "en")).toMatch(
      /<svg class="strip"[^>]*>.*class="points" d="M[\d.]+ [\d.]+h0"/,
    );
  });
});
