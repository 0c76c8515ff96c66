/** Numbers and texts that stand for numbers, as packed columns write them. */

const SCALES = [1, 10, 100, 1000] as const;
const MOST_DIGITS = 15;

/** Whether a text is an integer exactly as `String` writes it. */
export function canonicalInteger(text: string): boolean {
  return text.length <= MOST_DIGITS && /^(?:0|-?[1-9]\d*)$/.test(text);
}

/** Times that exist in every month; the others are asked of `Date`, which takes long. */
const PLAIN_TIME = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

/** Whether a text is a time exactly as `Date.toISOString` writes it. */
export function canonicalTime(text: string): boolean {
  if (text.length !== 24) return false;
  if (PLAIN_TIME.test(text)) return true;
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text)) return false;
  const at = Date.parse(text);
  return Number.isFinite(at) && new Date(at).toISOString() === text;
}

export type NumberColumn =
  | readonly ["=", number | undefined]
  | readonly ["f", readonly number[]]
  | readonly ["i", order: number, scale: number, readonly number[]];

/** Values by which the shortest way to write a list is chosen. */
const LOOKED_AT = 2000;

/** A column of numbers: integers over the smallest scale that gives each back exactly, as the differences that are shortest to write. */
export function numberColumn(values: readonly number[]): NumberColumn {
  const [first] = values;
  if (values.every((value) => value === first)) return ["=", first];
  for (const scale of SCALES) {
    if (!values.every((value) => isScaled(value, scale))) continue;
    const scaled = values.map((value) => Math.round(value * scale));
    const sample = scaled.slice(0, LOOKED_AT);
    const written = [sample, differences(sample), differences(differences(sample))].map((list) => String(list).length);
    const order = written.indexOf(Math.min(...written));
    let list = scaled;
    for (let pass = 0; pass < order; pass++) list = differences(list);
    return ["i", order, scale, list];
  }
  return ["f", values];
}

function isScaled(value: number, scale: number): boolean {
  const scaled = Math.round(value * scale);
  return Math.abs(scaled) < Number.MAX_SAFE_INTEGER / 4 && scaled / scale === value;
}

function differences(values: readonly number[]): number[] {
  return values.map((value, index) => value - (index === 0 ? 0 : (values[index - 1] as number)));
}

/** Keys whose number, where objects have them, is the time between two others. */
const BETWEEN: Readonly<Record<string, readonly [later: string, earlier: string]>> = { durationMs: ["to", "from"] };

/** A column that says no more than the times of two other keys; undefined where it does. */
export function betweenTimes(
  key: string,
  columns: ReadonlyMap<string, readonly unknown[]>,
): readonly ["-", later: string, earlier: string] | undefined {
  const pair = Object.hasOwn(BETWEEN, key) ? BETWEEN[key] : undefined;
  if (pair === undefined) return undefined;
  const values = columns.get(key) ?? [];
  const [later, earlier] = pair.map((name) => columns.get(name) ?? []);
  if (later?.length !== values.length || earlier?.length !== values.length) return undefined;
  const same = values.every((value, index) => value === timeBetween(later[index], earlier[index]));
  return same ? ["-", ...pair] : undefined;
}

/** Milliseconds between two times; null where one is not known. */
export function timeBetween(later: unknown, earlier: unknown): number | null {
  return typeof later === "string" && typeof earlier === "string" ? Date.parse(later) - Date.parse(earlier) : null;
}
