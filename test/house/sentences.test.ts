import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { measureReasonKeys } from "../../src/analyze/measure-reasons.js";
import { LANGUAGES, LOCALES } from "../../src/report/locales/index.js";
import { filesUnder } from "./sources.js";

/** Where the layers name a diagnostic: `diagnose("id"`, `say("id"`, `listed("id"`, `unusable("format", "id"`, `id: "id", severity`. */
const NAMED = /(?:\b(?:diagnose|say|listed|stop)\(\s*"([a-z][a-z-]+)"|\bunusable\("[^"]+", "([a-z-]+)"|\bid: "([a-z][a-z-]+)", severity)/g;

const ids = new Set(
  filesUnder("src", ".ts")
    .filter((file) => /^src\/(?:ingest|timeline|analyze|postrun)/.test(file))
    .flatMap((file) => [...readFileSync(file, "utf8").matchAll(NAMED)].flatMap((match) => match[1] ?? match[2] ?? match[3] ?? [])),
);

describe.each(LANGUAGES)("the sentences in %s", (language) => {
  const { catalog } = LOCALES[language];

  it("cover every diagnostic that some layer can give", () => {
    expect(ids.size).toBeGreaterThan(25);
    expect([...ids].filter((id) => !Object.hasOwn(catalog, `diagnostic.${id}`))).toEqual([]);
  });

  it("cover every reason why something was not measured", () => {
    expect(measureReasonKeys.filter((key) => !Object.hasOwn(catalog, `reason.${key}`))).toEqual([]);
  });
});
