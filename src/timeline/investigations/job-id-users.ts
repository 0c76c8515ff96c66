import type { Pattern } from "../../model/profile.js";
import type { EpochMs } from "../../model/time.js";
import type { Draft } from "./draft.js";
import type { KeylessLines } from "./keyless-lines.js";
import type { LiveDrafts } from "./live-drafts.js";
import { lastAt, lastMark } from "./mix-up.js";

/** An id that went from one investigation to another. */
interface Passed {
  readonly from: Draft;
  /** Index of the first point that the other got by it. */
  readonly index: number;
}

/**
 * Whose a job id is. Ids come again: a server that restarts numbers anew, an id need not be a sequence, and a second client may be given the same Job.
 */
export class JobIdUsers {
  readonly #live: LiveDrafts;
  readonly #patterns: ReadonlyMap<string, Pattern>;
  readonly #follows: (mark: string, pattern: Pattern) => boolean;
  readonly #keyless: KeylessLines;
  readonly #latest = new Map<string, Draft>();
  /** All that have the same id, as far as they may go on. */
  readonly #sharing = new Map<Draft, readonly Draft[]>();
  readonly #passed = new Map<Draft, Passed>();
  /** Those that had closed when a line with their id came that may have been of others as well: of these. */
  readonly #rivals = new Map<Draft, readonly Draft[]>();

  constructor(
    live: LiveDrafts,
    patterns: ReadonlyMap<string, Pattern>,
    follows: (mark: string, pattern: Pattern) => boolean,
    keyless: KeylessLines,
  ) {
    this.#live = live;
    this.#patterns = patterns;
    this.#follows = follows;
    this.#keyless = keyless;
  }

  latestOf(jobId: string): Draft | undefined {
    return this.#latest.get(jobId);
  }

  /** A line of an investigation tells an id: whether that is its own from now on, as the first one is, and the first of a later try. */
  take(jobId: string, draft: Draft, at: EpochMs): boolean {
    if (draft.jobId === jobId) return false;
    const known = this.#latest.get(jobId);
    const isOfAnother = known !== undefined && known !== draft && this.#live.has(known);
    if (draft.jobId !== null && isOfAnother) return false;
    const isOwn = draft.jobId === null || draft.isTriedAgain === true;
    const other = isOwn ? draft.jobId : jobId;
    if (other !== null) {
      draft.otherJobIds ??= new Set();
      draft.otherJobIds.add(other);
    }
    if (isOwn) {
      draft.otherJobIds?.delete(jobId);
      draft.jobId = jobId;
      delete draft.isTriedAgain;
    }
    this.#learn(jobId, draft, at);
    return isOwn;
  }

  #learn(jobId: string, draft: Draft, at: EpochMs): void {
    const known = this.#latest.get(jobId);
    this.#latest.set(jobId, draft);
    if (known === undefined || known === draft) return;
    const sharing = [...this.sharing(known, at).filter((other) => this.#mayGoOn(other, at)), draft];
    if (sharing.length > 1) for (const one of sharing) this.#sharing.set(one, sharing);
    this.#passed.set(draft, { from: known, index: draft.points.length - 1 });
  }

  /**
   * Whether a known id is given anew with this line: to one of those that wait for a key, or to a new investigation where none does. A failure is of the one that is
   * known. One that has closed logs no more unless it connects again; one that is open has had the line already, and it cannot come again from where it stands.
   */
  isGivenAnew(known: Draft, pattern: Pattern, waiting: readonly Draft[], inTurn: boolean): boolean {
    if (pattern.fails) return false;
    const stands = lastMark(known);
    if (waiting.length === 0) return this.#beginsAgain(known, pattern);
    // Those that are mixed up may have failed, and wait no more.
    const surelyWaits = waiting.some(({ mixUp }) => mixUp === undefined);
    if (this.#live.has(known)) return surelyWaits && has(known, pattern) && !this.#follows(stands, pattern);
    if (inTurn || !pattern.after.includes(stands)) return true;
    this.#rivals.set(known, waiting);
    return false;
  }

  /** A log that holds no requests shows an investigation only from its first line with an id on. */
  #beginsAgain(known: Draft, pattern: Pattern): boolean {
    if (known.points[0]?.mark !== pattern.id || this.#follows(lastMark(known), pattern)) return false;
    const isOver = !this.#live.has(known) || this.#patterns.get(lastMark(known))?.fails === true;
    return isOver && known.points.findLastIndex(({ mark }) => mark === pattern.id) === 0;
  }

  /** All that have its id and may go on, itself among them. */
  sharing(draft: Draft, at: EpochMs): readonly Draft[] {
    const sharing = this.#sharing.get(draft);
    if (sharing === undefined) return [draft];
    const goingOn = sharing.filter((other) => other === draft || this.#mayGoOn(other, at));
    if (goingOn.length === 1) this.#sharing.delete(draft);
    return goingOn;
  }

  /** Whether a line with its id may have been of one that still has none. */
  hasRival(draft: Draft): boolean {
    const rivals = this.#rivals.get(draft);
    if (rivals === undefined) return false;
    const isOpen = rivals.some((rival) => rival.jobId === null && this.#live.has(rival));
    if (!isOpen) this.#rivals.delete(draft);
    return isOpen;
  }

  /** Whether it has an id that was another's, and has not ended. */
  hasPassedId(draft: Draft | undefined): boolean {
    return draft !== undefined && this.#passed.has(draft) && this.#live.has(draft);
  }

  /**
   * The only one that an unknown id may be of, though it has one that was another's: what it got by that were late lines of the other, which gets them back.
   */
  takeBack(pattern: Pattern): { readonly draft: Draft; readonly from: Draft } | undefined {
    const found: { draft: Draft; from: Draft; index: number }[] = [];
    for (const [draft, { from, index }] of this.#passed) {
      if (!this.#live.has(draft) || draft.points.slice(index).some(({ groups }) => groups.jobId !== draft.jobId))
        this.#passed.delete(draft);
      else if (pattern.after.includes(draft.points[index - 1]?.mark ?? "")) found.push({ draft, from, index });
    }
    const [only, another] = found;
    if (only === undefined || another !== undefined || only.draft.jobId === null) return undefined;
    const { draft, from, index } = only;
    this.#passed.delete(draft);
    this.#sharing.delete(draft);
    const left = (this.#sharing.get(from) ?? []).filter((other) => other !== draft);
    for (const other of left) this.#sharing.set(other, left);
    this.#latest.set(only.draft.jobId, from);
    for (const late of draft.points.slice(index)) from.points.push(late);
    draft.points = draft.points.slice(0, index);
    draft.jobId = null;
    draft.port = null;
    this.#live.place(draft);
    return { draft, from };
  }

  /** Of those of whom a line may have been of another to the end, how they ended may be how that one did. */
  settle(): void {
    for (const [draft, rivals] of this.#rivals) {
      if (!this.hasRival(draft)) continue;
      for (const one of [draft, ...rivals.filter(({ jobId }) => jobId === null)]) one.keyShared = true;
    }
  }

  #mayGoOn(draft: Draft, at: EpochMs): boolean {
    return this.#live.has(draft) && at - lastAt(draft) <= this.#keyless.silenceMs;
  }
}

function has({ points }: Draft, { id }: Pattern): boolean {
  return points.some(({ mark }) => mark === id);
}
