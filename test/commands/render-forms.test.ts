import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { assertReportWritable } from "../../src/commands/page-files.js";
import {
  asksForForms,
  assertFormFolders,
  formFiles,
  preparePictures,
  type RenderFlags,
  writeForms,
} from "../../src/commands/render-forms.js";
import { fixtureReport } from "../report/fixture.js";

describe("the forms of a report", () => {
  const report = fixtureReport("no-cluster");
  let folder = "";

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "postrun-forms-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const flags = (lang: "he" | "en" | "both"): RenderFlags => ({
    json: join(folder, "x.json"),
    md: join(folder, "x.md"),
    jira: join(folder, "x.jira"),
    junit: join(folder, "x.xml"),
    xlsx: join(folder, "x.xlsx"),
    csv: join(folder, "tables"),
    png: join(folder, "pictures"),
    lang,
  });

  it("are one file each in one language, and two in both; pictures are in both always", async () => {
    const writePictures = await preparePictures(flags("he"));
    await Promise.all([writeForms(report, flags("he")), writePictures(report)]);
    expect(readdirSync(folder).sort()).toEqual(["pictures", "tables", "x.jira", "x.json", "x.md", "x.xlsx", "x.xml"]);
    expect(readFileSync(join(folder, "x.md"), "utf8")).toMatch(/^# 277 חקירות/);
    expect(readdirSync(join(folder, "pictures"))).toEqual(
      expect.arrayContaining(["first-screen.en.png", "first-screen.he.png", "postrun-pictures.json"]),
    );
    const { isPictureFile } = await import("../../src/report/forms/picture-names.js");
    const pictures = readdirSync(join(folder, "pictures")).filter((name) => name.endsWith(".png"));
    expect(pictures.filter((name) => !isPictureFile(name))).toEqual([]);
    await writeForms(report, { md: join(folder, "both.md"), junit: join(folder, "both.xml"), lang: "both" });
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(["both.en.md", "both.he.md", "both.en.xml", "both.he.xml"]));
    expect(readdirSync(folder)).not.toContain("both.md");
  }, 60_000);

  it("are written over their own kind without force, with the same bytes, and over nobody else's", async () => {
    const { png: _, ...text } = flags("en");
    await writeForms(report, text);
    const before = formFiles(text).map((path) => readFileSync(path));
    await writeForms(report, text);
    expect(formFiles(text).map((path) => readFileSync(path))).toEqual(before);
    for (const path of formFiles(text)) {
      writeFileSync(path, "mine");
      await expect(writeForms(report, text), path).rejects.toMatchObject({ code: "output" });
      rmSync(path);
    }
  }, 60_000);

  it("are refused before any work, folders among them", async () => {
    writeFileSync(join(folder, "mine"), "mine");
    await assertReportWritable(flags("both"), { inputs: [] });
    for (const form of ["json", "md", "xlsx", "csv", "png"])
      await expect(assertReportWritable({ [form]: join(folder, "mine") }, { inputs: [] }), form).rejects.toMatchObject({ code: "output" });
  });

  it.each([
    ["csv", "jobs.csv"],
    ["csv", "postrun-tables.json"],
    ["png", "cleanup.he.png"],
  ])("are refused before any work where the folder for --%s holds somebody else's %s", async (form, name) => {
    writeFileSync(join(folder, name), "mine");
    await expect(assertFormFolders({ [form]: folder })).rejects.toMatchObject({ code: "output", message: expect.stringContaining(name) });
    await assertFormFolders({ [form]: folder, force: true });
    await assertFormFolders({ [form === "csv" ? "png" : "csv"]: folder });
  });

  it("are known before they are written", () => {
    expect(formFiles({ json: "a.json", jira: "b.jira", lang: "both" })).toEqual(["a.json", "b.en.jira", "b.he.jira"]);
    expect(formFiles({ md: "-", lang: "both" })).toEqual(["-"]);
    expect([asksForForms({}), asksForForms({ png: "p" }), asksForForms({ junit: "j" })]).toEqual([false, true, true]);
  });
});
