import { compilePattern } from "../../model/patterns/safe-pattern.js";
import type { Profile } from "../../model/profile.js";
import type { JobRole } from "../../model/report.js";

/** Names remembered at once: a watch goes on for days. */
const MOST_NAMES = 100_000;

/** What the name of a Job tells; `family`: which of the profile it is of, one after the last where of none. */
export interface JobNaming {
  readonly role: JobRole;
  readonly jobId: string | null;
  readonly family: number;
}

/** Role and job id of a Job from its name, by the first family of the profile that fits. */
export function jobNaming(profile: Profile): (name: string) => JobNaming {
  const families = profile.jobs.map((family, index) => ({
    role: family.role,
    family: index,
    pattern: compilePattern(namePattern(family.name, profile.jobId)),
  }));
  const read = (name: string): JobNaming => {
    for (const { role, family, pattern } of families) {
      const groups = pattern.exec(name);
      if (groups !== null) return { role, jobId: groups.jobId ?? null, family };
    }
    return { role: "other", jobId: null, family: families.length };
  };
  // The same few names are asked for again and again.
  const known = new Map<string, JobNaming>();
  return (name) => {
    const found = known.get(name) ?? read(name);
    if (known.size >= MOST_NAMES) known.clear();
    known.set(name, found);
    return found;
  };
}

function namePattern(template: string, jobId: string): string {
  const parts = template.split(/(\{jobId\}|\*)/);
  const body = parts.map((part) => {
    if (part === "{jobId}") return `(?P<jobId>${jobId.replace(/\(\?P?<\w+>/g, "(?:")})`;
    if (part === "*") return ".*";
    return part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  });
  return `^${body.join("")}$`;
}
