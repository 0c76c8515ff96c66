import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { schemaFiles } from "../../src/profiles/write-schemas.js";

it.each(Object.entries(schemaFiles()))("schemas/%s is the one that the code writes", async (name, text) => {
  expect(await readFile(`schemas/${name}`, "utf8")).toBe(text);
});
