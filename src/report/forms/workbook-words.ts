import type { Report } from "../../model/report.js";
import { visibleReport } from "../../model/reports/visible.js";
import { type Language, localeOf } from "../locales/index.js";
import { citationPhrase } from "../words/citation.js";
import { documentedValue } from "../words/claim-values.js";
import { leadPhrases } from "../words/lead.js";
import { capitalised, say, toText } from "../words/phrase.js";
import { claimReason } from "../words/reasons.js";
import { timesOf } from "../words/times.js";
import { afterwordPhrase, titlePhrase } from "../words/title.js";
import { sortedClaims, VERDICT_SIGNS, verdictCounts } from "../words/verdicts.js";

/** Tables of a report that have a sheet, in the order of the sheets. */
const SHEETS = ["claims", "stages", "investigations", "jobs", "concurrency", "sources"] as const;

/** What a workbook says in words: its first sheet, and the names of the others. */
export interface WorkbookWords {
  readonly direction: "ltr" | "rtl";
  readonly summary: {
    readonly name: string;
    readonly columns: readonly string[];
    readonly rows: readonly (readonly (string | number | null)[])[];
  };
  readonly sheets: readonly { readonly table: (typeof SHEETS)[number]; readonly name: string }[];
}

/** The answer, the verdict counts and the claims in the words of a language, for the first sheet of a workbook. */
export function workbookWords(report: Report, lang: Language): WorkbookWords {
  const shown = visibleReport(report);
  const locale = localeOf(shown, lang);
  const times = timesOf(shown, locale);
  const isLookedUp = shown.claims.some(({ lookup }) => lookup !== undefined);
  const word = (
    key: "claims.claim" | "claims.result" | "claims.documented" | "claims.measured" | "claims.rule" | "citation.heading",
  ): string => toText(say(locale, key));
  const sentences = [...leadPhrases(shown, locale), afterwordPhrase(shown, locale)].map(toText).filter((text) => text !== "");
  return {
    direction: locale.direction,
    summary: {
      name: toText(say(locale, "sheet.summary")),
      columns: [
        toText(titlePhrase(shown, locale)),
        word("claims.result"),
        word("claims.documented"),
        word("claims.measured"),
        "",
        word("claims.rule"),
        ...(isLookedUp ? [word("citation.heading")] : []),
      ],
      rows: [
        ...sentences.map((text) => [text]),
        [null],
        ...verdictCounts(shown).map(([verdict, n]) => [`${VERDICT_SIGNS[verdict]} ${toText(say(locale, `verdict.${verdict}`))}`, n]),
        [null],
        ...sortedClaims(shown).map((claim) => [
          capitalised(claim.title[lang]),
          `${VERDICT_SIGNS[claim.verdict]} ${toText(say(locale, `verdict.${claim.verdict}`))}`,
          claim.documented.value ?? toText(documentedValue(locale, claim.documented)),
          claim.measured?.value ?? null,
          toText(say(locale, `unit.${claim.documented.unit}`, { x: "" })).trim(),
          toText(claimReason(locale, times, claim)),
          ...(isLookedUp ? [toText(citationPhrase(claim, locale) ?? [])] : []),
        ]),
        [null],
        ...Object.entries(shown.labels).map(([label, value]) => [label, value]),
        [toText(say(locale, "method.command")), shown.command],
      ],
    },
    sheets: SHEETS.map((table) => ({ table, name: toText(say(locale, `sheet.${table}`)) })),
  };
}
