import { randomBytes } from "node:crypto";
import { fstatSync, rmSync, type Stats } from "node:fs";
import { access, constants, open, readlink, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, resolve } from "node:path";
import { errorCode, PostrunError, systemReason } from "../model/errors.js";
import { type Content, piecesOf, writePieces } from "./write-pieces.js";

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
/** Standard input as an input. */
const STDIN = "-";

/** Where a form of the report goes. */
export interface Target {
  readonly path: string;
  readonly force: boolean;
}

/**
 * Checks all outputs, files and folders, before any work is done for them: each may be written, none is written over another or over an input. Throws a
 * PostrunError: output for what cannot be written, usage for what would be lost.
 */
export async function assertOutputs(targets: readonly Target[], inputs: readonly string[], folders: readonly string[] = []): Promise<void> {
  for (const target of targets) await assertWritable(target);
  const taken = new Map<string, string>();
  for (const { path } of targets) {
    const place = await placeOf(path);
    const other = place === undefined ? undefined : taken.get(place);
    if (other !== undefined) {
      const same = other === path ? `${path}: two outputs would go there` : `${other} and ${path} are the same file, for two outputs`;
      throw new PostrunError("usage", same, "give each output a name of its own");
    }
    if (place !== undefined) taken.set(place, path);
  }
  for (const path of folders) {
    await assertFolderWritable(path);
    const file = taken.get(await destinationOf(path));
    if (file !== undefined)
      throw new PostrunError("usage", `${path}: a file and a folder would go there`, "give each output a name of its own");
  }
  for (const input of inputs) {
    const place = input === STDIN ? undefined : await placeOf(input);
    const output = input === STDIN ? await readAsStandardInput(targets) : place === undefined ? undefined : taken.get(place);
    if (output !== undefined) throw new PostrunError("usage", `${output}: is one of the inputs`, "give the output another name");
  }
}

/** Checks that a file may be written, before any work is done for it. Throws a PostrunError: output, or usage for an empty name. */
export async function assertWritable({ path, force }: Target): Promise<void> {
  if (path === "") throw new PostrunError("usage", "the name of an output is empty", "give the name of a file");
  if (await isStandardOutput(path)) return;
  const found = await kindOf(path);
  if (found === "folder") throw new PostrunError("output", `${path}: is a folder, not a file`, "give the name of a file in it");
  if (found === "other") throw new PostrunError("output", `${path}: is no file, pipe or terminal`, "give the name of a file");
  if (found === "stream") return assertPermitted(path, path);
  if (found === "file" && !force && !(await isOurs(path))) {
    throw new PostrunError("output", `${path}: exists and was not made by postrun`, "choose another name, or overwrite it with --force");
  }
  const folder = dirname(await destinationOf(path));
  if ((await kindOf(folder)) !== "folder") throw new PostrunError("output", `${path}: there is no folder ${folder}`, "create it first");
  if (found === "file") await assertPermitted(path, path);
  // Also for a file that is there: a new one takes its place.
  await assertPermitted(path, folder);
}

/**
 * The same for a folder, which is made when it is written to: what there is of its path has to be folders. Throws a PostrunError: output, or usage for what
 * names no folder.
 */
