import { readFile } from "node:fs/promises";
import type { Document, ParsedNode } from "yaml";
import type { z } from "zod";
import { PostrunError, systemReason } from "../model/errors.js";
import type { LintProblem } from "./lint-problem.js";
import { type SchemaProblem, schemaProblems } from "./schema-problems.js";

/** YAML lets aliases multiply; a file written by people needs few. */
const mostAliases = 100;
const largestFile = 5_000_000;

/** More problems at once are not read. */
const MOST_PROBLEMS = 10;

/** A file that was read and fits its schema. */
export interface YamlFile<T> {
  readonly data: T;
  /** Throws a PostrunError that names each problem with its place in the file, if there is one. */
  readonly refuse: (problems: readonly LintProblem[]) => void;
}

/** One problem with its place in a file. */
interface PlacedProblem {
  readonly text: string;
  readonly hint?: string | undefined;
}

/**
 * Reads a YAML (or JSON) file and checks it. Throws a PostrunError that names the file, the places and what was expected there.
 * @param asWritten mappings at the top of the file whose values are texts: 1.10 is no number there
 */
export async function readYaml<T>(
  path: string,
  what: string,
  schema: z.ZodType<T>,
  { asWritten = [] }: { readonly asWritten?: readonly string[] } = {},
): Promise<YamlFile<T>> {
  const text = await readText(path, what);
  const { LineCounter, parseDocument, isMap, isScalar } = await import("yaml");
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter });
  const place = (offset: number): string => {
    const { line, col } = lineCounter.linePos(offset);
    return `${path}:${line}:${col}`;
  };
  const [broken] = document.errors;
  if (broken !== undefined) {
    const { line } = lineCounter.linePos(broken.pos[0]);
    const hint = quotingHint(broken.code, text.split("\n").slice(Math.max(0, line - 2), line));
    throw new PostrunError("config", `${place(broken.pos[0])}: not valid YAML: ${firstLine(broken.message)}`, hint);
  }
  for (const name of asWritten) {
    const mapping: unknown = isMap(document.contents) ? document.get(name, true) : undefined;
    for (const { value } of isMap(mapping) ? mapping.items : [])
      if (isScalar(value) && value.value !== null && value.source !== undefined) value.value = value.source;
  }
  const data = plain(() => document.toJS({ maxAliasCount: mostAliases }) as unknown, path);
  const result = schema.safeParse(data);
  if (!result.success) {
    const sourceOf = (keys: readonly (string | number)[]) => {
      const node = document.getIn(keys, true);
      return isScalar(node) ? node.source : undefined;
    };
    const problems = schemaProblems(result.error.issues, { schema, data, sourceOf });
    refuseAll(problems.map((problem) => placed(problem, document, place)));
    throw new PostrunError("config", `${path}: not a ${what}`);
  }
  return {
    data: result.data,
    refuse: (problems) =>
      refuseAll(
        problems.map((problem) => {
          const offset = startOf(nodeNamed(document.contents, problem.place.split(".")));
          return { text: `${place(offset ?? 0)}: ${problem.place}: ${problem.message}`, hint: problem.hint };
        }),
      ),
  };
}

function refuseAll(problems: readonly PlacedProblem[]): void {
  const [first, ...others] = problems;
  if (first === undefined) return;
  if (others.length === 0) throw new PostrunError("config", first.text, first.hint);
  const shown = problems.slice(0, MOST_PROBLEMS).map(({ text, hint }) => (hint === undefined ? text : `${text} (${hint})`));
  const more = problems.length > MOST_PROBLEMS ? [`and ${problems.length - MOST_PROBLEMS} more`] : [];
  throw new PostrunError("config", [...shown, ...more].join("\n"));
}

function placed(
  { keys, unknownKey, message, hint }: SchemaProblem,
  document: Document.Parsed,
  place: (offset: number) => string,
): PlacedProblem {
  // The innermost part of the path that the file has: a missing key has no place of its own, its parent has.
  let node: unknown = keys.length === 0 ? document.contents : undefined;
  for (let depth = keys.length; depth > 0 && node === undefined; depth--) node = document.getIn(keys.slice(0, depth), true) ?? undefined;
  const named = keys.length > 0 ? `${keys.join(".")}: ` : "";
  const offset = unknownKey === undefined ? startOf(node) : (startOf(pairOf(node, unknownKey)?.key) ?? startOf(node));
  return { text: `${place(offset ?? 0)}: ${named}${message}`, hint };
}

/** What is wrong with YAML for want of quotes around an expression. @param lines the line that cannot be read, and the one before it */
function quotingHint(code: string, lines: readonly string[]): string | undefined {
  if (code === "BAD_DQ_ESCAPE") return "write expressions in single quotes: in double quotes YAML reads a backslash itself";
  return lines.some((line) => /\S.* #/.test(line)) ? 'without quotes " #" begins a comment: write the text in single quotes' : undefined;
}

async function readText(path: string, what: string): Promise<string> {
  try {
    const text = await readFile(path, "utf8");
    if (text.length > largestFile)
      throw new PostrunError(
        "config",
        `${path}: ${text.length} characters are too many for a ${what}, which has at most ${largestFile}`,
        `give the path of the ${what} itself`,
      );
    return text;
  } catch (error) {
    if (error instanceof PostrunError) throw error;
    throw new PostrunError(
      "config",
      `${path}: cannot read the ${what} (${systemReason(error)})`,
      `give the path of the ${what} itself, a YAML file`,
    );
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

/** The innermost node on the way that the parts of a dotted place name: keys, and of entries of a list the number or the id. */
function nodeNamed(root: ParsedNode | null, parts: readonly string[]): unknown {
  let node: unknown = root;
  for (const part of parts) {
    const next = pairOf(node, part)?.value ?? itemsOf(node).find((item, index) => String(index) === part || idOf(item) === part);
    if (next === undefined || next === null) break;
    node = next;
  }
  return node;
}

const idOf = (node: unknown): unknown => property(pairOf(node, "id")?.value, "value");

function itemsOf(node: unknown): readonly unknown[] {
  const items = property(node, "items");
  return Array.isArray(items) ? items : [];
}

function pairOf(node: unknown, name: string): { readonly key: unknown; readonly value: unknown } | undefined {
  const pair = itemsOf(node).find((item) => property(property(item, "key"), "value") === name);
  return pair === undefined ? undefined : { key: property(pair, "key"), value: property(pair, "value") };
}

function startOf(node: unknown): number | undefined {
  const range = property(node, "range");
  const start: unknown = Array.isArray(range) ? range[0] : undefined;
  return typeof start === "number" ? start : undefined;
}

function property(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && name in value ? Reflect.get(value, name) : undefined;
}
