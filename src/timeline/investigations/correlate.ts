import { inOrder } from "../../model/collections/in-order.js";
import type { LogMark } from "../../model/event.js";
import { patternsByMark } from "../../model/marks.js";
import type { Pattern, Profile } from "../../model/profile.js";
import { smallest } from "../../model/statistics/statistics.js";
import type { DurationMs } from "../../model/time.js";
import type { Point } from "../../model/timeline.js";
import type { Draft } from "./draft.js";
import { noteEarly, takeEarly } from "./early-lines.js";
import { JobIdUsers } from "./job-id-users.js";
import { KeylessLines, type Ownership } from "./keyless-lines.js";
import { LiveDrafts } from "./live-drafts.js";
import { mayFollow } from "./mark-order.js";
import { blurred, changedPoint, MarkPoint } from "./mark-point.js";
import { lastMark } from "./mix-up.js";
import { portDerivation } from "./port-alias.js";
import { PortUsers } from "./port-users.js";
import { draftsReported, latenessOf, reportedDuration } from "./reported-durations.js";
import { breakAtSkips } from "./skipped-numbers.js";

/** Which marks of a log belong to which investigation. */
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
  const patterns = patternsByMark(profile);
  const showsRequests = marks.some(({ mark }) => patterns.get(mark)?.opens === true || patterns.get(mark)?.header === true);
  const sequential = new Correlator(profile, patterns, showsRequests);
  for (let index = 0; index < marks.length; index += 1) sequential.take(marks[index] as LogMark);
  if (!sequential.contradicted) return brokenAtSkips(sequential.result());
  const parallel = new Correlator(profile, patterns, showsRequests, latenessOf(marks, patterns, profile.decimalSign));
  for (let index = 0; index < marks.length; index += 1) parallel.take(marks[index] as LogMark);
  return brokenAtSkips(parallel.result());
}

function brokenAtSkips(found: Correlation): Correlation {
  breakAtSkips(found.drafts);
  return found;
}

/** What was found in several runs, each by itself: no investigation goes on from one into the next. */
export function inOne(found: readonly Correlation[]): Omit<Correlation, "announced"> {
  const [first] = found;
  if (first !== undefined && found.length === 1) return first;
  return {
    drafts: found.flatMap(({ drafts }) => drafts),
    runMarks: found.flatMap(({ runMarks }) => runMarks),
    unmatched: found.flatMap(({ unmatched }) => unmatched),
    ambiguous: found.flatMap(({ ambiguous }) => ambiguous),
  };
}

class Correlator {
  contradicted = false;
  readonly #patterns: ReadonlyMap<string, Pattern>;
  readonly #sequential: boolean;
  readonly #decimalSign: Profile["decimalSign"];
  readonly #portOf: (jobId: string) => string | null;
  readonly #follows: (mark: string, pattern: Pattern) => boolean;
  readonly #drafts: Draft[] = [];
  readonly #byName = new Map<string, Draft>();
  readonly #ids: JobIdUsers;
  readonly #ports: PortUsers;
  /** Drafts that may still take a mark without a key; closed ones leave. */
  readonly #live = new LiveDrafts();
  readonly #keyless: KeylessLines;
  /** Drafts that have a header, the latest last; those that went on since are taken off when they are met. */
  readonly #announcedDrafts: Draft[] = [];
  readonly #runMarks: Point[] = [];
  readonly #unmatched: LogMark[] = [];
  #announced: number | undefined;

  /** @param latenessMs for investigations in parallel: how far from the stamps around them the durations may be that lines report */
  constructor(profile: Profile, patterns: ReadonlyMap<string, Pattern>, showsRequests: boolean, latenessMs?: DurationMs) {
    this.#patterns = patterns;
    this.#sequential = latenessMs === undefined;
    this.#decimalSign = profile.decimalSign;
    this.#portOf = portDerivation(profile);
    this.#follows = mayFollow(patterns);
    this.#keyless = new KeylessLines(this.#live, patterns, { latenessMs: latenessMs ?? 0, decimalSign: profile.decimalSign });
    this.#ports = new PortUsers(this.#live, patterns, this.#keyless, showsRequests);
    this.#ids = new JobIdUsers(this.#live, patterns, this.#follows, this.#keyless);
  }

