import type { LogMark } from "../../model/event.js";
import type { Pattern } from "../../model/profile.js";
import { type Bounds, type DurationMs, HOUR_MS } from "../../model/time.js";
import { InvestigationsUnderway } from "./investigations-underway.js";

/**
 * A silence longer than this between two marks separates runs where what follows begins something. Far above the stages and timeouts of most systems, far
 * below a working day.
 */
export const RUN_GAP_MS: DurationMs = HOUR_MS;

/** Where a run begins, and the numbers of its headers. */
interface RunStart {
  readonly place: number;
  /** Nothing but a silence says so. */
  readonly bySilence: boolean;
  highestIndex: number;
  numbers: Set<number>;
  hasEnded: boolean;
}

/**
 * Tells several runs in one log apart: by a session header, by investigation numbers that begin again, or by a long silence behind which something begins.
 * None is between two lines of one investigation: where what was underway before a silence goes on after it, also later on, it parts nothing. A silence that
 * may be a change of the clock (`doubtful`) does not part what goes on behind it.
 */
export function splitRuns(
  marks: readonly LogMark[],
  patterns: ReadonlyMap<string, Pattern>,
  doubtful: readonly Bounds[],
): readonly (readonly LogMark[])[] {
  const isSilent = marks.some((mark, place) => place > 0 && isSilence(marks[place - 1] as LogMark, mark, []));
  const found = new RunStarts(patterns, isSilent);
  for (let place = 0; place < marks.length; place += 1) found.take(marks[place] as LogMark, place, marks[place - 1], doubtful);
  const starts = found.places;
  const runs = starts.map((start, index) => (starts.length === 1 ? marks : marks.slice(start, starts[index + 1])));
  return runs.filter((run) => hasWork(run, patterns));
}

/** Finds where runs begin, mark by mark. */
class RunStarts {
  readonly #patterns: ReadonlyMap<string, Pattern>;
  readonly #underway: InvestigationsUnderway | undefined;
  readonly #starts = [runStart(0, false)];
  #current = this.#starts[0] as RunStart;
  /** Place of the first mark after a silence of which nothing tells yet whether it parts runs. */
  #silentFrom: number | undefined;

  /** @param isSilent whether there is any silence: where there is none, nothing needs to be followed */
  constructor(patterns: ReadonlyMap<string, Pattern>, isSilent: boolean) {
    this.#patterns = patterns;
    this.#underway = isSilent ? new InvestigationsUnderway(patterns) : undefined;
  }

  get places(): readonly number[] {
    return this.#starts.map(({ place }) => place);
  }

  /** @param doubtful silences that part nothing that goes on behind them */
  take(mark: LogMark, place: number, before: LogMark | undefined, doubtful: readonly Bounds[]): void {
    const pattern = this.#patterns.get(mark.mark);
    const index = pattern?.header === true ? Number(mark.groups.index ?? Number.NaN) : Number.NaN;
    const goesOn = pattern?.opens !== true && (Number.isNaN(index) || index === this.#current.highestIndex + 1);
    if (before !== undefined && isSilence(before, mark, goesOn ? doubtful : [])) this.#silentFrom = place;
    if (pattern?.startsRun === true || restarts(this.#current, index)) {
      this.#begin(runStart(this.#silentFrom ?? place, false));
      this.#underway?.forget(this.#current.place);
    }
    if (this.#underway !== undefined) this.#follow(mark, place, this.#underway);
    const { numbers, highestIndex } = this.#current;
    if (index > highestIndex) this.#current.highestIndex = index;
    if (!Number.isNaN(index)) numbers.add(index);
    if (pattern?.closes === true || pattern?.fails === true) this.#current.hasEnded = true;
  }

  #follow(mark: LogMark, place: number, underway: InvestigationsUnderway): void {
    const told = underway.tell(mark, this.#silentFrom !== undefined);
    if (told.says === "goes-on") {
      this.#silentFrom = undefined;
      while (this.#current.bySilence && this.#current.place > told.investigation.begunAt) this.#join();
      underway.join(this.#current.place);
    } else if (told.says === "begins" && this.#silentFrom !== undefined) {
      this.#begin(runStart(this.#silentFrom, true));
      underway.part(this.#current.place);
    }
    underway.take(mark, place, told);
  }

  #begin(start: RunStart): void {
    this.#current = start;
    this.#starts.push(start);
    this.#silentFrom = undefined;
  }

  /** The last run and the one before it are one. */
  #join(): void {
    const last = this.#starts.pop() as RunStart;
    const run = this.#starts.at(-1) as RunStart;
    run.highestIndex = Math.max(run.highestIndex, last.highestIndex);
    for (const number of last.numbers) run.numbers.add(number);
    run.hasEnded ||= last.hasEnded;
    this.#current = run;
  }
}

function runStart(place: number, bySilence: boolean): RunStart {
  return { place, bySilence, highestIndex: 0, numbers: new Set(), hasEnded: false };
}

/** Whether an investigation's number is the first one again. */
function restarts({ highestIndex, numbers, hasEnded }: RunStart, index: number): boolean {
  // Threads that start together may print number 2 before number 1; none has ended by then.
  const isLate = !hasEnded && !numbers.has(1) && numbers.size === highestIndex - 1;
  return index === 1 && highestIndex >= 1 && !isLate;
}

function isSilence(before: LogMark, after: LogMark, doubtful: readonly Bounds[]): boolean {
  if (after.at.at - before.at.at <= RUN_GAP_MS) return false;
  return !doubtful.some(({ lo, hi }) => before.at.at <= lo && after.at.at >= hi);
}

/** A run in which nothing was begun (a session that only collected tests) is no run. */
function hasWork(marks: readonly LogMark[], patterns: ReadonlyMap<string, Pattern>): boolean {
  return marks.some((mark) => patterns.get(mark.mark)?.startsRun !== true);
}

/** Whether a mark is the first line of a run, wherever it stands: the header of a session or of the first investigation. */
export function beginsRun({ mark, groups }: LogMark, patterns: ReadonlyMap<string, Pattern>): boolean {
  const pattern = patterns.get(mark);
  return pattern?.startsRun === true || (pattern?.header === true && Number(groups.index) === 1);
}
