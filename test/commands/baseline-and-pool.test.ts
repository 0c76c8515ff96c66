import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { checkCommand } from "../../src/commands/check.js";
import { exitCodeOf } from "../../src/commands/exit-codes.js";
import { poolSaved } from "../../src/commands/pool-saved.js";
import { reportFileName } from "../../src/commands/render-forms.js";
import { runAnalysis } from "../../src/commands/run-analysis.js";
import { PostrunError } from "../../src/model/errors.js";
import { serializeReport } from "../../src/report/json.js";
import { fixedCleanup, simulateRun } from "../../src/simulate/index.js";
import { FINE_CAPTURES } from "../postrun/simulated.js";

const flags = { param: {}, label: {}, now: "2026-01-01T00:00:00.000Z" };
const root = mkdtempSync(join(tmpdir(), "postrun-baseline-"));
const baseline = join(root, "baseline.json");
const own = join(root, "own.json");

/** Files of a simulated run, as paths in a folder. */
function writeRun(name: string, cleanupMs: number, day: number): string[] {
  const { files } = simulateRun({
    seed: name,
    investigations: 30,
    startAt: Date.UTC(2025, 11, 7 + day, 9),
    cleanup: fixedCleanup(cleanupMs, 1_000),
  });
  return ["test-run.log", ...FINE_CAPTURES].map((file) => {
    const path = join(root, `${name}-${file}`);
    writeFileSync(path, files.get(file) ?? "");
    return path;
  });
}

let slow: string[] = [];
beforeAll(async () => {
  slow = writeRun("slow-run", 58_000, 1);
  writeFileSync(baseline, serializeReport(await runAnalysis(writeRun("first-run", 50_000, 0), flags)));
  writeFileSync(own, serializeReport(await runAnalysis(slow, flags)));
});
afterAll(() => rmSync(root, { recursive: true }));

async function refusal(work: () => Promise<unknown>): Promise<{ code: number; message: string; hint: string }> {
  try {
    await work();
  } catch (error) {
    if (error instanceof PostrunError) return { code: exitCodeOf(error.code), message: error.message, hint: error.hint ?? "" };
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("--baseline", () => {
  it("holds the run against the earlier one and stands in the command of the report", async () => {
    const report = await runAnalysis(slow, { ...flags, baseline });
    expect(report.comparison?.durations.find(({ stage }) => stage === "cleanup")?.finding).toBe("longer");
    expect(report.command).toContain(`--baseline ${baseline}`);
  });

  it("prints in check what got worse, below the claims, and leaves the exit code to the claims", async () => {
    const lines: string[] = [];
    const write = vi.spyOn(process.stdout, "write").mockImplementation((text) => lines.push(String(text)) > 0);
    try {
      await checkCommand(slow, { ...flags, baseline, require: ["frames-duration"] });
    } finally {
      write.mockRestore();
    }
    expect(lines[0]).toMatch(/^confirmed +frames-duration /);
    expect(lines.slice(1).join("")).toMatch(/^worse +cleanup-after-disconnect {2}was confirmed, is contradicted$/m);
    expect(lines.slice(1).join("")).toMatch(
      /^longer +cleanup {2}longer by [78](?:\.\d+)? s \(95% interval: [78](?:\.\d+)? to \d+(?:\.\d+)?\)$/m,
    );
    expect(process.exitCode).toBe(0);
    process.exitCode = undefined;
  });

  it.each([
    ["that does not exist", () => join(root, "nowhere.json"), /nowhere\.json: cannot be read \(ENOENT\)/],
    ["that is no report", () => slow[0] ?? "", /test-run\.log: this is not a postrun report/],
    ["that is the report of this very run", () => own, /this very run/],
  ])("%s ends with 3 and says so", async (_, path, message) => {
    const found = await refusal(() => runAnalysis(slow, { ...flags, baseline: path() }));
    expect(found.code).toBe(3);
    expect(found.message).toMatch(message);
    expect(found.hint).not.toBe("");
  });

  it("of another profile ends with 3 and names both", async () => {
    const path = join(root, "other.json");
    const report = await runAnalysis(slow, flags);
    writeFileSync(path, serializeReport({ ...report, profile: { ...report.profile, id: "batch-jobs" } }));
    const found = await refusal(() => runAnalysis(slow, { ...flags, baseline: path }));
    expect(found).toMatchObject({ code: 3, message: expect.stringMatching(/"batch-jobs".*"focus-server"/) });
  });
});

describe("--pool", () => {
  it("makes one report of saved ones, named after the number of runs", async () => {
    const report = await poolSaved([own, baseline], flags);
    expect(report.pooled?.runs.length).toBe(2);
    expect(report.command).toBe(`postrun analyze ${baseline} ${own} --pool`);
    expect(reportFileName(report)).toBe("postrun-2-runs-20251207-0900.html");
  });

  it("refuses what a run left behind, and says how to make a report of it", async () => {
    const found = await refusal(() => poolSaved([slow[0] ?? "", baseline], flags));
    expect(found.code).toBe(3);
    expect(found.message).toMatch(/slow-run-test-run\.log: this is not a postrun report/);
    expect(found.hint).toMatch(/takes reports.*postrun analyze .*slow-run-test-run\.log --json report\.json/);
    expect((await refusal(() => poolSaved([root, baseline], flags))).message).toMatch(/cannot be read \(EISDIR\)/);
  });

  it.each([
    [{ param: { test: "277" } }, "--param"],
    [{ clockOffset: 3 }, "--clock-offset"],
    [{ baseline: "x.json" }, "--baseline"],
  ])("refuses %j, which is about reading a run", async (given, flag) => {
    const found = await refusal(() => poolSaved([own, baseline], { ...flags, ...given }));
    expect(found.code).toBe(2);
    expect(found.message).toContain(`takes no ${flag}:`);
  });

  it("refuses one report alone as wrong usage, and the same run twice as wrong input", async () => {
    expect((await refusal(() => poolSaved([own], flags))).code).toBe(2);
    expect((await refusal(() => poolSaved([own, own], flags))).code).toBe(3);
  });
});
