import type { Report, ReportClaim } from "../../model/report.js";
import { visibleReport } from "../../model/reports/visible.js";
import { escapeXml } from "../../model/text/xml.js";
import { type Language, type Locale, localeOf } from "../locales/index.js";
import { citationPhrase } from "../words/citation.js";
import { capitalised, say, toText } from "../words/phrase.js";
import { claimReason } from "../words/reasons.js";
import { claimSides } from "../words/summary.js";
import { type Times, timesOf } from "../words/times.js";
import { titlePhrase } from "../words/title.js";

/**
 * The claims as JUnit XML, so that a CI system shows them among its tests: one test case a claim; contradicted is a failure, what could not be
 * decided or measured is skipped. Follows what Jenkins, GitLab, Azure Pipelines and GitHub's reporters read in common.
 */
export function renderJunit(report: Report, lang: Language): string {
  const shown = visibleReport(report);
  const locale = localeOf(shown, lang);
  const times = timesOf(shown, locale);
  const failures = shown.claims.filter((claim) => claim.verdict === "contradicted").length;
  const skipped = shown.claims.filter((claim) => claim.verdict !== "contradicted" && claim.verdict !== "confirmed").length;
  const counts = attributes({ tests: String(shown.claims.length), failures: String(failures), errors: "0", skipped: String(skipped) });
  const name = toText(titlePhrase(shown, locale));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    "<!-- postrun -->",
    `<testsuites ${attributes({ name })} ${counts} time="0">`,
    `  <testsuite name="postrun" ${counts} ${attributes({ timestamp: shown.generatedAt.replace(/\.\d+Z$/, "") })} time="0">`,
    ...properties(shown),
    ...shown.claims.flatMap((claim) => testCase(claim, locale, times)),
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function properties(report: Report): readonly string[] {
  const pairs: [string, string][] = [
    ["profile", report.profile.id],
    ["postrun", report.tool.version],
    ...Object.entries(report.labels).map(([label, value]): [string, string] => [`label.${label}`, value]),
    ...(report.ticket === undefined ? [] : [["ticket", report.ticket] as [string, string]]),
  ];
  return ["    <properties>", ...pairs.map(([name, value]) => `      <property ${attributes({ name, value })}/>`), "    </properties>"];
}

function testCase(claim: ReportClaim, locale: Locale, times: Times): readonly string[] {
  const title = capitalised(claim.title[locale.language]);
  const open = `    <testcase ${attributes({ classname: `postrun.${claim.id}`, name: title, file: claim.source.file })} time="0"`;
  if (claim.verdict === "confirmed") return [`${open}/>`];
  const verdict = toText(say(locale, `verdict.${claim.verdict}`));
  const message = `${verdict}: ${toText(claimReason(locale, times, claim))}`;
  if (claim.verdict !== "contradicted") return [`${open}>`, `      <skipped ${attributes({ message })}/>`, "    </testcase>"];
  return [
    `${open}>`,
    `      <failure ${attributes({ message, type: "contradicted" })}>${escapeXml(details(claim, locale))}</failure>`,
    "    </testcase>",
  ];
}

/** What is documented and where, what was measured, and what the document should say instead. */
function details(claim: ReportClaim, locale: Locale): string {
  const word = (key: "claims.claim" | "claims.documented" | "claims.measured" | "claims.suggestion"): string => toText(say(locale, key));
  const { documented, measured } = claimSides(claim, locale);
  const lines = [
    `${word("claims.claim")}: ${claim.statement[locale.language]} (${claim.source.file}:${claim.source.lines})`,
    `${word("claims.documented")}: ${documented}`,
    `${word("claims.measured")}: ${measured}`,
    ...citationLine(claim, locale),
  ];
  const suggestion = claim.suggestion?.[locale.language];
  return (suggestion === undefined ? lines : [...lines, `${word("claims.suggestion")}: ${suggestion}`]).join("\n");
}

/** Where the citation stands now; nothing where no documents were given. */
function citationLine(claim: ReportClaim, locale: Locale): readonly string[] {
  const citation = citationPhrase(claim, locale);
  return citation === undefined ? [] : [`${toText(say(locale, "citation.heading"))}: ${toText(citation)}`];
}

function attributes(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${escapeXml(value)}"`)
    .join(" ");
}
