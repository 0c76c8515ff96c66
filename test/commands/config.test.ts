import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withRunConfig } from "../../src/commands/config.js";
import { initCommand } from "../../src/commands/init.js";
import { limit, maskList } from "../../src/commands/option-values.js";
import type { AnalysisFlags } from "../../src/commands/run-analysis.js";
import { runAnalysis } from "../../src/commands/run-analysis.js";
import { PostrunError } from "../../src/model/errors.js";
import { loadProfile } from "../../src/profiles/load-profile.js";

const none: AnalysisFlags = { param: {}, label: {} };
let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "postrun-config-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function configured(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, "postrun.yaml"), text);
  return path;
}

async function problem(work: Promise<unknown>): Promise<PostrunError> {
  const error: unknown = await work.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  if (error instanceof PostrunError) return error;
  throw new Error(`expected a PostrunError, not ${String(error)}`);
}

describe("postrun.yaml", () => {
  test("says what one would type, relative to itself; flags win", async () => {
    const path = configured(
      "run",
      "profile: batch-jobs\ninputs: [events.json, more]\nparameters: { test: 277 }\nlabels: { environment: staging, build: 1 }\ntz: +02:00\nclock-offset: -3.7s\ntitle: Nightly\nrun: 2\n",
    );
    const { inputs, flags } = await withRunConfig([path, "other.log"], { ...none, label: { build: "9" }, run: "all" });
    expect(inputs).toEqual([join(path, "events.json"), join(path, "more"), "other.log"]);
    expect(flags).toMatchObject({
      profile: "batch-jobs",
      param: { test: "277" },
      label: { environment: "staging", build: "9" },
      tz: { zoneOffsetMinutes: 120 },
      clockOffset: -3700,
      title: "Nightly",
      run: "all",
    });
  });

  test("keeps labels and parameters as they are written", async () => {
    const path = configured("written", "labels: { version: 1.10, build: 010, nightly: true, what: '2' }\nparameters: { delay: 5.0 }\n");
    const { flags } = await withRunConfig([path], none);
    expect([flags.label, flags.param]).toEqual([{ version: "1.10", build: "010", nightly: "true", what: "2" }, { delay: "5.0" }]);
    const nothing = await problem(withRunConfig([configured("unsaid", "labels: { build: }\nrun: [1]\n")], none));
    expect(nothing.message).toMatch(/labels\.build: expected a text, or a number\n.*run: expected a number, or "all"$/);
  });

  test("leaves the profile to one that lies in the folder, if it is one", async () => {
    const path = configured("with-profile", "tz: +02:00\n");
    const own = join(path, "profile.yaml");
    copyFileSync("profiles/batch-jobs/profile.yaml", own);
    expect((await withRunConfig([path], none)).flags.profile).toBe(own);
    expect((await withRunConfig([path], { ...none, profile: "focus-server" })).flags.profile).toBe("focus-server");
    rmSync(join(path, "postrun.yaml"));
    expect((await withRunConfig([path], none)).flags.profile).toBe(own);
    writeFileSync(own, "apiVersion: v1\n");
    expect((await withRunConfig([path], none)).flags.profile).toBeUndefined();
  });

  test("is not needed, and may be empty", async () => {
    expect(await withRunConfig(["samples/stage-log"], none)).toEqual({ inputs: ["samples/stage-log"], flags: none });
    const path = configured("empty", "# nothing yet\n");
    expect((await withRunConfig([path], none)).inputs).toEqual([path]);
  });

  test.each([
    ["profil: x\n", /postrun\.yaml:1:1: .*profil/, "did you mean profile?"],
    ["tz: Mars\n", /postrun\.yaml: tz: Mars: expected an offset/, undefined],
    ["run: 0\n", /postrun\.yaml:1:6: run: /, undefined],
    ["redact: [hosts, cities]\n", /redact\.1: /, undefined],
    ["profile: [", /not valid YAML/, undefined],
  ])("refuses %j with file and place", async (text, message, hint) => {
    const error = await problem(withRunConfig([configured("wrong", text)], none));
    expect(error.code).toBe("config");
    expect(error.message).toMatch(message);
    if (hint !== undefined) expect(error.hint).toBe(hint);
  });

  test("two at once are refused", async () => {
    expect((await problem(withRunConfig([configured("a", ""), configured("b", "")], none))).code).toBe("usage");
  });

  test("a folder with one gives the report that the flags would give", async () => {
    const path = configured("stages", "title: Two of four\nfrom: 2000-01-01\nredact: [ips]\n");
    cpSync("samples/stage-log/stages.jsonl", join(path, "stages.jsonl"));
    const report = await runAnalysis([path], { ...none, now: "2026-01-01T00:00:00.000Z" });
    expect([report.title, report.investigations.length]).toEqual(["Two of four", 4]);
  });
});

