/** What a schema finds wrong in a file, in the words of whoever wrote it: what was expected there, and what was probably meant. */
import type { z } from "zod";
import { nearest } from "../model/text/nearest.js";

type Key = string | number;
type Issue = z.core.$ZodIssue;

export interface SchemaProblem {
  /** Where in the file. */
  readonly keys: readonly Key[];
  /** A key there that the schema does not know. */
  readonly unknownKey?: string;
  readonly message: string;
  readonly hint?: string | undefined;
}

/** What was checked, and against what. */
interface Checked {
  readonly schema: z.ZodType;
  readonly data: unknown;
  /** How a value is written in the file. */
  readonly sourceOf: (keys: readonly Key[]) => string | undefined;
}

/** In order of the schema. A key that is missing because another was meant to be it is told with that one alone. */
export function schemaProblems(issues: readonly Issue[], checked: Checked): SchemaProblem[] {
  const found = issues.flatMap((issue) => problemsOf(issue, keysOf(issue), checked));
  const meant = new Set(found.flatMap(({ keys, unknownKey, hint }) => (unknownKey === undefined ? [] : [`${keys.join(".")}: ${hint}`])));
  return found.filter(
    ({ keys, message }) => !message.startsWith(MISSING) || !meant.has(`${keys.slice(0, -1).join(".")}: ${didYouMean(String(keys.at(-1)))}`),
  );
}

const MISSING = "is missing";

const didYouMean = (name: string) => `did you mean ${name}?`;

function keysOf({ path }: Issue): Key[] {
  return path.map((key) => (typeof key === "symbol" ? String(key) : key));
}

function problemsOf(issue: Issue, keys: readonly Key[], checked: Checked): SchemaProblem[] {
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey(key, keys, checked));
  if (issue.code === "invalid_union" && issue.errors.length > 0) {
    // Of a form that fits as a whole, what is wrong in it.
    const inner = issue.errors.find((errors) => !errors.some(isOfAnotherKind));
    if (inner !== undefined) return inner.flatMap((one) => problemsOf(one, [...keys, ...keysOf(one)], checked));
  }
  if (issue.code === "invalid_union" && issue.discriminator !== undefined) return [unknownForm(issue.discriminator, keys, checked)];
  const value = valueAt(checked.data, keys);
  const expected = expectedOf(issue, schemaAt(checked.schema, keys, checked.data));
  if (value === undefined) return [{ keys, message: `${MISSING}: ${expected === undefined ? issue.message : `expected ${expected}`}` }];
  const message = issue.code === "invalid_union" && expected !== undefined ? `expected ${expected}` : issue.message;
  return [{ keys, message, hint: hintFor(issue, value, keys, checked) }];
}

/** The value is not of the kind at all that this form of a union has. */
function isOfAnotherKind(issue: Issue): boolean {
  return issue.path.length === 0 && (issue.code === "invalid_type" || issue.code === "invalid_value");
}

/** The key that says which of several forms is meant (the name of a metric) is missing, or says none of them. */
function unknownForm(discriminator: string, keys: readonly Key[], { schema, data }: Checked): SchemaProblem {
  const forms = optionsOf(schemaAt(schema, keys.slice(0, -1), data));
  const values = forms.flatMap((form) => definition(property(definition(form, "shape"), discriminator), "values")).map(String);
  const value = valueAt(data, keys);
  if (value === undefined) return { keys, message: `${MISSING}: expected one of ${values.join(", ")}` };
  return { keys, message: `"${value}" is none of ${values.join(", ")}`, hint: nearHint(String(value), values) };
}

function unknownKey(key: string, keys: readonly Key[], { schema, data }: Checked): SchemaProblem {
  const present = valueAt(data, keys);
  const known = namesIn(schemaAt(schema, keys, data));
  const absent = known.filter((name) => property(present, name) === undefined);
  const near = nearest(key, absent) ?? nearest(key, known);
  // Said a step too deep: what is around it knows the key.
  const around = near === undefined && namesIn(schemaAt(schema, keys.slice(0, -1), data)).includes(key);
  const named = around ? `it stands beside ${keys.at(-1)}, not in it` : known.length === 0 ? undefined : `known: ${known.join(", ")}`;
  const hint = near === undefined ? named : didYouMean(near);
  return { keys, unknownKey: key, message: `Unrecognized key: "${key}"`, hint: /^\d+$/.test(key) ? DECIMALS : hint };
}

