import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Report } from "../../src/model/report.js";

const CLI = resolve("dist/cli.cjs");
const SAMPLE = resolve("samples/pytest-run");
const folder = mkdtempSync(join(tmpdir(), "postrun-pytest-"));
afterAll(() => rmSync(folder, { recursive: true }));

const python = "python3";
const hasPytest = spawnSync(python, ["-c", "import pytest"]).status === 0;

describe("the suite in samples/pytest-run", () => {
  it("is Python that 3.8 can read", { skip: spawnSync(python, ["--version"]).status !== 0 }, () => {
    const check = "import ast, sys; [ast.parse(open(path).read(), feature_version=(3, 8)) for path in sys.argv[1:]]";
    const files = ["stand_in.py", "conftest.py", "test_investigations.py"].map((name) => join(SAMPLE, name));
    expect(spawnSync(python, ["-c", check, ...files], { encoding: "utf8" })).toMatchObject({ status: 0, stderr: "" });
  });

  it("ends under `postrun run` with a report that has all stages, the curve and verdicts", { skip: !hasPytest, timeout: 120_000 }, () => {
    const run = [process.execPath, CLI, "run", "-o", "r.html", "--json", "r.json", "--grace", "40s", "--", python, "-m", "pytest", SAMPLE];
    const env = { PATH: process.env.PATH, FOCUS_SPEED: "15", FOCUS_INVESTIGATIONS: "6", PYTHONDONTWRITEBYTECODE: "1" };
    const { status, stdout, stderr } = spawnSync(python, [join(SAMPLE, "stand_in.py"), "--", ...run], {
      cwd: folder,
      env,
      encoding: "utf8",
    });
    expect([status, stdout]).toEqual([0, expect.stringContaining("6 passed")]);
    expect(stderr).toContain("capturing the cluster into");
    const report: Report = JSON.parse(readFileSync(join(folder, "r.json"), "utf8"));
    expect(report.sources.map(({ format }) => format)).toEqual(["postrun-capture", "run-output"]);
    expect(report.investigations.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 6 }, () => "ok"));
    const measured = report.stages.filter(({ n }) => n >= 5).map(({ stage }) => stage);
    expect(measured).toEqual(expect.arrayContaining(["configure", "connect", "frames", "disconnect", "investigation", "cleanup", "life"]));
    const serving = report.jobs.filter(({ role }) => role === "serving");
    expect(serving.map(({ censored }) => censored)).toEqual(Array.from({ length: 6 }, () => false));
    expect(report.concurrency?.openJobs?.peak).toBeGreaterThan(1);
    expect(report.claims.filter(({ verdict }) => verdict === "confirmed" || verdict === "contradicted").length).toBeGreaterThan(3);
  });
});
