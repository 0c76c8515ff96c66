/**
 * Text of one input as a stream: gzip (RFC 1952) and Zstandard (RFC 8878) by their magic bytes, the encoding by the bytes (encoding.ts), CRLF
 * as one line end. Size and SHA-256 are those of the file as stored.
 */
import { createHash } from "node:crypto";
import { decodeText, PROBE_BYTES, type TextPiece, textOf, utf8Of } from "./encoding.js";
import { inflateChunks, isGzip } from "./gzip.js";
import { decompressZstd } from "./zstd.js";
import { isZstd } from "./zstd-frames.js";

/** Decoded text looked at to find the format, and where other programs printed first [characters]. */
const HEAD_LENGTH = 64 * 1024;
const LONG_HEAD_LENGTH = 1024 * 1024;
/** A compressed file that inflates beyond this size and this many times its own is no log but a trap; logs reach 10 to 50 times. */
const BOMB_BYTES = 256 * 1024 * 1024;
const BOMB_RATIO = 200;

interface SourceFacts {
  /** Of the stored bytes. */
  readonly sha256: string;
  /** Of the decompressed bytes: the same for a file and its gzipped copy. */
  readonly contentSha256: string;
  readonly bytes: number;
  /** Where there are several, all of them in the order in which they begin. */
  readonly encoding: string;
  /** It changes inside the file. */
  readonly isMixed: boolean;
  /** All of it was UTF-8. */
  readonly isValidText: boolean;
  /** The compressed data end early or are broken; what could be inflated was read. */
  readonly damaged: boolean;
  /** The compressed data inflate beyond all measure; what came before was read. */
  readonly bomb: boolean;
}

export interface TextSource {
  readonly path: string;
  /** The beginning of the text, at most 64 Ki characters and a chunk. */
  readonly head: string;
  /** A longer beginning, at most 1 Mi characters and a chunk; to be asked for before the text is read. */
  longHead(): Promise<string>;
  /** The whole text once, head included; every line end is "\n". */
  readonly chunks: AsyncIterable<string>;
  /** The same text as UTF-8, without a mark at its beginning, cut between letters only; line ends as they are stored. Taken instead of `chunks`. */
  readonly bytes: AsyncIterable<Buffer>;
  /** Complete once `chunks` or `bytes` is consumed. */
  facts(): SourceFacts;
}

export interface TextSourceOptions {
  readonly onBytes?: (total: number) => void;
  /** The stream is only part of a file: its hashes say nothing and stay empty. */
  readonly isPart?: boolean;
}

/** Opens a stream of stored bytes as text. Errors of the stream itself (unreadable file) pass through. */
export async function openTextSource(
  path: string,
  stored: AsyncIterable<Buffer>,
  { onBytes, isPart = false }: TextSourceOptions = {},
): Promise<TextSource> {
  const hash = createHash("sha256");
  const facts = {
    sha256: "",
    contentSha256: "",
    bytes: 0,
    encoding: "utf-8",
    isMixed: false,
    isValidText: true,
    damaged: false,
    bomb: false,
  };
  const onEncodings = (encodings: readonly string[], isValid: boolean): void => {
    facts.encoding = encodings.join(", ");
    facts.isMixed = encodings.length > 1;
    facts.isValidText = isValid;
  };
  let wantsBytes = false;
  const pieces = decodeText(withFullStart(inflated(hashed())), onEncodings, () => wantsBytes);
  /** What the head was made from, as long as it may grow. */
  const beginning: TextPiece[] = [];
  let isHead = true;
  const text = normalised(noted());

  async function* hashed(): AsyncGenerator<Buffer> {
    for await (const chunk of stored) {
      if (!isPart) hash.update(chunk);
      facts.bytes += chunk.length;
      onBytes?.(facts.bytes);
      yield chunk;
    }
    if (!isPart) facts.sha256 = hash.digest("hex");
  }

  async function* inflated(bytes: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
    const whole = withFullStart(bytes);
    const first = await whole.next();
    if (first.done) return;
    const rejoined = prepend(first.value, whole);
    const inflate = isGzip(first.value) ? inflateChunks : isZstd(first.value) ? decompressZstd : undefined;
    if (inflate === undefined) {
      yield* rejoined;
      facts.contentSha256 = facts.sha256;
      return;
    }
    const contentHash = createHash("sha256");
    const onDamage = (): void => {
      facts.damaged = true;
    };
    let inflatedBytes = 0;
    const admit = (bytes: number): boolean => {
      inflatedBytes += bytes;
      facts.bomb = inflatedBytes > BOMB_BYTES && inflatedBytes > facts.bytes * BOMB_RATIO;
      return !facts.bomb;
    };
    for await (const chunk of inflate(rejoined, { onDamage, admit })) {
      contentHash.update(chunk);
      yield chunk;
    }
    facts.contentSha256 = contentHash.digest("hex");
  }

  async function* noted(): AsyncGenerator<string> {
    for await (const piece of pieces) {
      if (isHead) beginning.push(piece);
      yield textOf(piece);
    }
  }

  const head: string[] = [];
  let headLength = 0;
  const readHead = async (length: number): Promise<string> => {
    while (headLength < length) {
      const next = await text.next();
      if (next.done) break;
      head.push(next.value);
      headLength += next.value.length;
    }
    return head.join("");
  };
  async function* chunks(): AsyncGenerator<string> {
    isHead = false;
    beginning.length = 0;
    yield* head;
    yield* text;
  }
  async function* bytes(): AsyncGenerator<Buffer> {
    isHead = false;
    wantsBytes = true;
    for (const piece of beginning.splice(0)) yield utf8Of(piece);
    for await (const piece of pieces) yield utf8Of(piece);
  }
  return {
    path,
    head: await readHead(HEAD_LENGTH),
    longHead: () => readHead(LONG_HEAD_LENGTH),
    chunks: chunks(),
    bytes: bytes(),
    facts: () => ({ ...facts }),
  };
}

/** The same bytes, the first chunk long enough to tell compression and encoding by; a pipe may deliver single bytes. */
async function* withFullStart(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let start: Buffer | undefined = Buffer.alloc(0);
  for await (const chunk of bytes) {
    if (!start) {
      yield chunk;
      continue;
    }
    start = Buffer.concat([start, chunk]);
    if (start.length < PROBE_BYTES) continue;
    yield start;
    start = undefined;
  }
  if (start && start.length > 0) yield start;
}

async function* prepend(first: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}

/** Makes every CRLF a "\n", also where a chunk ends between the two. */
async function* normalised(texts: AsyncGenerator<string>): AsyncGenerator<string> {
  let held = "";
  for await (const piece of texts) {
    const text = held + piece;
    held = text.endsWith("\r") ? "\r" : "";
    const complete = held === "" ? text : text.slice(0, -1);
    if (complete !== "") yield complete.includes("\r\n") ? complete.replaceAll("\r\n", "\n") : complete;
  }
  if (held !== "") yield held;
}
