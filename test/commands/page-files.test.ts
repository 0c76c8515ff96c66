import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { assertReportWritable, pagePath, writePage } from "../../src/commands/page-files.js";
import { readSavedReport } from "../../src/commands/saved-report.js";
import { serializeReport } from "../../src/report/json.js";
import { fixtureReport } from "../report/fixture.js";

describe("the page as files", () => {
  const report = fixtureReport("no-cluster");
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "postrun-pages-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it.each([
    [{}, "x.html", ["x.html"]],
    [{ split: true }, "x.html", ["x.html", "x.part-1.html"]],
    [{ zip: true }, "x.zip", ["x.zip"]],
    [{ zip: true, split: true }, "x.zip", ["x.zip"]],
  ])("%o goes to %s, is read again whole, and is written over its own with the same bytes", async (flags, path, files) => {
    const output = join(folder, "x.html");
    expect(await writePage(report, output, flags)).toBe(join(folder, path));
    expect(readdirSync(folder)).toEqual(files);
    expect(serializeReport(await readSavedReport(join(folder, path)))).toBe(serializeReport(report));
    const before = files.map((file) => readFileSync(join(folder, file)));
    await writePage(report, output, flags);
    expect(files.map((file) => readFileSync(join(folder, file)))).toEqual(before);
  });

  it("is not written over what postrun did not make, a part of it neither", async () => {
    writeFileSync(join(folder, "x.part-1.html"), "mine");
    await expect(writePage(report, join(folder, "x.html"), { split: true })).rejects.toMatchObject({ code: "output" });
    expect(readdirSync(folder)).toEqual(["x.part-1.html"]);
    expect(readFileSync(join(folder, "x.part-1.html"), "utf8")).toBe("mine");
    const output = join(folder, "x.html");
    await expect(assertReportWritable({ split: true }, { output, inputs: [] })).rejects.toMatchObject({ code: "output" });
    await assertReportWritable({}, { output, inputs: [] });
    await expect(
      assertReportWritable({ split: true, force: true, md: join(folder, "x.part-1.html") }, { output, inputs: [] }),
    ).rejects.toMatchObject({
      code: "usage",
    });
  });

  it("names the part that is missing", async () => {
    await writePage(report, join(folder, "x.html"), { split: true });
    rmSync(join(folder, "x.part-1.html"));
    await expect(readSavedReport(join(folder, "x.html"))).rejects.toThrow(/x\.part-1\.html: cannot be read \(ENOENT\)/);
  });

  it("has a place for each of its files before it is made", () => {
    expect(pagePath("a/run.html", { zip: true })).toBe("a/run.zip");
    expect(pagePath("a/run.zip", { zip: true })).toBe("a/run.zip");
    expect(pagePath("-", { zip: true })).toBe("-");
    expect(() => pagePath("-", { split: true })).toThrow(/standard output takes one/);
  });
});
