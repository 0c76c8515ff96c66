import type { ApiRequest, TimelineEvent } from "../model/event.js";
import { groupBy } from "../model/group-by.js";
import type { Job, Moment } from "../model/timeline.js";

/**
 * When the service of each Job went, from the audit log alone: nothing else shows services. It belongs to the Job whose id its name ends with;
 * ids are reused, so it is the first one removed after the Job was made.
 */
export function withServices<T extends Pick<Job, "namespace" | "jobId" | "role" | "created">>(
  jobs: readonly T[],
  events: readonly TimelineEvent[],
): readonly (T & { readonly serviceGone?: Moment })[] {
  const removals = events
    .filter((event): event is ApiRequest => event.type === "api-request" && event.resource === "services" && event.verb === "delete")
    .sort((a, b) => a.completed.at - b.completed.at);
  if (removals.length === 0) return jobs;
  const byNamespace = groupBy(removals, ({ namespace }) => namespace);
  const byId = new Map([...byNamespace].map(([namespace, ofOne]) => [namespace, groupBy(ofOne, ({ name }) => idOf(name))] as const));
  return jobs.map((job) => {
    if (job.role !== "serving" || job.jobId === null) return job;
    const found = byId.get(job.namespace)?.get(idOf(job.jobId)) ?? [];
    const removal = found.find(({ name, completed }) => completed.at >= job.created.lo && name.endsWith(`-${job.jobId}`));
    return removal === undefined ? job : { ...job, serviceGone: momentOf(removal) };
  });
}

/** The last part of a name or of a Job id: a key that both share. */
function idOf(name: string): string {
  return name.slice(name.lastIndexOf("-") + 1);
}

function momentOf({ received, completed, evidence }: ApiRequest): Moment {
  return { at: completed.at, lo: Math.min(received.at, completed.at), hi: completed.at, how: "audit", bracket: false, evidence };
}
