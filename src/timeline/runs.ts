import type { LogMark } from "../model/event.js";
import type { Pattern } from "../model/profile.js";
import type { Bounds, DurationMs } from "../model/time.js";

/** A silence longer than this between two marks separates runs. Far above any documented stage or timeout, far below a working day. */
export const RUN_GAP_MS: DurationMs = 60 * 60 * 1000;

/**
 * Tells several runs in one log apart: by a session header, by investigation numbers that begin again, or by a long silence. A silence that may be
 * a change of the clock (`doubtful`) does not part what goes on behind it.
 */
export function splitRuns(
  marks: readonly LogMark[],
  patterns: ReadonlyMap<string, Pattern>,
  doubtful: readonly Bounds[] = [],
): readonly (readonly LogMark[])[] {
  const runs: (readonly LogMark[])[] = [];
  let first = 0;
  let highestIndex = 0;
  let numbers = new Set<number>();
  let hasEnded = false;
  let lastAt = Number.NEGATIVE_INFINITY;
  const begin = (next: number) => {
    const current = first === 0 && next === marks.length ? marks : marks.slice(first, next);
    if (hasWork(current, patterns)) runs.push(current);
    first = next;
    highestIndex = 0;
    numbers = new Set();
    hasEnded = false;
  };
  for (let place = 0; place < marks.length; place += 1) {
    const mark = marks[place] as LogMark;
    const pattern = patterns.get(mark.mark);
    const index = pattern?.header === true ? Number(mark.groups.index ?? Number.NaN) : Number.NaN;
    // Threads that start together may print number 2 before number 1; none has ended by then.
    const isLate = !hasEnded && !numbers.has(1) && numbers.size === highestIndex - 1;
    const restarts = index === 1 && highestIndex >= 1 && !isLate;
    const goesOn = pattern?.opens !== true && (Number.isNaN(index) || index === highestIndex + 1);
    const isSilent = mark.at.at - lastAt > RUN_GAP_MS && !(goesOn && doubtful.some(({ lo, hi }) => lastAt <= lo && mark.at.at >= hi));
    if (pattern?.startsRun === true || restarts || isSilent) begin(place);
    if (index > highestIndex) highestIndex = index;
    if (!Number.isNaN(index)) numbers.add(index);
    if (pattern?.closes === true || pattern?.fails === true) hasEnded = true;
    lastAt = mark.at.at;
  }
  begin(marks.length);
  return runs;
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
