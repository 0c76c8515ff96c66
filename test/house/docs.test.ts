import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { keptFiles, ROOT, text } from "./sources.js";

const documents = keptFiles().filter((file) => file.endsWith(".md") && !file.startsWith("samples/"));
const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(text("package.json")));

/** What stands in a document in backticks and looks like a path of this repository. */
function pathsIn(document: string): readonly string[] {
  return [...text(document).matchAll(/`((?:src|test|docs|schemas|samples|templates|profiles|scripts|bench|\.ci)\/[\w./-]*)`/g)].map(
    (match) => match[1] ?? "",
  );
}

describe("the documents", () => {
  test("link only to what exists", () => {
    const broken = documents.flatMap((document) =>
      [...text(document).matchAll(/\]\(([^)\s]+)\)/g)]
        .map((match) => (match[1] ?? "").replace(/#.*$/, ""))
        .filter((target) => target !== "" && !/^[a-z]+:/.test(target))
        .filter((target) => !existsSync(join(ROOT, dirname(document), target)))
        .map((target) => `${document}: ${target}`),
    );
    expect(broken).toEqual([]);
  });

  test("name only files and folders that exist", () => {
    const broken = documents.flatMap((document) =>
      pathsIn(document)
        .filter((path) => !existsSync(join(ROOT, path)))
        .map((path) => `${document}: ${path}`),
    );
    expect(broken).toEqual([]);
  });

  test("name only scripts that package.json has", () => {
    const broken = documents.flatMap((document) =>
      [...text(document).matchAll(/npm run ([\w-]+)/g)].map((match) => match[1] ?? "").filter((name) => !(name in scripts)),
    );
    expect(broken).toEqual([]);
  });
});
