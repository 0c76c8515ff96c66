import { join } from "node:path";
import { PostrunError } from "../model/errors.js";
import type { TimelineEvent } from "../model/event.js";
import type { Profile } from "../model/profile.js";
import { RUN_CONFIG_NAME } from "../model/run-config-name.js";
import type { Diagnostic, ParameterHint, SourceSummary } from "../model/source.js";
import { withCollectorClocks } from "./collector-clocks.js";
import { findInputFiles } from "./files/input-files.js";
import { compareText } from "./files/path-order.js";
import type { Examined, FileReading } from "./files/read-file.js";
import { type ReadOptions, readFiles } from "./files/read-files.js";
import { joinSources } from "./join-sources.js";
import type { ReadingNote } from "./recorder.js";

export { dataFiles } from "./files/data-files.js";
export type { Examined } from "./files/read-file.js";
export type { ReadingProgress, ReadOptions } from "./files/read-files.js";
export { inspectedSources } from "./inspected-sources.js";
export { writeTimelineNdjson } from "./readers/timeline-ndjson.js";
export type { ReadingNote } from "./recorder.js";

export interface Inputs {
  readonly events: readonly TimelineEvent[];
  /** In the order of paths, rotated parts oldest first (sources that a written timeline brings along come after the files); the evidence of events points into it. */
  readonly sources: readonly SourceSummary[];
  /** What the reader must know about the sources, in their order, and then about the inputs as a whole. */
  readonly notes: readonly ReadingNote[];
  /** Those of the notes. */
  readonly diagnostics: readonly Diagnostic[];
  /** By index of the source, where the inputs were to be examined. */
  readonly examined: ReadonlyMap<number, Examined>;
  /** What the profile's `detect` expressions recognised. */
  readonly hints: readonly ParameterHint[];
}

/**
 * Reads files, folders and `-` into events. The order of the inputs changes nothing.
 * Throws a PostrunError: "input" for what does not exist or when nothing usable is in any of them, "config" for a profile's bad pattern.
 */
export async function readInputs(inputs: readonly string[], options: ReadOptions): Promise<Inputs> {
  const { files, repeated, leftAlone } = await findInputFiles(inputs);
  const readings: FileReading[] = [];
  const duplicates = [...repeated];
  const contents = new Set<string>();
  for await (const { path, read } of readFiles(files, options)) {
    const reading = await read(readings.length);
    if (reading.summary.lines > 0 && contents.has(reading.contentSha256)) duplicates.push(path);
    else {
      contents.add(reading.contentSha256);
      readings.push(reading);
    }
  }
  if (options.examine !== true && !readings.some(saysSomething)) throw nothingUsable(inputs, readings, options.profile);
  const { hints, notes: ofSources, ...joined } = joinSources(readings);
  const notes = [...ofSources];
  if (duplicates.length > 0) notes.push({ diagnostic: listed("duplicate-input", "warning", duplicates) });
  // The configuration of a folder is no data either, but it has had its say.
  const configurations = new Set(inputs.map((input) => join(input, RUN_CONFIG_NAME)));
  const unused = leftAlone.filter((path) => !configurations.has(path));
  if (unused.length > 0) notes.push({ diagnostic: listed("input-not-data", "info", unused) });
  return {
    ...withCollectorClocks(joined),
    hints,
    notes,
    diagnostics: notes.map(({ diagnostic }) => diagnostic),
    examined: new Map(readings.flatMap(({ examined }, index) => (examined === undefined ? [] : [[index, examined] as const]))),
  };
}

function listed(id: string, severity: Diagnostic["severity"], paths: readonly string[]): Diagnostic {
  const sorted = [...paths].sort(compareText);
  return { id, severity, count: sorted.length, values: { paths: sorted.join(", ") }, examples: [] };
}

/** That nothing was there says something beside a log or other captures, not alone. */
function saysSomething({ usable, diagnostics }: FileReading): boolean {
  return usable && diagnostics.every(({ id }) => id !== "nothing-listed");
}

function nothingUsable(inputs: readonly string[], readings: readonly FileReading[], profile: Profile): PostrunError {
  const reasons = readings.flatMap(({ summary, diagnostics }) => {
    // What is only worth knowing is no reason beside one.
    const serious = diagnostics.filter(({ severity }) => severity !== "info");
    return (serious.length > 0 ? serious : diagnostics).map((note) => `${summary.path}: ${describe(note, profile)}`);
  });
  return new PostrunError(
    "input",
    [`nothing usable in ${inputs.join(", ")}`, ...reasons].join("\n  "),
    "Expected a test run's log (Python logging or pytest live log) that the profile recognises, or Kubernetes data as JSON (kubectl get jobs,pods,events -o json, with -w --output-watch-events for a watch; the audit log). postrun inspect shows what each file is, and what of it the profile recognises.",
  );
}

/** English words for an error on the terminal; a report says the same through its locales. */
function describe({ id, values }: Diagnostic, { id: profile, log }: Profile): string {
  const formats = log?.formats.length ?? 0;
  const ofProfile =
    formats === 1
      ? "the profile's log format fits no line of its beginning"
      : `none of the profile's ${formats} log formats fits a line of its beginning`;
  const words: Readonly<Record<string, string>> = {
    "empty-source": "the file is empty",
    "error-text-source": `only an error text: ${values.text}`,
    "table-source": "a table with relative ages; capture it with -o json instead",
    "unknown-format": `${formats === 0 ? "" : `${ofProfile}, and it is `}not a format that postrun reads; it begins with: ${values.text}`,
    "no-recognised-line": `a log, but the profile ${profile} recognises none of its ${values.lines} lines; --profile names another`,
    "marks-without-time": "lines that the profile recognises, but without a time of their own",
    "unread-times":
      "a log, but its times cannot be read by the profile's datefmt: months whose names are not English, or days that do not exist",
    "report-source": "a report of postrun, not data of a run; postrun render reads it, and with reports of other runs analyze --pool",
    "archive-source": `an archive (${values.kind}); unpack it and give the files that it holds`,
    "compressed-source": `compressed in a way that is not read (${values.kind}); decompress it first`,
    "cut-document": `a document breaks off at line ${values.line}`,
    "unreadable-document": "a document could not be read",
    "document-too-large": "a document is too large or nested too deep",
    "long-line": "a line is too long to be read",
    "no-used-object": "no Jobs, Pods or Events in it",
    "nothing-listed": "a list without a Job, a Pod or an Event: there was none at that time, or not in that namespace",
    "no-used-series": "Prometheus series, none of which is of use",
    "unusable-stage-record": "records of a stage log that cannot be used",
    "log-without-date": "times without a date",
    "log-without-year": "dates without a year",
    "declared-losses": "its exporter left rows out, as it says itself",
    "watch-error": `a watch ended with an error of the server: ${values.message}`,
    "arrivals-unread": `rows with times of arrival that cannot be read: ${values.text}`,
    "arrivals-whole-seconds": "rows whose times of arrival are whole seconds",
    "capture-unfinished": "a capture that breaks off",
    "capture-not-listed": "a capture that never got a whole list",
    "capture-watch-lost": "a capture whose watch was lost",
    "capture-gaps": "a capture that was interrupted",
    "failed-tests": `failed: ${values.test}`,
    "test-results-only": `results of ${values.tests} tests, without the times of their steps; the log of the run is needed`,
    "xml-entities": "XML that declares entities; it was not read",
    "damaged-gzip": "the compressed data are damaged",
    "inflates-beyond-measure": "a small file that inflates beyond all measure; it was read in part only",
  };
  return words[id] ?? id;
}
