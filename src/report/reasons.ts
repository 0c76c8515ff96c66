import type { ReportClaim } from "../model/report.js";
import type { Reason } from "../model/source.js";
import type { Locale } from "./locales/index.js";
import { decimalsFor, documentedNumber, number } from "./numbers.js";
import { ltr, type Phrase, say, sayIfKnown, type Values } from "./phrase.js";
import type { Times } from "./times.js";

/** The sentence of a reason, diagnostic or missing piece, with values that are better said in words; an unknown key shows itself with its values. */
export function reasonPhrase(
  locale: Locale,
  times: Times,
  reason: Reason,
  group: "reason" | "diagnostic" | "missing",
  inWords: Values = {},
): Phrase {
  const known = sayIfKnown(locale, `${group}.${reason.key}`, { ...shownValues(locale, times, reason.values), ...inWords });
  if (known !== undefined) return known;
  const values = Object.entries(reason.values)
    .map(([name, value]) => `${name}=${value}`)
    .join(", ");
  return values === "" ? ltr(reason.key) : say(locale, "diagnostics.unknown", { id: ltr(reason.key), values: ltr(values) });
}

/** Why a claim has its verdict; its condition in the words of the claims file where it has some, what is documented with its operator. */
export function claimReason(locale: Locale, times: Times, { reason, condition, documented }: ReportClaim): Phrase {
  return reasonPhrase(locale, times, reason, "reason", {
    documented: documentedNumber(locale, documented),
    ...(condition === undefined ? {} : { condition: condition[locale.language] }),
  });
}

/** Medians of two groups of Jobs, as everywhere else in tenths of a second. */
const TENTHS: ReadonlySet<string> = new Set(["earlyS", "lateS"]);

function decimalsOf(name: string, decimals: number): number {
  return TENTHS.has(name) ? 1 : decimals;
}

/** Values as a reader sees them: times in the run's zone, numbers with the digits they deserve, text isolated. */
function shownValues(locale: Locale, times: Times, values: Reason["values"]): Record<string, Phrase | number> {
  const { lower, upper } = values;
  const decimals = typeof lower === "number" && typeof upper === "number" && upper > lower ? decimalsFor(upper - lower) : 2;
  const shown = Object.entries(values).map(([name, value]): [string, Phrase | number] => {
    if (typeof value === "number") return [name, Number.isInteger(value) ? value : number(locale, value, decimalsOf(name, decimals))];
    if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return [name, ltr(times.second(value))];
    return [name, [{ text: value, isolate: "auto" }]];
  });
  return Object.fromEntries(shown);
}
