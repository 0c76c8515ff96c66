/** Profiles and claims files: found, read, checked. */

export { RUN_CONFIG_NAME } from "../model/run-config-name.js";
export { type LintProblem, lintClaims } from "./lint-claims.js";
export { lintProfile } from "./lint-profile.js";
export { type LoadedProfile, listProfiles, loadClaims, loadProfile } from "./load-profile.js";
export { loadRunConfig } from "./load-run-config.js";
