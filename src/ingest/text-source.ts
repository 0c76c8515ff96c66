/**
 * Text of one input as a stream: gzip by its magic bytes (RFC 1952), BOM, UTF-8 and UTF-16 (either order, also without BOM), CRLF as
 * one line end. Bytes that are no valid text become U+FFFD. Size and SHA-256 are those of the file as stored.
 */
import { createHash } from "node:crypto";
import { TextDecoder } from "node:util";
import { inflateChunks, isGzip } from "./gzip.js";

/** Decoded text looked at to find the format [characters]. */
const HEAD_LENGTH = 64 * 1024;
/** Bytes looked at to find compression and encoding. */
const PROBE_BYTES = 512;
/** Decompressed text handed on at once, so that a small file that inflates enormously stays small in memory [bytes]. */
const CHUNK_BYTES = 64 * 1024;

export interface SourceFacts {
  /** Of the stored bytes. */
  readonly sha256: string;
  /** Of the decompressed bytes: the same for a file and its gzipped copy. */
  readonly contentSha256: string;
  readonly bytes: number;
  readonly encoding: string;
  /** The compressed data ends early or is broken; everything before was read. */
  readonly damaged: boolean;
}

export interface TextSource {
  readonly path: string;
  /** The beginning of the text, at most 64 Ki characters and a chunk. */
  readonly head: string;
  /** The whole text once, head included; every line end is "\n". */
  readonly chunks: AsyncIterable<string>;
  /** Complete once `chunks` is consumed. */
  facts(): SourceFacts;
}

/** Opens a stream of stored bytes as text. Errors of the stream itself (unreadable file) pass through. */
export async function openTextSource(path: string, stored: AsyncIterable<Buffer>, onBytes?: (total: number) => void): Promise<TextSource> {
  const hash = createHash("sha256");
  const facts = { sha256: "", contentSha256: "", bytes: 0, encoding: "utf-8", damaged: false };
  const text = normalised(decoded(inflated(hashed())));

  async function* hashed(): AsyncGenerator<Buffer> {
    for await (const chunk of stored) {
      hash.update(chunk);
      facts.bytes += chunk.length;
      onBytes?.(facts.bytes);
      yield chunk;
    }
    facts.sha256 = hash.digest("hex");
  }

  async function* inflated(bytes: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
    const whole = withFullStart(bytes);
    const first = await whole.next();
    if (first.done) return;
    const rejoined = prepend(first.value, whole);
    if (!isGzip(first.value)) {
      yield* rejoined;
      facts.contentSha256 = facts.sha256;
      return;
    }
    const contentHash = createHash("sha256");
    const onDamage = (): void => {
      facts.damaged = true;
    };
    for await (const chunk of inflateChunks(rejoined, onDamage)) {
      contentHash.update(chunk);
      yield chunk;
    }
    facts.contentSha256 = contentHash.digest("hex");
  }

  async function* decoded(bytes: AsyncGenerator<Buffer>): AsyncGenerator<string> {
    let decoder: TextDecoder | undefined;
    for await (const chunk of withFullStart(bytes)) {
      if (!decoder) {
        facts.encoding = encodingOf(chunk);
        decoder = new TextDecoder(facts.encoding);
      }
      for (let at = 0; at < chunk.length; at += CHUNK_BYTES) {
        yield decoder.decode(chunk.subarray(at, at + CHUNK_BYTES), { stream: true });
      }
    }
    yield decoder?.decode() ?? "";
  }

  const head: string[] = [];
  for (let length = 0; length < HEAD_LENGTH; ) {
    const next = await text.next();
    if (next.done) break;
    head.push(next.value);
    length += next.value.length;
  }
  async function* chunks(): AsyncGenerator<string> {
    yield* head;
    yield* text;
  }
  return { path, head: head.join(""), chunks: chunks(), facts: () => ({ ...facts }) };
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

/** By byte order mark, else by where the zero bytes of Latin text stand. */
function encodingOf(start: Buffer): string {
  if (start[0] === 0xff && start[1] === 0xfe) return "utf-16le";
  if (start[0] === 0xfe && start[1] === 0xff) return "utf-16be";
  const probe = start.subarray(0, PROBE_BYTES);
  let even = 0;
  let odd = 0;
  for (const [index, byte] of probe.entries()) {
    if (byte !== 0) continue;
    if (index % 2 === 0) even += 1;
    else odd += 1;
  }
  const pairs = probe.length / 2;
  if (pairs >= 2 && odd > pairs * 0.6 && even < pairs * 0.1) return "utf-16le";
  if (pairs >= 2 && even > pairs * 0.6 && odd < pairs * 0.1) return "utf-16be";
  return "utf-8";
}
