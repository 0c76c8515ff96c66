/** The Jobs of an investigation whose id the log tells. */

import { type Clock, isTied, toUtc } from "../../model/clock.js";
import { groupBy } from "../../model/collections/group-by.js";
import { largest, smallest } from "../../model/statistics/statistics.js";
import type { Bounds, DurationMs } from "../../model/time.js";
import { inAnyZone } from "../clocks/clocks.js";
import type { CreationSpans } from "../investigations/creation-windows.js";
import type { Draft } from "../investigations/draft.js";
import type { Candidates, Families, Finder, Link, LinkableJob } from "./candidate-jobs.js";
import { slackOf } from "./link-slack.js";

/** An investigation whose id the log tells. */
export interface Named {
  readonly draft: Draft;
  readonly jobId: string;
  /** Undefined where nothing places its lines. */
  readonly spans: CreationSpans | undefined;
  readonly clock: Clock | undefined;
}

/** Where nothing ties the clock to UTC, the date of a log that prints one (`isDated`) still says which Jobs are of another day. */
export function inUtc(spans: CreationSpans | undefined, clock: Clock | undefined, isDated: boolean): CreationSpans | undefined {
  if (spans === undefined) return undefined;
  if (toUtc(clock, spans.within.hi) === null)
    return isDated
      ? { tries: spans.tries.map((bounds) => ({ ...bounds, ...inAnyZone(bounds) })), within: inAnyZone(spans.within) }
      : undefined;
  // What the clock does not place may have been at any time on that side.
  const at = (reading: number, open: number) => (Number.isFinite(reading) ? (toUtc(clock, reading) ?? open) : reading);
  const placed = ({ lo, hi }: Bounds) => ({ lo: at(lo, Number.NEGATIVE_INFINITY), hi: at(hi, Number.POSITIVE_INFINITY) });
  return { tries: spans.tries.map((bounds) => ({ ...bounds, ...placed(bounds) })), within: placed(spans.within) };
}

/** By a clock that is tied to the cluster's a moment of the log tells in which try a Job was made. */
function isPlaced({ clock, spans }: Named): boolean {
  return isTied(clock) && spans !== undefined;
}

/** Of several investigations with one id a Job is of the one whose tries it is nearest to, of the later one of two. */
function isNearest(job: LinkableJob, own: Named, rivals: readonly Named[]): boolean {
  const since = ({ spans }: Named) => spans?.within.lo ?? 0;
  return rivals.every((rival) => {
    const farther = triesApart(job, own) - triesApart(job, rival);
    return rival === own || farther < 0 || (farther === 0 && since(own) >= since(rival));
  });
}

/** After its failure a Job may be its own only where no other request fits. */
function triesApart(job: LinkableJob, { spans, clock }: Named): DurationMs {
  const late = slackOf(clock, "job-id") ?? 0;
  return spans === undefined ? 0 : smallest(spans.tries.map((bounds) => Math.max(distance(job, bounds), bounds.late ? late : 0)));
}

/**
 * Serving Jobs with the id of an investigation (`rivals`: all that have it). Of the family that the profile names first the nearest to its first try; of its name the last that was made
 * in any, for no two of one name exist at once. Which of them served is open where one more of that name was made before its end without a try; none of them did where that of the family
 * named first was not seen. Its own are all that were made between its request and its end, and of each other name at least the nearest. One that a schedule made may be older than all lines
 * about it. Nothing tells apart two of one name in two namespaces. Where the clock does not place them, the nearest of each name is taken, and the others may be its own.
 */
export function linkById(
  named: Named,
  rivals: readonly Named[],
  { jobs, familyOf, ownFamily }: Candidates,
  finder: Finder,
  isFree: (job: LinkableJob) => boolean,
): Link | undefined {
  const { spans, clock } = named;
  const placed = rivals.every(isPlaced);
  const isOwn = (job: LinkableJob) => isFree(job) && (!placed || isNearest(job, named, rivals));
  const slack = slackOf(clock, "job-id") ?? 0;
  const isAlone = jobs.length === 1 && jobs[0]?.bySchedule === true;
  const inTry = spans === undefined || isAlone ? jobs : [...new Set(spans.tries.flatMap(({ lo, hi }) => finder(lo - slack, hi + slack)))];
  const fitting = inTry.filter(isOwn);
  const [firstTry] = spans?.tries ?? [];
  if (firstTry !== undefined) fitting.sort((a, b) => distance(a, firstTry) - distance(b, firstTry));
  const namesakes = inTry.filter(({ name }) => name === fitting[0]?.name);
  if (new Set(namesakes.map(({ namespace }) => namespace)).size > 1) return { by: "job-id", possible: namesakes.map(({ uid }) => uid) };
  const room = clock?.uncertaintyMs ?? 0;
  const inside = placed && spans !== undefined ? finder(spans.within.lo - room, spans.within.hi + room).filter(isOwn) : [];
  const serving = servingAmong(fitting, placed, { familyOf, ownFamily });
  const anchor = serving ?? fitting[0] ?? inside[0];
  if (anchor === undefined) return undefined;
  const apart = ({ created }: LinkableJob) => Math.abs(created.at - anchor.created.at);
  const ofOthers = groupBy(
    fitting.filter(({ name }) => name !== serving?.name),
    ({ name }) => name,
  );
  const nearestOfOthers = [...ofOthers.values()].map((same) => same.reduce((best, job) => (apart(job) < apart(best) ? job : best)));
  const madeAgain = inside.some(({ name, created }) => name === serving?.name && created.at > serving.created.at);
  const companions = new Set([...nearestOfOthers, ...inside, ...(serving === undefined ? [] : [serving])].map(({ uid }) => uid));
  const since = spans === undefined ? Number.POSITIVE_INFINITY : spans.within.lo - slack;
  const possible = fitting.filter(({ uid, created }) => created.hi >= since && !companions.has(uid)).map(({ uid }) => uid);
  const jobUid = madeAgain ? undefined : serving?.uid;
  if (jobUid !== undefined) companions.delete(jobUid);
  return {
    by: "job-id",
    ...(jobUid === undefined ? {} : { jobUid }),
    ...(companions.size === 0 ? {} : { companions: [...companions] }),
    ...(possible.length === 0 ? {} : { possible }),
  };
}

/** Of the Jobs that were made in its tries, nearest to the first of them first, the one that served it; undefined where that was not seen. */
function servingAmong(fitting: readonly LinkableJob[], placed: boolean, { familyOf, ownFamily }: Families): LinkableJob | undefined {
  const family = ownFamily(fitting);
  const first = fitting.find((job) => familyOf(job) === family);
  return first === undefined || !placed ? first : lastMade(fitting.filter(({ name }) => name === first.name));
}

function lastMade(jobs: readonly LinkableJob[]): LinkableJob {
  const last = largest(jobs.map(({ created }) => created.at));
  return jobs.find(({ created }) => created.at === last) as LinkableJob;
}

function distance({ created }: LinkableJob, { lo, hi }: Bounds): DurationMs {
  if (created.at < lo) return lo - created.at;
  return created.at > hi ? created.at - hi : 0;
}
