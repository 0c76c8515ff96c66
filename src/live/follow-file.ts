/**
 * A file that grows, as text: what is there, then what is added. It may be compressed (rows of a capture are flushed one by one), not exist yet, be
 * emptied, or be replaced by another of its name; what was read of the old one stays read.
 */
import { type FileHandle, open, stat } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { createGunzip, type Gunzip } from "node:zlib";
import { errorCode, PostrunError } from "../model/errors.js";

const LOOK_EVERY_MS = 200;
const PIECE_BYTES = 256 * 1024;

export type FollowedPiece =
  | { readonly type: "text"; readonly text: string }
  /** Everything that is there has been read. */
  | { readonly type: "caught-up" }
  /** Another file has taken the place of the one before. */
  | { readonly type: "replaced" };

/** Follows until the signal. The file may be missing; throws a PostrunError ("input") where it is there and cannot be read, as a folder. */
export async function* followFile(path: string, signal: AbortSignal): AsyncGenerator<FollowedPiece> {
  let reader: GrowingFile | undefined;
  try {
    while (!signal.aborted) {
      reader ??= await GrowingFile.open(path);
      // Asked before the last reading, so that what was written to the old file until then is read too.
      const replaced = reader !== undefined && (await reader.isReplaced());
      for (let text = await reader?.read(); text !== undefined; text = await reader?.read()) {
        if (text !== "") yield { type: "text", text };
        if (signal.aborted) return;
      }
      if (replaced) {
        await reader?.close();
        reader = undefined;
        yield { type: "replaced" };
        continue;
      }
      yield { type: "caught-up" };
      await pause(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error && "code" in error)) throw error;
    throw new PostrunError("input", `${path}: cannot be read (${error.code})`, "give the file that postrun collect or kubectl writes");
  } finally {
    await reader?.close();
  }
}

class GrowingFile {
  private position = 0;
  private decode: ((bytes: Buffer) => Promise<string>) | undefined;

  private constructor(
    private readonly path: string,
    private readonly file: FileHandle,
    private readonly inode: number,
  ) {}

  static async open(path: string): Promise<GrowingFile | undefined> {
    try {
      const file = await open(path, "r");
      return new GrowingFile(path, file, (await file.stat()).ino);
    } catch (error) {
      if (errorCode(error) === "ENOENT") return undefined;
      throw error;
    }
  }

  /** The next piece, "" where it completes no letter yet; undefined at the present end. */
  async read(): Promise<string | undefined> {
    const bytes = Buffer.alloc(PIECE_BYTES);
    const { bytesRead } = await this.file.read(bytes, 0, PIECE_BYTES, this.position);
    // Two bytes tell a compressed file from others.
    if (bytesRead === 0 || (this.decode === undefined && bytesRead < 2)) return undefined;
    this.position += bytesRead;
    const piece = bytes.subarray(0, bytesRead);
    this.decode ??= piece[0] === 0x1f && piece[1] === 0x8b ? gunzipping() : decoding();
    return this.decode(piece);
  }

  async isReplaced(): Promise<boolean> {
    if ((await this.file.stat()).size < this.position) return true;
    try {
      return (await stat(this.path)).ino !== this.inode;
    } catch (error) {
      // Moved away, and nothing has come in its place yet.
      if (errorCode(error) === "ENOENT") return false;
      throw error;
    }
  }

  close(): Promise<void> {
    return this.file.close();
  }
}

function decoding(): (bytes: Buffer) => Promise<string> {
  const decoder = new TextDecoder();
  return async (bytes) => decoder.decode(bytes, { stream: true });
}

/** Inflates as far as the bytes go; an end that is missing is no error, damage ends what can be read. */
function gunzipping(): (bytes: Buffer) => Promise<string> {
  const decode = decoding();
  const gunzip: Gunzip = createGunzip();
  const inflated: Buffer[] = [];
  let damaged = false;
  gunzip.on("data", (chunk: Buffer) => inflated.push(chunk));
  gunzip.on("error", () => {
    damaged = true;
  });
  return async (bytes) => {
    if (!damaged) {
      await new Promise<void>((done) => {
        gunzip.once("error", () => done());
        gunzip.write(bytes, () => done());
      });
      gunzip.removeAllListeners("error").on("error", () => {
        damaged = true;
      });
    }
    return decode(Buffer.concat(inflated.splice(0)));
  };
}
