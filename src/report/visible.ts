/** What can reorder, hide or end text: controls, format characters (bidi marks, overrides and isolates among them), line and paragraph separators. */
const HIDDEN = /(?![\t\n])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Shows characters that would act on their surroundings as `[U+202E]`. */
export function visible(text: string): string {
  return text.replace(HIDDEN, (character) => `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`);
}

/** The same plain data with every string made visible; keys too, since labels and parameters are the user's. */
export function visibleData<T>(data: T): T;
export function visibleData(data: unknown): unknown {
  if (typeof data === "string") return visible(data);
  if (Array.isArray(data)) return data.map((item: unknown) => visibleData(item));
  if (data !== null && typeof data === "object") {
    return Object.fromEntries(Object.entries(data).map(([key, value]) => [visible(key), visibleData(value)]));
  }
  return data;
}
