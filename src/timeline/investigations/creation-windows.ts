/** When the Job of an investigation was created, by the lines of the runner's log. */

import { type Clock, toClusterTime } from "../../model/clock.js";
import { marksThat } from "../../model/marks.js";
import type { Profile } from "../../model/profile.js";
import { type Bounds, type DurationMs, type EpochMs, MINUTE_MS } from "../../model/time.js";
import type { Moment, Point } from "../../model/timeline.js";
import { answerFinder } from "./answers.js";
import type { Draft } from "./draft.js";
import { changedPoint } from "./mark-point.js";

/** A server that lags may serve a request this long after its client gave up. */
const SERVED_LATE_MS: DurationMs = MINUTE_MS;

/** The moments of the runner's log between which the Job of an investigation was created: request sent, response received. */
export interface CreationWindow {
  readonly draft: Draft;
  readonly from: Point;
  readonly to: Point;
}

/** The request is the first mark that `opens`; the answer the first line after it that tells of one (answers.ts), if no failure and no other request comes before. */
export function creationWindows(drafts: readonly Draft[], profile: Profile): CreationWindow[] {
  const [opening, failing] = [marksThat(profile, "opens"), marksThat(profile, "fails")];
  const answerTo = answerFinder(profile);
  const windows: CreationWindow[] = [];
  for (const draft of drafts) {
    const points = pointsOfOwnId(draft);
    const start = points.findIndex(({ mark }) => opening.has(mark));
    const from = points[start];
    if (from === undefined) continue;
    const isAnswer = answerTo(points, start);
    const to = answerAfter(points, start, isAnswer, (mark) => failing.has(mark) || opening.has(mark));
    if (to === undefined) continue;
    const since = requestedSince(draft, from);
    // Its request may stand before the log.
    if (!Number.isFinite(since)) continue;
    windows.push({ draft, from: since < from.at ? changedPoint(from, { at: since }) : from, to });
  }
  return windows;
}

/** Between what a Job was made for a try, as readings of its clock. */
export interface TryBounds extends Bounds {
  /** After the failure that is its last line: nothing but a server that lagged would make one then. */
  readonly late?: true;
}

/** When Jobs with the id of an investigation were made for it, as readings of its clock. */
export interface CreationSpans {
  /** From each request, or from what shows that it was tried again, to the answer; one that is open below where the log does not hold the request. */
  readonly tries: readonly TryBounds[];
  /** From its request, or its first line, to its end. */
  readonly within: Bounds;
}

/** The first try begins with the request, others with another request, an `attempt` or a failure. Undefined without any line. */
export function creationSpans(profile: Profile): (draft: Draft) => CreationSpans | undefined {
  const [opening, failing, attempting] = [marksThat(profile, "opens"), marksThat(profile, "fails"), marksThat(profile, "attempt")];
  const answerTo = answerFinder(profile);
  return (draft) => {
    const { points } = draft;
    const [first, last] = [points[0], points.at(-1)];
    if (first === undefined || last === undefined) return undefined;
    const start = points.findIndex(({ mark }) => opening.has(mark));
    const request = points[start];
    const isAnswer = answerTo(points, start);
    const end = failing.has(last.mark) ? last.at + SERVED_LATE_MS : last.at + last.resolutionMs;
    const isTry = (mark: string) => failing.has(mark) || opening.has(mark);
    const begins = (mark: string) => isTry(mark) || attempting.has(mark);
    const tries = triesOf(points, start, { begins, ends: isTry, isAnswer }).map(
      ({ from, to }): TryBounds => ({
        lo: from === request ? requestedSince(draft, from) : from.at,
        hi: to === undefined ? end : to.at + to.resolutionMs,
        ...(from === last && failing.has(last.mark) ? { late: true } : {}),
      }),
    );
    // The beginning of the investigation is not in the log: its Job was created before the first line that names it.
    if (request === undefined) tries.unshift({ lo: Number.NEGATIVE_INFINITY, hi: first.at });
    return { tries, within: { lo: request === undefined ? first.at : requestedSince(draft, request), hi: end } };
  };
}

