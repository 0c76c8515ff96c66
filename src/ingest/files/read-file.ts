import type { TimelineEvent } from "../../model/event.js";
import type { Diagnostic, ParameterHint, SourceSummary } from "../../model/source.js";
import { openTextSource } from "../bytes/text-source.js";
import { detectFormat, mayGoOnOtherwise } from "../detect.js";
import type { EventTable } from "../event-table/event-table.js";
import { Examination } from "../examination.js";
import { hintsFromPath } from "../file-name-hints.js";
import type { Ingester } from "../ingester.js";
import type { CompiledProfile } from "../log/compiled-profile.js";
import { type EmbeddedInputs, excerpt, Recorder } from "../recorder.js";
import { nothingInflated, unknownFormat } from "../unusable.js";
import type { Piece } from "./file-pieces.js";
import { cannotRead, type InputFile } from "./input-files.js";
import { storedBytes } from "./stored-bytes.js";

const MOST_LINES_LOOKED_AT = 500;

/** What examining a source has shown. */
export interface Examined {
  readonly examination: Examination;
  readonly why?: { readonly line: number; readonly text: string };
}

/** All that one file says. */
export interface FileReading {
  readonly summary: SourceSummary;
  /** Of the decompressed bytes. */
  readonly contentSha256: string;
  /** All of it was valid UTF-8. */
  readonly isValidText: boolean;
  /** It says something, even where it holds no event. */
  readonly usable: boolean;
  readonly events: readonly TimelineEvent[];
  /** Where they stand; absent where another thread has read them. */
  readonly table?: EventTable;
  /** What a written timeline brings along: the evidence of its events points into the sources of these. */
  readonly embedded?: EmbeddedInputs;
  readonly hints: readonly ParameterHint[];
  readonly diagnostics: readonly Diagnostic[];
  readonly examined?: Examined;
}

export interface FileOptions {
  /** Look closer. */
  readonly examine?: boolean;
  /** What the path `-` reads. */
  readonly stdin?: NodeJS.ReadableStream;
  readonly onBytes?: (bytesRead: number) => void;
  /** Read only this part. */
  readonly piece?: Piece;
}

/**
 * Reads one file, whatever its format.
 * @param source index of the file in the list of sources
 * Throws a PostrunError ("input") where it cannot be read.
 */
export async function readFile(file: InputFile, source: number, profile: CompiledProfile, options: FileOptions): Promise<FileReading> {
  const recorder = new Recorder(source, file.path, file.modifiedAt);
  if (options.examine === true) recorder.examination = new Examination();
  try {
    const { onBytes, piece } = options;
    const text = await openTextSource(file.path, bytesOf(file, options), {
      isPart: piece !== undefined,
      ...(onBytes === undefined ? {} : { onBytes }),
    });
    let head = piece?.head ?? text.head;
    let format = head === "" && text.facts().damaged ? nothingInflated : detectFormat(head, profile);
    if (piece === undefined && mayGoOnOtherwise(format)) {
      head = await text.longHead();
      format = detectFormat(head, profile);
    }
    const why = recorder.examination === undefined ? undefined : tellingLine(head, format, profile);
    await format.read({ ...text, head }, recorder, profile);
    hintsFromPath(recorder, profile);
    const { damaged, bomb, contentSha256, isMixed, isValidText, ...facts } = text.facts();
    if (isMixed) recorder.diagnose("mixed-encodings", "info", { encodings: facts.encoding });
    if (bomb) recorder.diagnose("inflates-beyond-measure", "warning", { lines: recorder.counts.lines });
    const unfinished = recorder.diagnostics.some(({ id }) => id === "capture-unfinished");
    // What still grows, or was cut off, says so itself and has no end of its compression either.
    if (damaged && !unfinished) recorder.diagnose("damaged-gzip", "warning", { lines: recorder.counts.lines });
    const { counts, from, to, clock, examination, diagnostics, table, usable, embedded, hints } = recorder;
    return {
      summary: { path: file.path, ...facts, format: format.id, ...counts, from, to, clock, ...statedBy(recorder) },
      contentSha256,
      isValidText,
      usable,
      table,
      get events() {
        return table.events;
      },
      ...(embedded === undefined ? {} : { embedded }),
      hints,
      diagnostics,
      ...(examination === undefined ? {} : { examined: { examination, ...(why === undefined ? {} : { why }) } }),
    };
  } catch (error) {
    if (error instanceof Error && "syscall" in error) throw cannotRead(file.path, error.message);
    throw error;
  }
}

/** Facts that only some sources state. */
function statedBy({ zoneMinutes, zoned, undated, lostLine, selfDescribing, jobWatches }: Recorder): Partial<SourceSummary> {
  return {
    ...(zoneMinutes === undefined ? {} : { zoneMinutes }),
    ...(zoned ? { zoned } : {}),
    ...(undated === undefined ? {} : { undated }),
    ...(lostLine === undefined ? {} : { lostLine }),
    ...(selfDescribing ? { selfDescribing } : {}),
    ...(jobWatches.length === 0 ? {} : { jobWatches }),
  };
}

/** The first line that alone would have made the format known. */
function tellingLine(head: string, format: Ingester, profile: CompiledProfile): Examined["why"] {
  const lines = head.split("\n", MOST_LINES_LOOKED_AT);
  const index = format === unknownFormat ? -1 : lines.findIndex((line) => line.trim() !== "" && format.matches(line, profile));
  return index === -1 ? undefined : { line: index + 1, text: excerpt(lines[index] ?? "") };
}

function bytesOf(file: InputFile, { piece, stdin }: FileOptions): AsyncIterable<Buffer> {
  return file.path === "-" ? asBuffers(stdin ?? process.stdin) : storedBytes(file, piece);
}

async function* asBuffers(stream: NodeJS.ReadableStream): AsyncGenerator<Buffer> {
  for await (const chunk of stream) yield typeof chunk === "string" ? Buffer.from(chunk) : chunk;
}
