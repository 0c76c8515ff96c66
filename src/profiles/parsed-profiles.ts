import type { ClaimsFile } from "../model/claim.js";
import type { Profile } from "../model/profile.js";

/** A built-in profile and its claims as they were read and checked when the command was built. */
export interface ParsedProfile {
  /** Of the texts of the profile and of its claims, one after the other; other texts have to be read again. */
  readonly sha256: string;
  readonly profile: Profile;
  readonly claims: ClaimsFile;
}

/** By name. Empty in the sources: scripts/build.mjs puts a module with what it has read in the place of this one. */
export const PARSED_PROFILES: ReadonlyMap<string, ParsedProfile> = new Map();
