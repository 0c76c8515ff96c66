/**
 * What a terminal makes of a line. Colours and the like change nothing of its text. Where the cursor goes back to the beginning (a carriage return, or the line is
 * erased), what follows is drawn over what stood there, as progress bars do.
 */

const RETURN = "\r";
const ESCAPE = String.fromCharCode(27);
const BELL = String.fromCharCode(7);
/**
 * Control sequences of a terminal (ECMA-48, section 5.4), commands of its operating system (section 8.3.89) such as titles, character sets (ECMA-35, section 14)
 * and the private ones of two characters that terminals are set up with.
 */
const SEQUENCE = new RegExp(
  `${ESCAPE}(?:\\[[0-9;?]*[ -/]*[@-~]|\\][^${BELL}${ESCAPE}]{0,300}(?:${BELL}|${ESCAPE}\\\\)|[ -/]{1,2}[0-~]|[78=>DEHMNOZc])`,
  "g",
);
/** Those after which nothing stands on the line, or the cursor at its beginning: erasure of it or of the screen, first column, another line, a place. */
const RESTART = new RegExp(`^${ESCAPE}\\[(?:[12]K|[123]J|[01]?G|\\d*[EF]|[\\d;]*[Hf])$`);

/** The texts drawn one over the other, first to last, those of nothing but spaces left out: mostly one, and at least an empty one. */
export function drawings(line: string): readonly string[] {
  const escaped = line.includes(ESCAPE);
  if (!escaped && !line.includes(RETURN)) return [line];
  const text = escaped ? line.replace(SEQUENCE, (sequence) => (RESTART.test(sequence) ? RETURN : "")) : line;
  if (!text.includes(RETURN)) return [text];
  const drawn = text.split(RETURN).filter((piece) => piece.trim() !== "");
  return drawn.length === 0 ? [""] : drawn;
}
