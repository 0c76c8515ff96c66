import type { Clock } from "../../model/clock.js";
import { inOrderOfCreation, type JobDraft } from "../cluster/jobs.js";
import { type CreationWindow, creationByRequest } from "../investigations/creation-windows.js";
import type { Draft } from "../investigations/draft.js";
import type { Link } from "./candidate-jobs.js";

/** What the log of one run says of its Jobs. */
interface LinkedRun {
  readonly windows: readonly CreationWindow[];
  readonly clock: Clock | undefined;
  readonly links: Map<Draft, Link>;
}

/**
 * Jobs of which the cluster's data show only the end were created between the request for them and its answer. Those for which no log tells of these, and that were
 * not simply there before the audit log began, are left out, with their links: when they began is not known. The others, in order of creation.
 */
export function settleCreations(
  jobs: readonly JobDraft[],
  runs: readonly LinkedRun[],
): { readonly jobs: readonly JobDraft[]; readonly left: number } {
  const open = new Map(jobs.flatMap((job) => (Number.isFinite(job.created.lo) ? [] : [[job.uid, job] as const])));
  if (open.size === 0) return { jobs, left: 0 };
  for (const { windows, clock, links } of runs) {
    for (const window of windows) {
      const job = open.get(links.get(window.draft)?.jobUid ?? "");
      const created = job === undefined ? undefined : creationByRequest(window, clock, job.created);
      if (job === undefined || created === undefined) continue;
      job.created = created;
      job.evidence = [window.from.evidence, ...job.evidence.slice(1)];
    }
  }
  const isSettled = ({ created, truncated }: JobDraft) => truncated || Number.isFinite(created.lo);
  const kept = jobs.filter(isSettled);
  for (const { links } of runs) {
    for (const [draft, { jobUid }] of links) {
      const job = open.get(jobUid ?? "");
      if (job !== undefined && !isSettled(job)) links.delete(draft);
    }
  }
  return { jobs: [...kept].sort(inOrderOfCreation), left: jobs.length - kept.length };
}
