import type { ReportClaim } from "../../model/report.js";
import { isBandAlone } from "../../model/reports/open-jobs-mean.js";
import type { Evidence } from "../../model/source.js";
import { roundTo } from "../../model/statistics/rounding.js";
import { type Bullet, bulletSvg } from "../svg/bullet.js";
import { signSvg } from "../svg/sign.js";
import { code, type Html, path, phraseHtml } from "../templates/markup.js";
import { citationPhrase } from "../words/citation.js";
import { documentedValue, intervalInWords, intervalRange, measuredSide, shownInterval } from "../words/claim-values.js";
import { formatNumber, number, range } from "../words/numbers.js";
import { capitalised, join, ltr, type Phrase, plain, say, sayIfKnown, toText } from "../words/phrase.js";
import { claimReason } from "../words/reasons.js";
import { sortedClaims } from "../words/verdicts.js";
import { type Context, sayHtml } from "./context.js";
import { settingsHtml } from "./settings.js";

/** The table of claims, and every proposed wording by document. */
export function claimsView(context: Context): object {
  const claims = sortedClaims(context.report);
  const suggested = claims.filter((claim) => claim.verdict === "contradicted" && claim.suggestion !== undefined);
  const files = [...new Set(suggested.map((claim) => claim.source.file))];
  return {
    rows: claims.map((claim) => claimRow(context, claim)),
    documents: files.map((file) => ({
      file: code(file),
      changes: suggested
        .filter((claim) => claim.source.file === file)
        .map((claim) => ({
          lines: code(claim.source.lines),
          old: claim.source.quote ?? claim.statement[context.locale.language],
          new: claim.suggestion?.[context.locale.language],
        })),
    })),
  };
}

function claimRow(context: Context, claim: ReportClaim): object {
  const { locale } = context;
  const { documented, measured } = claim;
  const evidence = evidenceLines(context, claim.evidence);
  const citation = citationPhrase(claim, locale);
  return {
    id: claim.id,
    title: phraseHtml(plain(capitalised(claim.title[locale.language]))),
    statement: phraseHtml(plain(claim.statement[locale.language])),
    source: path(`${claim.source.file}:${claim.source.lines}`),
    citation: citation === undefined ? undefined : phraseHtml(citation),
    citationStatus: claim.lookup?.status,
    verdict: claim.verdict,
    sign: signSvg(claim.verdict),
    verdictText: sayHtml(context, `verdict.${claim.verdict}`),
    documented: phraseHtml(documentedValue(locale, documented)),
    tolerance: documented.tolerance
      ? phraseHtml(ltr(`±${formatNumber(locale, documented.tolerance, significant(documented.tolerance))}`))
      : undefined,
    measured: measured === undefined ? undefined : phraseHtml(measuredSide(locale, claim)),
    statistic: measured === undefined ? undefined : statistic(context, measured.statistic),
    interval: measured === undefined ? undefined : intervalView(context, claim, measured),
    sample: measured === undefined || measured.n < 2 ? undefined : sampleHtml(context, measured),
    settings: settingsHtml(context, claim),
    outliers: measured?.outliers ? sayHtml(context, "claims.outliers", { n: measured.outliers }) : undefined,
    reason: phraseHtml(claimReason(context.locale, context.times, claim)),
    bullet: bullet(context, claim),
    suggestion: claim.verdict === "contradicted" ? claim.suggestion?.[locale.language] : undefined,
    basis: sayHtml(context, `basis.${claim.evidenceClass}`),
    points:
      documented.from !== undefined && documented.to !== undefined
        ? sayHtml(context, "claims.points", { from: ltr(documented.from), to: ltr(documented.to) })
        : undefined,
    quote: claim.source.quote,
    evidence,
    // A claim that was not measured has no number that could belong to the run.
    noLines: evidence.length === 0 && measured !== undefined,
  };
}

/** Decimals that show a tolerance in full. */
function significant(value: number): number {
  return Math.min(3, (String(roundTo(value, 3)).split(".")[1] ?? "").length);
}

function statistic(context: Context, name: string): Html {
  return phraseHtml(sayIfKnown(context.locale, `statistic.${name}`, {}) ?? plain(name));
}

