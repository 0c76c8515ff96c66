import { compilePattern } from "../../model/patterns/safe-pattern.js";
import type { Profile } from "../../model/profile.js";

/** Port of a job id by the profile's alias (port = base + slot), or null. */
export function portDerivation(profile: Profile): (jobId: string) => string | null {
  const alias = profile.aliases.find((candidate) => candidate.key === "port");
  if (alias === undefined) return () => null;
  const pattern = compilePattern(profile.jobId);
  return (jobId) => {
    const slot = Number(pattern.exec(jobId)?.[alias.slotGroup] ?? Number.NaN);
    return Number.isInteger(slot) ? String(alias.base + slot) : null;
  };
}
