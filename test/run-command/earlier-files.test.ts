import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { EarlierFiles } from "../../src/run-command/earlier-files.js";
import { folderForEachTest } from "../folder-for-each-test.js";

let path = "";
let folder = "";
folderForEachTest("earlier-files", (made) => {
  folder = made;
  path = join(folder, "output.ndjson");
});

it("what gave way comes back, in place of what was written meanwhile", async () => {
  writeFileSync(path, "earlier");
  const files = new EarlierFiles();
  await files.setAside(path);
  expect(existsSync(path)).toBe(false);
  writeFileSync(path, "later");
  await files.putBack();
  expect(readFileSync(path, "utf8")).toBe("earlier");
});

it("what gave way goes, and what was not there is not missed", async () => {
  writeFileSync(path, "earlier");
  const files = new EarlierFiles();
  await files.setAside(path);
  await files.setAside(join(folder, "capture.ndjson.gz"));
  writeFileSync(path, "later");
  await files.remove();
  await files.putBack();
  expect([readdirSync(folder), readFileSync(path, "utf8")]).toEqual([["output.ndjson"], "later"]);
});

it("a link stays where it is: it says where to write", async () => {
  writeFileSync(join(folder, "elsewhere"), "earlier");
  symlinkSync("elsewhere", path);
  const files = new EarlierFiles();
  await files.setAside(path);
  await files.remove();
  expect(readFileSync(path, "utf8")).toBe("earlier");
});

it("what gave way for a run that was killed before its command started is what comes back", async () => {
  writeFileSync(path, "earlier");
  await new EarlierFiles().setAside(path);
  writeFileSync(path, "only a beginning");
  const files = new EarlierFiles();
  await files.setAside(path);
  await files.putBack();
  expect(readFileSync(path, "utf8")).toBe("earlier");
});
