import { readdir, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { PostrunError } from "../model/errors.js";

export interface InputFile {
  /** As given, or `folder/member`; "-" for standard input. */
  readonly path: string;
  readonly bytes: number;
}

export interface InputFiles {
  /** Sorted by path, each file once. */
  readonly files: readonly InputFile[];
  /** Named twice. */
  readonly repeated: readonly string[];
  /** Members of folders that are no data of a run. */
  readonly leftAlone: readonly string[];
}

/** Notes, truth of a simulation, forms that postrun writes, configuration, pictures, code. */
const NOT_DATA =
  /^(?:\.|readme|truth\.json(?:\.gz)?$|manifest\.json$)|\.(?:md|html?|ya?ml|csv|png|svg|jpe?g|gif|ico|pdf|xlsx|py|pyc|[cm]?[jt]s|css|sh|ps1)$/i;

/** Finds the files behind the arguments: files as given, folders with all their members. Throws a PostrunError ("input") for what does not exist. */
export async function findInputFiles(inputs: readonly string[]): Promise<InputFiles> {
  const found: InputFile[] = [];
  const leftAlone: string[] = [];
  for (const input of inputs) {
    if (input === "-") found.push({ path: "-", bytes: 0 });
    else await collect(input, found, leftAlone);
  }
  found.sort((left, right) => compareText(left.path, right.path));
  const files: InputFile[] = [];
  const repeated: string[] = [];
  const seen = new Set<string>();
  for (const file of found) {
    const identity = file.path === "-" ? "-" : await realpath(file.path);
    if (seen.has(identity)) repeated.push(file.path);
    else files.push(file);
    seen.add(identity);
  }
  return { files, repeated, leftAlone: [...new Set(leftAlone)].sort(compareText) };
}

async function collect(input: string, found: InputFile[], leftAlone: string[]): Promise<void> {
  const facts = await stat(input).catch((error: Error) => {
    throw cannotRead(input, error.message);
  });
  if (!facts.isDirectory()) {
    found.push({ path: input, bytes: facts.size });
    return;
  }
  const before = found.length;
  await collectMembers(input, found, leftAlone);
  if (found.length === before) {
    throw new PostrunError(
      "input",
      `nothing to read in the folder ${input}`,
      "Expected logs of the test run or Kubernetes captures (JSON), also gzipped, in it or in folders below.",
    );
  }
}

async function collectMembers(folder: string, found: InputFile[], leftAlone: string[]): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: Error) => {
    throw cannotRead(folder, error.message);
  });
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.name.startsWith(".") || (!entry.isDirectory() && NOT_DATA.test(entry.name))) leftAlone.push(path);
    else if (entry.isDirectory()) await collectMembers(path, found, leftAlone);
    else {
      // A link to a folder is not followed: it could lead back here.
      const facts = await stat(path).catch(() => null);
      if (facts?.isFile()) found.push({ path, bytes: facts.size });
      else leftAlone.push(path);
    }
  }
}

/** Says what is wrong with a path that was given. */
export function cannotRead(path: string, reason: string): PostrunError {
  if (reason.startsWith("ENOENT")) {
    return new PostrunError("input", `no such file or folder: ${path}`, "Check the path; it is taken relative to the current folder.");
  }
  return new PostrunError("input", `cannot read ${path}: ${reason}`, "Check that the file may be read.");
}

/** By UTF-16 code units: the same on every machine, whatever its locale. */
export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
