import { enClocks } from "./en-clocks.js";
import { enComparison } from "./en-comparison.js";
import { enCrossChecks } from "./en-cross-checks.js";
import { enCurve } from "./en-curve.js";
import { enDeviations } from "./en-deviations.js";
import { enLead } from "./en-lead.js";
import { enLife } from "./en-life.js";
import { enMessages } from "./en-messages.js";
import { enMisfits } from "./en-misfits.js";
import { enMissing } from "./en-missing.js";
import { enPage } from "./en-page.js";
import { enPolling } from "./en-polling.js";
import { enPrediction } from "./en-prediction.js";
import { enReasons } from "./en-reasons.js";
import { enSurvival } from "./en-survival.js";
import { enTerms } from "./en-terms.js";
import type { Message } from "./message.js";

/** What stands around the sections. Comments say where the reader meets a group. */
const enFrame = {
  // Title, when the run has none of its own.
  "title.jobs": { plural: "n", one: "1 Job", other: "{n} Jobs" },
  "title.jobs-of-others": { plural: "n", one: "1 Job, not of this run", other: "{n} Jobs, none of this run" },
  "title.investigations": { plural: "n", one: "1 investigation", other: "{n} investigations" },
  // The same for a run that stopped early.
  "title.investigations-of": { plural: "k", one: "1 of {n} investigations", other: "{k} of {n} investigations" },
  // Title, after the name: the run is one of several in the log.
  "title.run": "{title}, run {k} of {n}",
  // Title, after the name: the value of the environment label.
  "title.environment": "{title}, {environment}",

  // Facts line under the title.
  "facts.time": "{date}, {from} to {to} ({zone})",
  "facts.time-local": "{date}, {from} to {to} (local time of the runner, zone unknown)",
  "facts.zone-unknown": "zone unknown",
  "facts.duration": { plural: "minutes", one: "1 minute", other: "{minutes} minutes" },
  // The same of a run below two minutes.
  "facts.duration-seconds": { plural: "seconds", one: "1 second", other: "{seconds} seconds" },
  // The same of a run of many hours.
  "facts.duration-long": "{length}",
  "length.hours": "{hours} h {minutes} min",
  "length.days": { plural: "days", one: "1 day {hours} h {minutes} min", other: "{days} days {hours} h {minutes} min" },
  "facts.duration-documented": "{duration} (documented: {documented})",
  // Instead of it, where the report is about several runs.
  "facts.runs": { plural: "n", one: "1 run", other: "{n} runs" },
  "facts.runs-apart": { plural: "minutes", one: "{runs}, 1 minute between them", other: "{runs}, {minutes} minutes between them" },
  // The same for less than two minutes.
  "facts.runs-apart-seconds": { plural: "seconds", one: "{runs}, 1 second between them", other: "{runs}, {seconds} seconds between them" },
  // The same for many hours.
  "facts.runs-apart-long": "{runs}, {length} between them",
  "facts.ok": { plural: "n", one: "{n} ok", other: "{n} ok" },
  "facts.timeout": "{n} timed out",
  "facts.failed": { plural: "n", one: "{n} failed", other: "{n} failed" },
  "facts.unopened": "in {n} the client never connected",
  "facts.running": { plural: "n", one: "{n} whose end is not in the log", other: "{n} whose end is not in the log" },
  "facts.failed-link": "see which",
  "facts.clock": "the clock is uncertain by {u} s",

  // Buttons in the corner of the page and above tables.
  "ui.theme": "Theme",
  "ui.theme-auto": "auto",
  "ui.theme-light": "light",
  "ui.theme-dark": "dark",
  "ui.all": { plural: "n", one: "the only one", two: "both", other: "all {n}" },
  "ui.filter": "Show claims by result",
  "ui.copy": "Copy",
  "ui.copied": "Copied",
  "ui.details": "Rule and evidence",
  "ui.data": "The numbers of this chart",
  "ui.skip": "Skip to the results",

  // Documented and measured.
  "claims.heading": "Documented and measured",
  "claims.claim": "Claim",
  "claims.result": "Result",
  "claims.documented": "Documented",
  "claims.measured": "Measured",
  "claims.chart": "Comparison",
  "claims.tolerance": "tolerance",
  "claims.interval": "95% interval",
  "claims.band": "band",
  "claims.few": "n = {n}, no interval",
  "claims.suggestion": "Proposed wording",
  "claims.suggestions": "All proposed wordings, by document",
  "claims.rule": "Rule",
  "claims.basis": "Stated in the documents as",
  "claims.points": "Measured from {from} to {to}",
  "claims.sample": "n = {n}",
  "claims.outliers": "Far from the others: {n}",
  "claims.setting": "Setting, three ways",
  "claims.setting-documented": "documented {x}",
  "claims.setting-deployed": "deployed {x}",
  "claims.setting-not-deployed": "deployed: in no spec that was seen",
  "claims.setting-behaved": "by its behaviour {x}",
  "claims.setting-not-behaved": "by its behaviour: not measured",
  "claims.sample-failed": "n = {n}, left out as failed {failed}, censored {censored}",
  "claims.sample-unknown": "not known {unknown}",
  "claims.lines": "Supporting log lines",
  "claims.no-lines": "No single line: the number belongs to the run as a whole.",
  "claims.none": "No claims were checked.",
  "claims.bullet": "{title}: documented {documented}, measured {measured}.",
  "claims.legend": "Hatched: documented, with its tolerance. Blue: single samples, the measured value and its interval.",

  // Kaplan-Meier of the cleanup.

  // Stages.
  "stages.heading": "How long each stage took",
  "stages.stage": "Stage",
  "stages.points": "Single durations",
  "stages.interval": "95% interval of the median",
  "stages.resolution": "Resolution",
  // How many durations are not among the others because their investigation failed; below it, why.
  "stages.failed": "Left out",
  "stages.censored": "Censored",
  "stages.unknown": "Unknown",
  "stages.caption":
    "Seconds; only investigations that ended well. Each dot is one; the line marks the median. A percentile appears only where n suffices for it.",
  "stages.failed-caption": "Left out: durations of investigations or Jobs that failed, in this stage or in another.",
  "stages.unknown-caption":
    "Unknown: so many more that no source shows at both ends of the stage; they are in none of its numbers, and need not be like the others.",
  "stages.none": "Not measured: no stage of any investigation was seen from start to end.",
  "stages.over-run": "Connecting, over the run",
  "stages.over-run-finding": "First half: median {a} s; second half: {b} s.",
  "stages.axis-order": "investigations in run order",

  // Investigations and Jobs.
  "investigations.heading": "Investigations",
  "investigations.all": { plural: "n", one: "The 1 investigation", other: "All {n} investigations" },
  "investigations.id": "No.",
  "investigations.job": "Job id",
  "investigations.outcome": "Outcome",
  "investigations.start": "Start",
  "investigations.cleanup": "Cleanup",
  "investigations.failed-heading": {
    plural: "n",
    one: "1 investigation did not end well",
    other: "{n} investigations did not end well",
  },
  "investigations.attempts": "{n} attempts",
  "investigations.none": "No investigation was found.",
  "investigations.caption": "Seconds for each stage; a dash: not seen.",
  "jobs.heading": { plural: "n", one: "Jobs (1)", other: "Jobs ({n})" },
  "jobs.name": "Job",
  "jobs.role": "Role",
  "jobs.created": "Created",
  "jobs.gone": "Gone",
  "jobs.open": "Open [s]",
  "jobs.mechanism": "Ended by",
  "jobs.resolution": "Resolution",
  "jobs.still-open": "still open when the capture ended; time of deletion unknown",
  "jobs.none": "No Job was found in the input.",
  "jobs.other": "not of this run",

  // Inner contradictions.
  "consistency.heading": "Where the documents disagree with themselves",
  "consistency.none": "No relation between documented numbers was checked.",
  "consistency.documented": "With the documented numbers",
  "consistency.measured": "With the measured numbers",
  "consistency.against": "against",
  // Whether a relation between measured numbers holds, with the difference that is allowed between its sides.
  "consistency.within": "{holds} (within {share}, our tolerance)",
  "consistency.depends": "depends on {what}",

  // Sources, clocks, diagnostics, what is missing, method.
  "sources.heading": "What was read",
  "sources.file": "File",
  "sources.format": "Format",
  "sources.lines": "Lines",
  "sources.matched": "matched",
  "sources.ignored": "ignored",
  "sources.unparsed": "unparsed",
  "sources.covers": "Covers",
  "sources.early": "Ends before the run does: from {at} on nothing is known from it.",
  "sources.none": "No source.",
  "clocks.heading": "Clocks",
  "clocks.clock": "Clock",
  "clocks.zone": "Zone",
  "clocks.skew": "Against the cluster",
  "clocks.method": "Found by",
  "clocks.anchors": "Bounds",
  "clocks.behind": "{x} s behind ({u})",
  "clocks.ahead": "{x} s ahead ({u})",
  "clocks.even": "in sync ({u} s)",
  "clocks.unknown": "unknown",
  "clocks.drift": "drifts {ppm} ppm",
  "diagnostics.heading": "What to know about the input",
  "diagnostics.none": "Nothing unusual.",
  "diagnostics.unknown": "{id} ({values})",
  "missing.heading": "What is missing for a full answer",
  "missing.none": "Nothing: everything that can be measured was in the input.",
  "method.heading": "Method",
  "method.medians":
    "Stages are medians over investigations that ended well; the 95% interval of a median comes from order statistics and needs at least 6 samples.",
  "method.verdict":
    "A claim is confirmed when the whole interval lies inside the documented value with its tolerance, contradicted when it lies wholly outside, and inconclusive otherwise. The tolerance is ours, not the documents’.",
  "method.curve":
    "Open Jobs are counted from creation until the object is gone; the mean is weighted by time. Single values of a run (mean, peak, total) speak of this run only.",
  "method.censoring": "A Job still open when the capture ended is right-censored: it counts up to then and is not closed with a guess.",
  "method.clocks":
    "The runner’s clock is tied to the cluster’s by bounds: a request leaves before its Job is created, the answer comes after.",
  "method.command": "Command",
  "method.profile": "Profile {profile}, postrun {version}, report of {at}.",
  "method.parameters": "Parameters",
  // Where the value of a parameter came from, in brackets after it.
  "origin.given": "given",
  "origin.detected": "found in the input",
  "origin.default": "by default",
  "origin.measured": "measured",
  "origin.unknown": "unknown",
  // Text forms: below a table or list that had to be shortened, and the heading of failing lines.
  "text.left-out": {
    plural: "n",
    one: "1 more is left out here; the report has it.",
    other: "{n} more are left out here; the report has them.",
  },
  "text.error": "Error",
  "text.line": "Line",
  // Names of the sheets of a workbook, at most 31 characters.
  "sheet.summary": "Summary",
  "sheet.claims": "Claims",
  "sheet.stages": "Stages",
  "sheet.investigations": "Investigations",
  "sheet.jobs": "Jobs",
  "sheet.concurrency": "Open Jobs over time",
  "sheet.sources": "Sources",
  "footer.made": "Made by postrun {version}. The file holds its own data: postrun render reads it again.",
  // Under the summary on the terminal.
  "terminal.names": {
    plural: "n",
    one: "The report holds 1 host or address: {names}. {flag} masks names.",
    other: "The report holds {n} hosts and addresses: {names}. {flag} masks names.",
  },
} as const satisfies Record<string, Message>;

/** Every sentence of the reports in English; its keys are the contract that each other language fulfils. Its parts are named, since a type made of them would be written out. */
export const en: typeof enMessages &
  typeof enClocks &
  typeof enReasons &
  typeof enMissing &
  typeof enMisfits &
  typeof enComparison &
  typeof enCrossChecks &
  typeof enLife &
  typeof enDeviations &
  typeof enTerms &
  typeof enPage &
  typeof enPolling &
  typeof enPrediction &
  typeof enLead &
  typeof enCurve &
  typeof enSurvival &
  typeof enFrame = {
  ...enMessages,
  ...enClocks,
  ...enReasons,
  ...enMissing,
  ...enMisfits,
  ...enComparison,
  ...enCrossChecks,
  ...enLife,
  ...enDeviations,
  ...enTerms,
  ...enPage,
  ...enPolling,
  ...enPrediction,
  ...enLead,
  ...enCurve,
  ...enSurvival,
  ...enFrame,
};

/** What every other language must provide: the same keys, plural where English is plural. */
export type Catalog = { readonly [K in keyof typeof en]: (typeof en)[K] extends string ? string : import("./message.js").Plural };
export type MessageKey = keyof Catalog;
