import { toClusterTime } from "../../model/clock.js";
import type { JobObservation } from "../../model/event.js";
import type { JobRole } from "../../model/report.js";
import type { Evidence } from "../../model/source.js";
import type { Bounds, EpochMs } from "../../model/time.js";
import type { Job } from "../../model/timeline.js";
import { isFollowed } from "./coverage.js";
import { type ClockTable, cutOff } from "./stamped-moments.js";
import { aliveAt, type WatchContext, type WatchSegment, watchSegments } from "./watch-segments.js";

/** A watch that goes on within this time [ms] brackets what it missed as finely as a stamp of a whole second does: no gap. */
export const SHORT_MS = 1000;

/** A Job that went while its watch was interrupted. */
export interface GoneInGap {
  /** Last moment that the watch told of before the gap, and first one after it. */
  readonly lo: EpochMs;
  readonly hi: EpochMs;
  readonly evidence: Evidence;
}

/** What the interruptions of the watches have hidden. */
export interface WatchGaps {
  /** By uid. */
  readonly gone: ReadonlyMap<string, GoneInGap>;
  /** By namespace and role: when no watch of such Jobs was up between two that were. What came and went meanwhile is in no row. */
  readonly unwatched: ReadonlyMap<string, readonly Bounds[]>;
  /** By namespace and role: since when such Jobs were watched. */
  readonly watchedFrom: ReadonlyMap<string, EpochMs>;
}

/** What it takes to tell which Jobs a watch is of. */
export interface GapContext extends WatchContext {
  readonly naming: (name: string) => { readonly role: JobRole };
}

/** Jobs of one namespace and role, of which a watch shows all or none. */
export function watchedAs(
  { namespace, name }: { readonly namespace: string; readonly name: string },
  naming: GapContext["naming"],
): string {
  return watchKey(namespace, naming(name).role);
}

function watchKey(namespace: string, role: JobRole): string {
  return `${namespace}/${role}`;
}

/** A Job as all watches together tell of it. */
interface Watched {
  readonly key: string;
  readonly createdAt: EpochMs;
  /** The last moment at which a watch proves that it was there. */
  lastAlive: EpochMs;
  version: number;
  deleted: boolean;
  /** By source that shows it, the line of its last row. */
  readonly lines: Map<number, number>;
}

/**
 * A watch that ended, and was started again into the same file or another, begins with all objects that are there. What was open before and is not among
 * them went in the gap: no row ever says so.
 */
export function watchGaps(jobRows: readonly JobObservation[], context: GapContext): WatchGaps {
  // Where there is only one, nothing tells of a gap.
  const segments = watchSegments(jobRows, context, 2);
  const keysOf = segments.map((segment) => keysIn(segment, context));
  const gone = goneBetween(segments, keysOf, context);
  for (let index = 0; index < jobRows.length; index += 1) {
    const row = jobRows[index] as JobObservation;
    const heldUp = heldUpDeletion(row, context.clocks);
    if (heldUp !== undefined) gone.set(row.job.uid, heldUp);
  }
  const watchedFrom = new Map<string, EpochMs>();
  segments.forEach(({ listedBy }, index) => {
    for (const key of keysOf[index] ?? []) watchedFrom.set(key, Math.min(listedBy, watchedFrom.get(key) ?? listedBy));
  });
  return { gone, unwatched: unwatchedByKey(segments, keysOf), watchedFrom };
}

/** Namespaces and roles of the Jobs that a segment shows. */
export function keysIn({ shown }: WatchSegment, { naming }: GapContext): ReadonlySet<string> {
  return new Set([...shown.values()].map(({ job }) => watchedAs(job, naming)));
}

function goneBetween(
  segments: readonly WatchSegment[],
  keysOf: readonly ReadonlySet<string>[],
  context: GapContext,
): Map<string, GoneInGap> {
  const gone = new Map<string, GoneInGap>();
  const jobs = watchedJobs(segments, context);
  const blind = segments.map((segment, index) => blindFor(segment, keysOf[index] ?? new Set(), jobs));
  for (const [uid, job] of jobs) {
    if (job.deleted) continue;
    let next: WatchSegment | undefined;
    segments.forEach((segment, index) => {
      if (segment.shown.has(uid) || !segment.tellsAbsence || segment.listedBy < job.lastAlive) return;
      const own = (job.lines.get(segment.source) ?? Number.POSITIVE_INFINITY) < segment.evidence.line;
      const sees = keysOf[index]?.has(job.key) === true && blind[index]?.has(job.key) !== true;
      if (!own && !(sees && isLater(segment, job))) return;
      if (next === undefined || segment.listedBy < next.listedBy) next = segment;
    });
    if (next !== undefined) gone.set(uid, { lo: job.lastAlive, hi: next.listedBy, evidence: next.evidence });
  }
  return gone;
}

