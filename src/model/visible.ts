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
  if (data === null || typeof data !== "object") return data;
  if (Array.isArray(data)) {
    const items = data.map((item: unknown) => visibleData(item));
    return items.some((item, index) => item !== data[index]) ? items : data;
  }
  const values = data as Readonly<Record<string, unknown>>;
  let changed = false;
  const entries = Object.keys(values).map((key): readonly [string, unknown] => {
    const entry = [visible(key), visibleData(values[key])] as const;
    if (entry[0] !== key || entry[1] !== values[key]) changed = true;
    return entry;
  });
  return changed ? Object.fromEntries(entries) : data;
}
