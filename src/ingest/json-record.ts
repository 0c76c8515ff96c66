/**
 * Rows of JSON-lines loggers: pino (`time` in epoch milliseconds, `msg`), structlog (`timestamp`, `event`), python-json-logger (`asctime`,
 * `message`) and their like. Ignored on purpose: every other field.
 */
import { asText, type JsonObject, parseObject } from "./json-fields.js";
import type { LogRecord } from "./log-record.js";
import { epochStamp, parsePrintedStamp } from "./stamps.js";

const TIME_FIELDS = ["time", "timestamp", "@timestamp", "ts", "asctime", "created", "datetime"];
const MESSAGE_FIELDS = ["message", "msg", "event"];
const LOGGER_FIELDS = ["logger", "name", "logger_name", "loggerName"];

/** Reads a line as a row of such a logger, or null where it is something else (a body, a Kubernetes object). */
export function parseJsonRecord(line: string): LogRecord | null {
  if (!line.trimEnd().endsWith("}")) return null;
  const row = parseObject(line);
  return row && readJsonRecord(row);
}

/** The same for a row that is parsed already. */
function readJsonRecord(row: JsonObject): LogRecord | null {
  const message = MESSAGE_FIELDS.map((field) => row[field]).find((value) => typeof value === "string");
  if (message === undefined || "apiVersion" in row) return null;
  for (const field of TIME_FIELDS) {
    const stamp = readTime(row[field]);
    if (stamp) return { ...stamp, logger: firstText(row), variant: "json", message: asText(message) };
  }
  return null;
}

function firstText(row: JsonObject): string {
  return LOGGER_FIELDS.map((field) => asText(row[field])).find((text) => text !== "") ?? "";
}

function readTime(value: unknown): Pick<LogRecord, "at" | "resolutionMs" | "zoneMinutes"> | undefined {
  if (typeof value === "string") return parsePrintedStamp(value);
  const stamp = typeof value === "number" ? epochStamp(value) : undefined;
  return stamp && { ...stamp, zoneMinutes: 0 };
}
