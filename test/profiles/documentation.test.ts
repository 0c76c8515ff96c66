import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { expressionFunctions } from "../../src/model/expression.js";
import { loadProfile } from "../../src/profiles/load-profile.js";

it("the profile and the claims of docs/profiles.md load together", async () => {
  const text = await readFile("docs/profiles.md", "utf8");
  const [profile, claims] = [...text.matchAll(/```yaml\n(schemaVersion[\s\S]*?)```/g)].map((match) => match[1] ?? "");
  const folder = await mkdtemp(join(tmpdir(), "postrun-docs-"));
  await writeFile(join(folder, "profile.yaml"), profile ?? "");
  await writeFile(join(folder, "claims.yaml"), claims ?? "");
  const loaded = await loadProfile(folder);
  await rm(folder, { recursive: true });
  expect([loaded.profile.id, loaded.claims.claims.map(({ id }) => id)]).toEqual(["shop", ["ask-duration"]]);
});

it("docs/profiles.md names every function of the expressions", async () => {
  const text = await readFile("docs/profiles.md", "utf8");
  for (const name of expressionFunctions) expect(text).toContain(name);
});
