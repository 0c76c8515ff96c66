/** Investigations of which a log has no line although its headers number them: a part of it is lost, and nothing tells which of the lines around the gap are whose. */
import { firstIndex } from "../../model/collections/first-index.js";
import { sorted } from "../../model/statistics/statistics.js";
import type { Point } from "../../model/timeline.js";
import type { Draft } from "./draft.js";
import { changedPoint } from "./mark-point.js";

/** So many headers must follow each other for a log to number its investigations one by one. */
const FEWEST_STEPS = 5;
/** Where more of its headers than this share skip numbers, others take part in the numbering. */
const MOST_SKIPS = 0.1;

/** Two headers that follow each other in a log, between whose numbers others are missing: the stretch from the one to the other. */
interface Skip {
  readonly before: Draft;
  readonly after: Draft;
  readonly missing: number;
  readonly from: Point;
  readonly to: Point;
}

/**
 * Makes the lines between two such headers uncertain: they may be of the first of them, or of the last one that is missing. How many are missing stands with the draft before them.
 *
 * @param drafts in the order of the log
 */
export function breakAtSkips(drafts: readonly Draft[]): void {
  const skips = skipsIn(drafts);
  for (const { before, missing } of skips) before.skipped = missing;
  for (const draft of skips.length === 0 ? [] : drafts) {
    for (const { from, to } of skipsAround(draft, skips)) {
      const isBetween = (point: Point) => !isBefore(point, from) && isBefore(point, to);
      if (!draft.points.some(isBetween)) continue;
      draft.brokenOff = true;
      draft.points = draft.points.map((point) => (isBetween(point) ? changedPoint(point, { uncertain: true }) : point));
    }
  }
}

/** Those that may lie between the first and the last line of a draft; they follow each other in the log. */
function skipsAround(draft: Draft, skips: readonly Skip[]): readonly Skip[] {
  const [first, last] = [draft.points[0], draft.points.at(-1)];
  if (first === undefined || last === undefined) return [];
  const lower = firstIndex(skips, ({ to }) => isBefore(first, to));
  const upper = firstIndex(skips, ({ from }) => isBefore(last, from));
  return skips.slice(lower, upper).filter(({ after }) => after !== draft);
}

function skipsIn(drafts: readonly Draft[]): readonly Skip[] {
  const numbered = drafts.filter((draft): draft is Draft & { announcedIndex: number } => draft.announcedIndex !== null);
  const steps = numbered.slice(1).map((after, index) => {
    const before = numbered[index] as (typeof numbered)[number];
    return { before, after, missing: after.announcedIndex - before.announcedIndex - 1, from: before.points[0], to: after.points[0] };
  });
  const oneByOne = steps.filter(({ missing }) => missing === 0).length;
  const skips = steps.filter((step): step is typeof step & Skip => step.missing > 0 && step.from !== undefined && step.to !== undefined);
  if (oneByOne < FEWEST_STEPS || skips.length > Math.max(1, steps.length * MOST_SKIPS)) return [];
  const numbers = sorted(numbered.map(({ announcedIndex }) => announcedIndex));
  const next = (number: number) => numbers[firstIndex(numbers, (other) => other > number)];
  // Threads may print their headers in another order.
  return skips.filter(({ before, after }) => next(before.announcedIndex) === after.announcedIndex);
}

/** In the order of their lines; of two files, of their times. */
function isBefore({ at, evidence }: Point, other: Point): boolean {
  return evidence.source === other.evidence.source ? evidence.line < other.evidence.line : at < other.at;
}
