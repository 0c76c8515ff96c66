import { isObject, type JsonObject, parseJson } from "../../model/text/json-object.js";

const EMPTY: JsonObject = {};
const NOTHING: readonly unknown[] = [];

/** The value as an object; anything else (null and absent alike) as an empty one. */
export function asObject(value: unknown): JsonObject {
  return isObject(value) ? value : EMPTY;
}

/** Reads a text as one JSON object, or null where it is something else or cannot be read. */
export function parseObject(text: string): JsonObject | null {
  const parsed = parseJson(text);
  return isObject(parsed) ? parsed : null;
}

/** The value as a list; anything else as an empty one. */
export function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : NOTHING;
}

/** The value as text; anything else as "". */
export function asText(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** A finite number, or undefined. */
export function asNumber(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** A whole number of seconds or of repetitions as the API limits it (32 bits), or undefined. */
export function asWhole(value: unknown): number | undefined {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value < 2 ** 31 ? value : undefined;
}
