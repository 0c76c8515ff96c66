/** Which Job made which Pod, where no object of the Pod says so: by the job controller's Events. */
import type { ClusterEvent } from "../../model/event.js";
import type { JobHistory } from "./cluster-history.js";
import { namespacedName } from "./namespaced-name.js";

/** Of more than ten alike within ten minutes a recorder keeps one row, with the text of the last, and drops others: all their Pods but that have no name there. */
export const FOLDED = /^\(combined from similar events\): /;

const CREATED_POD = /^(?:\(combined from similar events\): )?Created pod: (\S+)/;

/** What stands behind the name of a Job in that of its Pod: its index, if it has one, and a suffix. */
const POD_SUFFIX = /-[a-z0-9]{5}$/;
const POD_INDEX = /-\d+$/;

/** Finds the uid of the Job that made the Pod of a name: the controller names it, or its name is that of a Job whose creations of Pods were folded, and of no other. */
export function podCreators(events: readonly ClusterEvent[]): (pod: Parameters<typeof namespacedName>[0]) => string | undefined {
  const named = new Map<string, string>();
  const folded = new Set<string>();
  for (let index = 0; index < events.length; index += 1) {
    const { reason, involved, message } = events[index] as ClusterEvent;
    if (reason !== "SuccessfulCreate" || involved.kind !== "Job") continue;
    const pod = CREATED_POD.exec(message)?.[1];
    if (pod !== undefined) named.set(namespacedName({ namespace: involved.namespace, name: pod }), involved.uid);
    if (FOLDED.test(message)) folded.add(involved.uid);
  }
  // As a rule nothing is folded, and a long run has many Jobs.
  const jobs = folded.size === 0 ? new Map<string, Set<string>>() : jobsByName(events);
  return (pod) => {
    const known = named.get(namespacedName(pod));
    if (known !== undefined || folded.size === 0) return known;
    const name = pod.name.replace(POD_SUFFIX, "");
    const names = new Set([name, name.replace(POD_INDEX, "")]);
    const [only, ...others] = [...names].flatMap((one) => [...(jobs.get(namespacedName({ namespace: pod.namespace, name: one })) ?? [])]);
    return only !== undefined && others.length === 0 && folded.has(only) ? only : undefined;
  };
}

/** Uids of the Jobs that Events are about. */
function jobsByName(events: readonly ClusterEvent[]): Map<string, Set<string>> {
  const jobs = new Map<string, Set<string>>();
  for (let index = 0; index < events.length; index += 1) {
    const { involved } = events[index] as ClusterEvent;
    const key = namespacedName(involved);
    if (involved.kind === "Job") jobs.set(key, (jobs.get(key) ?? new Set()).add(involved.uid));
  }
  return jobs;
}

/** How many Pods the controller's Events say that a Job made, where they do not name all of them; 0 where they do. */
export function foldedPods({ events }: Pick<JobHistory, "events">): number {
  const counts = new Map<string, number>();
  let isFolded = false;
  for (const { uid, reason, message, count } of events) {
    if (reason !== "SuccessfulCreate") continue;
    isFolded ||= FOLDED.test(message);
    counts.set(uid, Math.max(count, counts.get(uid) ?? 0));
  }
  return isFolded ? [...counts.values()].reduce((sum, count) => sum + count, 0) : 0;
}
