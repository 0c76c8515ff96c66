import type { ReportDeviation } from "../../model/report.js";
import type { MessageKey } from "../locales/index.js";
import { code, phraseHtml } from "../templates/markup.js";
import { number } from "../words/numbers.js";
import { join, ltr, type Phrase, say } from "../words/phrase.js";
import { evidenceLines } from "./claims.js";
import { type Context, sayHtml } from "./context.js";
import type { PartsView } from "./parts.js";

/** Rows that are listed before the rest is only counted; report.json has them all. */
const MOST_ROWS = 100;

type Kind = ReportDeviation["what"] | "still-open";
const KINDS: readonly Kind[] = ["leaked", "before-disconnect", "ended-by-others", "ended-otherwise", "late", "still-open", "early"];

/** One that is late so far has not gone. */
function kindOf({ what, stillOpen }: ReportDeviation): Kind {
  return what === "late" && stillOpen === true ? "still-open" : what;
}

/** Jobs that did not go as the others; undefined where there are none. */
export function deviationsView(context: Context, parts?: PartsView): object | undefined {
  const { deviations = [] } = context.report;
  if (deviations.length === 0) return undefined;
  const { locale } = context;
  const sorted = [...deviations].sort((a, b) => KINDS.indexOf(kindOf(a)) - KINDS.indexOf(kindOf(b)) || (b.byMs ?? 0) - (a.byMs ?? 0));
  const counted = KINDS.map((kind) => [kind, deviations.filter((row) => kindOf(row) === kind).length] as const).filter(([, n]) => n > 0);
  const counts = counted.map(([kind, n]): Phrase => say(locale, `deviation.kind-${kind}`, { n }));
  return {
    count: deviations.length,
    finding: phraseHtml(join(counts, ", ")),
    rows: sorted.slice(0, MOST_ROWS).map((row) => ({
      job: code(row.job),
      investigation: row.investigationId,
      page: row.investigationId === undefined ? undefined : parts?.pageOf.get(row.investigationId),
      text: phraseHtml(deviationPhrase(context, row)),
      evidence: evidenceLines(context, row.evidence),
    })),
    rest: sorted.length > MOST_ROWS ? sayHtml(context, "text.left-out", { n: sorted.length - MOST_ROWS }) : undefined,
  };
}

/** What went otherwise, in words. */
function deviationPhrase({ locale }: Context, row: ReportDeviation): Phrase {
  const seconds = (ms: number | undefined): Phrase => (ms === undefined ? ltr("?") : number(locale, ms / 1000, 1));
  const told = (key: MessageKey): Phrase =>
    say(locale, key, {
      x: seconds(row.durationMs),
      by: seconds(row.byMs),
      m: seconds(row.medianMs),
      who: ltr(row.deletedBy ?? "?"),
      mechanism: say(locale, `mechanism.${row.mechanism ?? "unknown"}`),
    });
  if (row.what !== "early" && row.what !== "late") return told(`deviation.${row.what}`);
  const from = row.from ?? "disconnected";
  return told(row.stillOpen === true ? `deviation.still-open-${from}` : `deviation.${row.what}-${from}`);
}
