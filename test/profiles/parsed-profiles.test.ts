import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { listProfiles, loadProfile, textsSha256 } from "../../src/profiles/load-profile.js";

const parsed = vi.hoisted(() => new Map<string, unknown>());
vi.mock("../../src/profiles/parsed-profiles.js", () => ({ PARSED_PROFILES: parsed }));

describe("a built-in profile that the build has read", () => {
  test("is used as it stands while its files are the same, and read again where they are not", async () => {
    const [name = ""] = await listProfiles();
    const fresh = await loadProfile(name);
    const marked = { ...fresh.profile, patterns: [] };
    const texts = await Promise.all([fresh.profilePath, fresh.claimsPath].map((path) => readFile(path, "utf8")));
    parsed.set(name, { sha256: textsSha256(texts[0] ?? "", texts[1] ?? ""), profile: marked, claims: fresh.claims });
    expect((await loadProfile(name)).profile).toBe(marked);
    parsed.set(name, { sha256: textsSha256(`${texts[0]} `, texts[1] ?? ""), profile: marked, claims: fresh.claims });
    expect((await loadProfile(name)).profile).toEqual(fresh.profile);
  });

  test("is read as a whole where other claims are given, so that they are held against it", async () => {
    const [name = ""] = await listProfiles();
    const folder = await mkdtemp(join(tmpdir(), "postrun-claims-"));
    try {
      await writeFile(join(folder, "claims.yaml"), "claims: [1]\n");
      await expect(loadProfile(name, join(folder, "claims.yaml"))).rejects.toThrow(/claims/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