const DECIMALS = "a comma parts entries: write decimals with a point, as in 0.3";

/** Words for what people write. */
const KINDS: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  record: "a mapping",
};

function expectedOf(issue: Issue, schema: unknown): string | undefined {
  if (issue.code === "invalid_value") return issue.values.map((value) => JSON.stringify(value)).join(", ");
  if (issue.code === "invalid_type") {
    const names = namesIn(schema);
    return issue.expected === "object" && names.length > 0
      ? `a mapping with ${names.join(", ")}`
      : (KINDS[issue.expected] ?? issue.expected);
  }
  if (issue.code !== "invalid_union") return undefined;
  const forms = issue.errors.flatMap(([first], index) => (first === undefined ? [] : (expectedOf(first, optionsOf(schema)[index]) ?? [])));
  return forms.length === 0 ? undefined : [...new Set(forms)].join(", or ");
}

function hintFor(issue: Issue, value: unknown, keys: readonly Key[], { schema, data, sourceOf }: Checked): string | undefined {
  if (issue.code === "invalid_union") {
    const values = issue.errors.flat().flatMap((one) => (one.code === "invalid_value" ? one.values.map(String) : []));
    return typeof value === "string" ? nearHint(value, values) : undefined;
  }
  if (issue.code === "invalid_value") return typeof value === "string" ? nearHint(value, issue.values.map(String)) : undefined;
  if (issue.code !== "invalid_type") return undefined;
  const { expected } = issue;
  if (expected === "boolean") return "write true or false, without quotes";
  if (expected === "string" && (typeof value === "number" || typeof value === "boolean")) return `quote it: "${sourceOf(keys) ?? value}"`;
  if (expected === "array" && typeof value === "string") return `write [${value}]`;
  const names = expected === "object" ? namesIn(schemaAt(schema, keys, data)) : [];
  return names.length === 0 ? undefined : `a mapping with ${names.join(", ")}`;
}

function nearHint(word: string, words: readonly string[]): string | undefined {
  // Of two letters any other two are near.
  const near = nearest(
    word,
    words.filter((one) => one.length > 2),
  );
  return near === undefined ? undefined : didYouMean(near);
}

function valueAt(data: unknown, keys: readonly Key[]): unknown {
  return keys.reduce<unknown>((value, key) => property(value, String(key)), data);
}

/** The part of a schema that a place in a file is held against, as far as it can be told. */
function schemaAt(schema: z.ZodType, keys: readonly Key[], data: unknown): unknown {
  let current: unknown = chosen(schema, data);
  for (const [index, key] of keys.entries()) current = chosen(step(current, key), valueAt(data, keys.slice(0, index + 1)));
  return current;
}

function step(schema: unknown, key: Key): unknown {
  if (typeof key === "number") return definition(schema, "element");
  return property(definition(schema, "shape"), key) ?? definition(schema, "valueType");
}

/** Without defaults around it; of several forms the one that the value has, as far as a key or its kind tells. */
function chosen(schema: unknown, value: unknown): unknown {
  const inner = definition(schema, "innerType");
  if (inner !== undefined) return chosen(inner, value);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return schema;
  const discriminator = definition(schema, "discriminator");
  const fits = (option: unknown): boolean => {
    if (typeof discriminator !== "string") return namesIn(option).length > 0;
    const allowed = definition(property(definition(option, "shape"), discriminator), "values");
    return Array.isArray(allowed) && allowed.includes(property(value, discriminator));
  };
  return optionsOf(schema).find(fits) ?? schema;
}

function optionsOf(schema: unknown): readonly unknown[] {
  const options = definition(schema, "options");
  return Array.isArray(options) ? options : [];
}

function namesIn(schema: unknown): string[] {
  const shape = definition(schema, "shape");
  return typeof shape === "object" && shape !== null ? Object.keys(shape) : [];
}

/** What a schema says of itself. */
const definition = (schema: unknown, name: string): unknown => property(property(schema, "def"), name);

function property(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
}