  take(mark: LogMark): void {
    const pattern = this.#patterns.get(mark.mark);
    if (pattern === undefined || pattern.startsRun) return;
    if (pattern.standalone) {
      this.#runMarks.push(new MarkPoint(mark));
      return;
    }
    if (this.#sequential) this.#takeInTurn(mark, pattern);
    else this.#takeOneOfMany(mark, pattern);
  }

  #takeInTurn(mark: LogMark, pattern: Pattern): void {
    const owner = this.#ownerByKey(mark, pattern) ?? this.#current(mark, pattern);
    if (owner === null) return;
    if (owner !== this.#drafts.at(-1) || this.#isRatherOfAnother(owner, mark, pattern)) this.contradicted = true;
    this.#give(owner, mark, pattern, new MarkPoint(mark));
  }

  #takeOneOfMany(mark: LogMark, pattern: Pattern): void {
    const found = this.#ownership(mark, pattern);
    if (found === "unowned") this.#unmatched.push(mark);
    if (found === "unowned" || found === null) return;
    const { owner, by } = found;
    const point = by === "guess" ? uncertainPoint(mark, this.#accepting(pattern)) : new MarkPoint(mark);
    if (by !== "guess") this.#keyless.goOn(owner, mark, pattern, by);
    this.#give(owner, mark, pattern, point);
    if (pattern.closes) this.#keyless.close(owner);
  }

  #ownership(mark: LogMark, pattern: Pattern): Ownership | "unowned" | null {
    const owner = this.#ownerByKey(mark, pattern);
    if (owner === null) return this.#keyless.ownerOf(mark, pattern);
    if (mark.groups.investigation !== undefined) return { owner, by: "named" };
    const sharing = this.#ids.sharing(owner, mark.at.at);
    if (sharing.length > 1) return this.#keyless.ownerOf(mark, pattern, sharing);
    if (!this.#ids.hasRival(owner)) return { owner, by: "named" };
    this.#keyless.ambiguous.push(mark);
    return { owner, by: "guess" };
  }

  /** One with the same job id waits for the line, and this one does not: so they overlap. */
  #isRatherOfAnother(owner: Draft, { at }: LogMark, { after }: Pattern): boolean {
    const waits = (draft: Draft) => after.includes(lastMark(draft));
    return !waits(owner) && this.#ids.sharing(owner, at.at).some(waits);
  }

