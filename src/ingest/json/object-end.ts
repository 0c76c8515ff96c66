/** Finds the end of an object without looking into it. */
const NEWLINE = 10;
const QUOTE = 34;
const BACKSLASH = 92;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;
const OPEN_ARRAY = 91;

/** How far the search for the end of an object came. */
export interface ObjectExtent {
  /** Behind its closing brace; -1 where the text is over before, -2 where the object breaks off. */
  readonly end: number;
  /** How far the search went. */
  readonly searched: number;
  readonly lineEnds: number;
  /** Brackets of both kinds that open in it. */
  readonly brackets: number;
}

/**
 * Where the object ends that begins at this place, by its braces and texts alone: exact for what JSON.parse then accepts, a guess for anything
 * else. A line that begins with a brace begins another object.
 */
export function findObjectEnd(text: string, from: number): ObjectExtent {
  let depth = 0;
  let lineEnds = 0;
  let brackets = 0;
  let at = from;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = textEnd(text, at + 1);
      if (at < 0) return { end: at, searched: text.length, lineEnds, brackets };
    } else if (code === OPEN_OBJECT) {
      depth += 1;
      brackets += 1;
    } else if (code === CLOSE_OBJECT) {
      depth -= 1;
      if (depth === 0) return { end: at + 1, searched: at, lineEnds, brackets };
    } else if (code === OPEN_ARRAY) brackets += 1;
    else if (code === NEWLINE) {
      lineEnds += 1;
      if (text.charCodeAt(at + 1) === OPEN_OBJECT) return { end: -2, searched: at, lineEnds, brackets };
    }
  }
  return { end: -1, searched: at, lineEnds, brackets };
}

/** Where the quote stands that ends a text; -1 where the chunk is over before, -2 where a line end stands in it. */
function textEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at;
    if (code === BACKSLASH) at += 1;
    else if (code === NEWLINE) return -2;
  }
  return -1;
}
