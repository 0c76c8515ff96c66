import { lstat, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** Files that an earlier run left in the folder: they give way when the command of this one has started, and are as they were where it cannot be. */
export class EarlierFiles {
  /** By path, where it is meanwhile. */
  private readonly aside = new Map<string, string>();

  /** Makes room for a file of this name. A link or a device stays: it says where to write. */
  async setAside(path: string): Promise<void> {
    const place = join(dirname(path), `.${basename(path)}.earlier`);
    // A run that was killed before its command started has left the file there, and in its place only a beginning.
    await move(place, path);
    const present = await lstat(path).catch(() => undefined);
    if (present?.isFile() === false) return;
    await move(path, place);
    this.aside.set(path, place);
  }

  async putBack(): Promise<void> {
    for (const [path, place] of this.aside) await move(place, path);
    this.aside.clear();
  }

  async remove(): Promise<void> {
    for (const place of this.aside.values()) await rm(place, { force: true });
    this.aside.clear();
  }
}

/** A file that is not there stays where it is not. */
async function move(from: string, to: string): Promise<void> {
  await rename(from, to).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
}
