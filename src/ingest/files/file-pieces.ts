/** Where a large file can be cut so that its pieces can be read side by side. */
import { type FileHandle, open } from "node:fs/promises";
import { isGzip } from "../bytes/gzip.js";
import { openTextSource } from "../bytes/text-source.js";
import { isZstd } from "../bytes/zstd-frames.js";
import { detectFormat } from "../detect.js";
import type { CompiledProfile } from "../log/compiled-profile.js";
import type { InputFile } from "./input-files.js";
import { type Stretch, storedBytes } from "./stored-bytes.js";

/** Part of a file, from the beginning of a document to the end of one. */
export interface Piece extends Stretch {
  /** The beginning of the file: it tells the format of every piece. */
  readonly head: string;
}

/** Longest stretch in which the next place to cut is looked for [bytes]. */
const SEARCHED_BYTES = 1024 * 1024;
/** Enough for the head of a text [bytes]. */
const HEAD_BYTES = 256 * 1024;
/** Only between documents: texts of JSON hold no line ends, and between items there are commas. */
const BETWEEN_DOCUMENTS = Buffer.from("}\n{");

/**
 * Pieces of about this size that are the whole file together; one or none where it is not to be cut: too small, compressed, or of a format whose
 * documents do not stand for themselves.
 */
export async function piecesOf(file: InputFile, pieceBytes: number, profile: CompiledProfile): Promise<readonly Piece[]> {
  const count = Math.ceil(file.bytes / pieceBytes);
  if (!(count > 1)) return [];
  // Who reads the file says why it cannot be read.
  const handle = await open(file.path).catch(() => undefined);
  if (handle === undefined) return [];
  try {
    const start = await bytesAt(handle, 0, HEAD_BYTES);
    if (isGzip(start) || isZstd(start)) return [];
    const { head } = await openTextSource(file.path, storedBytes(file, { from: 0, to: start.length }), { isPart: true });
    if (detectFormat(head, profile).documentsStandAlone !== true) return [];
    const ends = await cuts(handle, file.bytes, count);
    return ends.map((to, index) => ({ from: ends[index - 1] ?? 0, to, head }));
  } finally {
    await handle.close();
  }
}

/** Where about so many pieces end, the last of them with the file [bytes]. */
async function cuts(handle: FileHandle, size: number, count: number): Promise<number[]> {
  const ends: number[] = [];
  for (let index = 1; index < count; index += 1) {
    const wanted = Math.max(Math.floor((size * index) / count), ends.at(-1) ?? 0);
    const found = (await bytesAt(handle, wanted, SEARCHED_BYTES)).indexOf(BETWEEN_DOCUMENTS);
    if (found !== -1) ends.push(wanted + found + BETWEEN_DOCUMENTS.length - 1);
  }
  return [...ends, size];
}

async function bytesAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
