import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Makes a folder with those above it; one that is there already is left as it is. Node's own `recursive` tries for ever where nothing can be made in a
 * folder that is there (`/proc`).
 */
export async function makeFolder(folder: string): Promise<void> {
  const isThere = (await stat(folder).catch(() => null))?.isDirectory() === true;
  if (isThere) return;
  const above = dirname(folder);
  if (above !== folder) await makeFolder(above);
  // Somebody else may have made it meanwhile.
  await mkdir(folder).catch(async (error: unknown) => {
    if ((await stat(folder).catch(() => null))?.isDirectory() !== true) throw error;
  });
}
