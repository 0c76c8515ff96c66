import { readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { PostrunError, systemReason } from "../model/errors.js";
import { makeFolder } from "../model/make-folder.js";
import type { Report } from "../model/report.js";
import { parseJson } from "../model/text/json-object.js";

const manifestSchema = z.object({ tool: z.object({ name: z.literal("postrun") }), files: z.array(z.string()) });

export interface FolderContents {
  /** Name of the file that marks the folder as written by postrun, and lists what it may therefore overwrite. */
  readonly manifest: string;
  /** File names and what is in them. */
  readonly files: ReadonlyMap<string, string | Uint8Array>;
}

/**
 * Writes files and their manifest into a folder, which is created if need be; returns the names of the files. Files that postrun did
 * not write there stay untouched.
 * @throws PostrunError `output` where a file of that name is not postrun's (unless `force`) or the folder cannot be written.
 */
export async function writeMarkedFolder(
  report: Pick<Report, "tool" | "generatedAt">,
  folder: string,
  contents: FolderContents,
  options: { readonly force?: boolean } = {},
): Promise<readonly string[]> {
  const manifest = { tool: report.tool, generatedAt: report.generatedAt, files: [...contents.files.keys()] };
  const files = new Map([...contents.files, [contents.manifest, `${JSON.stringify(manifest, undefined, 2)}\n`]]);
  try {
    await makeFolder(folder);
    if (options.force !== true) await refuseForeign(folder, [...files.keys()], contents.manifest);
    await writeAll(folder, files);
  } catch (error) {
    if (error instanceof PostrunError) throw error;
    throw new PostrunError(
      "output",
      `${folder}: files cannot be written there (${systemReason(error)})`,
      "check the space and permissions of the folder",
    );
  }
  return [...files.keys()];
}

/**
 * Checks before any work that files of these names may be written into a folder, which need not be there yet. Throws a PostrunError (output) where one of
 * them is not postrun's.
 */
export async function assertFolderOurs(folder: string, manifest: string, isWritten: (name: string) => boolean): Promise<void> {
  const present = await readdir(folder).catch(() => []);
  await refuseForeign(
    folder,
    present.filter((name) => name === manifest || isWritten(name)),
    manifest,
  );
}

/** Everything is written beside its place first: what fails half-way leaves the folder as it was. */
async function writeAll(folder: string, files: FolderContents["files"]): Promise<void> {
  const partial = (name: string): string => join(folder, `.${name}.partial`);
  try {
    for (const [name, content] of files) await writeFile(partial(name), content);
    for (const name of files.keys()) await rename(partial(name), join(folder, name));
  } finally {
    for (const name of files.keys()) await rm(partial(name), { force: true });
  }
}

async function refuseForeign(folder: string, names: readonly string[], manifest: string): Promise<void> {
  if (names.length === 0) return;
  const present = await readdir(folder);
  const own = present.includes(manifest) ? await ownFiles(folder, manifest) : [];
  const foreign = names.filter((name) => present.includes(name) && !own.includes(name));
  if (foreign.length === 0) return;
  throw new PostrunError(
    "output",
    `${folder}: ${foreign.join(", ")} is there and was not written by postrun`,
    "choose another folder, or overwrite with --force",
  );
}

/** What the manifest owns, itself included; nothing if it is not one of postrun's. */
async function ownFiles(folder: string, manifest: string): Promise<readonly string[]> {
  const text = await readFile(join(folder, manifest), "utf8");
  const parsed = manifestSchema.safeParse(parseJson(text));
  return parsed.success ? [...parsed.data.files, manifest] : [];
}
