/** Numbers as programs write them: into the lines of a log, and into the settings of a Job. */

/** What stands between the whole part of a number and its decimals. */
export type DecimalSign = "." | ",";

/** Groups of exactly three digits, all parted alike. A decimal comma of one that begins with 0 (0,500) is none of them. */
const GROUPED: Readonly<Record<DecimalSign, RegExp>> = {
  ".": /^[+-]?[1-9]\d{0,2}([, _\u00a0\u2009\u202f])\d{3}(?:\1\d{3})*(?:\.\d+)?$/,
  ",": /^[+-]?[1-9]\d{0,2}([. _\u00a0\u2009\u202f])\d{3}(?:\1\d{3})*(?:,\d+)?$/,
};
/** As large as a whole number gets before its thousands are parted. */
const THREE_DIGITS = /^[+-]?[1-9]\d\d$/;

/** The number that a text is; undefined for any other text, an empty one too. */
export function plainNumber(text: string): number | undefined {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** The same where thousands may be parted: 1,234.5 and 1 234 567, or 1.234,5 with a decimal comma. */
export function reportedNumber(text: string, decimalSign: DecimalSign = "."): number | undefined {
  const separator = GROUPED[decimalSign].exec(text.trim())?.[1];
  const whole = separator === undefined ? text : text.trim().replaceAll(separator, "");
  if (decimalSign === ".") return plainNumber(whole);
  return whole.includes(".") ? undefined : plainNumber(whole.replace(",", "."));
}

/**
 * The decimal signs that numbers of one program may have, as they are written. With a comma among them that is a point for certain where one of them has no other reading
 * (1,234.5 or 1,234,567 or 0.5), or where a whole number of three digits stands beside them, which would be of another size than they are (992 beside 1,051).
 */
export function decimalSigns(texts: readonly string[]): readonly DecimalSign[] {
  const canBe = (text: string, sign: DecimalSign) => reportedNumber(text, sign) !== undefined;
  const isPoint =
    !texts.some((text) => text.includes(",")) ||
    texts.some((text) => canBe(text, ".") && !canBe(text, ",")) ||
    (texts.some((text) => THREE_DIGITS.test(text.trim())) && texts.every((text) => canBe(text, ".")));
  return isPoint ? ["."] : [".", ","];
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
