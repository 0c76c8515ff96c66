/**
 * Rows of JSON-lines loggers: pino (`time` in epoch milliseconds, `msg`), structlog (`timestamp`, `event`), python-json-logger (`asctime`,
 * `message`), the journal of systemd (`journalctl -o json`) and their like. Ignored on purpose: every other field.
 */
import type { JsonObject } from "../../model/text/json-object.js";
import { asText, parseObject } from "../json/json-fields.js";
import { epochStamp, parsePrintedStamp } from "../stamps/stamps.js";
import type { LogRecord } from "./log-record.js";

const TIME_FIELDS = ["time", "timestamp", "@timestamp", "ts", "asctime", "created", "datetime", "__REALTIME_TIMESTAMP"];
const MESSAGE_FIELDS = ["message", "msg", "event", "MESSAGE"];
const LOGGER_FIELDS = ["logger", "name", "logger_name", "loggerName", "SYSLOG_IDENTIFIER"];

/** Reads a line as a row of such a logger, or null where it is something else (a body, a Kubernetes object). */
export function parseJsonRecord(line: string): LogRecord | null {
  if (!line.trimEnd().endsWith("}")) return null;
  const row = parseObject(line);
  return row && readRow(row, line);
}

function readRow(row: JsonObject, line: string): LogRecord | null {
  const message = MESSAGE_FIELDS.map((field) => row[field]).find((value) => typeof value === "string");
  if (message === undefined || "apiVersion" in row) return null;
  for (const field of TIME_FIELDS) {
    const stamp = readTime(field, row[field], line);
    if (stamp) return { ...stamp, logger: firstText(row), variant: "json", message: asText(message) };
  }
  return null;
}

function firstText(row: JsonObject): string {
  return LOGGER_FIELDS.map((field) => asText(row[field])).find((text) => text !== "") ?? "";
}

function readTime(field: string, value: unknown, line: string): Pick<LogRecord, "at" | "resolutionMs" | "zoneMinutes"> | undefined {
  const printed = typeof value === "string" ? parsePrintedStamp(value) : undefined;
  if (printed !== undefined) return printed;
  const stamp = epochStamp(typeof value === "number" ? printedNumber(field, value, line) : asText(value));
  return stamp && { ...stamp, zoneMinutes: 0 };
}

const PRINTED_NUMBERS = new Map(
  TIME_FIELDS.map((field) => [field, new RegExp(String.raw`"${field}"\s{0,9}:\s{0,9}(\d{1,20}(?:\.\d{1,20})?)`)]),
);

/** A number with the zeros at its end, which parsing loses. Where another object has a field of this name before, without them. */
function printedNumber(field: string, value: number, line: string): string {
  const printed = PRINTED_NUMBERS.get(field)?.exec(line)?.[1];
  return printed !== undefined && Number(printed) === value ? printed : String(value);
}