/** Each try from an index on, in their order, to its answer, else to what ends it; from the end on, for one may be tried again many thousand times. */
function triesOf(
  points: readonly Point[],
  start: number,
  {
    begins,
    ends,
    isAnswer,
  }: {
    readonly begins: (mark: string) => boolean;
    readonly ends: (mark: string) => boolean;
    readonly isAnswer: (point: Point) => boolean;
  },
): readonly { readonly from: Point; readonly to: Point | undefined }[] {
  const tries: { from: Point; to: Point | undefined }[] = [];
  let end: Point | undefined;
  let answer: Point | undefined;
  for (let index = points.length - 1; index >= Math.max(0, start); index -= 1) {
    const point = points[index] as Point;
    if (begins(point.mark)) tries.push({ from: point, to: answer ?? end });
    if (ends(point.mark)) {
      end = point;
      answer = undefined;
    } else if (isAnswer(point)) answer = surer(point, answer);
  }
  return tries.reverse();
}

/** An answer that may be another's says less than a later one that is its own, or that at least has its key. */
function surer(earlier: Point, later: Point | undefined): Point {
  return later !== undefined && sureness(later) > sureness(earlier) ? later : earlier;
}

function sureness({ uncertain, groups }: Point): number {
  if (uncertain === undefined) return 2;
  return (groups.jobId ?? groups.port) === undefined ? 0 : 1;
}

/**
 * Between which readings of its clock the Job of an investigation was created, if one was, by its lines alone: from its request to the first line after it that
 * answers one (more than one may be made); where the last thing was a failure, until a while after it. Open above where no answer came, and below where the
 * log does not hold the beginning. Undefined without any line.
 */
export function creationBounds(profile: Profile): (draft: Draft) => Bounds | undefined {
  const [opening, failing, announcing] = [marksThat(profile, "opens"), marksThat(profile, "fails"), marksThat(profile, "header")];
  const answerTo = answerFinder(profile);
  return (draft) => {
    const points = pointsOfOwnId(draft);
    const [first] = points;
    if (first === undefined) return undefined;
    const start = points.findIndex(({ mark }) => opening.has(mark));
    const from = points[start] ?? (announcing.has(first.mark) ? first : undefined);
    const isAnswer = answerTo(points, start);
    const answer = points.find((point, index) => index > start && point.uncertain === undefined && isAnswer(point));
    const last = points.at(-1) ?? first;
    const givenUp = failing.has(last.mark) && last.uncertain === undefined ? last.at + SERVED_LATE_MS : Number.POSITIVE_INFINITY;
    const hi = answer === undefined ? givenUp : answer.at + answer.resolutionMs;
    return { lo: from === undefined ? Number.NEGATIVE_INFINITY : requestedSince(draft, from), hi };
  };
}

/** The surest answer to a request at an index, if none of what ends the try comes before. */
function answerAfter(
  points: readonly Point[],
  index: number,
  isAnswer: (point: Point) => boolean,
  ends: (mark: string) => boolean,
): Point | undefined {
  const end = points.findIndex(({ mark }, at) => at > index && ends(mark));
  const answers = points.slice(index + 1, end < 0 ? undefined : end).filter(isAnswer);
  return answers.reduceRight<Point | undefined>((later, earlier) => surer(earlier, later), undefined);
}

/** Its lines without those of tries that led to Jobs of other ids. */
function pointsOfOwnId({ jobId, otherJobIds, points }: Draft): readonly Point[] {
  if (otherJobIds === undefined) return points;
  const own = points.findIndex(({ groups }) => groups.jobId === jobId);
  return points.slice(points.findLastIndex(({ groups }, index) => index < own && groups.jobId !== undefined) + 1);
}

function requestedSince({ originSince }: Draft, request: Point): EpochMs {
  return Math.min(originSince ?? request.at, request.at);
}

/**
 * When a Job was created of which the cluster's data show only the end: between the request and its answer, as far as the clocks are known. Undefined
 * where nothing places these.
 */
export function creationByRequest({ from, to }: CreationWindow, clock: Clock | undefined, { hi: latest }: Moment): Moment | undefined {
  const [sent, answered] = [toClusterTime(clock, from.at), toClusterTime(clock, to.at + to.resolutionMs)];
  if (sent === null || answered === null || clock?.uncertaintyMs === undefined || clock.uncertaintyMs === null) return undefined;
  const [lo, hi] = [sent - clock.uncertaintyMs, Math.min(answered + clock.uncertaintyMs, latest)];
  return lo > hi ? undefined : { at: (lo + hi) / 2, lo, hi, how: "request", bracket: false, evidence: from.evidence };
}
