/** What Markdown and Jira say alike, as blocks; each form only writes them in its own markup. */

import type { Report, ReportClaim } from "../../model/report.js";
import { hasFailed } from "../../model/reports/outcome.js";
import { visibleReport } from "../../model/reports/visible.js";
import type { Locale, MessageKey } from "../locales/index.js";
import { curveGaps } from "../view/concurrency.js";
import { factPhrases } from "../view/header.js";
import { citationPhrase } from "../words/citation.js";
import { intervalInWords, intervalRange } from "../words/claim-values.js";
import { leadPhrases } from "../words/lead.js";
import { capitalised, join, ltr, type Phrase, plain, say } from "../words/phrase.js";
import { reasonPhrase } from "../words/reasons.js";
import { claimSides, stageTable } from "../words/summary.js";
import { timesOf } from "../words/times.js";
import { afterwordPhrase, titlePhrase } from "../words/title.js";
import { sortedClaims, VERDICT_SIGNS, verdictCounts } from "../words/verdicts.js";
import { comparisonBlocks, poolBlocks } from "./comparison-blocks.js";

/** A corrected sentence for a document, and where it belongs. */
interface Wording {
  readonly text: string;
  readonly place: string;
}

export type Block =
  | { readonly kind: "title" | "heading" | "paragraph"; readonly text: Phrase }
  | { readonly kind: "list"; readonly items: readonly Phrase[] }
  | { readonly kind: "table"; readonly headings: readonly Phrase[]; readonly rows: readonly (readonly Phrase[])[] }
  | { readonly kind: "wordings"; readonly heading: Phrase; readonly wordings: readonly Wording[] }
  | { readonly kind: "command"; readonly text: string; readonly shell?: string };

/** Rows that a table keeps, at first all, where the whole would be too long for its place. */
const ROWS_KEPT = [Number.POSITIVE_INFINITY, 1000, 100, 30, 10] as const;

/** The longest version of a text that fits; the shortest where none does. */
export function fitting(make: (mostRows: number) => string, fits: (text: string) => boolean): string {
  let text = "";
  for (const mostRows of ROWS_KEPT) {
    text = make(mostRows);
    if (fits(text)) break;
  }
  return text;
}

/**
 * The report as blocks of text in one language. Characters that would act on their surroundings are made visible.
 * @param mostRows Rows that a table may have; a line below it says how many more there are.
 */
export function textDocument(report: Report, locale: Locale, mostRows = Number.POSITIVE_INFINITY): readonly Block[] {
  const shown = visibleReport(report);
  const word = (key: MessageKey): Phrase => say(locale, key);
  return [
    { kind: "title", text: titlePhrase(shown, locale) },
    { kind: "paragraph", text: factsLine(shown, locale) },
    { kind: "paragraph", text: join(leadPhrases(shown, locale), " ") },
    { kind: "paragraph", text: afterwordPhrase(shown, locale) },
    ...gaps(shown, locale),
    ...(shown.note === undefined ? [] : [{ kind: "paragraph", text: plain(shown.note) } as const]),
    { kind: "paragraph", text: verdictLine(shown, locale) },
    { kind: "heading", text: word("claims.heading") },
    ...claimsTable(shown, locale, mostRows),
    ...wordings(shown, locale),
    ...comparisonBlocks(shown, locale),
    ...poolBlocks(shown, locale),
    { kind: "heading", text: word("stages.heading") },
    ...stagesTable(shown, locale),
    ...failedTable(shown, locale, mostRows),
    ...consistency(shown, locale),
    { kind: "heading", text: word("missing.heading") },
    ...missing(shown, locale),
    { kind: "heading", text: word("method.command") },
    { kind: "command", text: shown.command },
  ];
}

/** When, how long, how the investigations ended, and what was tested, on one line. */
function factsLine(report: Report, locale: Locale): Phrase {
  const { time, length, outcomes, clock } = factPhrases({ report, locale, times: timesOf(report, locale) });
  const labels = Object.entries(report.labels).map(([name, value]) => ltr(`${name} ${value}`));
  const ticket = report.ticket === undefined || report.ticket === "" ? [] : [ltr(report.ticket)];
  return join([...time, ...length, ...(outcomes.length === 0 ? [] : [outcomes]), ...clock, ...labels, ...ticket], " · ");
}

/** What is missing from the numbers of open Jobs that the lead says. */
function gaps(report: Report, locale: Locale): Block[] {
  const sentences = curveGaps({ report, locale, times: timesOf(report, locale) });
  return sentences.length === 0 ? [] : [{ kind: "paragraph", text: join(sentences, " ") }];
}

function verdictLine(report: Report, locale: Locale): Phrase {
  const counted = verdictCounts(report).filter(([, n]) => n > 0);
  return join(
    counted.map(([verdict, n]) => [...say(locale, `chip.${verdict}`, { n }), ...plain(` ${VERDICT_SIGNS[verdict]}`)]),
    ", ",
  );
}

