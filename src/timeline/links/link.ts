/** Which Job served which investigation. */

import { type Clock, toUtc } from "../../model/clock.js";
import { groupBy } from "../../model/collections/group-by.js";
import type { CreationSpans, CreationWindow } from "../investigations/creation-windows.js";
import type { Draft } from "../investigations/draft.js";
import type { Candidates, CandidatesOf, Finder, Link, LinkableJob, Proof } from "./candidate-jobs.js";
import { createdBetween } from "./created-between.js";
import { inUtc, linkById, type Named } from "./link-by-id.js";
import { slackOf } from "./link-slack.js";

/** The run of one log, as far as its investigations are given their Jobs. */
export interface LinkableRun {
  readonly drafts: readonly Draft[];
  readonly windows: readonly CreationWindow[];
  readonly clock: Clock | undefined;
  /** Its log prints dates. */
  readonly isDated: boolean;
}

/**
 * Gives each investigation its Jobs, run by run. A job id is proof: those that were created for it by what its lines tell are its own, and the last one of a name is the one
 * that served. Without an id, a candidate must have been created inside the window of the request, and a slot or a moment is proof only if a single Job fits the request and
 * the Job fits no other. A Job serves one investigation.
 */
export function linkJobs(
  runs: readonly LinkableRun[],
  candidates: CandidatesOf,
  spansOf: (draft: Draft) => CreationSpans | undefined,
): Map<Draft, Link>[] {
  const finders = new Map<readonly LinkableJob[], Finder>();
  const finderOf = (jobs: readonly LinkableJob[]) => {
    const finder = finders.get(jobs) ?? createdBetween(jobs);
    finders.set(jobs, finder);
    return finder;
  };
  const taken = new Set<string>();
  const ofRuns = runs.map(({ drafts, windows, clock, isDated }) => {
    const windowOf = new Map(windows.map((window) => [window.draft, window]));
    const byProof = groupBy(drafts, (draft) => candidates(draft).by);
    const links = new Map<Draft, Link>();
    const named = (byProof.get("job-id") ?? []).flatMap((draft) => namedBy(draft, inUtc(spansOf(draft), clock, isDated), clock));
    const untaken = (by: Proof) =>
      (byProof.get(by) ?? []).map((draft) => {
        const window = windowOf.get(draft);
        return { draft, window, links, fitting: () => insideWindow(candidates(draft), window, clock, finderOf).filter(isFree) };
      });
    return { links, named, untaken };
  });
  const ofId = groupBy(
    ofRuns.flatMap(({ named }) => named),
    ({ jobId }) => jobId,
  );
  for (const { named, links } of ofRuns) {
    for (const one of named) {
      const own = candidates({ ...one.draft, jobId: one.jobId });
      const link = linkById(one, ofId.get(one.jobId) ?? [one], own, finderOf(own.jobs), isFree);
      if (link === undefined) continue;
      links.set(one.draft, withLink(links.get(one.draft), one, link));
      for (const uid of [link.jobUid ?? [], link.companions ?? []].flat()) taken.add(uid);
    }
  }
  for (const by of ["alias", "time"] as const) {
    const asking = ofRuns.flatMap(({ untaken }) => untaken(by)).map((one) => ({ ...one, likely: likeliest(one.fitting()) }));
    const fits = groupBy(
      asking.flatMap(({ likely }) => likely),
      ({ uid }) => uid,
    );
    for (const { draft, window, links, likely } of asking) {
      const [only, ...others] = likely;
      if (only === undefined || others.length > 0 || (fits.get(only.uid)?.length ?? 0) > 1) continue;
      // Which answer was this one's is a guess then.
      if (by === "time" && window?.to.uncertain === true) continue;
      links.set(draft, { jobUid: only.uid, by });
      taken.add(only.uid);
    }
  }
  return ofRuns.map(({ links }) => links);

  function isFree({ uid }: LinkableJob): boolean {
    return !taken.has(uid);
  }
}

/** With each of its ids, its own first. */
function namedBy(draft: Draft, spans: CreationSpans | undefined, clock: Clock | undefined): Named[] {
  const ids = [...(draft.jobId === null ? [] : [draft.jobId]), ...(draft.otherJobIds ?? [])];
  return ids.map((jobId) => ({ draft, jobId, spans, clock }));
}

/** Of an id that is not its own the Jobs were made for it beside the one that served it. */
function withLink(own: Link | undefined, { draft, jobId }: Named, link: Link): Link {
  if (jobId === draft.jobId) return link;
  const companions = [own?.companions, link.jobUid, link.companions].flatMap((uids) => uids ?? []);
  const possible = [own?.possible, link.possible].flatMap((uids) => uids ?? []);
  return {
    by: "job-id",
    ...own,
    ...(companions.length === 0 ? {} : { companions }),
    ...(possible.length === 0 ? {} : { possible }),
  };
}

/** One that may have been created at any time fits nearly always: it does not stand against one that was created just then. */
function likeliest(fitting: readonly LinkableJob[]): readonly LinkableJob[] {
  const known = fitting.filter((job) => Number.isFinite(job.created.lo));
  return known.length > 0 ? known : fitting;
}

/** Where nothing but the time decides, nearest is not good enough. */
function insideWindow(
  { jobs, by }: Candidates,
  window: CreationWindow | undefined,
  clock: Clock | undefined,
  finderOf: (jobs: readonly LinkableJob[]) => Finder,
): readonly LinkableJob[] {
  if (window === undefined) return [];
  const [from, to] = [toUtc(clock, window.from.at), toUtc(clock, window.to.at + window.to.resolutionMs)];
  const slack = slackOf(clock, by);
  return from === null || to === null || slack === null ? [] : finderOf(jobs)(from - slack, to + slack);
}
