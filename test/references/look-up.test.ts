import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ReportClaim } from "../../src/model/report.js";
import { lookUpReferences } from "../../src/references/look-up.js";

let folder: string;

function write(path: string, lines: readonly string[]): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), lines.join("\n"));
}

/** As a report has it, with what agrees with it. */
const ABOUT_50 = { value: 50, low: 47.5, high: 52.5, tolerance: 2.5 };

function claim(id: string, source: ReportClaim["source"], documented: Partial<ReportClaim["documented"]> = ABOUT_50): ReportClaim {
  return {
    id,
    title: { en: id, he: id },
    statement: { en: id, he: id },
    documented: { unit: "s", operator: "about", ...documented },
    verdict: "confirmed",
    reason: { key: "interval-inside", values: {} },
    evidenceClass: "documentation",
    source,
    evidence: [],
  };
}

async function statusOf(...args: Parameters<typeof claim>) {
  return (await lookUpReferences([claim(...args)], folder)).get(args[0]);
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "postrun-docs-"));
  write("docs/cleanup.md", [
    "# Cleanup",
    "",
    "The Job stays open about 50 seconds",
    "after the disconnect.",
    "",
    "`ttlSecondsAfterFinished: 120`",
    ...Array(40).fill(""),
    "In 5,540 s all is over (150 s).",
  ]);
  write("docs/units.md", [
    ...["Configure: ~300ms", "gRPC connection: ~12s", "Frames: 6,000-7,000 ms", "total 1.5 minutes", "חיבור: 40 שניות", "limit 4m"],
    "it's 30 items",
    ...Array(12).fill(""),
    "0.004 cores",
  ]);
  write("moved/elsewhere/delay.py", ["", "time.sleep(5)  # seconds"]);
});

afterAll(() => rmSync(folder, { recursive: true }));

describe("a citation", () => {
  it("is found in a document that is a link to one, and no link to a folder or to nothing is followed", async () => {
    write("kept/limits.md", ["a Job lives 50 seconds"]);
    mkdirSync(join(folder, "linked"));
    symlinkSync(join(folder, "kept/limits.md"), join(folder, "linked/limits.md"));
    symlinkSync(folder, join(folder, "linked/loop"));
    symlinkSync("nowhere.md", join(folder, "linked/broken.md"));
    expect(await statusOf("a", { file: "linked/limits.md", lines: "1" })).toMatchObject({ status: "found", line: 1 });
    expect(await statusOf("a", { file: "linked/broken.md", lines: "1" })).toEqual({ status: "gone" });
  });

  it("in a document of many megabytes is found, and one in what is too large for a document is refused, not gone", async () => {
    write("long.md", ["it takes 50 seconds", "x".repeat(5_000_000)]);
    expect(await statusOf("a", { file: "long.md", lines: "1" })).toMatchObject({ status: "found", line: 1 });
    truncateSync(join(folder, "long.md"), 65_000_000);
    await expect(statusOf("a", { file: "long.md", lines: "1" })).rejects.toThrow("65 MB, more than a document can have (64 MB)");
  });

  it("is found by its number and unit near the cited lines", async () => {
    expect(await statusOf("a", { file: "docs/cleanup.md", lines: "2-4" })).toEqual({ status: "found", file: "docs/cleanup.md", line: 3 });
  });

  it("is found by its quote, whatever the white space and line breaks", async () => {
    expect(await statusOf("b", { file: "docs/cleanup.md", lines: "3", quote: "50 seconds  after the disconnect" })).toMatchObject({
      status: "found",
      line: 3,
    });
    expect(await statusOf("c", { file: "docs/cleanup.md", lines: "6", quote: "ttlSecondsAfterFinished: 120" })).toMatchObject({
      status: "found",
      line: 6,
    });
  });

  it("has moved when its quote stands at another line", async () => {
    expect(await statusOf("d", { file: "docs/cleanup.md", lines: "5", quote: "about 50 seconds" })).toMatchObject({
      status: "moved",
      line: 3,
    });
    expect(await statusOf("d", { file: "docs/cleanup.md", lines: "30-33", quote: "about 50 seconds" })).toEqual({
      status: "moved",
      file: "docs/cleanup.md",
      line: 3,
    });
  });

  it("has moved when its file stands elsewhere", async () => {
    expect(await statusOf("e", { file: "scripts/delay.py", lines: "2" }, { value: 5 })).toEqual({
      status: "moved",
      file: "moved/elsewhere/delay.py",
      line: 2,
    });
  });

  it("has changed when neither quote nor number is there any more", async () => {
    expect(await statusOf("f", { file: "docs/cleanup.md", lines: "3", quote: "about 60 seconds" })).toMatchObject({ status: "changed" });
    expect(await statusOf("g", { file: "docs/cleanup.md", lines: "40-50" }, { value: 50 })).toMatchObject({ status: "changed" });
  });

  it("is gone with its file", async () => {
    expect(await statusOf("h", { file: "docs/none.md", lines: "1" })).toEqual({ status: "gone" });
  });

  it("reads numbers with separators, and no part of another number", async () => {
    expect(await statusOf("i", { file: "docs/cleanup.md", lines: "47" }, { value: 5540 })).toMatchObject({ status: "found", line: 47 });
    expect(await statusOf("j", { file: "docs/cleanup.md", lines: "47" }, { value: 50 })).toMatchObject({ status: "changed" });
  });

  it.each([
    ["a unit right behind its number", 2, { value: 12 }],
    ["milliseconds for parts of a second", 1, { value: 0.3 }],
    ["a range in another unit", 3, { low: 6, high: 7 }],
    ["minutes for seconds", 4, { value: 90 }],
    ["Hebrew", 5, { value: 40 }],
    ["millicores as Kubernetes writes them", 6, { value: 4, unit: "millicores" as const }],
    ["cores for millicores", 20, { value: 4, unit: "millicores" as const }],
  ])("is found in %s", async (_, line, documented) => {
    expect(await statusOf("u", { file: "docs/units.md", lines: `${line}` }, documented)).toMatchObject({ status: "found", line });
  });

  it("is no number with another unit, and no letter that ends a word", async () => {
    const status = async (value: number, lines: string) => (await statusOf("v", { file: "docs/units.md", lines }, { value }))?.status;
    expect(await status(300, "1-4")).toBe("changed");
    expect(await status(1.5, "8")).toBe("changed");
    expect(await status(30, "8")).toBe("changed");
  });

  it("says what to give when the folder cannot be read", async () => {
    await expect(lookUpReferences([], join(folder, "nowhere"))).rejects.toMatchObject({ code: "input" });
  });
});
