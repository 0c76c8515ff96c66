/** Which files are read one after the other, and which side by side in threads. Results come in the order of the files, whoever read them. */
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import type { Profile } from "../../model/profile.js";
import { type CompiledProfile, compileProfile } from "../log/compiled-profile.js";
import { type Piece, piecesOf } from "./file-pieces.js";
import type { InputFile } from "./input-files.js";
import { joinPieces } from "./join-pieces.js";
import { type FileReading, readFile } from "./read-file.js";
import { type Read, ReadPool, type ReadRequest } from "./read-pool.js";
import { sha256Of } from "./stored-bytes.js";

/** How far the reading of all inputs has come; `bytesTotal` is 0 where the size of one is not known. */
export interface ReadingProgress {
  /** The file that was read from last. */
  readonly path: string;
  readonly bytesRead: number;
  readonly bytesTotal: number;
}

export interface ReadOptions {
  readonly profile: Profile;
  /** Called while files are read. */
  readonly onProgress?: (progress: ReadingProgress) => void;
  /** Inspect: look closer, and refuse nothing. */
  readonly examine?: boolean;
  /** What the input `-` reads. */
  readonly stdin?: NodeJS.ReadableStream;
  /** Threads that read files, and pieces of large ones, side by side; by default as many as the machine has processors, one where the files are small. Changes no result. */
  readonly workers?: number;
  /** About how large the pieces are in which large files are read [bytes]; by default half of each thread's share. Changes no result. */
  readonly pieceBytes?: number;
}

/** A file, and what reads it as the source with this index. */
export interface ReadableFile {
  readonly path: string;
  readonly read: (source: number) => Promise<FileReading>;
}

/** From this size on threads read faster than they take to start [bytes]. */
const WORTH_A_THREAD_BYTES = 24 * 1024 * 1024;

/** Some files take twice as long for a byte as others: with pieces of half of what each thread has to read, none waits long for another. */
const PIECES_A_THREAD = 2;
/** What a thread learns of the rows of a file, it learns for each piece again [bytes]. */
const LEAST_PIECE_BYTES = 64 * 1024 * 1024;

/** Belongs to this thread. */
const STANDARD_INPUT = "-";

/** The threads' own module; there is none where the sources run as they are. */
const WORKER = new URL("./read-worker.js", import.meta.url);

export async function* readFiles(files: readonly InputFile[], options: ReadOptions): AsyncGenerator<ReadableFile> {
  const profile = compileProfile(options.profile);
  const progress = totalProgress(files, options.onProgress);
  const here = (file: InputFile) => (source: number) =>
    readFile(file, source, profile, { ...options, onBytes: (bytes) => progress({ file }, bytes) });
  const forThreads = files.filter(({ path }) => path !== STANDARD_INPUT);
  const bytes = forThreads.reduce((sum, file) => sum + file.bytes, 0);
  const most = mostThreads(bytes, options);
  const pieceBytes = options.pieceBytes ?? Math.max(LEAST_PIECE_BYTES, bytes / (most * PIECES_A_THREAD));
  const parted = most < 2 ? [] : await Promise.all(forThreads.map((file) => partsOf(file, pieceBytes, profile)));
  const threads = Math.min(most, parted.flat().length);
  if (threads < 2) {
    for (const file of files) yield { path: file.path, read: here(file) };
    return;
  }
  const pool = new ReadPool(WORKER, threads, options.profile, progress);
  try {
    const started = new Map(largestFirst(parted.flat()).map((request) => [request, pool.read(request)]));
    const elsewhere = new Map(
      forThreads.map((file, index) => {
        const readings = (parted[index] ?? []).flatMap((part) => started.get(part) ?? []);
        return [file, readings.length < 2 ? readerOfWhole(readings) : readerOfPieces(readings, file, pool)];
      }),
    );
    for (const file of files) {
      const read = async (source: number) => (await elsewhere.get(file)?.(source)) ?? here(file)(source);
      yield { path: file.path, read };
    }
  } finally {
    await pool.close();
  }
}

/** Takes what threads have read of a file; undefined where reading it is for this thread to do. */
type Reader = (source: number) => Promise<FileReading | undefined>;

function readerOfWhole([reading]: readonly Promise<Read>[]): Reader {
  return async (source) => (await reading)?.({ source, linesBefore: 0 });
}

/** @param pieces in their order; where they do not add up, the file is read again at once */
function readerOfPieces(pieces: readonly Promise<Read>[], file: InputFile, pool: ReadPool): Reader {
  const sha256 = sha256Of(file);
  // It is asked for later, if at all.
  sha256.catch(() => undefined);
  return async (source) => {
    const readings: FileReading[] = [];
    let linesBefore = 0;
    for (const piece of pieces) {
      const reading = (await piece)({ source, linesBefore });
      if (reading === undefined) return undefined;
      readings.push(reading);
      linesBefore += reading.summary.lines;
    }
    return joinPieces(readings, await sha256) ?? (await pool.read({ file }))({ source, linesBefore: 0 });
  };
}

/** A file as what threads read of it: the whole, or pieces. */
async function partsOf(file: InputFile, pieceBytes: number, profile: CompiledProfile): Promise<readonly ReadRequest[]> {
  const pieces = await piecesOf(file, pieceBytes, profile);
  return pieces.length < 2 ? [{ file }] : pieces.map((piece) => ({ file, piece }));
}

/** How many threads are wanted at the most for so many bytes; 1: none but this one. */
function mostThreads(bytes: number, { workers, examine }: ReadOptions): number {
  if (examine === true || !existsSync(fileURLToPath(WORKER))) return 1;
  return workers ?? (bytes < WORTH_A_THREAD_BYTES ? 1 : availableParallelism());
}

/** What takes longest begins first. */
function largestFirst(requests: readonly ReadRequest[]): ReadRequest[] {
  const bytes = ({ file, piece }: ReadRequest) => (piece === undefined ? file.bytes : piece.to - piece.from);
  return [...requests].sort((a, b) => bytes(b) - bytes(a));
}

function totalProgress(files: readonly InputFile[], tell: ReadOptions["onProgress"]): (request: ReadRequest, bytes: number) => void {
  const read = new Map<InputFile | Piece, number>();
  const bytesTotal = files.some(({ bytes }) => bytes === 0) ? 0 : files.reduce((sum, { bytes }) => sum + bytes, 0);
  let bytesRead = 0;
  return ({ file, piece }, bytes) => {
    bytesRead += bytes - (read.get(piece ?? file) ?? 0);
    read.set(piece ?? file, bytes);
    // Pieces that do not add up are read again.
    tell?.({ path: file.path, bytesRead: bytesTotal === 0 ? bytesRead : Math.min(bytesRead, bytesTotal), bytesTotal });
  };
}
