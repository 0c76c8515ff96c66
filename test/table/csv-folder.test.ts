import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { MANIFEST, writeCsvFolder } from "../../src/table/index.js";
import { fixtureReport } from "../report/fixture.js";

describe("a folder of CSV tables", () => {
  const report = fixtureReport();
  let folder = "";

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "postrun-csv-"));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  const textOf = (name: string): Promise<string> => readFile(join(folder, name), "utf8");

  test("holds a file a table and the manifest that marks it, and nothing else", async () => {
    const written = await writeCsvFolder(report, folder);
    expect(written).toEqual(["stages.csv", "investigations.csv", "jobs.csv", "claims.csv", "concurrency.csv", "sources.csv", MANIFEST]);
    expect(await readdir(folder)).toEqual([...written].sort());
    expect(JSON.parse(await textOf(MANIFEST))).toMatchObject({ tool: { name: "postrun" }, files: written.slice(0, -1) });
  });

  test("has English headers, a byte order mark and times in UTC", async () => {
    await writeCsvFolder(report, folder);
    const [header, first] = (await textOf("jobs.csv")).split("\r\n");
    expect(header).toMatch(/^\uFEFFname,namespace,uid,/);
    expect(first).toContain(report.jobs[0]?.createdAt);
  });

  test("is created with the folders above it", async () => {
    await writeCsvFolder(report, join(folder, "a", "b"));
    expect(await readdir(join(folder, "a", "b"))).toContain("stages.csv");
  });

  test("is overwritten where postrun wrote it, with the same bytes", async () => {
    await writeCsvFolder(report, folder);
    const before = await textOf("claims.csv");
    await writeCsvFolder(report, folder);
    expect(await textOf("claims.csv")).toBe(before);
  });

  test("does not overwrite somebody else's file, and writes nothing then", async () => {
    await writeFile(join(folder, "jobs.csv"), "mine");
    await expect(writeCsvFolder(report, folder)).rejects.toMatchObject({ name: "PostrunError", code: "output" });
    expect(await readdir(folder)).toEqual(["jobs.csv"]);
    expect(await textOf("jobs.csv")).toBe("mine");
  });

  test("takes a manifest that is not postrun's for somebody else's file", async () => {
    await writeFile(join(folder, MANIFEST), "{");
    await expect(writeCsvFolder(report, folder)).rejects.toThrow(MANIFEST);
  });

  test("overwrites anything with force, and leaves other files alone", async () => {
    await writeFile(join(folder, "jobs.csv"), "mine");
    await writeFile(join(folder, "notes.txt"), "mine");
    await writeCsvFolder(report, folder, { force: true });
    expect(await textOf("jobs.csv")).toContain("namespace");
    expect(await textOf("notes.txt")).toBe("mine");
  });

  test("says so where it cannot be written", async () => {
    await writeFile(join(folder, "file"), "");
    await expect(writeCsvFolder(report, join(folder, "file", "tables"))).rejects.toMatchObject({ code: "output" });
  });
});
