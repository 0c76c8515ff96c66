import type { FileHandle } from "node:fs/promises";

/** What is to be written: a whole, or pieces one after the other. */
export type Content = string | Uint8Array | Iterable<string> | AsyncIterable<string | Uint8Array>;

export function piecesOf(content: Content): Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array> {
  return typeof content === "string" || content instanceof Uint8Array ? [content] : content;
}

/** Texts are collected here until it is full [bytes]. */
const ROOM_BYTES = 1 << 20;

/** Writes all pieces, texts as UTF-8 through one buffer: a buffer for each piece of a large report would wait for the next collection of garbage. Returns the bytes written. */
export async function writePieces(file: FileHandle, content: Content): Promise<number> {
  const room = Buffer.allocUnsafe(ROOM_BYTES);
  const encoder = new TextEncoder();
  let used = 0;
  let bytes = 0;
  const write = async (piece: Uint8Array): Promise<void> => {
    // From where the last one ended, to its own end.
    await file.writeFile(piece);
    bytes += piece.length;
  };
  const flush = async (): Promise<void> => {
    if (used > 0) await write(room.subarray(0, used));
    used = 0;
  };
  for await (const piece of piecesOf(content)) {
    if (typeof piece !== "string") {
      await flush();
      await write(piece);
      continue;
    }
    for (let rest = piece; rest !== ""; ) {
      // Whole characters, as many as there is room for.
      const { read, written } = encoder.encodeInto(rest, room.subarray(used));
      used += written;
      rest = rest.slice(read);
      if (rest !== "") await flush();
    }
  }
  await flush();
  return bytes;
}
