import { createReadStream } from "node:fs";
import { PostrunError } from "../model/errors.js";
import type { TimelineEvent } from "../model/event.js";
import type { Profile } from "../model/profile.js";
import type { Diagnostic, SourceSummary } from "../model/source.js";
import { withCollectorClocks } from "./collector-clocks.js";
import { type CompiledProfile, compileProfile } from "./compiled-profile.js";
import { detectFormat } from "./detect.js";
import { Examination } from "./examination.js";
import { hintsFromPath } from "./file-name-hints.js";
import type { Ingester } from "./ingester.js";
import { cannotRead, findInputFiles, type InputFile } from "./input-files.js";
import { joinSources } from "./join-sources.js";
import { compareText } from "./path-order.js";
import { excerpt, type LogHint, Recorder } from "./recorder.js";
import { openTextSource } from "./text-source.js";
import { unknownFormat } from "./unusable.js";

export type { LogHint } from "./recorder.js";
export { writeTimelineNdjson } from "./timeline-ndjson.js";

const MOST_LINES_LOOKED_AT = 500;

/** Read at once from a file [bytes]: each read is a round trip to another thread. */
const READ_BYTES = 512 * 1024;

export interface ReadOptions {
  readonly profile: Profile;
  /** Called while a file is read; `bytesTotal` is 0 for standard input. */
  readonly onProgress?: (progress: { path: string; bytesRead: number; bytesTotal: number }) => void;
  /** Inspect: look closer, and refuse nothing. */
  readonly examine?: boolean;
  /** What the input `-` reads. */
  readonly stdin?: NodeJS.ReadableStream;
}

/** What examining a source has shown. */
export interface Examined {
  readonly examination: Examination;
  readonly diagnostics: readonly Diagnostic[];
  readonly why?: { readonly line: number; readonly text: string };
}

export interface Inputs {
  readonly events: readonly TimelineEvent[];
  /** In the order of paths, rotated parts oldest first (sources that a written timeline brings along come after the files); the evidence of events points into it. */
  readonly sources: readonly SourceSummary[];
  readonly diagnostics: readonly Diagnostic[];
  /** By index of the source, where the inputs were to be examined. */
  readonly examined: ReadonlyMap<number, Examined>;
  /** What the profile's `detect` expressions recognised. */
  readonly logTexts: readonly LogHint[];
}

/**
 * Reads files, folders and `-` into events. The order of the inputs changes nothing.
 * Throws a PostrunError: "input" for what does not exist or when nothing usable is in any of them, "config" for a profile's bad pattern.
 */
export async function readInputs(inputs: readonly string[], options: ReadOptions): Promise<Inputs> {
  const profile = compileProfile(options.profile);
  const { files, repeated, leftAlone } = await findInputFiles(inputs);
  const recorders: Recorder[] = [];
  const sources: SourceSummary[] = [];
  const examined = new Map<number, Examined>();
  const duplicates = [...repeated];
  const contents = new Set<string>();
  for (const file of files) {
    const recorder = new Recorder(sources.length, file.path, file.modifiedAt);
    if (options.examine === true) recorder.examination = new Examination();
    const { summary, contentSha256, why } = await readFile(file, recorder, profile, options);
    if (summary.lines > 0 && contents.has(contentSha256)) duplicates.push(file.path);
    else {
      contents.add(contentSha256);
      if (recorder.examination !== undefined) {
        const { examination, diagnostics } = recorder;
        examined.set(sources.length, { examination, diagnostics, ...(why === undefined ? {} : { why }) });
      }
      sources.push(summary);
      recorders.push(recorder);
    }
  }
  if (options.examine !== true && !recorders.some((recorder) => recorder.usable)) throw nothingUsable(inputs, recorders);
  const diagnostics = recorders.flatMap((recorder) => recorder.diagnostics);
  if (duplicates.length > 0) diagnostics.push(listed("duplicate-input", "warning", duplicates));
  if (leftAlone.length > 0) diagnostics.push(listed("input-not-data", "info", leftAlone));
  return {
    ...withCollectorClocks(joinSources(recorders, sources)),
    diagnostics,
    examined,
    logTexts: recorders.flatMap((recorder) => recorder.hints),
  };
}