  #give(owner: Draft, mark: LogMark, pattern: Pattern, point: Point): void {
    if (mark.groups.jobId !== undefined || mark.groups.port !== undefined) this.#takeBack(owner, mark, pattern);
    else noteEarly(owner, mark, pattern);
    owner.points.push(point);
    if (owner.jobId !== null && point.uncertain === undefined && (pattern.opens || pattern.fails)) owner.isTriedAgain = true;
    this.#learnKeys(owner, mark);
    if (pattern.header) this.#announcedDrafts.push(owner);
    if (pattern.closes) this.#live.remove(owner);
    else this.#live.place(owner);
  }

  #takeBack(owner: Draft, mark: LogMark, pattern: Pattern): void {
    const early = takeEarly(owner, mark, pattern, this.#patterns, this.#follows);
    if (early.length === 0) return;
    for (const one of early) this.#unmatched.push(one);
    this.contradicted = true;
  }

  result(): Correlation {
    this.#ids.settle();
    this.#ports.settle(this.#drafts);
    return {
      drafts: this.#drafts,
      runMarks: this.#runMarks,
      unmatched: inOrder(this.#unmatched, (a, b) => a.at.at - b.at.at),
      ambiguous: this.#keyless.ambiguous,
      ...(this.#announced === undefined ? {} : { announced: this.#announced }),
    };
  }

  /** Null for a mark that has no key and begins nothing. */
  #ownerByKey(mark: LogMark, pattern: Pattern): Draft | null {
    if (pattern.header) {
      const total = Number(mark.groups.total ?? Number.NaN);
      if (Number.isFinite(total)) this.#announced = total;
      if (mark.groups.investigation === undefined) return this.#begin(Number(mark.groups.index ?? Number.NaN));
    }
    if (mark.groups.investigation !== undefined) return this.#ownerByName(mark.groups.investigation, pattern);
    if (pattern.opens) return this.#announcedOnly() ?? this.#begin(Number.NaN);
    if (mark.groups.jobId !== undefined) return this.#ownerByJobId(mark.groups.jobId, pattern);
    if (mark.groups.port !== undefined) return this.#ownerByPort(mark.groups.port, mark, pattern);
    return null;
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
    const latest = this.#announcedDrafts.at(-1);
    const before = this.#announcedDrafts.at(-2);
    // Which of them goes on is open.
    if (!this.#sequential && latest !== undefined && before?.points.every(isHeader) === true) {
      for (const draft of [before, latest]) draft.points = blurred(draft.points);
    }
    return latest;
  }

  #ownerByJobId(jobId: string, pattern: Pattern): Draft {
    const accepting = this.#accepting(pattern).filter(({ jobId, isFailure }) => jobId === null && isFailure !== true);
    const begun = accepting.length === 0 ? this.#currentWithoutId() : undefined;
    const waiting = begun === undefined ? accepting : [begun];
    const known = this.#ids.latestOf(jobId);
    if (known === undefined) return this.#keyless.ownerOfKey(waiting) ?? this.#lateLinesBack(pattern) ?? this.#begin(Number.NaN);
    const next = this.#sequential ? waiting.filter((draft) => draft === this.#drafts.at(-1)) : waiting;
    if (!this.#ids.isGivenAnew(known, pattern, next, this.#sequential)) return known;
    return this.#keyless.ownerOfKey(next) ?? this.#begin(Number.NaN);
  }

  /** The one whose id turns out to be another's. */
  #lateLinesBack(pattern: Pattern): Draft | undefined {
    if (this.#ids.hasPassedId(this.#drafts.at(-1))) this.contradicted = true;
    const back = this.#ids.takeBack(pattern);
    if (back?.from.port != null) this.#ports.learn(back.from.port, back.from);
    return back?.draft;
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

  #ownerByPort(port: string, mark: LogMark, pattern: Pattern): Draft {
    if (this.#sequential) return this.#ports.ownerInTurn(port, pattern, this.#drafts.at(-1)) ?? this.#begin(Number.NaN);
    const owner = this.#ports.ownerOfMany(port, mark, pattern);
    if (owner === undefined) this.#ports.noteWithoutRequest(mark);
    return owner ?? this.#begin(Number.NaN);
  }

  /** One after another, a mark without a key is of the one that goes on. */
  #current(mark: LogMark, pattern: Pattern): Draft | null {
    const current = this.#drafts.at(-1);
    const accepting = this.#accepting(pattern);
    const duration = reportedDuration(mark, pattern, this.#decimalSign);
    const reported = (duration && draftsReported(accepting, mark, duration)) ?? [];
    const fitting = reported.filter(({ isLate }) => !isLate).map(({ draft }) => draft);
    const candidates = fitting.length > 0 ? fitting : accepting;
    if (current !== undefined && candidates.includes(current)) return current;
    if (current !== undefined && candidates.length > 0) this.contradicted = true;
    if (current !== undefined && this.#live.has(current)) return current;
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
    const isNew = jobId !== undefined && this.#ids.take(jobId, draft, mark.at.at);
    if (draft.port !== null && port === undefined && !isNew) return;
    const known = port ?? (jobId === undefined ? null : this.#portOf(jobId));
    if (known !== null) {
      draft.port = known;
      this.#ports.learn(known, draft);
    }
  }
}

/** A mark that one of several investigations left: this one's own lies somewhere since the first of them began to wait for it. */
function uncertainPoint(mark: LogMark, candidates: readonly Draft[]): Point {
  const point = new MarkPoint(mark);
  const since = smallest(candidates.map((draft) => draft.points.at(-1)?.at ?? point.at));
  return changedPoint(point, { resolutionMs: Math.max(point.resolutionMs, point.at - since), uncertain: true });
}
