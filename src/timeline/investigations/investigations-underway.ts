/** Which investigations of a log are underway, as far as it takes to tell a silence inside a run from one between two runs. */
import type { LogMark } from "../../model/event.js";
import type { Pattern } from "../../model/profile.js";

/** An investigation, from what its lines told so far. */
export interface Underway {
  /** Place of its first mark in the log. */
  readonly begunAt: number;
  readonly first: string;
  last: string;
  closed: boolean;
}

/** What a line says of the time before it: that something new begins, that `investigation` goes on, or neither. */
export type Told = { readonly says: "begins" | "nothing" } | { readonly says: "goes-on"; readonly investigation: Underway };

const BEGINS: Told = { says: "begins" };
const NOTHING: Told = { says: "nothing" };

/** Follows investigations by their keys, and lines without one by what they may follow: nearly enough, for whose a line is `correlate` finds out. */
export class InvestigationsUnderway {
  readonly #patterns: ReadonlyMap<string, Pattern>;
  readonly #byKey = new Map<string, Underway>();
  /** Of the run that goes on: those that have not closed, by their last mark; those without a key; and the one that logged last. */
  readonly #standing = new Map<string, Set<Underway>>();
  readonly #nameless = new Set<Underway>();
  #latest: Underway | undefined;
  /** The one whose header came last. */
  #announced: Underway | undefined;
  #runFrom = 0;

  constructor(patterns: ReadonlyMap<string, Pattern>) {
    this.#patterns = patterns;
  }

  /** @param isSilent nothing was logged for long before it */
  tell(mark: LogMark, isSilent: boolean): Told {
    const pattern = this.#patterns.get(mark.mark);
    if (pattern === undefined || pattern.standalone || pattern.startsRun) return NOTHING;
    if (pattern.header) return BEGINS;
    const known = this.#known(mark, pattern);
    if (pattern.opens) {
      const announced = known ?? this.#announced;
      return announced !== undefined && this.#isAnnouncedOnly(announced) ? goesOn(announced) : BEGINS;
    }
    if (known !== undefined) {
      const mayGoOn = known.closed ? pattern.after.includes(known.last) : pattern.id !== known.first;
      if (mayGoOn) return goesOn(known);
      if (isSilent) return BEGINS;
      return known.closed ? NOTHING : goesOn(known);
    }
    const { investigation, jobId, port } = mark.groups;
    const isNamed = investigation !== undefined || jobId !== undefined;
    const owner = isNamed ? this.#waitingForKey(pattern) : this.#mayGoOnWith(pattern);
    if (owner !== undefined) return goesOn(owner);
    return isNamed || port !== undefined ? BEGINS : NOTHING;
  }

  /** The next mark of the log, with what it tells. */
  take(mark: LogMark, place: number, told: Told): void {
    const pattern = this.#patterns.get(mark.mark);
    if (pattern === undefined || pattern.standalone || pattern.startsRun) return;
    const owner = told.says === "goes-on" ? told.investigation : told.says === "begins" ? this.#begin(mark, place) : this.#latest;
    if (owner === undefined) return;
    this.#standing.get(owner.last)?.delete(owner);
    owner.last = mark.mark;
    owner.closed ||= pattern.closes;
    const keys = told.says === "nothing" ? [] : keysOf(mark);
    for (const key of keys) this.#byKey.set(key, owner);
    if (owner.closed || keys.length > 0) this.#nameless.delete(owner);
    if (!owner.closed) this.#stand(owner);
    this.#latest = owner.closed ? undefined : owner;
  }

  /** Another run begins at a place. What was underway may still turn out to go on. */
  part(from: number): void {
    this.#runFrom = from;
    this.#standing.clear();
    this.#nameless.clear();
    this.#latest = undefined;
    this.#announced = undefined;
  }

  /** What had been parted since is one run, from this place on. */
  join(from: number): void {
    this.#runFrom = from;
  }

  /** Another run begins for certain. */
  forget(from: number): void {
    this.part(from);
    this.#byKey.clear();
  }

  #begin(mark: LogMark, place: number): Underway {
    const begun: Underway = { begunAt: place, first: mark.mark, last: mark.mark, closed: false };
    this.#nameless.add(begun);
    if (this.#patterns.get(mark.mark)?.header === true) this.#announced = begun;
    return begun;
  }

  #stand(investigation: Underway): void {
    const there = this.#standing.get(investigation.last);
    if (there === undefined) this.#standing.set(investigation.last, new Set([investigation]));
    else there.add(investigation);
  }

  /** The investigation that a key names. Of an earlier run only one that had not ended there, and none by a port, for these are used again. */
  #known(mark: LogMark, pattern: Pattern): Underway | undefined {
    for (const key of keysOf(mark)) {
      const known = this.#byKey.get(key);
      if (known === undefined) continue;
      if (known.begunAt >= this.#runFrom) return known;
      const mayGoOn = !known.closed && pattern.id !== known.first && !key.startsWith(PORT);
      if (mayGoOn && !this.#isUsedAgain(known, pattern)) return known;
    }
    return undefined;
  }

  /** Whether the id of an earlier run's investigation is rather that of one which waits for its own. */
  #isUsedAgain(known: Underway, { after }: Pattern): boolean {
    if (this.#nameless.size === 0) return false;
    if (!after.includes(known.last)) return true;
    for (const waiting of this.#nameless) if (after.includes(waiting.last)) return true;
    return false;
  }

  #isAnnouncedOnly({ first, last }: Underway): boolean {
    return first === last && this.#patterns.get(first)?.header === true;
  }

  #waitingForKey(pattern: Pattern): Underway | undefined {
    for (const waiting of this.#nameless) if (pattern.after.includes(waiting.last)) return waiting;
    const [first] = this.#nameless;
    return first;
  }

  /** One that a line without a name may follow: directly, or as the end of what has neither closed nor failed. */
  #mayGoOnWith({ after, closes, fails }: Pattern): Underway | undefined {
    if (this.#latest !== undefined && after.includes(this.#latest.last)) return this.#latest;
    for (const before of after) {
      const [waiting] = this.#standing.get(before) ?? [];
      if (waiting !== undefined) return waiting;
    }
    if (!closes && !fails) return undefined;
    for (const [mark, there] of this.#standing) {
      const [waiting] = there;
      if (waiting !== undefined && this.#patterns.get(mark)?.fails !== true) return waiting;
    }
    return undefined;
  }
}

const PORT = "port ";

/** The keys of a line, the surest first. */
function keysOf({ groups: { investigation, jobId, port } }: LogMark): string[] {
  return [
    ...(investigation === undefined ? [] : [`investigation ${investigation}`]),
    ...(jobId === undefined ? [] : [`job ${jobId}`]),
    ...(port === undefined ? [] : [PORT + port]),
  ];
}

function goesOn(investigation: Underway): Told {
  return { says: "goes-on", investigation };
}
