import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { access, constants, open, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { PostrunError } from "../model/errors.js";

/** Every form that postrun writes carries one of these near its beginning. */
const MARKS = [
  '<meta name="generator" content="postrun',
  '"name": "postrun"',
  '"name":"postrun"',
  "<!-- postrun",
  '"postrun":"timeline"',
  '"postrun":"capture"',
  "{anchor:postrun}",
  "<Application>postrun</Application>",
];
const MARK_WITHIN_BYTES = 4096;

/** Standard output as a target. */
export const STDOUT = "-";

/** Where a form of the report goes. */
export interface Target {
  readonly path: string;
  readonly force: boolean;
}

/** Checks that a file may be written, before any work is done for it. Throws a PostrunError (output). */
export async function assertWritable({ path, force }: Target): Promise<void> {
  if (path === STDOUT) return;
  const folder = dirname(resolve(path));
  const found = await kindOf(path);
  if (found === "folder") throw new PostrunError("output", `${path}: is a folder, not a file`, "give the name of a file in it");
  if (found === "file" && !force && !(await isOurs(path))) {
    throw new PostrunError("output", `${path}: exists and was not made by postrun`, "choose another name, or overwrite it with --force");
  }
  if ((await kindOf(folder)) !== "folder") throw new PostrunError("output", `${path}: there is no folder ${folder}`, "create it first");
  await assertPermitted(path, found === "file" ? path : folder);
}

/** The same for a folder, which is made when it is written to: what there is of its path has to be folders. Throws a PostrunError (output). */
export async function assertFolderWritable(path: string): Promise<void> {
  let present = resolve(path);
  while ((await kindOf(present)) === "none" && dirname(present) !== present) present = dirname(present);
  if ((await kindOf(present)) === "file") {
    throw new PostrunError("output", `${path}: ${present} is a file, not a folder`, "give the name of a folder; it is created if need be");
  }
  await assertPermitted(path, present);
}

async function assertPermitted(path: string, present: string): Promise<void> {
  try {
    await access(present, constants.W_OK);
  } catch {
    throw new PostrunError("output", `${path}: cannot be written`, `check the permissions of ${present}`);
  }
}

/** Writes a whole file or nothing: to a temporary file beside it, then renamed. Throws a PostrunError (output). */
export async function writeTarget(target: Target, text: string | Uint8Array | Readable): Promise<void> {
  if (target.path === STDOUT) {
    if (text instanceof Readable) return pipeline(text, process.stdout, { end: false });
    await new Promise<void>((done, failed) => process.stdout.write(text, (error) => (error ? failed(error) : done())));
    return;
  }
  await assertWritable(target);
  // A name of its own: the target's with something added could be too long for the file system.
  const temporary = join(dirname(resolve(target.path)), `.postrun-${randomBytes(6).toString("hex")}.tmp`);
  const stopWatching = removeOnInterrupt(temporary);
  try {
    await writeFile(temporary, text, { flag: "wx" });
    await rename(temporary, target.path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw new PostrunError(
      "output",
      `${target.path}: cannot be written (${reasonOf(error)})`,
      "check the space and permissions of its folder",
    );
  } finally {
    stopWatching();
  }
}

/**
 * Takes an unfinished file away when the program is interrupted, which then ends as it would have. Only while a file is written: at other times
 * an interrupt ends the program at once, in the midst of whatever it computes. Where somebody else handles interrupts, writing goes on.
 */
function removeOnInterrupt(path: string): () => void {
  const own = (["SIGINT", "SIGTERM", "SIGHUP"] as const).filter((signal) => process.listenerCount(signal) === 0);
  const stop = (): void => {
    for (const signal of own) process.off(signal, end);
  };
  const end = (signal: NodeJS.Signals): void => {
    rmSync(path, { force: true });
    stop();
    process.kill(process.pid, signal);
  };
  for (const signal of own) process.once(signal, end);
  return stop;
}

async function kindOf(path: string): Promise<"file" | "folder" | "none"> {
  try {
    return (await stat(path)).isDirectory() ? "folder" : "file";
  } catch (error) {
    if (reasonOf(error) === "ENOENT" || reasonOf(error) === "ENOTDIR") return "none";
    throw new PostrunError("output", `${path}: cannot be reached (${reasonOf(error)})`);
  }
}

/** An empty file or one with our mark. */
async function isOurs(path: string): Promise<boolean> {
  const file = await open(path, "r").catch((error: unknown) => {
    throw new PostrunError("output", `${path}: exists and cannot be read (${reasonOf(error)})`);
  });
  try {
    const head = Buffer.alloc(MARK_WITHIN_BYTES);
    const { bytesRead } = await file.read(head, 0, MARK_WITHIN_BYTES, 0);
    const text = head.toString("utf8", 0, bytesRead);
    return bytesRead === 0 || MARKS.some((mark) => text.includes(mark));
  } finally {
    await file.close();
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}
