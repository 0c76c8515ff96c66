import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach } from "vitest";

/** Hands over a new empty folder before each test of a file, and removes all at its end. Returns the folder around them. */
export function folderForEachTest(name: string, use: (path: string) => void): string {
  const root = mkdtempSync(join(tmpdir(), `postrun-${name}-`));
  let count = 0;
  beforeEach(() => {
    count += 1;
    const path = join(root, String(count));
    mkdirSync(path);
    use(path);
  });
  afterAll(() => rmSync(root, { recursive: true }));
  return root;
}
