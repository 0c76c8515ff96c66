/** The parts of a rotated log as one: nothing tells one side of such a cut from the other but the file. */
import type { HttpDate, LogMark } from "../../model/event.js";
import type { SourceSummary } from "../../model/source.js";
import { rotation } from "../../model/text/rotated-path.js";
import { type DurationMs, HOUR_MS, MINUTE_MS } from "../../model/time.js";
import { type Shift, type Shifts, shiftAt } from "./shifts.js";

/** From the last stamp of a part to the first of the next no more than summer time adds, and a silence: what lies farther apart may be of another run, and its clock another. */
const LONGEST_CUT_MS: DurationMs = HOUR_MS + 3 * MINUTE_MS;

interface Part {
  readonly source: number;
  /** Source of the first part, by which the whole goes. */
  readonly whole: number;
  /** Lines of the parts before it. */
  readonly linesBefore: number;
  readonly lines: number;
}

/** Logs whose lines are counted on from part to part, and the way back. */
export interface WholeLogs {
  readonly marks: readonly LogMark[];
  readonly dates: readonly HttpDate[];
  /** Sources of the parts of a whole; itself where it has none. */
  readonly partsOf: (whole: number) => readonly number[];
  /** What holds of the lines of wholes, for those of their parts. */
  readonly toParts: (shifts: Shifts) => Shifts;
}

/** Joins the parts that go on where the one before them ends. Sources stand in the order of rotation. */
export function wholeLogs(marks: readonly LogMark[], dates: readonly HttpDate[], sources: readonly SourceSummary[]): WholeLogs {
  const parts = partsIn(sources);
  const isWhole = parts.every(({ source, whole }) => source === whole);
  const inWhole = <T extends LogMark | HttpDate>(event: T): T["evidence"] => {
    const { whole, linesBefore } = parts[event.evidence.source] ?? { whole: event.evidence.source, linesBefore: 0 };
    return { ...event.evidence, source: whole, line: linesBefore + event.evidence.line };
  };
  return {
    marks: isWhole
      ? marks
      : marks.map((one) => {
          const { type, mark, at, groups, logger, variant, message } = one;
          return { type, mark, at, groups, logger, variant, message, evidence: inWhole(one) };
        }),
    dates: isWhole ? dates : dates.map((date) => ({ ...date, evidence: inWhole(date) })),
    partsOf: (whole) => (isWhole ? [whole] : parts.flatMap((part) => (part.whole === whole ? [part.source] : []))),
    toParts: (shifts) => (isWhole ? shifts : new Map(parts.map((part) => [part.source, shiftsOf(part, shifts)]))),
  };
}

function partsIn(sources: readonly SourceSummary[]): readonly Part[] {
  const parts: Part[] = [];
  for (const [source, { lines, path, from }] of sources.entries()) {
    const [before, last] = [sources[source - 1], parts.at(-1)];
    const isNext =
      before !== undefined &&
      rotation(before.path).log === rotation(path).log &&
      from !== null &&
      before.to !== null &&
      Math.abs(from - before.to) <= LONGEST_CUT_MS;
    if (isNext && last !== undefined) parts.push({ source, whole: last.whole, linesBefore: last.linesBefore + last.lines, lines });
    else parts.push({ source, whole: source, linesBefore: 0, lines });
  }
  return parts;
}

function shiftsOf({ whole, linesBefore, lines }: Part, shifts: Shifts): readonly Shift[] {
  const within = (shifts.get(whole) ?? []).filter(({ fromLine }) => fromLine > linesBefore + 1 && fromLine <= linesBefore + lines);
  const atBegin = { fromLine: 0, byMs: shiftAt(shifts, whole, linesBefore + 1) };
  return [atBegin, ...within.map(({ fromLine, byMs }) => ({ fromLine: fromLine - linesBefore, byMs }))];
}
