/** Whose a line with a port is, where no job id tells: ports are used again. */
import type { LogMark } from "../../model/event.js";
import type { Pattern } from "../../model/profile.js";
import type { EpochMs } from "../../model/time.js";
import { type Draft, isNameless } from "./draft.js";
import type { KeylessLines } from "./keyless-lines.js";
import type { LiveDrafts } from "./live-drafts.js";
import { blurred } from "./mark-point.js";
import { lastAt, lastMark } from "./mix-up.js";

/** From a point on an investigation used a port. */
interface Use {
  readonly draft: Draft;
  /** Index of that point. */
  readonly from: number;
  readonly at: EpochMs;
}

/**
 * A port belongs to the investigation that had it last, until that one has closed and others wait for one. Of those that wait any may get it, as
 * of those that wait for an id.
 */
export class PortUsers {
  readonly #live: LiveDrafts;
  readonly #patterns: ReadonlyMap<string, Pattern>;
  readonly #keyless: KeylessLines;
  /** Whether the log tells of requests; one of connections alone does not. */
  readonly #showsRequests: boolean;
  readonly #latest = new Map<string, Draft>();
  /** Those that waited when they got their port, in the order of time. */
  readonly #given: Use[] = [];
  /** Those that used their port again after they seemed to have ended, and whether others waited for one. */
  readonly #again: (Use & { readonly othersWaited: boolean })[] = [];
  /** Some use a port though the log shows no request of theirs. */
  #lacksRequests = false;

  constructor(live: LiveDrafts, patterns: ReadonlyMap<string, Pattern>, keyless: KeylessLines, showsRequests: boolean) {
    this.#live = live;
    this.#patterns = patterns;
    this.#keyless = keyless;
    this.#showsRequests = showsRequests;
  }

  /** The investigation has this port from now on. */
  learn(port: string, draft: Draft): void {
    this.#latest.set(port, draft);
  }

  /** One after another, a port is of the one that waits for it once a later one than its last user has begun. Undefined: of one that the log has not shown yet. */
  ownerInTurn(port: string, pattern: Pattern, current: Draft | undefined): Draft | undefined {
    const known = this.#latest.get(port);
    if (known?.jobId != null) return known;
    const next = known === current ? undefined : this.#waiting(pattern).at(-1);
    return next ?? this.#goingOn(known);
  }

  /** The same of investigations in parallel. */
  ownerOfMany(port: string, mark: LogMark, pattern: Pattern): Draft | undefined {
    const known = this.#latest.get(port);
    if (known?.jobId != null) return known;
    const at = mark.at.at;
    const waiting = this.#waiting(pattern);
    const isOver = known !== undefined && (!this.#live.has(known) || this.#isSilent(known, at));
    if (known === undefined || (isOver && waiting.length > 0)) return this.#give(waiting, at);
    const use = { draft: known, from: known.points.length, at };
    if (this.#seemsOver(known, mark, pattern)) this.#again.push({ ...use, othersWaited: waiting.length > 0 });
    return this.#goingOn(known);
  }

  /**
   * An investigation uses a port of which the log shows no request: its own went to another that got a port lately, or stood before the log and another
   * was the only one that seemed to wait. Which of them it was is open, and so is when any of them began.
   */
  noteWithoutRequest({ at }: LogMark): void {
    this.#lacksRequests = true;
    this.#doubtRequests(at.at);
  }

  /**
   * Once the log has ended: where one never got a port, it may have been the one that seemed to be used again. So may one that waited before the log
   * begins, for as long as one may wait.
   */
  settle(drafts: readonly Draft[]): void {
    if (this.#again.length === 0) return;
    const left = drafts.filter(isNameless);
    const begin = drafts[0]?.points[0]?.at ?? Number.NEGATIVE_INFINITY;
    for (const { draft, from, at, othersWaited } of this.#again) {
      const isEarly = this.#lacksRequests && at - begin <= this.#keyless.silenceMs;
      const isOfAnother = othersWaited && left.length > 0;
      if (isEarly) this.#doubtRequests(at);
      if (isOfAnother) for (const other of left) other.keyShared = true;
      if (!isEarly && !isOfAnother) continue;
      draft.points = blurred(draft.points, 0, from);
      draft.keyShared = true;
    }
  }

  #doubtRequests(before: EpochMs): void {
    for (let index = this.#given.length - 1; index >= 0; index -= 1) {
      const { draft, from, at } = this.#given[index] as Use;
      if (before - at > this.#keyless.silenceMs) break;
      if (at > before || draft.jobId !== null) continue;
      draft.points = blurred(draft.points, 0, from);
      draft.originSince = Number.NEGATIVE_INFINITY;
    }
  }

  #waiting(pattern: Pattern): Draft[] {
    return this.#live.standingAt(pattern.after).filter(isNameless);
  }

  /** One that has said nothing for too long has broken off, unless nobody else waits. */
  #give(waiting: readonly Draft[], at: EpochMs): Draft | undefined {
    const recent = waiting.filter((draft) => !this.#isSilent(draft, at));
    const draft = this.#keyless.ownerOfKey(recent.length > 0 ? recent : waiting);
    if (draft !== undefined) this.#given.push({ draft, from: draft.points.length, at });
    return draft;
  }

  #isSilent(draft: Draft, at: EpochMs): boolean {
    return at - lastAt(draft) > this.#keyless.silenceMs;
  }

  /** In a log that tells of no request, a connection after the end of another is a new one. */
  #goingOn(known: Draft | undefined): Draft | undefined {
    return known === undefined || this.#showsRequests || this.#live.has(known) ? known : undefined;
  }

  /** It has failed, or broken off. Lines of one moment may only have changed places. */
  #seemsOver(known: Draft, { at }: LogMark, pattern: Pattern): boolean {
    if (this.#patterns.get(lastMark(known))?.fails === true) return true;
    return !pattern.after.includes(lastMark(known)) && at.at - lastAt(known) > at.resolutionMs;
  }
}
