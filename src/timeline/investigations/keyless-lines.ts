/** Whose a line without a key is, where investigations overlap. */
import type { LogMark } from "../../model/event.js";
import type { Pattern } from "../../model/profile.js";
import { smallest } from "../../model/statistics/statistics.js";
import type { DurationMs, EpochMs } from "../../model/time.js";
import { type Point, SILENT_MS } from "../../model/timeline.js";
import { type Draft, isNameless } from "./draft.js";
import type { LiveDrafts } from "./live-drafts.js";
import { mayFollow } from "./mark-order.js";
import { blurred, changedPoint, MarkPoint } from "./mark-point.js";
import { lastAt, lastMark, latestOf, leave, type MixUp, mixedUp, withMixedUp } from "./mix-up.js";
import { draftsReported, type Reported, type Reporting, reportedDuration } from "./reported-durations.js";

/** The same failure so soon after another may be told once more by the one that told it before. */
const TOLD_AGAIN_MS: DurationMs = 1000;

/** The owner of a line. `named`: the line itself shows that it is this one. `fitting`: no other can own it. `guess`: others could. */
export interface Ownership {
  readonly owner: Draft;
  readonly by: "named" | "fitting" | "guess";
}

/** A line that went to an investigation that goes on, though ones that have failed could have logged it too. */
interface Contested extends Ownership {
  /** Index of its point. */
  readonly from: number;
  readonly at: EpochMs;
  readonly failed: readonly Draft[];
}

/**
 * Gives lines without a key to the investigations that wait for them. Where one could be of several, it is a guess, and those that it could be of
 * are mixed up until keys, reported durations or counting tell them apart.
 */
export class KeylessLines {
  /** Lines that several investigations could own. */
  readonly ambiguous: LogMark[] = [];
  readonly #live: LiveDrafts;
  readonly #patterns: ReadonlyMap<string, Pattern>;
  readonly #reporting: Reporting;
  readonly #contested: Contested[] = [];
  readonly #follows: (mark: string, pattern: Pattern) => boolean;
  /** Blurred mix-ups in which some may go on. */
  readonly #blurred = new Set<MixUp>();
  #silenceMs: DurationMs = SILENT_MS;

  /** @param reporting how the durations stand in the log that lines report */
  constructor(live: LiveDrafts, patterns: ReadonlyMap<string, Pattern>, reporting: Reporting) {
    this.#live = live;
    this.#patterns = patterns;
    this.#reporting = reporting;
    this.#follows = mayFollow(patterns);
  }

  /** For no longer than this does an investigation that goes on say nothing. */
  get silenceMs(): DurationMs {
    return this.#silenceMs;
  }

  /** Null: it stays without an owner. `unowned`: not even several could own it. `among`: only these have its key. */
  ownerOf(mark: LogMark, pattern: Pattern, among?: readonly Draft[]): Ownership | "unowned" | null {
    const accepting = this.#live.standingAt(pattern.after).filter((draft) => among?.includes(draft) !== false);
    if (accepting.length === 0 && among !== undefined) return this.#guess(latestOf(among), among, mark);
    if (accepting.length === 0) {
      const only = this.#live.only();
      if (only === null) return "unowned";
      return only.mixUp === undefined ? { owner: only, by: "fitting" } : this.#guess(only, [only], mark);
    }
    if (pattern.fails) return this.#ownerOfFailure(accepting, mark, pattern);
    const { waiting, failed } = this.#waiting(accepting, mark);
    if (waiting.length === 0) return "unowned";
    const found = this.#ownerAmong(waiting, mark, pattern);
    if (failed.length > 0) this.#contested.push({ ...found, from: found.owner.points.length, at: mark.at.at, failed });
    return found;
  }

  /**
   * Which of those that wait for a key gets one. Their requests are alike, so it is one that is known to wait; of the others one may have failed, and
   * what is open of them stays so. Where none is known to wait, what is open of any is open of all that are left.
   */
  ownerOfKey(waiting: readonly Draft[]): Draft | undefined {
    const [first, another] = waiting;
    if (another === undefined) return first;
    blurOrigin(waiting);
    const known = waiting.find(({ mixUp }) => mixUp === undefined);
    if (known === undefined) this.#mixUp(waiting);
    return known ?? first;
  }

  /** An investigation goes on with a line that is surely its own. */
  goOn(draft: Draft, mark: LogMark, pattern: Pattern, by: Ownership["by"]): void {
    if (draft.points.length > 0) this.#silenceMs = Math.max(this.#silenceMs, mark.at.at - lastAt(draft));
    if (by === "named") this.#tellApart(draft, pattern);
  }

  /** The investigation has ended. */
  close(draft: Draft): void {
    if (draft.mixUp === undefined) return;
    draft.mixUp.open.delete(draft);
    this.#settle(draft.mixUp);
  }

