import type { ValueInterval } from "../../model/expressions/interval-expression.js";
import { type DecimalSign, decimalSigns, reportedNumber } from "../../model/text/number-text.js";

/** A number as a line prints it. */
export interface PrintedNumber {
  readonly value: number;
  /** One of its last digit; 1 of a whole number. */
  readonly unit: number;
  readonly isWhole: boolean;
}

/** The decimal sign of numbers that one program prints; undefined where they leave it open. */
export function decimalSignOf(texts: readonly string[]): DecimalSign | undefined {
  const signs = decimalSigns(texts);
  const fitting = signs.length === 1 ? signs : signs.filter((sign) => texts.every((text) => reportedNumber(text, sign) !== undefined));
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** Undefined for what is no number. */
export function printedNumber(text: string | undefined, sign: DecimalSign | undefined): PrintedNumber | undefined {
  const value = text === undefined || sign === undefined ? undefined : reportedNumber(text, sign);
  if (text === undefined || sign === undefined || value === undefined) return undefined;
  const [, decimals = ""] = text.trim().split(sign);
  return { value, unit: 10 ** -decimals.length, isWhole: decimals === "" };
}

/** What was counted is what is printed. */
export function exactly({ value }: PrintedNumber): ValueInterval {
  return [value, value];
}

/** What was reckoned or measured may have been rounded, or cut off, at its last digit. */
export function withLastDigit({ value, unit }: PrintedNumber): ValueInterval {
  return [value - unit, value + unit];
}
