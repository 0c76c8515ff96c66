import { groupBy } from "../../model/collections/group-by.js";
import { inOrder } from "../../model/collections/in-order.js";
import type { Job, Moment } from "../../model/timeline.js";
import type { PlacedRequest } from "./audit-clocks.js";
import { requestMoment } from "./stamped-moments.js";

/**
 * When the service of each Job went, from the audit log alone: nothing else shows services. It belongs to the Job whose id its name ends with;
 * ids are reused, so it is the first one removed after the Job was made.
 */
export function serviceFinder(
  requests: readonly PlacedRequest[],
): (job: Pick<Job, "namespace" | "jobId" | "role" | "created">) => Moment | undefined {
  const removals = requests.filter(({ resource, verb }) => resource === "services" && verb === "delete");
  if (removals.length === 0) return () => undefined;
  const inTime = inOrder(removals, (a, b) => a.completed.at - b.completed.at);
  const byNamespace = groupBy(inTime, ({ namespace }) => namespace);
  const byId = new Map([...byNamespace].map(([namespace, ofOne]) => [namespace, groupBy(ofOne, ({ name }) => idOf(name))] as const));
  return ({ namespace, jobId, role, created }) => {
    if (role !== "serving" || jobId === null) return undefined;
    const found = byId.get(namespace)?.get(idOf(jobId)) ?? [];
    const removal = found.find(({ name, completed }) => completed.at >= created.lo && name.endsWith(`-${jobId}`));
    return removal === undefined ? undefined : requestMoment(removal);
  };
}

/** The last part of a name or of a Job id: a key that both share. */
function idOf(name: string): string {
  return name.slice(name.lastIndexOf("-") + 1);
}