async function assertFolderWritable(path: string): Promise<void> {
  const hint = "give the name of a folder; it is created if need be";
  if (path === "") throw new PostrunError("usage", "the name of an output is empty", hint);
  if (path === STDOUT) throw new PostrunError("usage", `${path}: several files are written, standard output takes one`, hint);
  let present = resolve(path);
  while ((await kindOf(present)) === "none" && dirname(present) !== present) present = dirname(present);
  if ((await kindOf(present)) !== "folder") {
    throw new PostrunError("output", `${path}: ${present} is a file, not a folder`, hint);
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

/**
 * Writes a whole file or nothing: to a temporary file beside it, then renamed. Behind a link it is the file to which the link leads. What is no file (a
 * pipe, a terminal) is written to as it is. Returns the bytes written. Throws a PostrunError (output).
 */
export async function writeTarget(target: Target, content: Content): Promise<number> {
  if (await isStandardOutput(target.path)) return writeToStandardOutput(content);
  await assertWritable(target);
  try {
    if ((await kindOf(target.path)) === "stream") return await writeToStream(target.path, content);
    return await replaceFile(await destinationOf(target.path), content);
  } catch (error) {
    throw new PostrunError(
      "output",
      `${target.path}: cannot be written (${systemReason(error)})`,
      "check the space and permissions of its folder",
    );
  }
}

async function replaceFile(path: string, content: Content): Promise<number> {
  // A name of its own: the target's with something added could be too long for the file system.
  const temporary = join(dirname(path), `.postrun-${randomBytes(6).toString("hex")}.tmp`);
  const stopWatching = removeOnInterrupt(temporary);
  try {
    const file = await open(temporary, "wx");
    const bytes = await writePieces(file, content).finally(() => file.close());
    await rename(temporary, path);
    return bytes;
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  } finally {
    stopWatching();
  }
}

/** Nothing is made here: what there is may have gone since it was looked at. */
async function writeToStream(path: string, content: Content): Promise<number> {
  const stream = await open(path, constants.O_WRONLY);
  try {
    return await writePieces(stream, content);
  } catch (error) {
    // A reader that has seen enough is no error.
    if (errorCode(error) === "EPIPE") return 0;
    throw error;
  } finally {
    await stream.close();
  }
}

/** Ends with the first piece that cannot be written; why, and what becomes of the exit code, is for those who listen to the stream's errors. */
async function writeToStandardOutput(content: Content): Promise<number> {
  let bytes = 0;
  for await (const piece of piecesOf(content)) {
    const written = await new Promise<boolean>((done) => process.stdout.write(piece, (error) => done(!error)));
    if (!written) break;
    bytes += Buffer.byteLength(piece);
  }
  return bytes;
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

type Kind = "file" | "folder" | "stream" | "other" | "none";

async function kindOf(path: string): Promise<Kind> {
  const facts = await factsOf(path);
  if (facts === undefined) return "none";
  if (facts.isDirectory()) return "folder";
  if (facts.isFile()) return "file";
  return facts.isFIFO() || facts.isCharacterDevice() ? "stream" : "other";
}

/** Of what a path leads to; undefined where there is nothing. */
async function factsOf(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(errorCode(error) ?? "")) return undefined;
    throw new PostrunError("output", `${path}: cannot be reached (${systemReason(error)})`);
  }
}

/** By its own name, or as /dev/stdout or the file to which a shell has led it: that must not be replaced under those who write to it. */
export async function isStandardOutput(path: string): Promise<boolean> {
  if (path === STDOUT) return true;
  const facts = await factsOf(path);
  return facts !== undefined && !facts.isCharacterDevice() && isOpenAs(process.stdout.fd ?? 1, facts);
}

/** The target that is the file which a shell gave as standard input (`< FILE`), if one is. */
async function readAsStandardInput(targets: readonly Target[]): Promise<string | undefined> {
  for (const { path } of targets) {
    const facts = path === STDOUT ? undefined : await factsOf(path);
    if (facts?.isFile() && isOpenAs(process.stdin.fd ?? 0, facts)) return path;
  }
  return undefined;
}

/** Whether this is what the program was given under a number. */
function isOpenAs(fd: number, { dev, ino }: Stats): boolean {
  try {
    const open = fstatSync(fd);
    return open.dev === dev && open.ino === ino;
  } catch {
    return false;
  }
}

/** The same text for the same place; undefined for a device (/dev/null), which holds nothing that could be overwritten. */
async function placeOf(path: string): Promise<string | undefined> {
  if (await isStandardOutput(path)) return STDOUT;
  const facts = await factsOf(path);
  if (facts?.isCharacterDevice()) return undefined;
  return facts?.isFIFO() ? `${facts.dev}:${facts.ino}` : destinationOf(path);
}

/** As many links in a row as Linux follows. */
const MOST_LINKS = 40;

/** Where a file is written: behind all links, also where the last of them leads to nothing yet. */
async function destinationOf(path: string): Promise<string> {
  let place = path;
  for (let links = 0; links < MOST_LINKS; links += 1) {
    const folder = await realpath(dirname(place)).catch(() => resolve(dirname(place)));
    const target = await readlink(place).catch(() => undefined);
    if (target === undefined) return join(folder, basename(place));
    place = isAbsolute(target) ? target : `${folder}/${target}`;
  }
  throw new PostrunError("output", `${path}: cannot be reached (ELOOP)`);
}

/** An empty file or one with our mark. */
async function isOurs(path: string): Promise<boolean> {
  const file = await open(path, "r").catch((error: unknown) => {
    throw new PostrunError("output", `${path}: exists and cannot be read (${systemReason(error)})`);
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
