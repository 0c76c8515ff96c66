import type { LogMark } from "../model/event.js";
import { groupBy } from "../model/group-by.js";

/** Two handlers stamp the same record apart by at most this much; wider would merge records that really are two. */
const HANDLER_LAG_MS = 5;

/** Keys that name one thing: a record with one of them does not truly occur twice in the same millisecond. */
const IDENTIFYING_GROUPS = ["jobId", "port", "index"];

/**
 * Marks in time order, each record once. The same record often stands in a console twice: through the root handler and through
 * pytest's live log (which prints whole seconds), or in two files. A record of a coarser stream is a double of the record with the
 * same text whose stamp it holds; each record can be doubled once per stream, so true repetitions survive.
 */
export function deduplicate(marks: readonly LogMark[]): { marks: LogMark[]; doubles: number } {
  const streams = [...groupBy(marks, (mark) => `${mark.evidence.source}/${mark.variant}/${mark.at.resolutionMs}`).values()].map(
    withoutDoubledHandlers,
  );
  streams.sort((a, b) => resolution(a) - resolution(b) || b.length - a.length || order(a[0], b[0]));
  const kept = new Map<string, LogMark[]>();
  for (const stream of streams) {
    const taken = new Set<LogMark>();
    const fresh: LogMark[] = [];
    for (const mark of stream) {
      const double = untakenAt(kept.get(signature(mark)) ?? [], mark, taken);
      if (double === undefined) fresh.push(mark);
      else taken.add(double);
    }
    for (const [key, added] of groupBy(fresh, signature)) kept.set(key, [...(kept.get(key) ?? []), ...added].sort(order));
  }
  const result = [...kept.values()].flat().sort(order);
  return { marks: result, doubles: marks.length - result.length };
}

/** In a stream where most records that can only occur once stand there several times, every record is doubled alike. */
function withoutDoubledHandlers(stream: readonly LogMark[]): LogMark[] {
  const groups = groupBy(stream, (mark) => `${mark.at.at}/${signature(mark)}`);
  const identifying = [...groups.values()].filter(([first]) => IDENTIFYING_GROUPS.some((key) => first?.groups[key] !== undefined));
  const doubled = identifying.filter((group) => group.length > 1).length;
  const handlersDoubled = doubled * 2 > identifying.length;
  return [...groups.values()].flatMap((group) => {
    const identified = IDENTIFYING_GROUPS.some((key) => group[0]?.groups[key] !== undefined);
    return identified || handlersDoubled ? group.slice(0, 1) : group;
  });
}

/** The first free record of an ordered list, none of them coarser than `mark`, that stands for the same moment. */
function untakenAt(ordered: readonly LogMark[], mark: LogMark, taken: ReadonlySet<LogMark>): LogMark | undefined {
  const from = mark.at.at - mark.at.resolutionMs - HANDLER_LAG_MS;
  const to = mark.at.at + mark.at.resolutionMs + HANDLER_LAG_MS;
  let low = 0;
  let high = ordered.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ordered[middle] as LogMark).at.at < from) low = middle + 1;
    else high = middle;
  }
  for (let index = low; index < ordered.length; index += 1) {
    const other = ordered[index] as LogMark;
    if (other.at.at >= to) return undefined;
    if (!taken.has(other) && sameMoment(other, mark)) return other;
  }
  return undefined;
}

function sameMoment(fine: LogMark, coarse: LogMark): boolean {
  const from = coarse.at.at - HANDLER_LAG_MS;
  const to = coarse.at.at + coarse.at.resolutionMs + HANDLER_LAG_MS;
  return fine.at.at < to && fine.at.at + fine.at.resolutionMs > from;
}

function signature(mark: LogMark): string {
  return `${mark.mark}/${mark.message}`;
}

function resolution(stream: readonly LogMark[]): number {
  return stream[0]?.at.resolutionMs ?? 0;
}

function order(a: LogMark | undefined, b: LogMark | undefined): number {
  if (a === undefined || b === undefined) return 0;
  return a.at.at - b.at.at || a.evidence.source - b.evidence.source || a.evidence.line - b.evidence.line;
}
