/** What a redrawn view does to a terminal (ECMA-48): pure functions of what was drawn and of how wide the terminal is. */

const ESCAPE = String.fromCharCode(27);
/** Select Graphic Rendition: colours, which take no room. */
const COLOUR = new RegExp(`${ESCAPE}\\[[\\d;]*m`, "g");
/** Letters that take two columns (Unicode UAX 11, W and F), and pictures. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** Columns that a line takes. */
function columnsOf(line: string): number {
  let columns = 0;
  for (const letter of line.replace(COLOUR, "")) columns += WIDE.test(letter) ? 2 : 1;
  return columns;
}

/** The line, or as much of its beginning as fits with the sign that something is missing. A line is coloured as a whole or not at all. */
export function cut(line: string, width: number): string {
  if (columnsOf(line) <= width) return line;
  const [before = "", after = ""] = line.match(COLOUR) ?? [];
  let [kept, columns] = ["", 0];
  for (const letter of line.replace(COLOUR, "")) {
    columns += columnsOf(letter);
    if (columns > width - 1) break;
    kept += letter;
  }
  return `${before}${kept}…${after}`;
}

/** Takes lines away that were drawn last, on a terminal that may have become narrower since: then they have wrapped. */
export function erased(lines: readonly string[], width: number): string {
  const rows = lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(columnsOf(line) / Math.max(1, width))), 0);
  // To the first column too: what was typed meanwhile, a ^C, stands before the cursor.
  return rows === 0 ? "" : `\r${ESCAPE}[${rows}A${ESCAPE}[J`;
}
