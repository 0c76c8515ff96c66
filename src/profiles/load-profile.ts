import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { ClaimsFile } from "../model/claim.js";
import { errorCode, PostrunError, systemReason } from "../model/errors.js";
import type { Profile } from "../model/profile.js";
import { suggestion } from "../model/text/nearest.js";
import { lintClaims } from "./lint-claims.js";
import { lintProfile } from "./lint-profile.js";
import { PARSED_PROFILES } from "./parsed-profiles.js";
import { readYaml } from "./read-yaml.js";

/** A profile with the claims that belong to it. */
export interface LoadedProfile {
  readonly profile: Profile;
  readonly claims: ClaimsFile;
  readonly profilePath: string;
  readonly claimsPath: string;
}

/** Built-in profiles stand beside src/ and dist/ alike. */
const builtInFolder = fileURLToPath(new URL("../../profiles/", import.meta.url));

/** Names of the built-in profiles, in alphabetical order. */
export async function listProfiles(): Promise<string[]> {
  const entries = await readdir(builtInFolder, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
}

async function kindOf(path: string): Promise<"file" | "folder" | "none"> {
  try {
    return (await stat(path)).isDirectory() ? "folder" : "file";
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(errorCode(error) ?? "")) return "none";
    throw new PostrunError(
      "config",
      `${path}: cannot be read (${systemReason(error)})`,
      "check that it and the folders around it may be read",
    );
  }
}

/** A name of a built-in profile, a profile file, or a folder that holds profile.yaml. */
async function findProfile(nameOrPath: string): Promise<string> {
  const names = await listProfiles();
  if (names.includes(nameOrPath)) return join(builtInFolder, nameOrPath, "profile.yaml");
  const kind = await kindOf(nameOrPath);
  if (kind === "file") return nameOrPath;
  if (kind === "folder") return join(nameOrPath, "profile.yaml");
  throw new PostrunError("usage", `no profile "${nameOrPath}": neither a built-in profile nor a file`, suggestion(nameOrPath, names));
}

/** Reads a claims file. With its profile, names of stages, marks and parameters are checked too. Throws a PostrunError (config). */
export async function loadClaims(path: string, profile?: Profile): Promise<ClaimsFile> {
  const { claimsFileSchema } = await import("../model/claim.js");
  const { data: claims, refuse } = await readYaml(path, "claims file", claimsFileSchema);
  refuse(lintClaims(claims, profile));
  return claims;
}

/** Tells the texts of a profile and of its claims from others. */
export function textsSha256(profile: string, claims: string): string {
  return createHash("sha256").update(profile, "utf8").update("\0").update(claims, "utf8").digest("hex");
}

/** A built-in profile as the build read it; null for any other, and where its files have changed since. */
async function parsedProfile(profilePath: string): Promise<LoadedProfile | null> {
  const folder = dirname(profilePath);
  const parsed = dirname(folder) === resolve(builtInFolder) ? PARSED_PROFILES.get(basename(folder)) : undefined;
  if (parsed === undefined) return null;
  const { profile, claims } = parsed;
  const claimsPath = resolve(folder, profile.claims);
  const texts = await Promise.all([profilePath, claimsPath].map((path) => readFile(path, "utf8").catch(() => "")));
  const sha256 = textsSha256(texts[0] ?? "", texts[1] ?? "");
  return sha256 === parsed.sha256 ? { profile, claims, profilePath, claimsPath } : null;
}

/**
 * Loads a profile by name or path, and its claims, or those of the other file that is named. Throws a PostrunError: `usage` with the nearest name
 * for a profile that does not exist, `config` with file, place and expectation for one that is wrong.
 */
export async function loadProfile(nameOrPath: string, otherClaims?: string): Promise<LoadedProfile> {
  const profilePath = await findProfile(nameOrPath);
  const parsed = otherClaims === undefined ? await parsedProfile(profilePath) : null;
  if (parsed !== null) return parsed;
  const { profileSchema } = await import("../model/profile.js");
  const { data: profile, refuse } = await readYaml(profilePath, "profile", profileSchema);
  refuse(lintProfile(profile));
  const claimsPath = otherClaims ?? resolve(dirname(profilePath), profile.claims);
  if (otherClaims === undefined && (await kindOf(claimsPath)) === "none")
    throw new PostrunError(
      "config",
      `${profilePath}: there is no claims file ${claimsPath}`,
      `the claims of a profile stand in claims.yaml beside it, or where its key "claims" says; where nothing is documented, in that file "schemaVersion: 1" and "claims: []"`,
    );
  return { profile, claims: await loadClaims(claimsPath, profile), profilePath, claimsPath };
}

/** The profile itself where it is loaded already, else as `loadProfile` loads it. */
export async function givenProfile(profile: string | LoadedProfile, claims: string | undefined): Promise<LoadedProfile> {
  return typeof profile === "string" ? loadProfile(profile, claims) : profile;
}
