import type { LogMark } from "../model/event.js";
import type { Pattern, Profile } from "../model/profile.js";
import { compilePattern } from "../model/safe-pattern.js";
import { smallest } from "../model/statistics.js";
import type { DurationMs, EpochMs } from "../model/time.js";
import type { Point } from "../model/timeline.js";
import { LiveDrafts } from "./live-drafts.js";
import { changedPoint, MarkPoint } from "./mark-point.js";

/** How far a self-reported duration (rounded to hundredths) may be from the stamps around it. */
const REPORTED_DURATION_SLACK_MS: DurationMs = 60;

/** An investigation while its marks are still being gathered. */
export interface Draft {
  jobId: string | null;
  port: string | null;
  points: Point[];
  announcedIndex: number | null;
  /** Where its first marks may be another's: the earliest moment at which any of those that they may belong to began. */
  originSince?: EpochMs;
}

export interface Correlation {
  readonly drafts: readonly Draft[];
  readonly runMarks: readonly Point[];
  /** Marks that no investigation can own. */
  readonly unmatched: readonly LogMark[];
  /** Marks that several investigations could own; those that were given to one are uncertain points there. */
  readonly ambiguous: readonly LogMark[];
  readonly announced?: number;
}

/**
 * Gives every mark to the investigation that owns it: by job id, by a port (an alias of the job id while that investigation lives), and
 * otherwise to the only one whose last mark may stand before it. A log is first read as one investigation after another; where that
 * leads to a contradiction, it is read again as investigations in parallel.
 */
export function correlate(marks: readonly LogMark[], profile: Profile): Correlation {
  const sequential = new Correlator(profile, true);
  for (let index = 0; index < marks.length; index += 1) sequential.take(marks[index] as LogMark);
  if (!sequential.contradicted) return sequential.result();
  const parallel = new Correlator(profile, false);
  for (let index = 0; index < marks.length; index += 1) parallel.take(marks[index] as LogMark);
  return parallel.result();
}

class Correlator {
  contradicted = false;
  readonly #patterns: ReadonlyMap<string, Pattern>;
  readonly #sequential: boolean;
  readonly #portOf: (jobId: string) => string | null;
  readonly #drafts: Draft[] = [];
  readonly #byName = new Map<string, Draft>();
  readonly #byJobId = new Map<string, Draft>();
  readonly #byPort = new Map<string, Draft>();
  /** Drafts that may still take a mark without a key; closed ones leave. */
  readonly #live = new LiveDrafts();
  /** Drafts that have a header, the latest last; those that went on since are taken off when they are met. */
  readonly #announcedDrafts: Draft[] = [];
  readonly #runMarks: Point[] = [];
  readonly #unmatched: LogMark[] = [];
  readonly #ambiguous: LogMark[] = [];
  #announced: number | undefined;

  constructor(profile: Profile, sequential: boolean) {
    this.#patterns = new Map(profile.patterns.map((pattern) => [pattern.id, pattern]));
    this.#sequential = sequential;
    this.#portOf = portDerivation(profile);
  }