  /** It is known again where this one stands. What that tells of the others. */
  #tellApart(draft: Draft, pattern: Pattern): void {
    const { mixUp } = draft;
    if (mixUp === undefined) return;
    if (mixUp.blurred) {
      leave(draft);
      return;
    }
    const stoodAt = new Set([...mixUp.members, ...mixUp.failures].map(lastMark).filter((mark) => pattern.after.includes(mark)));
    leave(draft);
    const [failure, another] = mixUp.failures;
    const isAsTaken = stoodAt.size === 1 && stoodAt.has(lastMark(draft));
    const isOnly = failure !== undefined && another === undefined && !mixUp.mayBeMore;
    const isWhoFailed = isOnly && stoodAt.size === 1 && stoodAt.has(lastMark(failure));
    if (isAsTaken) this.#settle(mixUp);
    else if (isWhoFailed) {
      this.#befell(draft, failure, true);
      mixUp.failures.pop();
      this.#settle(mixUp);
    } else this.#blur(mixUp);
  }

  #ownerAmong(waiting: readonly Draft[], mark: LogMark, pattern: Pattern): Ownership {
    const possible = [...waiting, ...this.#fromBlurred(waiting, mark, pattern)];
    const duration = reportedDuration(mark, pattern, this.#reporting.decimalSign);
    const { latenessMs } = this.#reporting;
    const reported = duration && draftsReported(withMixedUp(possible, mark.at.at, this.#silenceMs), mark, duration, latenessMs);
    if (reported !== undefined) return this.#ownerByReport(waiting, possible, reported, mark);
    const latest = latestOf(waiting);
    const isKnown = possible.length === 1 && latest.mixUp === undefined;
    return isKnown ? { owner: latest, by: "fitting" } : this.#guess(latest, possible, mark, waiting);
  }

  /** Only if it may fit a single one is a reported duration proof. One that fits nobody contradicts all that could own the line. */
  #ownerByReport(waiting: readonly Draft[], possible: readonly Draft[], reported: readonly Reported[], mark: LogMark): Ownership {
    const fitting = reported.map(({ draft }) => draft);
    const standing = reported.filter(({ draft }) => waiting.includes(draft));
    const [nearest] = standing;
    const owner = nearest?.draft ?? latestOf(waiting);
    const fits = nearest?.isLate === false;
    if (fits && reported.length === 1 && nearest.since.uncertain !== true) return { owner, by: "named" };
    const among = fits ? fitting : [...possible, ...fitting];
    const guess = this.#guess(owner, among, mark, fits ? standing.map(({ draft }) => draft) : among);
    if (!fits && owner.mixUp !== undefined) this.#blur(owner.mixUp);
    return guess;
  }

  /** Where it is not known who stands where, any line that may follow may be of one of them: one of each mix-up that it may be of. */
  #fromBlurred(besides: readonly Draft[], { at: { at } }: LogMark, pattern: Pattern): Draft[] {
    if (this.#blurred.size === 0) return [];
    const known = new Set(besides.map(({ mixUp }) => mixUp));
    return [...this.#blurred].flatMap((mixUp) => {
      for (const draft of mixUp.open) if (this.#hasFailed(draft) || at - lastAt(draft) > this.#silenceMs) mixUp.open.delete(draft);
      const [first] = mixUp.open;
      if (first === undefined) this.#blurred.delete(mixUp);
      const may = first !== undefined && !known.has(mixUp) && [...mixUp.from].some((mark) => this.#follows(mark, pattern));
      return may ? [first] : [];
    });
  }

  #blur(mixUp: MixUp): void {
    mixUp.blurred = true;
    this.#blurred.add(mixUp);
  }

  /**
   * Those that wait for a line. One that has failed need not log anything more, so it gets what nobody else waits for; once it does, it may also have
   * logged what others got since it failed.
   */
  #waiting(accepting: readonly Draft[], mark: LogMark): { readonly waiting: readonly Draft[]; readonly failed: readonly Draft[] } {
    const failed = accepting.filter((draft) => this.#hasFailed(draft));
    if (failed.length === 0) return { waiting: accepting, failed };
    const waiting = accepting.filter((draft) => !failed.includes(draft));
    const isRecent = (draft: Draft) => mark.at.at - lastAt(draft) <= this.#silenceMs;
    for (const draft of failed) if (!isRecent(draft)) this.#live.remove(draft);
    const recent = failed.filter(isRecent);
    if (waiting.length > 0) return { waiting, failed: recent };
    if (recent.length > 0) this.#blurContested(recent);
    return { waiting: recent, failed: [] };
  }

  #hasFailed(draft: Draft): boolean {
    return this.#patterns.get(lastMark(draft))?.fails === true;
  }

  #blurContested(failed: readonly Draft[]): void {
    const since = smallest(failed.map(lastAt));
    const owners: Draft[] = [];
    for (let index = this.#contested.length - 1; index >= 0; index -= 1) {
      const { owner, from, at, failed: others } = this.#contested[index] as Contested;
      if (at < since) break;
      if (!others.some((draft) => failed.includes(draft))) continue;
      owner.points = blurred(owner.points, from);
      owners.push(owner);
    }
    if (owners.length > 0) this.#blur(this.#mixUp([...failed, ...owners]));
  }

  /**
   * Nothing is measured with it, and those that it could be of are mixed up from now on. `standing` are those that are taken to stand
   * where it may follow: if they stand at different marks, who moves on changes how many stand where.
   */
  #guess(owner: Draft, among: readonly Draft[], mark: LogMark, standing = among): Ownership {
    this.ambiguous.push(mark);
    if (among.every((draft) => this.#isNew(draft))) {
      blurOrigin(among);
      return { owner, by: "fitting" };
    }
    const stoodAt = new Set(standing.map(lastMark));
    const mixUp = this.#mixUp(among);
    const { members, failures } = mixUp;
    // Lines that follow a failure say nothing of whose it is.
    if (among.every(({ isFailure }) => isFailure === true)) return { owner, by: "guess" };
    const others = [...(failures.length === members.size - 1 && !mixUp.blurred ? members : [])].filter((draft) => draft !== owner);
    if (failures.length > 0 || stoodAt.size > 1) this.#blur(mixUp);
    if (failures.length > 0) this.#befellOf(others, mixUp);
    return { owner, by: "guess" };
  }

  /** A failure that could be of several is kept apart rather than blamed on the wrong one. */
  #ownerOfFailure(accepting: readonly Draft[], mark: LogMark, pattern: Pattern): Ownership | null {
    const again = this.#live.standingAt([mark.mark]).filter((draft) => mark.at.at - lastAt(draft) <= TOLD_AGAIN_MS);
    const possible = [...accepting, ...again, ...this.#fromBlurred(accepting, mark, pattern)];
    const owner = latestOf(accepting);
    if (possible.length === 1 && owner.mixUp === undefined) return { owner, by: "fitting" };
    if (possible.every((draft) => this.#isNew(draft))) return this.#guess(owner, possible, mark);
    this.ambiguous.push(mark);
    // Of those of whom one has failed already this may be another, or the same again: at least one has.
    const isAgain =
      again.length > 0 && new Set(possible.map((draft) => draft.mixUp)).size === 1 && again.every(({ isFailure }) => isFailure);
    const mixUp = this.#mixUp(possible);
    if (accepting.length < mixUp.members.size || (again.length > 0 && !isAgain)) this.#blur(mixUp);
    const failure: Draft = { jobId: null, port: null, announcedIndex: null, points: [new MarkPoint(mark)], isFailure: true, mixUp };
    if (isAgain) mixUp.mayBeMore = true;
    else mixUp.failures.push(failure);
    this.#live.place(failure);
    this.#settle(mixUp);
    return null;
  }

  /** Ends a mix-up where counting tells how each of them stands. */
  #settle(mixUp: MixUp): void {
    const { members, open, failures } = mixUp;
    if (mixUp.blurred) return;
    if (failures.length === members.size) this.#befellOf([...members], mixUp);
    if (failures.length > 0 || mixUp.blurred || (members.size > 1 && open.size > 0)) return;
    for (const draft of members) delete draft.mixUp;
  }

  /** Each of them has failed; which of the failures is whose is known only if there is but one. */
  #befellOf(drafts: readonly Draft[], mixUp: MixUp): void {
    const isKnown = drafts.length === 1 && mixUp.members.size === 1;
    for (const draft of drafts) {
      const failure = mixUp.failures.shift();
      if (failure !== undefined) this.#befell(draft, failure, isKnown);
    }
    if (drafts.length > 0 && !isKnown) this.#blur(mixUp);
  }

  #befell(draft: Draft, failure: Draft, isKnown: boolean): void {
    const [told, ...rest] = failure.points;
    if (told === undefined) return;
    draft.points.push(isKnown ? told : changedPoint(told, { uncertain: true }), ...rest);
    const goesOn = this.#live.has(failure);
    this.#live.remove(failure);
    if (goesOn) this.#live.place(draft);
    else this.#live.remove(draft);
    if (!goesOn) draft.mixUp?.open.delete(draft);
    const { source, line } = told.evidence;
    const place = isKnown ? this.ambiguous.findLastIndex(({ evidence }) => evidence.source === source && evidence.line === line) : -1;
    if (place >= 0) this.ambiguous.splice(place, 1);
  }

  #mixUp(drafts: readonly Draft[]): MixUp {
    blurOrigin(drafts.filter(isNameless));
    const mixUp = mixedUp(drafts, (draft) => this.#live.has(draft));
    if (mixUp.blurred) this.#blurred.add(mixUp);
    return mixUp;
  }

  /** Nothing tells it from another of its kind: it has made its request, and has no key yet. */
  #isNew({ jobId, port, mixUp, points }: Draft): boolean {
    const begins = ({ mark }: Point) => {
      const pattern = this.#patterns.get(mark);
      return pattern?.header === true || pattern?.opens === true;
    };
    return jobId === null && port === null && mixUp === undefined && points.every(begins);
  }
}

/** Requests without a key are alike: which of them an answer belongs to is open, so what they have so far may be another's. */
function blurOrigin(drafts: readonly Draft[]): void {
  const since = smallest(drafts.map((draft) => draft.originSince ?? draft.points[0]?.at ?? Number.POSITIVE_INFINITY));
  for (const draft of drafts) {
    draft.points = blurred(draft.points);
    draft.originSince = since;
  }
}
