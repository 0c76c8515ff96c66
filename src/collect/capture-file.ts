/**
 * A capture on disk: one row a line, NDJSON, compressed where its name ends in .gz. It grows in place, so that others can follow it, and whatever
 * ends the program, all but the last second is there: what was compressed is flushed (RFC 1951, an empty stored block) and handed to the system.
 */

import { type FileHandle, open } from "node:fs/promises";
import { constants, createGzip } from "node:zlib";
import type { ClockSample } from "../model/clock.js";
import { PostrunError, systemReason } from "../model/errors.js";
import { type DurationMs, isoFromEpoch } from "../model/time.js";
import { lockCapture } from "./capture-lock.js";
import type { CaptureRow } from "./collect-types.js";

const FLUSH_MS: DurationMs = 250;
/** More than this waiting to be written [characters] holds the watches back. */
const CROWDED = 4 * 1024 * 1024;
/** Stands uncompressed at the beginning of a .gz, where whoever is about to overwrite it can see whose it is. */
const MARK = '"postrun":"capture"';

/** An empty gzip member with the mark as its comment (RFC 1952, FLG.FCOMMENT): deflate of nothing is 03 00, and its CRC and size are 0. */
function markedMember(): Buffer {
  const header = Buffer.from([0x1f, 0x8b, 8, 0x10, 0, 0, 0, 0, 0, 0xff]);
  return Buffer.concat([header, Buffer.from(`${MARK}\0`, "latin1"), Buffer.from([3, 0]), Buffer.alloc(8)]);
}

/** Compresses piece by piece, each of them so that a reader can inflate up to its end. */
class Deflation {
  readonly #gzip = createGzip();
  readonly #out: Buffer[] = [];

  constructor() {
    this.#gzip.on("data", (chunk: Buffer) => this.#out.push(chunk));
  }

  async add(text: string): Promise<Buffer> {
    await new Promise<void>((resolve) => {
      this.#gzip.write(text);
      this.#gzip.flush(constants.Z_SYNC_FLUSH, resolve);
    });
    return Buffer.concat(this.#out.splice(0));
  }

  async end(): Promise<Buffer> {
    await new Promise<void>((resolve) => this.#gzip.once("end", resolve).end());
    return Buffer.concat(this.#out.splice(0));
  }
}

export class CaptureFile {
  rows = 0;
  bytes = 0;
  readonly #deflation: Deflation | undefined;
  #waiting: string[] = [];
  #size = 0;
  #pumping: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #problem: PostrunError | undefined;

  private constructor(
    readonly path: string,
    private readonly file: FileHandle,
    private readonly unlock: () => Promise<void>,
    private readonly onProblem: (problem: PostrunError) => void,
  ) {
    this.#deflation = path.endsWith(".gz") ? new Deflation() : undefined;
  }

  /** Creates the file or empties it. Rejects with a PostrunError (output), also where another capture writes it; a later one goes to `onProblem`, once. */
  static async create(path: string, onProblem: (problem: PostrunError) => void): Promise<CaptureFile> {
    const unlock = await lockCapture(path);
    const file = await open(path, "w").catch(async (error: unknown) => {
      await unlock();
      throw cannotWrite(path, error);
    });
    return new CaptureFile(path, file, unlock, onProblem);
  }

  /** Takes a row. The promise, where there is one, settles when there is room for more. */
  write(row: CaptureRow): Promise<void> | undefined {
    const text = `${JSON.stringify(printed(row))}\n`;
    this.rows += 1;
    this.#waiting.push(text);
    this.#size += text.length;
    if (this.#size > CROWDED) return this.#pump();
    this.#timer ??= setTimeout(() => void this.#pump(), FLUSH_MS);
    return undefined;
  }

  /** Writes what waits. */
  flush(): Promise<void> {
    return this.#pump();
  }

  /** Writes what waits and ends the file. */
  async close(): Promise<void> {
    await this.flush();
    if (this.#deflation !== undefined && this.#problem === undefined) await this.#store(await this.#deflation.end());
    await this.file.close().catch((error: unknown) => this.#fail(error));
    await this.unlock();
  }

  #pump(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#pumping = this.#pumping.then(async () => {
      const text = this.#waiting.join("");
      this.#waiting = [];
      this.#size = 0;
      if (text === "" || this.#problem !== undefined) return;
      if (this.#deflation === undefined) return this.#store(Buffer.from(text));
      if (this.bytes === 0) await this.#store(markedMember());
      await this.#store(await this.#deflation.add(text));
    });
    return this.#pumping;
  }

  async #store(bytes: Buffer): Promise<void> {
    try {
      await this.file.appendFile(bytes);
      this.bytes += bytes.length;
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    if (this.#problem !== undefined) return;
    this.#problem = cannotWrite(this.path, error);
    this.onProblem(this.#problem);
  }
}

/** Times as people read them. */
function printed(row: CaptureRow): object {
  const { received, ...rest } = row;
  const since = "since" in row && row.since !== undefined ? { since: isoFromEpoch(row.since) } : {};
  const clock = row.type === "HEADER" ? { clock: row.clock.map(printedSample) } : {};
  const sample = row.type === "CONNECTED" && row.clock !== undefined ? { clock: printedSample(row.clock) } : {};
  return { received: isoFromEpoch(received), ...rest, ...since, ...clock, ...sample };
}

function printedSample({ sent, received, date }: ClockSample): Readonly<Record<keyof ClockSample, string>> {
  return { sent: isoFromEpoch(sent), received: isoFromEpoch(received), date: isoFromEpoch(date) };
}

function cannotWrite(path: string, error: unknown): PostrunError {
  const code = systemReason(error);
  const full = code === "ENOSPC" || code === "EDQUOT";
  return new PostrunError(
    "output",
    `${path}: cannot be written (${code})`,
    full ? "the disk is full: what was captured before is in the file" : "check the folder and its permissions",
  );
}