  take(mark: LogMark): void {
    const pattern = this.#patterns.get(mark.mark);
    if (pattern === undefined || pattern.startsRun) return;
    if (pattern.standalone) {
      this.#runMarks.push(new MarkPoint(mark));
      return;
    }
    const before = this.#ambiguous.length;
    const owner = this.#ownerOf(mark, pattern);
    if (owner === null) return;
    if (this.#sequential && owner !== this.#drafts.at(-1)) this.contradicted = true;
    const uncertain = this.#ambiguous.length > before && hasKey(owner);
    owner.points.push(uncertain ? uncertainPoint(mark, this.#accepting(pattern)) : new MarkPoint(mark));
    this.#learnKeys(owner, mark);
    if (pattern.header) this.#announcedDrafts.push(owner);
    if (pattern.closes) this.#live.remove(owner);
    else this.#live.place(owner);
  }

  result(): Correlation {
    return {
      drafts: this.#drafts,
      runMarks: this.#runMarks,
      unmatched: this.#unmatched,
      ambiguous: this.#ambiguous,
      ...(this.#announced === undefined ? {} : { announced: this.#announced }),
    };
  }

  #ownerOf(mark: LogMark, pattern: Pattern): Draft | null {
    if (pattern.header) {
      const total = Number(mark.groups.total ?? Number.NaN);
      if (Number.isFinite(total)) this.#announced = total;
      if (mark.groups.investigation === undefined) return this.#begin(Number(mark.groups.index ?? Number.NaN));
    }
    if (mark.groups.investigation !== undefined) return this.#ownerByName(mark.groups.investigation, pattern);
    if (pattern.opens) return this.#announcedOnly() ?? this.#begin(Number.NaN);
    if (mark.groups.jobId !== undefined) return this.#ownerByJobId(mark.groups.jobId, pattern);
    if (mark.groups.port !== undefined) return this.#ownerByPort(mark.groups.port, pattern);
    return this.#ownerByState(mark, pattern);
  }

  /** The log itself says which investigation it is; a name whose investigation has closed is used again only by a new beginning. */
  #ownerByName(name: string, pattern: Pattern): Draft {
    const known = this.#byName.get(name);
    if (known !== undefined && !this.#beginsAgain(known, pattern)) return known;
    const draft = this.#begin(Number.NaN);
    this.#byName.set(name, draft);
    return draft;
  }

  #beginsAgain(draft: Draft, pattern: Pattern): boolean {
    if (pattern.header) return draft.points.some((point) => point.mark === pattern.id);
    return pattern.opens && draft.points.some((point) => this.#patterns.get(point.mark)?.closes === true);
  }

  /** The latest draft of which there is nothing but its header. */
  #announcedOnly(): Draft | undefined {
    const isHeader = (point: Point) => this.#patterns.get(point.mark)?.header === true;
    while (this.#announcedDrafts.at(-1)?.points.every(isHeader) === false) this.#announcedDrafts.pop();
    return this.#announcedDrafts.at(-1);
  }

  #ownerByJobId(jobId: string, pattern: Pattern): Draft {
    const known = this.#byJobId.get(jobId);
    if (known !== undefined) return known;
    const waiting = this.#accepting(pattern).filter((draft) => draft.jobId === null);
    if (waiting.length > 1) blurOrigin(waiting);
    return waiting[0] ?? this.#currentWithoutId() ?? this.#begin(Number.NaN);
  }

  /** One after another, an id that comes sooner than it should (lines of one moment change places on their way) is that of the one that has just begun. */
  #currentWithoutId(): Draft | undefined {
    const current = this.#drafts.at(-1);
    if (!this.#sequential || current === undefined || current.jobId !== null || !this.#live.has(current)) return undefined;
    const begins = (point: Point) => {
      const pattern = this.#patterns.get(point.mark);
      return pattern?.header === true || pattern?.opens === true;
    };
    return current.points.every(begins) ? current : undefined;
  }

  #ownerByPort(port: string, pattern: Pattern): Draft {
    const known = this.#byPort.get(port);
    if (known !== undefined && !this.#superseded(known, pattern)) return known;
    const waiting = this.#accepting(pattern).filter((draft) => !hasKey(draft));
    const next = this.#sequential ? waiting.at(-1) : waiting.length === 1 ? waiting[0] : undefined;
    return next ?? known ?? this.#begin(Number.NaN);
  }

  /**
   * Ports are used again. Where no job id tells, a port belongs to the investigation that waits for one, if the one that had it has closed or,
   * in a sequential log, if a later one has begun.
   */
  #superseded(draft: Draft, pattern: Pattern): boolean {
    if (draft.jobId !== null) return false;
    const waiting = this.#accepting(pattern).filter((other) => !hasKey(other));
    return waiting.length > 0 && (this.#sequential ? draft !== this.#drafts.at(-1) : !this.#live.has(draft));
  }

  #ownerByState(mark: LogMark, pattern: Pattern): Draft | null {
    const accepting = this.#accepting(pattern);
    const fitting = pattern.reports === undefined ? accepting : closestReport(accepting, mark, pattern.reports);
    const candidates = fitting.length > 0 ? fitting : accepting;
    if (this.#sequential) {
      const current = this.#drafts.at(-1);
      if (current === undefined || candidates.includes(current)) return current ?? this.#unowned(mark);
      if (candidates.length > 0) this.contradicted = true;
      return this.#live.has(current) ? current : this.#unowned(mark);
    }
    if (candidates.length === 0) return this.#live.only() ?? this.#unowned(mark);
    if (candidates.length > 1) return this.#oneOf(candidates, mark, pattern);
    return candidates[0] ?? null;
  }

  /**
   * Of several that could own a mark, the one that has waited longest moves on, so that all of them find their end; nothing is measured with
   * it. A failure is not passed around like that: it stays unmatched rather than blame the wrong investigation.
   */
  #oneOf(candidates: readonly Draft[], mark: LogMark, pattern: Pattern): Draft | null {
    this.#ambiguous.push(mark);
    if (pattern.fails) return null;
    const oldest = candidates.reduce((a, b) => ((b.points.at(-1)?.at ?? 0) < (a.points.at(-1)?.at ?? 0) ? b : a));
    if (!hasKey(oldest)) blurOrigin(candidates);
    return oldest;
  }

