import { readFile } from "node:fs/promises";
import type { z } from "zod";
import { PostrunError } from "../model/errors.js";
import { suggestion } from "../model/nearest.js";

/** YAML lets aliases multiply; a file written by people needs few. */
const mostAliases = 100;
const largestFile = 5_000_000;

/** Reads a YAML (or JSON) file and checks it. Throws a PostrunError that names the file, the place and what was expected there. */
export async function readYaml<T>(path: string, what: string, schema: z.ZodType<T>): Promise<T> {
  const text = await readText(path, what);
  const { LineCounter, parseDocument } = await import("yaml");
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter });
  const place = (offset: number): string => {
    const { line, col } = lineCounter.linePos(offset);
    return `${path}:${line}:${col}`;
  };
  const [broken] = document.errors;
  if (broken !== undefined) throw new PostrunError("config", `${place(broken.pos[0])}: not valid YAML: ${firstLine(broken.message)}`);
  const result = schema.safeParse(plain(() => document.toJS({ maxAliasCount: mostAliases }), path));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  if (issue === undefined) throw new PostrunError("config", `${path}: not a ${what}`);
  // The innermost part of the path that the file has: a missing key has no place of its own, its parent has.
  const keys = [...issue.path.map((key) => (typeof key === "symbol" ? String(key) : key))];
  let node: unknown;
  for (let depth = keys.length; depth > 0 && node === undefined; depth--) node = document.getIn(keys.slice(0, depth), true) ?? undefined;
  const unknown = issue.code === "unrecognized_keys" ? keyStart(keys.length > 0 ? node : document.contents, issue.keys[0]) : undefined;
  const offset = unknown ?? rangeStart(node) ?? 0;
  const named = keys.length > 0 ? `${keys.join(".")}: ` : "";
  throw new PostrunError("config", `${place(offset)}: ${named}${issue.message}`, unknownKeyHint(issue, schema, keys));
}

async function readText(path: string, what: string): Promise<string> {
  try {
    const text = await readFile(path, "utf8");
    if (text.length > largestFile) throw new PostrunError("config", `${path}: too large for a ${what}`);
    return text;
  } catch (error) {
    if (error instanceof PostrunError) throw error;
    const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    throw new PostrunError("config", `${path}: cannot read the ${what} (${code})`);
  }
}

function plain(read: () => unknown, path: string): unknown {
  try {
    return read();
  } catch (error) {
    throw new PostrunError("config", `${path}: ${error instanceof Error ? firstLine(error.message) : "not valid YAML"}`);
  }
}

const firstLine = (text: string): string => text.split("\n")[0] ?? "";

function rangeStart(node: unknown): number | undefined {
  if (typeof node !== "object" || node === null || !("range" in node) || !Array.isArray(node.range)) return undefined;
  const start: unknown = node.range[0];
  return typeof start === "number" ? start : undefined;
}

/** Where a key of a mapping stands. */
function keyStart(mapping: unknown, name: string | undefined): number | undefined {
  const pairs = property(mapping, "items");
  if (!Array.isArray(pairs)) return undefined;
  const keys = pairs.map((pair: unknown) => property(pair, "key"));
  return rangeStart(keys.find((key) => property(key, "value") === name));
}

/** For a key that the schema does not know: the one that was probably meant. */
function unknownKeyHint(issue: z.core.$ZodIssue, schema: z.ZodType, path: readonly (string | number)[]): string | undefined {
  if (issue.code !== "unrecognized_keys") return undefined;
  const known = keysAt(schema, path);
  const [key] = issue.keys;
  return key === undefined || known.length === 0 ? undefined : suggestion(key, known);
}

/** Keys that the schema allows at a path; none where it branches. */
function keysAt(schema: z.ZodType, path: readonly (string | number)[]): string[] {
  let current: unknown = schema;
  for (const key of path) current = step(unwrapped(current), key);
  const shape = property(unwrapped(current), "shape");
  return typeof shape === "object" && shape !== null ? Object.keys(shape) : [];
}

function property(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && name in value ? Reflect.get(value, name) : undefined;
}

function unwrapped(schema: unknown): unknown {
  const inner = property(property(schema, "def"), "innerType");
  return inner === undefined ? schema : unwrapped(inner);
}

function step(schema: unknown, key: string | number): unknown {
  if (typeof key === "number") return property(schema, "element");
  const shape = property(schema, "shape");
  return typeof shape === "object" && shape !== null && Object.hasOwn(shape, key) ? Reflect.get(shape, key) : undefined;
}
