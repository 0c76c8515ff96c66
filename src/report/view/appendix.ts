import type { ReportClock, ReportRelation, ReportSource } from "../../model/report.js";
import type { Diagnostic } from "../../model/source.js";
import { isRunnerClock } from "../../model/time.js";
import { code, type Html, phraseHtml } from "../templates/markup.js";
import { formatNumber, number, percent } from "../words/numbers.js";
import { ltr, type Phrase, plain, say } from "../words/phrase.js";
import { diagnosticPhrase, filesBeside, reasonPhrase } from "../words/reasons.js";
import { zoneLabel } from "../words/times.js";
import { evidenceLines, sidePhrase } from "./claims.js";
import { type Context, sayHtml } from "./context.js";

/** Characters of a SHA-256 that are shown where the whole one stands in the title and in print. */
const SHORT_HASH = 12;

/** Where the documents disagree with themselves. */
export function consistencyView(context: Context): object {
  const order: Record<ReportRelation["holds"], number> = { no: 0, depends: 1, yes: 2 };
  const relations = [...context.report.consistency].sort((a, b) => order[a.holds] - order[b.holds]);
  const { language } = context.locale;
  const against = (sides: { left: readonly [number, number]; right: readonly [number, number] }): { left: Html; right: Html } => ({
    left: phraseHtml(sidePhrase(context, sides.left)),
    right: phraseHtml(sidePhrase(context, sides.right)),
  });
  return {
    rows: relations.map((relation) => ({
      id: relation.id,
      statement: phraseHtml(plain(relation.statement[language])),
      explanation: phraseHtml(plain(relation.explanation[language])),
      // A bare sign says nothing that the statement does not say in words.
      relation: /[\p{L}\d]/u.test(relation.relation) ? code(relation.relation) : undefined,
      documented: against(relation.documented),
      holds: relation.holds,
      holdsText: sayHtml(context, `holds.${relation.holds}`),
      depends:
        relation.dependsOn === undefined
          ? undefined
          : sayHtml(context, "consistency.depends", { what: plain(relation.dependsOn[language]) }),
      measured: relation.measured === undefined ? undefined : against(relation.measured),
      measuredHolds: relation.measured === undefined ? undefined : phraseHtml(measuredHolds(context, relation.measured)),
    })),
  };
}

function measuredHolds({ locale }: Context, { holds, tolerance }: NonNullable<ReportRelation["measured"]>): Phrase {
  const word = say(locale, `holds.${holds}`);
  return tolerance === undefined ? word : say(locale, "consistency.within", { holds: word, share: percent(locale, tolerance) });
}

/** What was read, clocks, diagnostics, what is missing. */
export function appendixView(context: Context): object {
  const { report, locale } = context;
  return {
    sources: report.sources.map((source) => sourceRow(context, source)),
    clocks: report.clocks.map((clock) => clockRow(context, clock)),
    // Of several runs each stage is told as the runs together say (the section of the pool).
    ofOneRun: report.pooled === undefined,
    tiesRunner: report.clocks.some(({ id, method }) => isRunnerClock(id) && method === "bounds"),
    diagnostics: report.diagnostics.map((diagnostic) => diagnosticRow(context, diagnostic)),
    missing: report.missing.map((piece) => ({
      text: phraseHtml(reasonPhrase(context.locale, context.times, piece, "missing")),
      commands: piece.commands.map(({ shell, text }) => ({ ...(shell === "any" ? {} : { shell }), text })),
    })),
    command: report.command,
    parameters: Object.entries(report.parameters).map(([name, { value, origin }]) => ({
      name,
      value,
      known: value !== null,
      origin: sayHtml(context, `origin.${origin}`),
    })),
    profileLine: sayHtml(context, "method.profile", {
      profile: ltr(report.profile.id),
      version: ltr(report.tool.version),
      at: ltr(`${report.generatedAt.slice(0, 16).replace("T", " ")} UTC`),
    }),
    footer: sayHtml(context, "footer.made", { version: ltr(report.tool.version) }),
    language: locale.language,
  };
}

function diagnosticRow(context: Context, diagnostic: Diagnostic): object {
  const sentence = diagnosticPhrase(context.locale, context.times, context.report, diagnostic);
  const files = filesBeside(sentence, diagnostic);
  return {
    severity: diagnostic.severity,
    severityText: sayHtml(context, `severity.${diagnostic.severity}`),
    text: phraseHtml(sentence),
    files: files === undefined ? undefined : code(files),
    examples: evidenceLines(context, diagnostic.examples),
  };
}

function sourceRow(context: Context, source: ReportSource): object {
  const { times } = context;
  const from = source.from ?? source.fromLocal ?? null;
  const to = source.to ?? source.toLocal ?? null;
  return {
    path: code(source.path),
    sha256: source.sha256,
    shortHash: source.sha256.slice(0, SHORT_HASH),
    format: source.format,
    lines: phraseHtml(number(context.locale, source.lines, 0)),
    matched: phraseHtml(number(context.locale, source.matched, 0)),
    ignored: phraseHtml(number(context.locale, source.ignored, 0)),
    unparsed: phraseHtml(number(context.locale, source.unparsed, 0)),
    covers: from === null || to === null ? undefined : code(`${times.second(from)}–${times.second(to)}`),
    early: source.endsEarly ? sayHtml(context, "sources.early", { at: ltr(to === null ? "?" : times.second(to)) }) : undefined,
  };
}

function clockRow(context: Context, clock: ReportClock): object {
  return {
    id: code(clock.id),
    zone: clock.zoneOffsetMinutes === null ? undefined : code(zoneLabel(clock.zoneOffsetMinutes)),
    skew: skewHtml(context, clock),
    // Only a runner asks for Jobs; other clocks are told by stamps of theirs on what the cluster has stamped too.
    method: sayHtml(context, clock.method === "bounds" && !isRunnerClock(clock.id) ? "method.stamps" : `method.${clock.method}`),
    anchors: clock.anchors,
    drift: clock.driftPpm === undefined ? undefined : sayHtml(context, "clocks.drift", { ppm: number(context.locale, clock.driftPpm, 1) }),
  };
}

function skewHtml(context: Context, clock: ReportClock): Html {
  const { locale } = context;
  if (clock.method === "reference") return phraseHtml([{ text: "–" }]);
  if (clock.skewMs === null) return sayHtml(context, "clocks.unknown");
  const u = ltr(clock.uncertaintyMs === null ? "±?" : `±${formatNumber(locale, clock.uncertaintyMs / 1000, 2)}`);
  const x = number(locale, Math.abs(clock.skewMs) / 1000, 1);
  const key = Math.abs(clock.skewMs) < 50 ? "clocks.even" : clock.skewMs < 0 ? "clocks.behind" : "clocks.ahead";
  return phraseHtml(say(locale, key, { x, u }));
}
