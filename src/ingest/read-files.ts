/** Which files are read one after the other, and which side by side in threads. Results come in the order of the files, whoever read them. */
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import type { Profile } from "../model/profile.js";
import { compileProfile } from "./compiled-profile.js";
import type { InputFile } from "./input-files.js";
import { type FileReading, readFile } from "./read-file.js";
import { ReadPool } from "./read-pool.js";

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
  /** Files read at once, each by a thread of its own; by default as many as the machine has processors, one where the files are small. Changes no result. */
  readonly workers?: number;
}

/** A file, and what reads it as the source with this index. */
export interface ReadableFile {
  readonly path: string;
  readonly read: (source: number) => Promise<FileReading>;
}

/** From this size on threads read faster than they take to start [bytes]. */
const WORTH_A_THREAD_BYTES = 24 * 1024 * 1024;

/** The threads' own module; there is none where the sources run as they are. */
const WORKER = new URL("./read-worker.js", import.meta.url);

export async function* readFiles(files: readonly InputFile[], options: ReadOptions): AsyncGenerator<ReadableFile> {
  const profile = compileProfile(options.profile);
  const progress = totalProgress(files, options.onProgress);
  const here = (file: InputFile) => (source: number) =>
    readFile(file, source, profile, { ...options, onBytes: (bytes) => progress(file, bytes) });
  const workers = workersFor(files, options);
  if (workers < 2) {
    for (const file of files) yield { path: file.path, read: here(file) };
    return;
  }
  const pool = new ReadPool(WORKER, workers, options.profile, progress);
  try {
    const readings = new Map(largestFirst(files.filter(isForThreads)).map((file) => [file, pool.read(file)]));
    for (const file of files) {
      const elsewhere = readings.get(file);
      const read = async (source: number) => (await elsewhere)?.(source) ?? here(file)(source);
      yield { path: file.path, read };
    }
  } finally {
    await pool.close();
  }
}

/** How many threads it is worth: none of 1 is started. */
function workersFor(files: readonly InputFile[], { workers, examine }: ReadOptions): number {
  if (examine === true || !existsSync(fileURLToPath(WORKER))) return 1;
  const many = files.filter(isForThreads);
  const bytes = many.reduce((sum, file) => sum + file.bytes, 0);
  return Math.min(workers ?? (bytes < WORTH_A_THREAD_BYTES ? 1 : availableParallelism()), many.length);
}

/** Standard input belongs to this thread. */
function isForThreads({ path }: InputFile): boolean {
  return path !== "-";
}

/** What takes longest begins first. */
function largestFirst(files: readonly InputFile[]): InputFile[] {
  return [...files].sort((a, b) => b.bytes - a.bytes);
}

function totalProgress(files: readonly InputFile[], tell: ReadOptions["onProgress"]): (file: InputFile, bytes: number) => void {
  const read = new Map<InputFile, number>();
  const bytesTotal = files.some(({ bytes }) => bytes === 0) ? 0 : files.reduce((sum, { bytes }) => sum + bytes, 0);
  let bytesRead = 0;
  return (file, bytes) => {
    bytesRead += bytes - (read.get(file) ?? 0);
    read.set(file, bytes);
    tell?.({ path: file.path, bytesRead, bytesTotal });
  };
}
