import type { Report } from "../model/report.js";
import { JsonBytes } from "./json-bytes.js";

/** Objects this deep may be long: the points of a curve of open Jobs. Rows of the report's lists never are. */
const LONG_DEPTH = 4;

/** The report as JSON: keys in the order they were made in, two spaces, a line feed at the end. */
export function serializeReport(report: Report): string {
  return Buffer.concat([...serializedParts(report)]).toString("utf8");
}

/** The same in parts, as UTF-8: the text of a large run is too long to hold as a whole. */
export function* serializedParts(report: Report): Generator<Buffer> {
  const json = new JsonBytes(2);
  yield* longParts(json, report, 0);
  json.ascii("\n");
  yield json.rest();
}

/** Writes a value that may be long, and hands on what is ready between its rows. */
function* longParts(json: JsonBytes, value: unknown, depth: number): Generator<Buffer> {
  if (typeof value !== "object" || value === null || depth >= LONG_DEPTH) {
    json.value(value, depth);
    return;
  }
  const isList = Array.isArray(value);
  json.ascii(isList ? "[" : "{");
  let isFirst = true;
  for (const [name, entry] of isList ? value.entries() : Object.entries(value)) {
    if (typeof name === "number") {
      json.next(isFirst, depth + 1);
      json.value(entry, depth + 1);
    } else {
      if (entry === undefined) continue;
      json.name(name, isFirst, depth + 1);
      yield* longParts(json, entry, depth + 1);
    }
    isFirst = false;
    const piece = json.piece();
    if (piece !== undefined) yield piece;
  }
  if (!isFirst) json.next(true, depth);
  json.ascii(isList ? "]" : "}");
}
