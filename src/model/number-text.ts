/** Numbers as programs write them: into the lines of a log, and into the settings of a Job. */

/** Groups of exactly three digits, all parted alike. A decimal comma of one that begins with 0 (0,500) is none of them. */
const GROUPED = /^[+-]?[1-9]\d{0,2}([, _\u00a0\u2009\u202f])\d{3}(?:\1\d{3})*(?:\.\d+)?$/;

/** The number that a text is; undefined for any other text, an empty one too. */
export function plainNumber(text: string): number | undefined {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** The same where thousands may be parted: 1,234.5 and 1 234 567. */
export function reportedNumber(text: string): number | undefined {
  const separator = GROUPED.exec(text.trim())?.[1];
  return plainNumber(separator === undefined ? text : text.trim().replaceAll(separator, ""));
}

const SECONDS: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 1e-3, us: 1e-6, µs: 1e-6, μs: 1e-6, ns: 1e-9 };
const PART = /(\d+(?:\.\d*)?|\.\d+)(h|ms|m|s|[uµμ]s|ns)/g;
const DURATION = new RegExp(`^(?:${PART.source})+$`);

/** Seconds of a duration as Go writes it (30s, 1h30m, 500ms), to the nanosecond; undefined for any other text, a number without a unit too. */
export function goDuration(text: string): number | undefined {
  if (!DURATION.test(text.trim())) return undefined;
  const parts = [...text.matchAll(PART)].map(([, number, unit = ""]) => Number(number) * (SECONDS[unit] ?? Number.NaN));
  return Number(parts.reduce((sum, part) => sum + part, 0).toFixed(9));
}