/** Another source says something only where it is known that its list is newer than what the Job's own sources say. */
function isLater({ firstChange, listedBy }: WatchSegment, { key, version }: Watched): boolean {
  // Of Jobs that are not the run's nobody knows whether the one is watched where the other is.
  return !key.endsWith("/other") && Number.isFinite(listedBy) && (firstChange ?? Number.POSITIVE_INFINITY) > version;
}

/** What all segments together tell of each Job, by uid. */
export function watchedJobs(segments: readonly WatchSegment[], { clocks, reach, naming }: GapContext): Map<string, Watched> {
  const jobs = new Map<string, Watched>();
  for (const { source, shown, upUntil } of segments) {
    for (const [uid, row] of shown) {
      const { job } = row;
      const known = jobs.get(uid) ?? {
        key: watchedAs(job, naming),
        createdAt: job.createdAt,
        lastAlive: Number.NEGATIVE_INFINITY,
        version: 0,
        deleted: false,
        lines: new Map(),
      };
      const stays = row.change !== "DELETED" && isFollowed(row, reach);
      known.lastAlive = Math.max(known.lastAlive, stays ? upUntil : aliveAt(row, clocks));
      known.version = Math.max(known.version, job.resourceVersion ?? 0);
      known.deleted ||= row.change === "DELETED";
      known.lines.set(source, Math.max(row.evidence.line, known.lines.get(source) ?? 0));
      jobs.set(uid, known);
    }
  }
  return jobs;
}

/** Jobs of the same namespace and role that it should have shown, and did not: it watches only some of these. */
export function blindFor(segment: WatchSegment, keys: ReadonlySet<string>, jobs: ReadonlyMap<string, Watched>): ReadonlySet<string> {
  const blind = new Set<string>();
  for (const [uid, { key, createdAt, lastAlive }] of jobs) {
    if (!keys.has(key) || segment.shown.has(uid)) continue;
    if (lastAlive > segment.listedBy + SHORT_MS && createdAt + SHORT_MS < segment.upUntil) blind.add(key);
  }
  return blind;
}

/** What watches other Jobs fills no gap. A source watches the same Jobs in all its segments, although not each need show one of every kind. */
function unwatchedByKey(segments: readonly WatchSegment[], keysOf: readonly ReadonlySet<string>[]): Map<string, readonly Bounds[]> {
  const sources = new Map<string, Set<number>>();
  segments.forEach(({ source }, index) => {
    for (const key of keysOf[index] ?? []) sources.set(key, (sources.get(key) ?? new Set()).add(source));
  });
  const watching = (own: ReadonlySet<number>) => segments.filter(({ source }) => own.has(source));
  return new Map([...sources].map(([key, own]) => [key, gapsBetween(watching(own))]));
}

/** When no watch was up of the Jobs that serve the run; where none is known to, of those that may. */
export function unwatchedOf(jobs: readonly Pick<Job, "namespace" | "role" | "ofThisRun">[], { unwatched }: WatchGaps): readonly Bounds[] {
  const serving = jobs.filter(({ role }) => role === "serving");
  const own = serving.filter(({ ofThisRun }) => ofThisRun);
  const keys = new Set((own.length > 0 ? own : serving).map(({ namespace, role }) => watchKey(namespace, role)));
  return joined([...keys].flatMap((key) => unwatched.get(key) ?? []));
}

/** In order of time; those that overlap as one. */
function joined(gaps: readonly Bounds[]): Bounds[] {
  const apart: Bounds[] = [];
  for (const { lo, hi } of [...gaps].sort((a, b) => a.lo - b.lo)) {
    const last = apart.at(-1);
    if (last === undefined || lo > last.hi) apart.push({ lo, hi });
    else apart[apart.length - 1] = { lo: last.lo, hi: Math.max(last.hi, hi) };
  }
  return apart;
}

function gapsBetween(segments: readonly WatchSegment[]): Bounds[] {
  const gaps: Bounds[] = [];
  let covered = Number.NEGATIVE_INFINITY;
  for (const { listedBy, upUntil } of [...segments].sort((a, b) => a.listedBy - b.listedBy)) {
    if (Number.isFinite(covered) && Number.isFinite(listedBy) && listedBy - covered > SHORT_MS) gaps.push({ lo: covered, hi: listedBy });
    covered = Math.max(covered, upUntil);
  }
  return gaps;
}

/** The stretch in which a deletion happened whose row came late. */
function heldUpDeletion({ change, received, delayedSince, evidence }: JobObservation, clocks: ClockTable): GoneInGap | undefined {
  if (change !== "DELETED" || received === undefined || delayedSince === undefined) return undefined;
  const late = { ...received, at: received.at + cutOff(received) };
  const [lo, hi] = [delayedSince, late].map(({ clock, at }) => toClusterTime(clocks.get(clock), at));
  return typeof lo !== "number" || typeof hi !== "number" || hi - lo <= SHORT_MS ? undefined : { lo, hi, evidence };
}
