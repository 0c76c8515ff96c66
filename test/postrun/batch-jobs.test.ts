import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { compareReports } from "../../src/compare/index.js";
import { median } from "../../src/model/statistics/statistics.js";
import { pool } from "../../src/pool-runs.js";
import { analyze } from "../../src/postrun.js";
import { renderJira } from "../../src/report/forms/jira.js";
import { renderMarkdown } from "../../src/report/forms/markdown.js";
import { renderTerminal } from "../../src/report/forms/terminal.js";
import { renderHtml } from "../../src/report/html.js";
import { parseReport, serializeReport } from "../../src/report/json.js";
import { LANGUAGES } from "../../src/report/locales/index.js";
import { fixedFrame } from "./frame.js";
import { claimOf } from "./simulated.js";

const moment = z.string().nullable();
const truth = z
  .object({
    jobs: z.array(
      z.object({
        name: z.string(),
        failed: z.boolean(),
        created: moment,
        scheduled: moment,
        started: moment,
        finished: moment,
        removed: moment,
      }),
    ),
  })
  .parse(JSON.parse(readFileSync("samples/batch-jobs/truth.json", "utf8"))).jobs;
type Point = "created" | "scheduled" | "started" | "finished" | "removed";

/** True durations between two points, of Jobs that had both; failed ones have no good finish. */
function durations(from: Point, to: Point): number[] {
  return truth
    .filter(({ failed }) => !failed || to !== "finished")
    .flatMap((job) => {
      const [start, end] = [job[from], job[to]];
      return start === null || end === null ? [] : [Date.parse(end) - Date.parse(start)];
    });
}

/** What a reader of a page meets; its addresses and the names of its tables are for programs. */
function wordsOf(page: string): string {
  return page
    .replace(/<(script|style)\b.*?<\/\1>/gs, "")
    .replace(/ (?:id|href|aria-labelledby|data-(?:download|find|table|more|plot))="[^"]*"/g, "");
}

const report = await analyze({ inputs: ["samples/batch-jobs"], profile: "batch-jobs", frame: fixedFrame });

describe("plain batch Jobs, from Kubernetes data alone", () => {
  test.each([
    ["queued", "created", "scheduled", 30],
    ["starting", "scheduled", "started", 10],
    ["running", "started", "finished", 20],
    ["turnaround", "created", "finished", 30],
    ["kept", "finished", "removed", 40],
    ["life", "created", "removed", 40],
  ] as const)("stage %s has the durations of the truth", (id, from, to, withinMs) => {
    const stage = report.stages.find((row) => row.stage === id);
    const expected = durations(from, to);
    expect(stage?.n).toBe(expected.length);
    const measured = [...(stage?.samplesMs ?? [])].sort((a, b) => a - b);
    for (const [index, duration] of expected.sort((a, b) => a - b).entries()) {
      expect(Math.abs((measured[index] ?? 0) - duration), `${id} ${index}`).toBeLessThanOrEqual(withinMs);
    }
    if (stage?.censored === 0) expect(Math.abs((stage.p50Ms ?? 0) - median(expected))).toBeLessThanOrEqual(withinMs);
  });

  test("a failed Job is counted apart, a Job still running is censored", () => {
    expect(report.stages.find((row) => row.stage === "running")).toMatchObject({ n: 14, failed: 1, censored: 1 });
  });

  test("its claims are judged", () => {
    expect(report.claims.map(({ id, verdict }) => [id, verdict])).toEqual([
      ["queued-at-most", "confirmed"],
      ["starting-at-most", "confirmed"],
      ["running-about", "confirmed"],
      ["kept-after-finishing", "confirmed"],
      ["open-at-once", "contradicted"],
    ]);
    expect(claimOf(report, "kept-after-finishing").measured?.n).toBe(15);
  });

  test("what it is called is Jobs: no form speaks of an investigation, nor do a comparison and a report of several such runs", async () => {
    const sources = report.sources.map((source) => ({ ...source, sha256: "0".repeat(64) }));
    const again = { ...report, sources, jobs: report.jobs.map((job) => ({ ...job, uid: `again-${job.uid}` })) };
    const compared = { ...again, comparison: compareReports(report, again) };
    const pooled = await pool({ reports: [report, again], frame: fixedFrame, profile: "batch-jobs" });
    for (const one of [report, compared, pooled])
      for (const lang of LANGUAGES)
        for (const text of [
          wordsOf(await renderHtml(one, { languages: [lang] })),
          renderMarkdown(one, lang),
          renderJira(one, lang),
          renderTerminal(one, { lang, color: false, width: 100 }),
        ]) {
          expect(text).toMatch(/16 Jobs|Jobs[^\d]*16|32/);
          expect(text).not.toMatch(/.{0,60}(?:investigation|חקיר).{0,60}/i);
        }
    expect(compared.comparison.baseline.jobs).toEqual({ count: 16, ok: 15 });
  });

  test("nothing says Focus Server, asks for a log or for samples of its cleanup", async () => {
    const forms = [
      serializeReport(report),
      await renderHtml(report, { languages: ["en", "he"] }),
      renderMarkdown(report, "en"),
      renderMarkdown(report, "he"),
      renderTerminal(report, { lang: "en", color: false, width: 100 }),
    ];
    for (const form of forms) expect(form).not.toMatch(/focus[ -]?server|grpc|pytest/i);
    expect(report.missing.map(({ key }) => key)).not.toEqual(expect.arrayContaining(["missing-log"]));
    expect(report.missing.map(({ key }) => key)).not.toEqual(expect.arrayContaining(["missing-cpu-samples"]));
    expect(parseReport(serializeReport(report))).toEqual(report);
  });
});
