import type { TextSource } from "./text-source.js";

/** Longest piece of a line kept [characters]; the rest of such a line is dropped, the line still counts once. */
const LINE_LIMIT = 1024 * 1024;

/**
 * Calls for each physical line, from 1. `terminated` is false for a last line without a line end. Returns the number of lines that were
 * longer than the limit and so handed over cut.
 */
export async function forEachLine(
  source: TextSource,
  onLine: (text: string, line: number, terminated: boolean) => void,
  limit = LINE_LIMIT,
): Promise<number> {
  let line = 0;
  let cut = 0;
  let pending = "";
  let overflow = false;
  const append = (piece: string): void => {
    const room = limit - pending.length;
    if (piece.length > room) overflow = true;
    if (room > 0) pending += piece.slice(0, room);
  };
  const hand = (terminated: boolean): void => {
    line += 1;
    if (overflow) cut += 1;
    const text = pending;
    pending = "";
    overflow = false;
    onLine(text, line, terminated);
  };
  for await (const chunk of source.chunks) {
    let at = 0;
    for (let end = chunk.indexOf("\n"); end !== -1; end = chunk.indexOf("\n", at)) {
      append(chunk.slice(at, end));
      at = end + 1;
      hand(true);
    }
    append(chunk.slice(at));
  }
  if (pending !== "") hand(false);
  return cut;
}
