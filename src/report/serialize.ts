import type { Report } from "../model/report.js";

/** Rows that are turned into text at once. */
const ROWS = 500;

/** The report as JSON: keys in the order they were made in, two spaces, a line feed at the end. */
export function serializeReport(report: Report): string {
  return [...serializedParts(report)].join("");
}

/** The same in parts: the text of a large run is too long to hold as a whole. */
export function* serializedParts(report: Report): Generator<string> {
  let before = "{";
  for (const [name, value] of Object.entries(report)) {
    if (value === undefined) continue;
    yield `${before}\n  ${JSON.stringify(name)}: `;
    if (Array.isArray(value) && value.length > ROWS) yield* listParts(value);
    else yield indented(JSON.stringify(value, null, 2));
    before = ",";
  }
  yield "\n}\n";
}

function* listParts(rows: readonly unknown[]): Generator<string> {
  for (let from = 0; from < rows.length; from += ROWS) {
    const text = JSON.stringify(rows.slice(from, from + ROWS), null, 2);
    // Between its brackets.
    yield `${from === 0 ? "[" : ","}${indented(text.slice(1, -2))}`;
  }
  yield "\n  ]";
}

/** No text in JSON holds a line feed, so each begins a line. */
function indented(json: string): string {
  return json.replaceAll("\n", "\n  ");
}
