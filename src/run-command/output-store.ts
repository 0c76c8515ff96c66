import { type FileHandle, open } from "node:fs/promises";
import { dirname } from "node:path";
import { errorCode, PostrunError, systemReason } from "../model/errors.js";
import { makeFolder } from "../model/make-folder.js";
import type { EpochMs } from "../model/time.js";
import { type ArrivedLine, endRow, lineRow, OUTPUT_MARK, type OutputStart, startRow } from "./output-row.js";

/** A row is handed to the system at latest after this time [ms]: what a kill -9 can lose. */
const FLUSH_MS = 200;
/** Rows waiting for a disk that does not keep up [characters]; beyond, storing ends rather than the machine's memory. */
const MOST_WAITING = 64 * 1024 * 1024;

/** Stores output as it arrives. A disk that is full or gone ends the storing, never the command: the reason is said once. */
export class OutputStore {
  private waiting: string[] = [];
  private waitingSize = 0;
  private writing: Promise<void> = Promise.resolve();
  private failed = false;
  private readonly timer: NodeJS.Timeout;

  private constructor(
    private readonly file: FileHandle,
    private readonly onFailure: (reason: string) => void,
  ) {
    this.timer = setInterval(() => this.flush(), FLUSH_MS).unref();
  }

  /**
   * Opens a new file, its folder included; one that exists is replaced only where it is such a file or empty.
   * @param makeRoom is called before a file may be replaced: with what it throws, nothing is
   * Throws a PostrunError ("output") where it cannot be written.
   */
  static async open(
    path: string,
    start: OutputStart,
    onFailure: (reason: string) => void,
    makeRoom: () => Promise<void> = async () => undefined,
  ): Promise<OutputStore> {
    try {
      await makeFolder(dirname(path));
      if (!(await mayReplace(path))) {
        throw new PostrunError("output", `${path}: exists and was not made by postrun`, "choose another folder with --folder");
      }
      await makeRoom();
      const store = new OutputStore(await open(path, "w"), onFailure);
      store.add(startRow(start));
      return store;
    } catch (error) {
      if (error instanceof PostrunError) throw error;
      throw new PostrunError("output", `${path}: cannot be written (${systemReason(error)})`, "choose another folder with --folder");
    }
  }

  line(line: ArrivedLine): void {
    this.add(lineRow(line));
  }

  /** Writes what is left and closes the file. Whether all of it was stored. */
  async end(at: EpochMs, exit: number | string): Promise<boolean> {
    this.add(endRow(at, exit));
    clearInterval(this.timer);
    this.flush();
    await this.writing;
    try {
      await this.file.close();
    } catch (error) {
      this.fail(systemReason(error));
    }
    return !this.failed;
  }

  private add(row: string): void {
    if (this.failed) return;
    this.waiting.push(row);
    this.waitingSize += row.length;
    if (this.waitingSize > MOST_WAITING) this.fail("the disk does not keep up");
  }

  private flush(): void {
    if (this.waiting.length === 0) return;
    const text = this.waiting.join("");
    this.waiting = [];
    this.writing = this.writing.then(() => this.write(text));
  }

  private async write(text: string): Promise<void> {
    if (this.failed) return;
    try {
      await this.file.appendFile(text);
      this.waitingSize -= text.length;
    } catch (error) {
      this.fail(systemReason(error));
    }
  }

  private fail(reason: string): void {
    if (this.failed) return;
    this.failed = true;
    this.waiting = [];
    this.onFailure(reason);
  }
}

async function mayReplace(path: string): Promise<boolean> {
  let file: FileHandle;
  try {
    file = await open(path, "r");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return true;
    throw error;
  }
  try {
    if ((await file.stat()).size === 0) return true;
    const head = Buffer.alloc(OUTPUT_MARK.length);
    await file.read(head, 0, head.length, 0);
    return head.toString("latin1") === OUTPUT_MARK;
  } finally {
    await file.close();
  }
}
