import { expect, test } from "vitest";
import { filesUnder, text } from "./sources.js";

const EXPORTED = /^export (?:async )?(?:const|function\*?|class) (\w+)/gm;

/** Its type is what counts: it does not compile when the schema and the model part ways. */
const EXCEPTIONS: readonly string[] = ["src/report/schema/report.ts schemaEqualsModel"];

/** Values that files of `sources` export and no file of `users` but their own speaks of, as "file name". */
function unusedExports(sources: ReadonlyMap<string, string>, users: ReadonlyMap<string, string>): string[] {
  const words = new Map([...users].map(([file, source]) => [file, new Set(source.match(/\w+/g))]));
  return [...sources].flatMap(([file, source]) =>
    [...source.matchAll(EXPORTED)]
      .map(([, name = ""]) => name)
      .filter((name) => ![...words].some(([user, said]) => user !== file && said.has(name)))
      .map((name) => `${file} ${name}`),
  );
}

function files(folders: readonly string[], end: string): [string, string][] {
  return folders.flatMap((folder) => filesUnder(folder, end).map((file): [string, string] => [file, text(file)]));
}

test("what a file of src/ exports is used by another", () => {
  const all = [...files(["src", "test"], ".ts"), ...files(["scripts", "bench", "test"], ".mjs")];
  // Tests of the house name what they are about.
  const users = new Map(all.filter(([file]) => !file.startsWith("test/house/")));
  expect(unusedExports(new Map(files(["src"], ".ts")), users)).toEqual(EXCEPTIONS);
});

test("an export that only its own file uses is found", () => {
  const sources = new Map([
    ["src/a.ts", "export const used = 1;\nexport function lonely() {}\nlonely();"],
    ["src/b.ts", 'import { used } from "./a.js";\nexport async function alone() { return used; }'],
  ]);
  expect(unusedExports(sources, sources)).toEqual(["src/a.ts lonely", "src/b.ts alone"]);
});
