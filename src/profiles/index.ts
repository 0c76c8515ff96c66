/** Profiles and claims files: found, read, checked. */
export { type LintProblem, lintClaims } from "./lint-claims.js";
export { lintProfile } from "./lint-profile.js";
export { type LoadedProfile, listProfiles, loadClaims, loadProfile } from "./load-profile.js";
export { loadRunConfig, RUN_CONFIG_NAME } from "./load-run-config.js";
