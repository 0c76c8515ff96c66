import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { claimsCommand } from "../../src/commands/claims.js";
import { initCommand } from "../../src/commands/init.js";
import { folderForEachTest } from "../folder-for-each-test.js";

let folder = "";
folderForEachTest("claims", (path) => {
  folder = path;
});
let written = "";
beforeEach(() => {
  written = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    written += String(text);
    return true;
  });
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
});
afterEach(() => vi.restoreAllMocks());

it("checks the claims that init writes against the profile beside them", async () => {
  await initCommand(folder);
  const claims = join(folder, "claims.yaml");
  await claimsCommand(claims, {});
  expect(written).toContain(`${claims}: `);
  rmSync(join(folder, "postrun.yaml"));
  await claimsCommand(claims, {});
  await expect(claimsCommand(claims, { profile: "focus-server" })).rejects.toThrow(/unknown stage/);
});

it("asks the postrun.yaml beside the claims which profile is theirs", async () => {
  copyFileSync("profiles/batch-jobs/claims.yaml", join(folder, "claims.yaml"));
  await expect(claimsCommand(join(folder, "claims.yaml"), {})).rejects.toThrow(/unknown stage/);
  writeFileSync(join(folder, "postrun.yaml"), "profile: batch-jobs\n");
  await claimsCommand(join(folder, "claims.yaml"), {});
  expect(written).toContain("claims.yaml: ");
});

it("says that only built-in claims are built in", async () => {
  await initCommand(folder);
  await claimsCommand(undefined, { profile: folder });
  expect(written).toContain(`${join(folder, "claims.yaml")}: `);
  await claimsCommand(undefined, {});
  expect(written).toContain("focus-server (built in): ");
  expect(written).not.toContain(`${folder} (built in)`);
});

it("names claims about one measure that no value agrees with", async () => {
  await initCommand(folder);
  const path = join(folder, "claims.yaml");
  const text = readFileSync(path, "utf8");
  const [head = "", claim = ""] = text.split("claims:\n");
  const other = claim.replace("id: asking-duration", "id: asking-other").replace("value: 2", "value: 5");
  writeFileSync(path, `${head}claims:\n${claim}${other}`);
  await claimsCommand(path, {});
  expect(written).toContain("no       asking-duration, asking-other: of one measure, and no value agrees with both\n");
});

it("names the first pairs of many, and how many more there are", async () => {
  await initCommand(folder);
  const path = join(folder, "claims.yaml");
  const [head = "", claim = ""] = readFileSync(path, "utf8").split("claims:\n");
  const write = (n: number) => {
    const ofIndex = (index: number) =>
      claim.replace("id: asking-duration", `id: asking-${index}`).replace("value: 2", `value: ${3 ** (index + 3)}`);
    writeFileSync(path, `${head}claims:\n${Array.from({ length: n }, (_, index) => ofIndex(index)).join("")}`);
  };
  const pairs = () => written.match(/no value agrees with both/g)?.length;
  write(4);
  await claimsCommand(path, {});
  expect(pairs()).toBe(5);
  expect(written).toContain("no       and 1 more pair of that kind; --json lists all of them\n");
  written = "";
  write(12);
  await claimsCommand(path, {});
  expect(pairs()).toBe(5);
  expect(written).toContain("no       and 61 more pairs of that kind; --json lists all of them\n");
  const json = join(folder, "claims.json");
  await claimsCommand(path, { json });
  expect(JSON.parse(readFileSync(json, "utf8")).opposed).toHaveLength(66);
});
