import { readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PostrunError, systemReason } from "../model/errors.js";
import { makeFolder } from "../model/make-folder.js";

/** Beside src/ and dist/ alike. */
const TEMPLATES = new URL("../../templates/init/", import.meta.url);
const FILES = ["profile.yaml", "claims.yaml", "postrun.yaml"] as const;

/** Writes a commented profile, claims and configuration to start from. Throws a PostrunError (output) where one of the files exists already. */
export async function initCommand(folder: string | undefined): Promise<void> {
  const target = folder ?? ".";
  const paths = FILES.map((name) => ({ name, path: join(target, name) }));
  for (const { path } of paths) {
    if ((await stat(path).catch(() => null)) !== null) {
      throw new PostrunError("output", `${path}: exists already`, "choose another folder: postrun init my-system");
    }
  }
  if ((await stat(target).catch(() => null))?.isDirectory() === false)
    throw new PostrunError("output", `${target}: is a file, not a folder`, "choose a folder: postrun init my-system");
  const begun: string[] = [];
  try {
    await makeFolder(target);
    for (const { name, path } of paths) {
      const text = await readFile(new URL(name, TEMPLATES));
      // Made here, so that nothing is taken away that was there: a half of it would keep the next try from writing.
      await writeFile(path, "", { flag: "wx" });
      begun.push(path);
      await writeFile(path, text);
    }
  } catch (error) {
    for (const path of begun) await rm(path, { force: true });
    throw new PostrunError(
      "output",
      `${target}: cannot be written (${systemReason(error)})`,
      "check the space and permissions of the folder",
    );
  }
  const shown = target === "." ? "." : target;
  process.stderr.write(
    [
      `Written: ${paths.map(({ path }) => path).join(", ")}`,
      `Next: postrun inspect --profile ${shown} LOG   (what its patterns match, and what nothing matches)`,
      "",
    ].join("\n"),
  );
}