describe("--from and --to", () => {
  const starts = readFileSync("samples/stage-log/stages.jsonl", "utf8")
    .split("\n")
    .filter(
      (line) =>
        line.includes('"event": "start"') &&
        !line.includes('"stage": "c') &&
        !line.includes('"stage": "f') &&
        !line.includes('"stage": "d'),
    )
    .map((line) => String(JSON.parse(line).time));
  const analyzed = async (flags: object) =>
    (await runAnalysis(["samples/stage-log"], { ...none, ...flags })).investigations.map(({ jobId }) => jobId);

  test("take the log's own time, or any zone", async () => {
    const [, second = "", , fourth = ""] = starts;
    expect(await analyzed({ from: limit(second.slice(0, -6)), to: limit(fourth.slice(0, -6)) })).toEqual(["13-70789", "14-70790"]);
    expect(await analyzed({ from: limit(new Date(second).toISOString()) })).toEqual(["13-70789", "14-70790", "15-70791"]);
    expect(await analyzed({ to: limit(second) })).toEqual(["12-70788"]);
  });

  test("do not make a part of a run look like one that stopped", async () => {
    const flags = { ...none, from: limit("2025-12-09T09:18:00"), to: limit("2025-12-09T09:22:00") };
    const report = await runAnalysis(["samples/30-investigations"], flags);
    expect(report.investigations.length).toBeGreaterThan(5);
    expect(report.investigations.length).toBeLessThan(30);
    expect(report.run.announced).toBeUndefined();
  });

  test("say what there is when they leave nothing", async () => {
    const error = await problem(analyzed({ from: limit("2050-01-01") }));
    expect([error.code, error.message]).toEqual(["usage", "no investigation begins between --from and --to"]);
    expect(error.hint).toContain(starts[0]?.slice(0, 19));
  });

  test("limit Jobs where there is no log, and then need a zone", async () => {
    const flags = { ...none, profile: "batch-jobs" };
    const jobs = async (more: object) =>
      (await runAnalysis(["samples/batch-jobs"], { ...flags, ...more })).jobs.filter(({ ofThisRun }) => ofThisRun).length;
    expect(await jobs({})).toBe(16);
    expect(await jobs({ to: limit("2025-11-18T22:01:00Z") })).toBe(8);
    expect((await problem(jobs({ to: limit("2025-11-18T22:01:00") }))).hint).toContain("+02:00");
  });

  test("limit the cluster to a namespace that is there", async () => {
    const flags = { ...none, profile: "batch-jobs" };
    const error = await problem(runAnalysis(["samples/batch-jobs"], { ...flags, namespace: "nope" }));
    expect([error.code, error.message]).toEqual(["usage", 'nothing in the input is in namespace "nope"']);
    expect(error.hint).toContain("in the input there is: ");
  });

  test("refuse what is no time and no kind of name", () => {
    for (const text of ["yesterday", "2025-13-01", "10:51"]) expect(() => limit(text)).toThrow(/expected a time/);
    expect(maskList("hosts, ips")).toEqual(["hosts", "ips"]);
    expect(() => maskList("host")).toThrow(/did you mean hosts/);
  });
});

describe("postrun init", () => {
  test("writes a profile, claims and a configuration that load as they are, and never overwrites", async () => {
    const path = join(folder, "mine");
    await initCommand(path);
    const { profile, claims } = await loadProfile(path);
    expect([profile.patterns.length > 0, profile.stages.length > 0, claims.claims.length > 0]).toEqual([true, true, true]);
    const { flags } = await withRunConfig([path], none);
    expect((await loadProfile(flags.profile ?? "")).profile.id).toBe(profile.id);
    const before = readFileSync(join(path, "profile.yaml"), "utf8");
    expect((await problem(initCommand(path))).code).toBe("output");
    expect(readFileSync(join(path, "profile.yaml"), "utf8")).toBe(before);
  });
});
