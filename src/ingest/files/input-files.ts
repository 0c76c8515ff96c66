import type { Stats } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { PostrunError } from "../../model/errors.js";
import type { EpochMs } from "../../model/time.js";
import { kubernetesYaml } from "../readers/kubernetes-yaml.js";
import { headOf } from "./file-head.js";
import { expandGlob, isGlob } from "./glob.js";
import { compareText, inRotationOrder } from "./path-order.js";

export interface InputFile {
  /** As given, or `folder/member`; "-" for standard input. */
  readonly path: string;
  /** Size when it was looked at: a file that grows is read up to here. 0 where there is no size (standard input, a pipe). */
  readonly bytes: number;
  /** When it was last written [epoch ms]; absent where that says nothing. */
  readonly modifiedAt?: EpochMs;
}

export interface InputFiles {
  /** Sorted by path, rotated parts of a log from the oldest to the newest; each file once. */
  readonly files: readonly InputFile[];
  /** Named twice. */
  readonly repeated: readonly string[];
  /** Members of folders that are no data of a run. */
  readonly leftAlone: readonly string[];
}

/** Read of a YAML file to tell captures from configuration [bytes]. */
const PROBE_BYTES = 16 * 1024;

/** Notes, truth of a simulation, forms that postrun writes, configuration, pictures, code. */
const NOT_DATA =
  /^(?:\.|readme|truth\.json(?:\.gz)?$|manifest\.json$)|\.(?:md|html?|ya?ml|csv|png|svg|jpe?g|gif|ico|pdf|xlsx|py|pyc|[cm]?[jt]s|css|sh|ps1)$/i;

/** YAML in a folder is configuration as a rule; what begins as a Kubernetes object is a capture. */
async function isLeftAlone(path: string): Promise<boolean> {
  if (!NOT_DATA.test(basename(path))) return false;
  if (!/\.ya?ml$/i.test(path)) return true;
  return !kubernetesYaml.matches(await headOf(path, PROBE_BYTES));
}

/** Finds the files behind the arguments: files as given, folders with all their members. Throws a PostrunError ("input") for what does not exist. */
export async function findInputFiles(inputs: readonly string[]): Promise<InputFiles> {
  const found: InputFile[] = [];
  const leftAlone: string[] = [];
  for (const input of inputs) {
    if (input === "-") found.push({ path: "-", bytes: 0 });
    else await collect(input, found, leftAlone);
  }
  found.sort((left, right) => inRotationOrder(left.path, right.path));
  const files: InputFile[] = [];
  const repeated: string[] = [];
  const seen = new Set<string>();
  for (const file of found) {
    // The link of a pipe that a shell hands over (/dev/fd/63) leads to no path.
    const identity = file.path === "-" ? "-" : await realpath(file.path).catch(() => file.path);
    if (seen.has(identity)) repeated.push(file.path);
    else files.push(file);
    seen.add(identity);
  }
  return { files, repeated, leftAlone: [...new Set(leftAlone)].sort(compareText) };
}

async function collect(input: string, found: InputFile[], leftAlone: string[]): Promise<void> {
  const facts = await stat(input).catch((error: Error) => (isGlob(input) ? undefined : Promise.reject(cannotRead(input, error.message))));
  if (facts === undefined) return collectMatches(input, found, leftAlone);
  if (!facts.isDirectory()) {
    found.push(inputFile(input, facts));
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

/** A pattern that the shell did not expand (quoted, or a shell that never does). */
async function collectMatches(pattern: string, found: InputFile[], leftAlone: string[]): Promise<void> {
  const before = found.length;
  for (const path of await expandGlob(pattern)) {
    const facts = await stat(path).catch(() => null);
    if (facts?.isDirectory()) await collectMembers(path, found, leftAlone);
    else if (facts?.isFile() && !(await isLeftAlone(path))) found.push(inputFile(path, facts));
    else if (facts !== null) leftAlone.push(path);
  }
  if (found.length === before) {
    throw new PostrunError(
      "input",
      `nothing to read matches ${pattern}`,
      "In a pattern * is any text, ? any character, ** any folders below.",
    );
  }
}

function inputFile(path: string, facts: Stats): InputFile {
  return facts.isFile() ? { path, bytes: facts.size, modifiedAt: facts.mtimeMs } : { path, bytes: 0 };
}

async function collectMembers(folder: string, found: InputFile[], leftAlone: string[]): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: Error) => {
    throw cannotRead(folder, error.message);
  });
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.name.startsWith(".") || (!entry.isDirectory() && (await isLeftAlone(path)))) leftAlone.push(path);
    else if (entry.isDirectory()) await collectMembers(path, found, leftAlone);
    else {
      // A link to a folder is not followed: it could lead back here.
      const facts = await stat(path).catch(() => null);
      if (facts?.isFile()) found.push(inputFile(path, facts));
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
