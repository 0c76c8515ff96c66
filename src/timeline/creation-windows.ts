/** When the Job of an investigation was created, by the lines of the runner's log. */
import type { Profile } from "../model/profile.js";
import type { Bounds, DurationMs, EpochMs } from "../model/time.js";
import { type Clock, type Moment, type Point, toClusterTime } from "../model/timeline.js";
import type { Draft } from "./correlate.js";
import { changedPoint } from "./mark-point.js";

/** A server that lags may serve a request this long after its client gave up. */
const SERVED_LATE_MS: DurationMs = 60_000;

/** The moments of the runner's log between which the Job of an investigation was created: request sent, response received. */
export interface CreationWindow {
  readonly draft: Draft;
  readonly from: Point;
  readonly to: Point;
}

/** The request is the first mark that `opens`; the answer the first mark after it that carries no failure. */
export function creationWindows(drafts: readonly Draft[], profile: Profile): CreationWindow[] {
  const opening = marksThat(profile, "opens");
  const failing = marksThat(profile, "fails");
  const windows: CreationWindow[] = [];
  for (const draft of drafts) {
    const start = draft.points.findIndex((point) => opening.has(point.mark));
    const from = draft.points[start];
    const to = draft.points[start + 1];
    if (from === undefined || to === undefined || failing.has(to.mark)) continue;
    const since = requestedSince(draft, from);
    windows.push({ draft, from: since < from.at ? changedPoint(from, { at: since }) : from, to });
  }
  return windows;
}

/**
 * Between which readings of its clock the Job of an investigation was created, if one was, by its lines alone: from its first request to the first line after it that
 * tells of no failure (more than one may be made); where the last thing was a failure, until a while after it. Open above where no answer came, and below where the
 * log does not hold the beginning. Undefined without any line.
 */
export function creationBounds(profile: Profile): (draft: Draft) => Bounds | undefined {
  const [opening, failing, announcing] = [marksThat(profile, "opens"), marksThat(profile, "fails"), marksThat(profile, "header")];
  const isAnswer = ({ mark, uncertain }: Point) =>
    uncertain === undefined && !opening.has(mark) && !failing.has(mark) && !announcing.has(mark);
  return (draft) => {
    const { points } = draft;
    const [first] = points;
    if (first === undefined) return undefined;
    const start = points.findIndex(({ mark }) => opening.has(mark));
    const from = points[start] ?? (announcing.has(first.mark) ? first : undefined);
    const answer = points.find((point, index) => index > start && isAnswer(point));
    const last = points.at(-1) ?? first;
    const givenUp = failing.has(last.mark) && last.uncertain === undefined ? last.at + SERVED_LATE_MS : Number.POSITIVE_INFINITY;
    const hi = answer === undefined ? givenUp : answer.at + answer.resolutionMs;
    return { lo: from === undefined ? Number.NEGATIVE_INFINITY : requestedSince(draft, from), hi };
  };
}

function marksThat(profile: Profile, does: "opens" | "fails" | "header"): ReadonlySet<string> {
  return new Set(profile.patterns.filter((pattern) => pattern[does]).map(({ id }) => id));
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