  #unowned(mark: LogMark): null {
    this.#unmatched.push(mark);
    return null;
  }

  #accepting(pattern: Pattern): Draft[] {
    return this.#live.standingAt(pattern.after);
  }

  #begin(index: number): Draft {
    const draft: Draft = { jobId: null, port: null, points: [], announcedIndex: Number.isFinite(index) ? index : null };
    this.#drafts.push(draft);
    this.#live.place(draft);
    return draft;
  }

  #learnKeys(draft: Draft, mark: LogMark): void {
    const { jobId, port } = mark.groups;
    if (jobId !== undefined && draft.jobId === null) {
      draft.jobId = jobId;
      this.#byJobId.set(jobId, draft);
    }
    if (draft.port !== null && port === undefined) return;
    const known = port ?? (jobId === undefined ? null : this.#portOf(jobId));
    if (known !== null) {
      draft.port = known;
      this.#byPort.set(known, draft);
    }
  }
}

function hasKey(draft: Draft): boolean {
  return draft.jobId !== null || draft.port !== null;
}

/** Requests without a key are alike: which of them an answer belongs to is open, so what they have so far may be another's. */
function blurOrigin(drafts: readonly Draft[]): void {
  const since = smallest(drafts.map((draft) => draft.originSince ?? draft.points[0]?.at ?? Number.POSITIVE_INFINITY));
  for (const draft of drafts) {
    draft.points = draft.points.map((point) => changedPoint(point, { uncertain: true }));
    draft.originSince = since;
  }
}

/** A mark that one of several investigations left: this one's own lies somewhere since the first of them began to wait for it. */
function uncertainPoint(mark: LogMark, candidates: readonly Draft[]): Point {
  const point = new MarkPoint(mark);
  const since = smallest(candidates.map((draft) => draft.points.at(-1)?.at ?? point.at));
  return changedPoint(point, { resolutionMs: Math.max(point.resolutionMs, point.at - since), uncertain: true });
}

/** Those whose stream began as long ago as the line says it lasted; of several, only a clear winner. */
function closestReport(drafts: readonly Draft[], mark: LogMark, reports: { since: string; seconds: string }): Draft[] {
  const seconds = Number(mark.groups[reports.seconds] ?? Number.NaN);
  if (!Number.isFinite(seconds)) return [];
  return drafts.filter((draft) => {
    const since = draft.points.findLast((point) => point.mark === reports.since);
    if (since === undefined) return false;
    const slack = REPORTED_DURATION_SLACK_MS + since.resolutionMs + mark.at.resolutionMs;
    return Math.abs(mark.at.at - since.at - seconds * 1000) <= slack;
  });
}

/** Port of a job id by the profile's alias (port = base + slot), or null. */
export function portDerivation(profile: Profile): (jobId: string) => string | null {
  const alias = profile.aliases.find((candidate) => candidate.key === "port");
  if (alias === undefined) return () => null;
  const pattern = compilePattern(profile.jobId);
  return (jobId) => {
    const slot = Number(pattern.exec(jobId)?.[alias.slotGroup] ?? Number.NaN);
    return Number.isInteger(slot) ? String(alias.base + slot) : null;
  };
}
