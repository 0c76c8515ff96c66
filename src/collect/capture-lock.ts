/** Keeps two captures out of one file: a small hidden file beside it names the process that writes. */
import { open, readFile, rm, stat } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { errorCode, PostrunError, systemReason } from "../model/errors.js";

/** Locks of this process: after a crash another program may have its number, in a container even the same one. */
const held = new Set<string>();

/**
 * Takes the lock of a file that is to be written; what it returns gives it back. One that a process left which is no more is taken over. Where none can
 * be made (the folder is not writable, or the path is a device), there is none. Throws a PostrunError (output) where another process has it.
 */
export async function lockCapture(path: string): Promise<() => Promise<void>> {
  const present = await stat(path).catch(() => undefined);
  if (present?.isFile() === false) return async () => undefined;
  const lock = join(dirname(resolve(path)), `.${basename(path)}.lock`);
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const code = await make(lock);
    if (code === undefined) {
      held.add(lock);
      return async () => {
        held.delete(lock);
        await rm(lock, { force: true });
      };
    }
    if (code !== "EEXIST") break;
    const owner = await readFile(lock, "utf8").catch(() => "");
    if (isRunning(owner, lock)) {
      const hint = `give each capture a file of its own; where nothing writes it any more, remove ${lock}`;
      throw new PostrunError("output", `${path}: another capture is writing it (${owner.trim()})`, hint);
    }
    await rm(lock, { force: true });
  }
  return async () => undefined;
}

/** The code of what went wrong; undefined where it was made. */
async function make(lock: string): Promise<string | undefined> {
  try {
    const file = await open(lock, "wx");
    try {
      await file.writeFile(`process ${process.pid} on ${hostname()}\n`);
    } catch (error) {
      // On a full disk there is room for its name, and for nothing in it.
      await rm(lock, { force: true });
      throw error;
    } finally {
      await file.close();
    }
    return undefined;
  } catch (error) {
    return systemReason(error);
  }
}

/** Of another machine that shares the folder it is not known, and taken to be so. */
function isRunning(owner: string, lock: string): boolean {
  const [, pid = "", host = ""] = /^process (\d+) on (.*)$/m.exec(owner) ?? [];
  if (host !== hostname()) return host !== "";
  if (Number(pid) === process.pid) return held.has(lock);
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    return errorCode(error) === "EPERM";
  }
}
