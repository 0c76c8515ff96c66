/**
 * Rows of a capturing tool's own log (`{"level","time","message"}`) between the data. kubernetes-event-exporter says there what it threw away:
 * https://github.com/resmoio/kubernetes-event-exporter ("Event discarded as being older then maxEventAgeSeconds").
 */
import { isObject, type JsonObject } from "../../model/text/json-object.js";
import { asText } from "../json/json-fields.js";

const LOSS = /\b(?:discard(?:ed|ing)?|dropped|dropping)\b/i;
/** Fields in which a row may count what it lost. */
const COUNTS = ["count", "discarded", "dropped"];

/** Whether the row is of a tool's own log and not data. */
export function isLogRow(row: JsonObject): boolean {
  if (isObject(row.metadata) || isObject(row.involvedObject) || isObject(row.object)) return false;
  const named = asText(row.message) !== "" || asText(row.msg) !== "";
  return named && asText(row.level) !== "" && (row.time !== undefined || row.ts !== undefined);
}

/** How many records a row says were lost; 0 where it speaks of something else. */
export function declaredLoss(row: JsonObject): number {
  const message = asText(row.message) || asText(row.msg);
  if (!LOSS.test(message)) return 0;
  const counted = COUNTS.map((field) => row[field]).find((value) => typeof value === "number" && Number.isSafeInteger(value) && value > 0);
  if (typeof counted === "number") return counted;
  const named = /\b(\d{1,9}) (?:events?|records?|messages?)\b/i.exec(message)?.[1];
  return named === undefined ? 1 : Number(named);
}