async function readFile(
  file: InputFile,
  recorder: Recorder,
  profile: CompiledProfile,
  options: ReadOptions,
): Promise<{ summary: SourceSummary; contentSha256: string; why: Examined["why"] }> {
  try {
    const source = await openTextSource(file.path, storedBytes(file, options), (bytesRead) =>
      options.onProgress?.({ path: file.path, bytesRead, bytesTotal: file.bytes }),
    );
    const format = detectFormat(source.head, profile);
    const why = recorder.examination === undefined ? undefined : tellingLine(source.head, format, profile);
    await format.read(source, recorder, profile);
    hintsFromPath(recorder, profile);
    const { damaged, bomb, contentSha256, ...facts } = source.facts();
    if (bomb) recorder.diagnose("inflates-beyond-measure", "warning", { lines: recorder.counts.lines });
    const unfinished = recorder.diagnostics.some(({ id }) => id === "capture-unfinished");
    // What still grows, or was cut off, says so itself and has no end of its compression either.
    if (damaged && !unfinished) recorder.diagnose("damaged-gzip", "warning", { lines: recorder.counts.lines });
    const { counts, from, to, clock, zoneMinutes, undated } = recorder;
    const zone = { ...(zoneMinutes === undefined ? {} : { zoneMinutes }), ...(undated === undefined ? {} : { undated }) };
    return { summary: { path: file.path, ...facts, format: format.id, ...counts, from, to, clock, ...zone }, contentSha256, why };
  } catch (error) {
    if (error instanceof Error && "syscall" in error) throw cannotRead(file.path, error.message);
    throw error;
  }
}

/** The first line that alone would have made the format known. */
function tellingLine(head: string, format: Ingester, profile: CompiledProfile): Examined["why"] {
  const lines = head.split("\n", MOST_LINES_LOOKED_AT);
  const index = format === unknownFormat ? -1 : lines.findIndex((line) => line.trim() !== "" && format.matches(line, profile));
  return index === -1 ? undefined : { line: index + 1, text: excerpt(lines[index] ?? "") };
}

function storedBytes(file: InputFile, options: ReadOptions): AsyncIterable<Buffer> {
  // Up to the size at the start: a log that is still written to would be read against a moving end.
  if (file.path !== "-")
    return createReadStream(file.path, { highWaterMark: READ_BYTES, ...(file.bytes > 0 ? { end: file.bytes - 1 } : {}) });
  return asBuffers(options.stdin ?? process.stdin);
}

async function* asBuffers(stream: NodeJS.ReadableStream): AsyncGenerator<Buffer> {
  for await (const chunk of stream) yield typeof chunk === "string" ? Buffer.from(chunk) : chunk;
}

function listed(id: string, severity: Diagnostic["severity"], paths: readonly string[]): Diagnostic {
  const sorted = [...paths].sort(compareText);
  return { id, severity, count: sorted.length, values: { paths: sorted.join(", ") }, examples: [] };
}

function nothingUsable(inputs: readonly string[], recorders: readonly Recorder[]): PostrunError {
  // What is only worth knowing is no reason.
  const reasons = recorders.flatMap((recorder) =>
    recorder.diagnostics.filter(({ severity }) => severity !== "info").map((note) => `${recorder.path}: ${describe(note)}`),
  );
  return new PostrunError(
    "input",
    [`nothing usable in ${inputs.join(", ")}`, ...reasons].join("\n  "),
    "Expected a test run's log (Python logging or pytest live log) that the profile recognises, or Kubernetes data as JSON (kubectl get jobs,pods,events -o json, with -w --output-watch-events for a watch; the audit log).",
  );
}

/** English words for an error on the terminal; a report says the same through its locales. */
function describe({ id, values }: Diagnostic): string {
  const words: Readonly<Record<string, string>> = {
    "empty-source": "the file is empty",
    "error-text-source": `only an error text: ${values.text}`,
    "table-source": "a table with relative ages; capture it with -o json instead",
    "unknown-format": `not a format that postrun reads; it begins with: ${values.text}`,
    "no-recognised-line": `a log, but the profile recognises none of its ${values.lines} lines; another --profile?`,
    "report-source": "a report of postrun, not data of a run",
    "cut-document": `the JSON breaks off at line ${values.line}`,
    "no-used-object": "JSON without Jobs, Pods or Events",
    "failed-tests": `failed: ${values.test}`,
    "test-results-only": `results of ${values.tests} tests, without the times of their steps; the log of the run is needed`,
    "xml-entities": "XML that declares entities; it was not read",
    "damaged-gzip": "the compressed data are damaged",
    "inflates-beyond-measure": "a small file that inflates beyond all measure; it was read in part only",
  };
  return words[id] ?? id;
}
