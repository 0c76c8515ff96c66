import { signSvg } from "../svg/sign.js";
import { escapeHtml, type Html, html, phraseHtml } from "../templates/markup.js";
import type { Phrase } from "../words/phrase.js";
import { claimCells, claimHeadings, heterogeneityPhrase, type PoolCell, runCells, runHeadings } from "../words/pool.js";
import { type Context, sayText } from "./context.js";

/** The runs behind a report of several; undefined for a single one. */
export function poolView(context: Context): object | undefined {
  const { report, locale } = context;
  if (report.pooled === undefined) return undefined;
  return {
    finding: phraseHtml(heterogeneityPhrase(report, locale)),
    runHeadings: row(runHeadings(locale), phraseHtml),
    runs: runCells(report, locale).map((cells) => row(cells, phraseHtml)),
    claimHeadings: row(claimHeadings(report, locale), phraseHtml),
    claims: claimCells(report, locale).map((cells) => row(cells, (cell) => cellHtml(context, cell))),
  };
}

/** The first cell names the row. */
function row<Cell extends Phrase | PoolCell>(
  cells: readonly Cell[],
  shown: (cell: Cell) => Html,
): { readonly name?: Html; readonly cells: readonly Html[] } {
  const [name, ...others] = cells.map(shown);
  return { ...(name === undefined ? {} : { name }), cells: others };
}

function cellHtml(context: Context, { text, verdict }: PoolCell): Html {
  if (verdict === undefined) return phraseHtml(text);
  const sign = `<span class="verdict ${verdict}" role="img" aria-label="${escapeHtml(sayText(context, `verdict.${verdict}`))}">${signSvg(verdict).toString()}</span>`;
  return html(`${phraseHtml(text).toString()} ${sign}`);
}
