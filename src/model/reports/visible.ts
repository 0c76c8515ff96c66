import { oncePer } from "../collections/once-per.js";
import type { Report } from "../report.js";

/** What can reorder, hide or end text: controls, format characters (bidi marks, overrides and isolates among them), line and paragraph separators. */
const HIDDEN = /(?![\t\n])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
/** Most texts hold nothing else, and this is asked of every text of a report. */
const PLAIN = /^[\x20-\x7e]*$/;

/** Shows characters that would act on their surroundings as `[U+202E]`. */
export function visible(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replace(HIDDEN, (character) => `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`);
}

/** The same plain data with every string made visible; keys too, since labels and parameters are the user's. What needs no change is not copied. */
export function visibleData<T>(data: T): T;
export function visibleData(data: unknown): unknown {
  if (typeof data === "string") return visible(data);
  if (typeof data !== "object" || data === null) return data;
  return Array.isArray(data) ? visibleList(data) : visibleFields(data as Readonly<Record<string, unknown>>);
}

/** A whole report made visible, once for all its forms. It must not change. */
export const visibleReport: (report: Report) => Report = oncePer((report) => visibleData(report));

function visibleList(list: readonly unknown[]): readonly unknown[] {
  let changed: unknown[] | undefined;
  for (let index = 0; index < list.length; index += 1) {
    const entry = list[index];
    if (typeof entry === "number") continue;
    const shown = visibleData(entry);
    if (shown === entry) continue;
    changed ??= [...list];
    changed[index] = shown;
  }
  return changed ?? list;
}

function visibleFields(fields: Readonly<Record<string, unknown>>): unknown {
  let changed: Map<string, unknown> | undefined;
  let isRenamed = false;
  // Several times as fast as a list of the names; the copy holds only the object's own.
  for (const name in fields) {
    if (!isKnownName(name) && visible(name) !== name) isRenamed = true;
    const entry = fields[name];
    if (typeof entry === "number") continue;
    const shown = visibleData(entry);
    if (shown === entry) continue;
    changed ??= new Map();
    changed.set(name, shown);
  }
  if (changed === undefined && !isRenamed) return fields;
  return Object.fromEntries(Object.entries(fields).map(([name, entry]) => [visible(name), changed?.has(name) ? changed.get(name) : entry]));
}

/** The few names of a report's fields, all plain, and those of labels [entries]. */
const REMEMBERED_NAMES = 2000;
const plainNames = new Set<string>();

function isKnownName(name: string): boolean {
  if (plainNames.has(name)) return true;
  if (!PLAIN.test(name)) return false;
  if (plainNames.size >= REMEMBERED_NAMES) plainNames.clear();
  plainNames.add(name);
  return true;
}
