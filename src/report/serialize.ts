import type { Report } from "../model/report.js";

/** Rows that are turned into text at once. */
const ROWS = 100;
/** Objects this deep may hold long lists: the points of a curve of open Jobs. Rows of lists never do. */
const LONG_DEPTH = 4;

/** The report as JSON: keys in the order they were made in, two spaces, a line feed at the end. */
export function serializeReport(report: Report): string {
  return [...serializedParts(report)].join("");
}

/** The same in parts: the text of a large run is too long to hold as a whole. */
export function* serializedParts(report: Report): Generator<string> {
  yield* parts(report, 0);
  yield "\n";
}

/** Text of a value that stands at this depth. */
function* parts(value: unknown, depth: number): Generator<string> {
  if (Array.isArray(value) && value.length > ROWS) yield* listParts(value, depth);
  else if (typeof value !== "object" || value === null || Array.isArray(value) || depth >= LONG_DEPTH) yield textAt(value, depth);
  else yield* fieldParts(value, depth);
}

function* fieldParts(fields: object, depth: number): Generator<string> {
  let before = "{";
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    yield `${before}${line(depth + 1)}${JSON.stringify(name)}: `;
    yield* parts(value, depth + 1);
    before = ",";
  }
  yield before === "{" ? "{}" : `${line(depth)}}`;
}

function* listParts(rows: readonly unknown[], depth: number): Generator<string> {
  const end = `${line(depth)}]`;
  for (let from = 0; from < rows.length; from += ROWS) {
    const text = textAt(rows.slice(from, from + ROWS), depth);
    yield `${from === 0 ? "[" : ","}${text.slice(1, -end.length)}`;
  }
  yield end;
}

/** As JSON indents it where it stands: inside as many objects, whose own text is cut off. That is faster than to indent it afterwards. */
function textAt(value: unknown, depth: number): string {
  let inside = value;
  let before = 0;
  let after = 0;
  for (let level = depth; level > 0; level -= 1) {
    inside = { x: inside };
    before += `{${line(level)}"x": `.length;
    after += `${line(level - 1)}}`.length;
  }
  const text = JSON.stringify(inside, null, 2);
  return text.slice(before, text.length - after);
}

function line(depth: number): string {
  return `\n${"  ".repeat(depth)}`;
}
