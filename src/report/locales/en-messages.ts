/** Sentences in English for what arrives as a key with values: diagnostics, missing pieces. Claim reasons are in en-reasons.ts. */
import type { Message } from "./message.js";

export const enMessages = {
  // What to know about the input: reading.
  "diagnostic.duplicate-input": "The same file was given twice; it was read once.",
  "diagnostic.input-not-data": {
    plural: "count",
    one: "1 file is no data of a run; nothing was measured from it.",
    other: "{count} files are no data of a run; nothing was measured from them.",
  },
  "diagnostic.report-source": "{path} is a report of postrun, and no data of a run.",
  "diagnostic.empty-source": "A file is empty.",
  "diagnostic.error-text-source": "A file holds only an error text in place of data.",
  "diagnostic.table-source":
    "{path} is a printed table: its ages are relative to a time that it does not name. This would have worked: kubectl get jobs,pods,events -o json; for a watch, kubectl get jobs -w -o json --output-watch-events.",
  "diagnostic.unknown-format": "The format of a file was not recognised.",
  "diagnostic.no-recognised-line": "No line of a log was recognised by the profile.",
  "diagnostic.cut-document": "A document in a file breaks off and was not read; what stands around it was.",
  "diagnostic.damaged-gzip": "A compressed file is damaged; what can be inflated before and behind the damage was read.",
  "diagnostic.mixed-encodings":
    "The encoding of {path} changes inside ({encodings}): different programs wrote to its end. Each part was read in its own.",
  "diagnostic.archive-source": "{path} is an archive ({kind}) and was not read: unpack it, and give the files that it holds.",
  "diagnostic.compressed-source":
    "{path} is compressed in a way that is not read ({kind}): decompress it first. Files of gzip and zstd are read as they are.",
  "diagnostic.capture-gaps": {
    plural: "gaps",
    one: "The capture was interrupted once ({kinds}), for {seconds} s: what came and went meanwhile is not in it, and a deletion is known only as a range.",
    other:
      "The capture was interrupted {gaps} times ({kinds}), for {seconds} s together: what came and went meanwhile is not in it, and a deletion is known only as a range.",
  },
  "diagnostic.capture-watch-lost":
    "The capture lost sight of objects before its end, and nothing is known of them after that. Kind, and since when: {lost}.",
  "diagnostic.capture-not-listed":
    "The capture never had a complete list of {kinds}: what there was of them is not known, nor what happened to them.",
  "diagnostic.capture-unfinished": "The capture breaks off at {at}: it was cut off, or is still being written.",
  "diagnostic.watch-error": "A watch ended with an error of the server.",
  "diagnostic.arrival-times":
    "Lines of the stored output have no time of their own; the time at which they arrived was used (they were printed at most {resolutionMs} ms before).",
  "diagnostic.held-back-output":
    "The command held lines of its output back, so when they were printed is known only roughly. Python prints at once with PYTHONUNBUFFERED=1.",
  "diagnostic.inflates-beyond-measure": "A small compressed file inflates beyond all measure; only its beginning was read.",
  "diagnostic.date-from-file": "A log has times without a date; the date was taken from its file.",
  "diagnostic.log-without-date": "A log has times without a date, and nothing says which day it was: durations hold.",
  "diagnostic.year-from-file": "A log has dates without a year; the year was taken from its file.",
  "diagnostic.log-without-year": "A log has dates without a year, and nothing says which year it was: durations hold.",
  "diagnostic.failed-tests": {
    plural: "count",
    one: "1 test failed by its own account.",
    other: "{count} tests failed by their own account.",
  },
  "diagnostic.test-results-only": "A file holds results of tests without the times of their steps; nothing was measured from it.",
  "diagnostic.xml-entities": "An XML file declares entities of its own; it was not read.",
  "diagnostic.marks-without-time": {
    plural: "count",
    one: "1 line that the profile recognises does not begin with a time (a text printed without a logger, or a record behind other text): it measures nothing.",
    other:
      "{count} lines that the profile recognises do not begin with a time (texts printed without a logger, or records behind other text): they measure nothing.",
  },
  "diagnostic.unread-times": {
    plural: "count",
    one: "1 line is written as the profile says, but its time cannot be read (a month whose name is not English, or a day that does not exist): it measures nothing.",
    other:
      "{count} lines are written as the profile says, but their times cannot be read (months whose names are not English, or days that do not exist): they measure nothing.",
  },
  "diagnostic.cut-line": "The last line of a file has no line end, so it may be cut off; the file was read up to there.",
  "diagnostic.long-line": "A line is too long to be a log line; it was not read.",
  "diagnostic.no-used-series": "A file holds Prometheus series, but none that is of use here.",
  "diagnostic.cpu-samples-on-grid":
    "CPU counters stand at the steps of a range query, not at the times at which they were scraped, and were not used. Ask for the scrapes themselves: query, with [3h] behind the selector.",
  "diagnostic.document-too-large": "A document in a file is too large or too deeply nested and was not read; the rest was.",
  "diagnostic.text-between-documents": "Text that is no document stands between the documents of a file and was not read.",
  "diagnostic.no-used-object": "A file is readable, but nothing in it is of use here.",
  "diagnostic.nothing-listed": "A file from the cluster holds no Job, Pod or Event: there was none at that time, or not in that namespace.",
  "diagnostic.unreadable-document": "A document in a file could not be read; the rest was.",
  "diagnostic.parameter-ambiguous": "The input suggests several values for a parameter; give it with --param.",
  // What to know about the input: timeline and analysis.
  "diagnostic.unmatched-marks": {
    plural: "count",
    one: "1 line could not be tied to an investigation.",
    other: "{count} lines could not be tied to an investigation.",
  },
  "diagnostic.ambiguous-marks": {
    plural: "count",
    one: "1 line could belong to more than one investigation; it was not used.",
    other: "{count} lines could belong to more than one investigation; they were not used.",
  },
  "diagnostic.job-ids-repeated": {
    plural: "count",
    one: "1 job id is that of several investigations of one run (given again by a server that restarted, or shared by two clients): a line or a Job with it is tied by the order of the lines and by its time.",
    other:
      "{count} job ids are those of several investigations of one run (given again by a server that restarted, or shared by two clients): a line or a Job with one of them is tied by the order of the lines and by its time.",
  },
  "diagnostic.versions-go-back":
    "The writes of the cluster are not numbered in the order of their times (resourceVersion goes back): it was restored from a backup, or there are two clusters. No deletion is dated by the numbers around it.",
  "diagnostic.investigations-skipped": {
    plural: "count",
    one: "The log has no line of 1 investigation, by the numbers of the others: a part of it is missing. Lines on both sides of the gap measure nothing, and how the one before it ended may be how another did.",
    other:
      "The log has no line of {count} investigations, by the numbers of the others: parts of it are missing. Lines on both sides of a gap measure nothing, and how the one before it ended may be how another did.",
  },
  "diagnostic.outcomes-uncertain": {
    plural: "count",
    one: "How 1 investigation ended may be how another did that overlapped it: no line tells which of them it was.",
    other: "How {count} investigations ended may be how others did that overlapped them: no line tells which of them it was.",
  },
  "diagnostic.ended-by-silence": {
    plural: "count",
    one: "No line ends 1 investigation: it was silent until the log’s end for longer than any other of the run at that point, and so counts as ended (failed, or opened by nobody). It may have gone on.",
    other:
      "No line ends {count} investigations: they were silent until the log’s end for longer than any other of the run at that point, and so count as ended (failed, or opened by nobody). They may have gone on.",
  },
  "diagnostic.runs-apart": "The {minutes} minutes between the runs are no part of any of them: means over time leave them out.",
  "diagnostic.doubled-records": {
    plural: "count",
    one: "1 record stands twice in the log; it was counted once.",
    other: "{count} records stand twice in the log; each was counted once.",
  },
  "diagnostic.all-runs": "The log holds {found} runs; this report is about all of them.",
  "diagnostic.several-runs": "The log holds {found} runs; this report is about run {selected}.",
  "diagnostic.session-set-back":
    "A test session begins earlier than the session before it in the file ended: the runner’s clock was set back in between, or logs of the same time were joined. Runs are counted in the order of the file ({paths}).",
  "diagnostic.source-ends-early": "{path} ends at {at}, before the run does ({runEnd}). After that nothing is known from it.",
  "diagnostic.several-runners": "The logs come from {count} runners, each with its own clock.",
  "diagnostic.log-not-aligned": {
    plural: "count",
    one: "Nothing ties the clock of {paths} to the others: its investigation has durations, but no place on their time.",
    other: "Nothing ties the clock of {paths} to the others: its {count} investigations have durations, but no place on their time.",
  },
  "diagnostic.arrivals-disagree":
    "The rows of {paths} arrived by clocks that are at least {seconds} s apart, those of different machines: their times of arrival are not used. postrun collect writes down what its clock is bounded by.",
  "diagnostic.arrivals-unsteady":
    "The clock of the cluster, or that of the machine that collected, was set during the capture: how long Jobs were open is measured by times of arrival all the same, but moments may be off by ±{seconds} s.",
  "diagnostic.arrivals-whole-seconds":
    "All times of arrival in a file are whole seconds, so what is known by them alone is known to half a second either way. Stamps with fractions of a second make it 50 ms.",
  "diagnostic.arrivals-unread": {
    plural: "count",
    one: "1 row of a watch has a time of arrival that cannot be read ({text}): it is not used. Read are UTC or times with their zone ({form}), and epochs in seconds or milliseconds.",
    other:
      "{count} rows of a watch have times of arrival that cannot be read (such as {text}): they are not used. Read are UTC or times with their zone ({form}), and epochs in seconds or milliseconds.",
  },
  "diagnostic.arrivals-unplaced":
    "The rows of {paths} have times of arrival, but nothing tells how far the clock that they are in is off the cluster’s: these times are not used. postrun collect writes down what its clock is bounded by.",
  "diagnostic.jobs-undecided": {
    plural: "count",
    one: "1 Job may be of this run: it fits an investigation, but nothing proves it. It counts only in the upper end of how many were open.",
    other:
      "{count} Jobs may be of this run: they fit investigations, but nothing tells which is whose. They count only in the upper end of how many were open.",
  },
  "diagnostic.no-job-of-run":
    "None of the {ids} job ids in the log occurs in the cluster data, which list the Jobs of one moment ({jobs} of others): the Jobs of the run were gone by then, or not there yet.",
  "diagnostic.no-job-of-profile": {
    plural: "count",
    one: "The one Job in the cluster data is not named as the profile names those that serve ({families}): {example}.",
    other: "None of the {count} Jobs in the cluster data is named as the profile names those that serve ({families}); seen: {example}.",
  },
  "diagnostic.jobs-of-others": {
    plural: "count",
    one: "1 Job in the namespace is not of this run.",
    other: "{count} Jobs in the namespace are not of this run.",
  },
  "diagnostic.references":
    "Citations looked up in the documents: {found} found in their place, {moved} moved, {changed} changed, {gone} gone with their file.",
  "diagnostic.gone-before-disconnect": {
    plural: "count",
    one: "1 Job was gone before its client had disconnected ({names}); it is not among the times after the disconnect.",
    other: "{count} Jobs were gone before their client had disconnected ({names}); they are not among the times after the disconnect.",
  },
  "diagnostic.stages-partly-known":
    "Stages of which many durations are not known, each with how many of how many it is measured over: {stages}. The others need not have taken as long: where Events were forgotten (after an hour, as a rule), what is left is the end of the run.",
  "diagnostic.stage-reversed": {
    plural: "count",
    one: "In 1 Job the end of the stage {stage} comes before its beginning; it is left out of the stage.",
    other: "In {count} Jobs the end of the stage {stage} comes before its beginning; they are left out of the stage.",
  },
  "diagnostic.lost-rows": {
    plural: "count",
    one: "Rows of a watch could not be read. Whether 1 Job of which no later row tells was gone is unknown.",
    other: "Rows of a watch could not be read. Whether {count} Jobs of which no later row tells were gone is unknown.",
  },
  "diagnostic.unnamed-deletions": {
    plural: "count",
    one: "A request deleted several Jobs at once without naming them (deletecollection). Whether it deleted 1 Job that no other request deletes is unknown.",
    other:
      "A request deleted several Jobs at once without naming them (deletecollection). Whether it deleted {count} Jobs that no other request deletes is unknown.",
  },
  "diagnostic.pods-missed": {
    plural: "count",
    one: "The watch of the Pods was started again, and the Pod of 1 Job was no longer there. Whether that Job was deleted, and when, is unknown.",
    other:
      "The watch of the Pods was started again, and the Pods of {count} Jobs were no longer there. Whether those Jobs were deleted, and when, is unknown.",
  },
  "diagnostic.unlogged-requests": {
    plural: "count",
    one: "The audit log lacks the creation or the deletion of 1 Job that other sources show. So what it does not tell of may have happened all the same: it does not prove that a Job stayed. Each API server of a control plane writes its own log, in several pieces; all of them are needed.",
    other:
      "The audit log lacks the creation or the deletion of {count} Jobs that other sources show. So what it does not tell of may have happened all the same: it does not prove that a Job stayed. Each API server of a control plane writes its own log, in several pieces; all of them are needed.",
  },
  "diagnostic.watch-gaps": {
    plural: "count",
    one: "1 Job was gone when the watch of the Jobs had been started again; when exactly is known only as a range.",
    other: "{count} Jobs were gone when the watch of the Jobs had been started again; when exactly is known only as a range.",
  },
  "diagnostic.watch-interrupted": {
    plural: "gaps",
    one: "No watch of the Jobs was up once, for at most {seconds} s: what came and went meanwhile is in no row.",
    other: "No watch of the Jobs was up {gaps} times, for at most {seconds} s together: what came and went meanwhile is in no row.",
  },
  "diagnostic.creation-unknown": {
    plural: "count",
    one: "The creation of 1 Job was not captured, or stands in the audit log without its name. When it was created is unknown, so it is left out.",
    other:
      "The creations of {count} Jobs were not captured, or stand in the audit log without their names. When they were created is unknown, so they are left out.",
  },
  "diagnostic.littles-law-broken":
    "The curve of open Jobs (mean {curve}) and the times of the Jobs themselves (mean {expected}) contradict each other. That is a fault of postrun: please report it.",
  "diagnostic.two-populations":
    "Two kinds of ends: {early} Jobs went about {earlyS} s after the disconnect, {late} about {lateS} s. A single median describes neither of them.",
  "diagnostic.leaked-jobs": {
    plural: "count",
    one: "1 Job was still there although older than {olderThanS} s.",
    other: "{count} Jobs were still there although older than {olderThanS} s.",
  },
  "diagnostic.deletion-unbounded": {
    plural: "count",
    one: "1 Job went after the last time that stands in the capture: how long after is unknown. A capture that stamps arrivals tells.",
    other:
      "{count} Jobs went after the last time that stands in the capture: how long after is unknown. A capture that stamps arrivals tells.",
  },
  "diagnostic.job-censored": {
    plural: "count",
    one: "1 Job was still open when the capture ended; its time of deletion is unknown.",
    other: "{count} Jobs were still open when the capture ended; their times of deletion are unknown.",
  },
  "diagnostic.claims-opposed":
    "The claims {claim} and {other} contradict each other: both are about the same measure, and no value agrees with both.",
  "diagnostic.claims-opposed-more": "More pairs of claims that contradict each other in the same way: {count}.",
  "diagnostic.parameter-contradicted":
    "The parameter {parameter} is taken as {given}, for which {documented} is documented ({claim}); measured was {measured}, as {fits} has it.",
  "diagnostic.job-not-linked": {
    plural: "count",
    one: "For 1 investigation no Job is known to have served it.",
    other: "For {count} investigations no Job is known to have served them.",
  },
  "diagnostic.background-assumed": {
    plural: "count",
    one: "Nothing tells how 1 Job was deleted: it is taken to have gone before its Pod (in the background). If it waited for its Pod (in the foreground), it stayed until that had ended, by default up to 30 s longer. A watch of the Jobs or an audit log tells.",
    other:
      "Nothing tells how {count} Jobs were deleted: they are taken to have gone before their Pods (in the background). If they waited for their Pods (in the foreground), they stayed until those had ended, by default up to 30 s longer. A watch of the Jobs or an audit log tells.",
  },
  "diagnostic.deletion-brackets": {
    plural: "count",
    one: "For 1 Job only a range is known for the deletion; its upper end is used.",
    other: "For {count} Jobs only a range is known for the deletion; its upper end is used.",
  },

  "diagnostic.stage-log-preferred": {
    plural: "count",
    one: "1 line of another log says again what the stage log says; it was set aside.",
    other: "{count} lines of other logs say again what the stage log says; they were set aside.",
  },
  "diagnostic.unusable-stage-record": {
    plural: "count",
    one: "1 record of a stage log (line {line}) was not used: it takes version 1, a time with its zone, the event start, end or run, an investigation, and of a stage a name of small letters, digits and hyphens.",
    other:
      "{count} records of a stage log (the first in line {line}) were not used: each takes version 1, a time with its zone, the event start, end or run, an investigation, and of a stage a name of small letters, digits and hyphens.",
  },

  "diagnostic.declared-losses": {
    plural: "count",
    one: "{path} says itself that 1 record is missing from it.",
    other: "{path} says itself that {count} records are missing from it.",
  },
} as const satisfies Record<string, Message>;
