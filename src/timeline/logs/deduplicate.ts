import { groupBy } from "../../model/collections/group-by.js";
import type { LogMark } from "../../model/event.js";
import type { DurationMs } from "../../model/time.js";
import { withoutLeakedHandlers } from "./leaked-handlers.js";
import { DOUBLED_LAG_MS, DOUBLED_SHARE, inTimeOrder, isIdentified, signature } from "./record-identity.js";

/** Two handlers stamp the same record apart by at most this much; wider would merge records that really are two. */
const HANDLER_LAG_MS: DurationMs = 5;

/**
 * Marks in time order, each record once. The same record often stands in a console twice: through the root handler and through
 * pytest's live log (which prints whole seconds), or in two files, and slightly out of order. A record of a coarser stream is a double of the
 * record with the same text whose stamp it holds; each record can be doubled once per stream, so true repetitions survive.
 * Copies inside one stream: leaked-handlers.ts.
 */
export function deduplicate(marks: readonly LogMark[]): { marks: readonly LogMark[]; doubles: number } {
  const streams = streamsOf(marks).map(withoutLeakedHandlers);
  const [only = []] = streams;
  if (streams.length <= 1) return { marks: only, doubles: marks.length - only.length };
  const ordered = streams.toSorted((a, b) => resolution(a) - resolution(b) || b.length - a.length || inTimeOrder(a[0], b[0]));
  const kept = new Map<string, LogMark[]>();
  for (const stream of ordered) {
    const lag = doublesThese(stream, kept) ? DOUBLED_LAG_MS : HANDLER_LAG_MS;
    const fresh = withoutPartners(stream, kept, lag);
    for (const [key, ofKey] of groupBy(fresh, signature)) kept.set(key, [...(kept.get(key) ?? []), ...ofKey].sort(inTimeOrder));
  }
  const result = [...kept.values()].flat().sort(inTimeOrder);
  return { marks: result, doubles: marks.length - result.length };
}

/** Marks of one file, in one format and with stamps of one resolution. */
function streamsOf(marks: readonly LogMark[]): readonly (readonly LogMark[])[] {
  const any = marks[0];
  if (any !== undefined && marks.every((mark) => isOfOneStream(mark, any))) return [marks];
  const streams = new Map<string, LogMark[]>();
  let stream: LogMark[] = [];
  let last: LogMark | undefined;
  for (let index = 0; index < marks.length; index += 1) {
    const mark = marks[index] as LogMark;
    if (last === undefined || !isOfOneStream(mark, last)) {
      const key = `${mark.evidence.source}/${mark.variant}/${mark.at.resolutionMs}`;
      stream = streams.get(key) ?? [];
      streams.set(key, stream);
    }
    stream.push(mark);
    last = mark;
  }
  return [...streams.values()];
}

function isOfOneStream(a: LogMark, b: LogMark): boolean {
  return a.evidence.source === b.evidence.source && a.variant === b.variant && a.at.resolutionMs === b.at.resolutionMs;
}

/** Whether most records of the stream that name a thing are known already. */
function doublesThese(stream: readonly LogMark[], kept: ReadonlyMap<string, readonly LogMark[]>): boolean {
  const identified = stream.filter(isIdentified);
  const known = identified.length - withoutPartners(identified, kept, DOUBLED_LAG_MS).length;
  return known > identified.length * DOUBLED_SHARE;
}

/** The records of the stream that are no double of a kept one. Both lists run in the order of time, so partners are found in one pass. */
function withoutPartners(stream: readonly LogMark[], kept: ReadonlyMap<string, readonly LogMark[]>, lag: DurationMs): LogMark[] {
  const next = new Map<string, number>();
  return stream.filter((mark) => {
    const key = signature(mark);
    const others = kept.get(key) ?? [];
    let at = next.get(key) ?? 0;
    for (; at < others.length; at += 1) {
      const other = others[at];
      if (other === undefined || other.at.at + other.at.resolutionMs > mark.at.at - lag) break;
    }
    const partner = others[at];
    const found = partner !== undefined && partner.at.at < mark.at.at + mark.at.resolutionMs + lag;
    next.set(key, found ? at + 1 : at);
    return !found;
  });
}

function resolution(stream: readonly LogMark[]): number {
  return stream[0]?.at.resolutionMs ?? 0;
}