function table(locale: Locale, mostRows: number, headings: readonly Phrase[], rows: readonly (readonly Phrase[])[]): Block[] {
  const left = rows.length - mostRows;
  if (left <= 0) return [{ kind: "table", headings, rows }];
  return [
    { kind: "table", headings, rows: rows.slice(0, mostRows) },
    { kind: "paragraph", text: say(locale, "text.left-out", { n: left }) },
  ];
}

function claimsTable(report: Report, locale: Locale, mostRows: number): Block[] {
  if (report.claims.length === 0) return [{ kind: "paragraph", text: say(locale, "claims.none") }];
  const isLookedUp = report.claims.some(({ lookup }) => lookup !== undefined);
  const keys = ["claims.claim", "claims.result", "claims.documented", "claims.measured", "claims.interval"] as const;
  const headings = [...keys, ...(isLookedUp ? (["citation.heading"] as const) : [])].map((key) => say(locale, key));
  const rows = sortedClaims(report).map((claim) => {
    const { documented, measured } = claimSides(claim, locale);
    return [
      plain(capitalised(claim.title[locale.language])),
      [...say(locale, `verdict.${claim.verdict}`), ...plain(` ${VERDICT_SIGNS[claim.verdict]}`)],
      plain(documented),
      plain(measured),
      intervalPhrase(claim, locale),
      ...(isLookedUp ? [citationPhrase(claim, locale) ?? plain("-")] : []),
    ];
  });
  return table(locale, mostRows, headings, rows);
}

/** A band by its name, for it is none of 95%; a dash where the measured side says it, or it leaves nothing open. */
function intervalPhrase(claim: ReportClaim, locale: Locale): Phrase {
  if (claim.measured?.intervalKind !== "band") return intervalRange(locale, claim) ?? plain("-");
  const band = intervalInWords(locale, claim);
  return band === undefined ? plain("-") : [...say(locale, "claims.band"), ...plain(" "), ...band];
}

function wordings(report: Report, locale: Locale): Block[] {
  const suggested = sortedClaims(report).flatMap(({ verdict, suggestion, source }) =>
    verdict === "contradicted" && suggestion !== undefined
      ? [{ text: suggestion[locale.language], place: `${source.file}:${source.lines}` }]
      : [],
  );
  return suggested.length === 0 ? [] : [{ kind: "wordings", heading: say(locale, "claims.suggestion"), wordings: suggested }];
}

function stagesTable(report: Report, locale: Locale): Block[] {
  if (report.stages.length === 0) return [{ kind: "paragraph", text: say(locale, "stages.none") }];
  const { headings, rows, notes } = stageTable(report.stages, locale);
  return [
    { kind: "table", headings: headings.map(plain), rows: rows.map((row) => row.map(plain)) },
    ...notes.map((text) => ({ kind: "paragraph", text }) as const),
  ];
}

/** Investigations that did not end well, each with the line that says so. */
function failedTable(report: Report, locale: Locale, mostRows: number): Block[] {
  const failed = report.investigations.filter(hasFailed);
  if (failed.length === 0) return [];
  const keys = ["investigations.id", "investigations.job", "investigations.outcome", "text.error", "text.line"] as const;
  const rows = failed.map((entry) => {
    const line = entry.evidence[0];
    const place = line === undefined ? "-" : `${report.sources[line.source]?.path ?? "?"}:${line.line}`;
    return [plain(entry.id), plain(entry.jobId ?? "-"), say(locale, `outcome.${entry.outcome}`), plain(entry.error ?? "-"), plain(place)];
  });
  return [
    { kind: "heading", text: say(locale, "investigations.failed-heading", { n: failed.length }) },
    ...table(
      locale,
      mostRows,
      keys.map((key) => say(locale, key)),
      rows,
    ),
  ];
}

function consistency(report: Report, locale: Locale): Block[] {
  const broken = report.consistency.filter((relation) => relation.holds !== "yes");
  if (broken.length === 0) return [];
  const items = broken.map(({ statement, holds, explanation }): Phrase => {
    const word = say(locale, `holds.${holds}`).map((piece) => ({ ...piece, strong: true as const }));
    return [...plain(`${statement[locale.language]}: `), ...word, ...plain(`. ${explanation[locale.language]}`)];
  });
  return [
    { kind: "heading", text: say(locale, "consistency.heading") },
    { kind: "list", items },
  ];
}

function missing(report: Report, locale: Locale): Block[] {
  if (report.missing.length === 0) return [{ kind: "paragraph", text: say(locale, "missing.none") }];
  const times = timesOf(report, locale);
  return report.missing.flatMap((piece): Block[] => [
    { kind: "paragraph", text: reasonPhrase(locale, times, piece, "missing") },
    ...piece.commands.map(({ text, shell }): Block => ({ kind: "command", text, ...(shell === "any" ? {} : { shell }) })),
  ]);
}
