/** A log of which a stretch is lost, as where one file of a rotated log is missing. */
import { expect, it } from "vitest";
import { simulateRun } from "../../src/simulate/index.js";
import { analyzeFiles, diagnosticIds } from "./simulated.js";

const COUNT = 24;
const { files, truth } = simulateRun({ seed: "lost-lines", investigations: COUNT });
const lines = (files.get("test-run.log") ?? "").split("\n");
const headers = lines.flatMap((line, index) => (line.includes("=== Investigation ") ? [index] : []));
const perInvestigation = (headers[1] ?? 0) - (headers[0] ?? 0);

it.each([2, 4, 8, perInvestigation - 2])(
  "measures nothing across the gap, wherever it begins (%i lines behind a header)",
  async (behind) => {
    const from = (headers[9] ?? 0) + behind;
    const kept = lines.filter((_, index) => index < from || index >= from + 3 * perInvestigation - 1);
    const log = new Map([...files, ["test-run.log", kept.join("\n")]]);
    const report = await analyzeFiles(log, ["test-run.log", "audit.log"]);
    expect(diagnosticIds(report)).toContain("investigations-skipped");
    expect(report.investigations.length).toBeLessThan(COUNT);
    const longest = (stage: string) => report.stages.find((row) => row.stage === stage)?.maxMs ?? Number.NaN;
    expect(longest("delay")).toBeLessThan(6_000);
    expect(longest("investigation")).toBeLessThan(40_000);
    expect(longest("connect")).toBeLessThan(25_000);
    for (const { uid, cleanupMs } of report.jobs) {
      const own = truth.investigations.find(({ job }) => job.uid === uid);
      const { gone } = own?.job ?? {};
      const disconnected = own?.edges.disconnected;
      if (cleanupMs === undefined || typeof gone !== "number" || typeof disconnected !== "number") continue;
      expect(Math.abs(cleanupMs - (gone - disconnected))).toBeLessThan(1_000);
    }
  },
);
