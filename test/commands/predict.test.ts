import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { delayList, investigations, openJobs, seed } from "../../src/commands/option-values.js";
import { predictCommand } from "../../src/commands/predict.js";
import { serializeReport } from "../../src/report/json.js";
import { fixtureReport } from "../report/fixture.js";

let folder: string;
let report: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "postrun-predict-"));
  report = join(folder, "report.json");
  writeFileSync(report, serializeReport(fixtureReport()));
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.restoreAllMocks());

/** What the command prints on standard output. */
async function printed(path: string, flags: Parameters<typeof predictCommand>[1]): Promise<string> {
  let text = "";
  vi.spyOn(process.stdout, "write").mockImplementation((chunk, ...rest) => {
    text += String(chunk);
    const done = rest.at(-1);
    if (typeof done === "function") done(null);
    return true;
  });
  vi.spyOn(process.stderr, "write").mockImplementation(() => true);
  await predictCommand(path, flags);
  vi.restoreAllMocks();
  return text;
}

describe("predict", () => {
  it("prints a table in either language, with the same numbers", async () => {
    const flags = { n: 100, delay: [1000, 10_000], maxOpen: 4 };
    const [english, hebrew] = [await printed(report, { ...flags, lang: "en" }), await printed(report, { ...flags, lang: "he" })];
    expect(english).toContain("Peak at most 4");
    expect(english).toMatch(/^ +10 +\d+:\d\d:\d\d +\d+:\d\d:\d\d–\d+:\d\d:\d\d/m);
    expect(hebrew).toContain("שיא של 4 לכל היותר");
    const times = (text: string) => text.match(/\d+:\d\d:\d\d/g)?.slice(0, 3);
    expect(times(hebrew)).toEqual(times(english));
  });

  it("writes JSON with its version, its size, its intervals and its assumptions", async () => {
    const data = JSON.parse(await printed(report, { n: 50, delay: [2000], maxOpen: 4, json: "-" }));
    expect(data).toMatchObject({ schemaVersion: 1, tool: { name: "postrun" }, n: 50, seed: 1, limit: { maxOpen: 4 } });
    expect(data.delays[0].totalMs.pi90).toHaveLength(2);
    expect(data.delays[0].openJobs.peak.pi95).toHaveLength(2);
    expect(data.notes.length).toBeGreaterThan(1);
  });

  it("writes a page without scripts that holds both languages and a chart", async () => {
    const path = join(folder, "what-if.html");
    await printed(report, { delay: [1000, 5000], maxOpen: 4, output: path, lang: "he" });
    const page = readFileSync(path, "utf8");
    expect(page).toContain('<html lang="he" dir="rtl">');
    expect(page).toContain('<meta name="generator" content="postrun');
    expect(page).not.toContain("<script");
    expect(page.match(/<svg class="plot"/g)).toHaveLength(2);
    expect(page.match(/class="expected"/g)).toHaveLength(2);
    for (const language of ["en", "he"]) expect(page).toContain(`<div class="document" id="${language}" lang="${language}"`);
    // A page of its own making may be written again.
    await printed(report, { delay: [1000, 5000], output: path });
  });

  it("says why a report cannot be predicted from", async () => {
    const parallel = join(folder, "parallel.json");
    writeFileSync(parallel, serializeReport(fixtureReport("overlapping")));
    await expect(predictCommand(parallel, {})).rejects.toThrow(/parallel.json: investigations overlapped/);
    const none = join(folder, "none.json");
    writeFileSync(none, "not a report");
    await expect(predictCommand(none, {})).rejects.toMatchObject({ code: "input" });
    await expect(predictCommand(join(folder, "absent.json"), {})).rejects.toMatchObject({ code: "input" });
  });
});

describe("the options of predict", () => {
  it("take what can be simulated", () => {
    expect(delayList("1, 2.5,10")).toEqual([1000, 2500, 10_000]);
    expect(delayList("0")).toEqual([0]);
    expect([investigations("277"), openJobs("5"), seed("0")]).toEqual([277, 5, 0]);
  });

  it.each([
    [investigations, ["0", "-1", "1e9", "1000000000", "abc", "2.5", ""]],
    [delayList, ["-1", "abc", "", "1,,2", "1e3", "NaN", "86401", Array.from({ length: 21 }, () => "1").join(",")]],
    [openJobs, ["0", "-3", "x", "1.5"]],
    [seed, ["-1", "x", "1.5"]],
  ] as const)("refuse what cannot, with what is expected", (parse, texts) => {
    for (const text of texts) expect(() => parse(text), text).toThrow(/^expected /);
  });
});