function intervalView(
  context: Context,
  claim: ReportClaim,
  measured: NonNullable<ReportClaim["measured"]>,
): { label: Html; value?: Html; plain?: string } | undefined {
  const { locale } = context;
  if (measured.ci95 === null)
    return measured.n > 1 && measured.n < 6 ? { label: sayHtml(context, "claims.few", { n: measured.n }) } : undefined;
  const label = say(locale, measured.intervalKind === "band" ? "claims.band" : "claims.interval");
  const [shown, told] = [intervalRange(locale, claim), intervalInWords(locale, claim)];
  if (shown === undefined || told === undefined) return undefined;
  return { label: phraseHtml(label), value: phraseHtml(shown), plain: toText(join([label, told], " ")) };
}

function sampleHtml(context: Context, measured: NonNullable<ReportClaim["measured"]>): Html {
  const { n, failed, censored, unknown = 0 } = measured;
  const { locale } = context;
  const sample = failed + censored > 0 ? say(locale, "claims.sample-failed", { n, failed, censored }) : say(locale, "claims.sample", { n });
  return phraseHtml(unknown === 0 ? sample : join([sample, say(locale, "claims.sample-unknown", { unknown })], ", "));
}

/** Lines with their place; the text only where the report carries it. */
export function evidenceLines(context: Context, evidence: readonly Evidence[]): { place: Html; text: Html | undefined }[] {
  return evidence.map((line) => ({
    place: code(`${context.report.sources[line.source]?.path ?? "?"}:${line.line}`),
    text: line.text === undefined ? undefined : code(line.text),
  }));
}

function bullet(context: Context, claim: ReportClaim): Html | undefined {
  const data = claimBullet(context, claim);
  return data === undefined ? undefined : bulletSvg(data);
}

/** What the bullet of a claim shows; undefined where there is nothing to compare on a scale. */
export function claimBullet(context: Context, claim: ReportClaim): Bullet | undefined {
  const { locale } = context;
  const { documented, measured } = claim;
  if (measured === undefined || measured.unit === "share") return undefined;
  const [low, high] = documentedRange(documented);
  if (low === null && high === null) return undefined;
  if (documented.operator === "exactly" && !documented.tolerance) return undefined;
  const unit = sayIfKnown(locale, `scale.${measured.unit}`, {});
  return {
    low,
    high,
    ...seenOf(claim, measured),
    samples: measured.samples,
    text: (value, decimals) => formatNumber(locale, value, decimals),
    unit: unit === undefined ? "" : toText(unit),
    label: toText(
      say(locale, "claims.bullet", {
        title: capitalised(claim.title[locale.language]),
        documented: documentedValue(locale, documented),
        measured: measuredSide(locale, claim),
      }),
    ),
  };
}

/** The value and its interval as far as they are known of the run: of a part of it only the lower end is. */
function seenOf(claim: ReportClaim, measured: NonNullable<ReportClaim["measured"]>): Pick<Bullet, "value" | "interval"> {
  if (measured.atLeast !== undefined) return { value: measured.atLeast, interval: null };
  return { value: isBandAlone(measured) ? null : measured.value, interval: shownInterval(claim) };
}

/** What the documents allow, as a range; null: no limit on that side. */
function documentedRange(documented: ReportClaim["documented"]): readonly [number | null, number | null] {
  const value = documented.value ?? null;
  const tolerance = documented.tolerance ?? 0;
  if (documented.operator === "at-most") return [null, documented.high ?? value];
  if (documented.operator === "at-least") return [documented.low ?? value, null];
  if (documented.low !== undefined || documented.high !== undefined) return [documented.low ?? null, documented.high ?? null];
  return value === null ? [null, null] : [value - tolerance, value + tolerance];
}

/** A pair of rounded documented (or measured) numbers, as a relation compares them. */
export function sidePhrase(context: Context, side: readonly [number, number]): Phrase {
  const [low, high] = side;
  const decimals = high > low ? Math.min(2, Math.max(0, Math.ceil(-Math.log10(high - low)) + 1)) : significant(low);
  const single = number(context.locale, low, Math.min(2, decimals));
  const both = range(context.locale, low, high, decimals);
  return high > low && !/^(.+)–\1$/.test(toText(both)) ? both : single;
}
