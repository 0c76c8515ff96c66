import type { Message } from "./message.js";

/** What the page alone says: the timeline, its controls, filters, copies and downloads. */
export const enPage = {
  // Investigations and Jobs below the curve of open Jobs.
  "curve.measured-steps": "measured, mean {m}",
  "timeline.heading": "Every investigation and its Job, on the same axis",
  "timeline.finding": {
    plural: "n",
    one: "One line for the one investigation, its Job behind it. Did not end well: {failed}. Jobs whose end was not seen: {open}.",
    other: "One line for each of {n} investigations, its Job behind it. Did not end well: {failed}. Jobs whose end was not seen: {open}.",
  },
  // The same where the input has no Job of the run.
  "timeline.finding-no-jobs": {
    plural: "n",
    one: "One line for the one investigation; of its Job the input says nothing. Did not end well: {failed}.",
    other: "One line for each of {n} investigations; of their Jobs the input says nothing. Did not end well: {failed}.",
  },
  "timeline.job": "Job, from creation to deletion",
  "timeline.failed": "failed or timed out",
  "timeline.open-end": "end not seen",
  "timeline.none": "Not drawn: the input says nothing about when investigations began.",
  "timeline.detail-peak": "Close up: around the peak, {from} to {to}",
  "timeline.detail-start": "Close up: the beginning, {from} to {to}",
  "timeline.controls": "Range of time shown",
  "timeline.zoom-in": "Zoom in",
  "timeline.zoom-out": "Zoom out",
  "timeline.earlier": "Earlier",
  "timeline.later": "Later",
  "timeline.to-peak": "Around the peak",
  "timeline.reset": "Whole run",
  "timeline.help": "Drag over the chart to zoom in. Keys: + and − zoom, the arrows move, 0 shows the whole run.",
  "timeline.shown": "Shown: {from} to {to}. Investigations: {n}. Most Jobs open at once: {p}.",
  "timeline.shown-rows": "Shown: {from} to {to}. Investigations: {n}.",
  "timeline.shown-curve": "Shown: {from} to {to}. Most Jobs open at once: {p}.",
  "timeline.at": "At {at}: {n} open",
  "timeline.at-unwatched": "At {at}: no watch was up",
  "timeline.at-beyond": "At {at}: how many were open is not known",

  // Pictures of the cleanup and of a stage over the run: their controls, and what they say of a place.
  "measure.controls": "Part shown",
  "measure.zoom-in": "Zoom in",
  "measure.zoom-out": "Zoom out",
  "measure.reset": "Show all",
  "measure.shown-survival": "Shown: {from} to {to} s.",
  "measure.shown-over-run": "Shown: no. {from} to {to} in run order.",
  "measure.at-survival": "After {x} s: {share} still open",
  "measure.at-over-run": "No. {n} in run order: {x} s",

  // Where a citation stands in the documents of --docs.
  "citation.heading": "Citation",
  "citation.found": "found at line {line}",
  "citation.moved": "moved to line {line}",
  "citation.moved-file": "moved to line {line} of {file}",
  "citation.changed": "changed: the documents no longer say it there",
  "citation.gone": "gone: there is no such document",

  // A report in several pages.
  "parts.note": "The rows stand in pages of their own, beside this one:",
  "parts.part": "Part {k} of {n}: investigations {from} to {to}, Jobs: {jobs}",
  "parts.jobs": "Part {k} of {n}: Jobs: {jobs}",
  "parts.overview": "To the overview of the run",
  "parts.download":
    "The rows are in the parts, each with its own tables. postrun render joins all of them again: give it this page with the parts beside it.",

  // Connecting against the number of open Jobs.
  "load.heading": "Connecting, by the number of open Jobs",
  "load.finding": "With {a} Jobs open connecting takes {x} s (median), with {b} it takes {y} s.",
  "load.finding-one": {
    plural: "n",
    one: "Only 1 connection: too few at any number of open Jobs to compare medians.",
    other: "Only {n} connections: too few at any number of open Jobs to compare medians.",
  },
  // Where connections with one number of open Jobs alone are enough.
  "load.finding-level": {
    plural: "a",
    one: "With 1 Job open connecting takes {x} s (median). With any other number connections are too few to compare.",
    other: "With {a} Jobs open connecting takes {x} s (median). With any other number connections are too few to compare.",
  },
  "load.unknown": {
    plural: "n",
    one: "1 more connection began when the number of open Jobs is not known.",
    other: "{n} more connections began when the number of open Jobs is not known.",
  },
  "load.axis": "Jobs open when connecting began",
  "load.level": "Open Jobs",

  // Tables, copies, downloads, links.
  "ui.loading": "Reading the data inside this page…",
  "ui.link": "Link to this place",
  "ui.find": "Find in this table",
  "ui.sort": "Sort by",
  "ui.find-hint": "id, Job, outcome or error",
  "ui.found": "Rows found: {n}",
  "ui.more": "Show more rows",
  "ui.part": "Shown: the first {k} of {n} rows. The page holds the rest and shows it with a script; so do the downloads.",
  "ui.copy-markdown": "Copy as Markdown",
  "ui.copy-ticket": "Copy for Jira",
  "ui.failed-rest": "and {n} more, in the table below",
  "download.heading": "Download the data",
  "download.text": "Everything on this page comes from its report.json, which is inside this file: downloads need no network.",
  "download.json": "report.json",
  "download.investigations": "Investigations (CSV)",
  "download.jobs": "Jobs (CSV)",
  "download.claims": "Claims (CSV)",
} as const satisfies Record<string, Message>;
