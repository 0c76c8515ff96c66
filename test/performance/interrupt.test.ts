import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const OUTPUT = pathToFileURL(join(ROOT, "dist/commands/output.js")).href;

/** Writes a file of which only the beginning ever comes, and says so once that stands on the disk. */
const ENDLESS = `
import { readdirSync } from "node:fs";
import { Readable } from "node:stream";
import { writeTarget } from ${JSON.stringify(OUTPUT)};
async function* text() {
  yield "x".repeat(1 << 20);
  while (!readdirSync(".").some((name) => name.endsWith(".tmp"))) await new Promise((done) => setTimeout(done, 5));
  process.stdout.write("writing");
  await new Promise((done) => setTimeout(done, 60_000));
}
await writeTarget({ path: "report.html", force: false }, Readable.from(text()));
`;

describe.skipIf(process.platform === "win32")("an interrupt", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "postrun-interrupt-"));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  /** The signal that ended it. */
  const ended = (child: ChildProcess): Promise<NodeJS.Signals | null> =>
    new Promise((done) => child.once("exit", (_, signal) => done(signal)));

  test("while a file is written leaves neither the file nor a part of it", async () => {
    const child = spawn(process.execPath, ["--input-type=module", "-e", ENDLESS], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
    await new Promise((done) => child.stdout.once("data", done));
    expect(await readdir(folder)).toHaveLength(1);
    child.kill("SIGINT");
    expect(await ended(child)).toBe("SIGINT");
    expect(await readdir(folder)).toEqual([]);
  });

  test("while the input is read ends the command, which has written nothing", async () => {
    const child = spawn(process.execPath, [join(ROOT, "dist/cli.cjs"), "analyze", "-", "-o", "report.html"], {
      cwd: folder,
      stdio: ["pipe", "ignore", "ignore"],
    });
    const row = "2025-01-06 09:59:56,422 - tests - INFO - === Investigation 1/2 ===\n".repeat(20_000);
    await new Promise((done) => child.stdin.write(row, done));
    child.kill("SIGINT");
    expect(await ended(child)).toBe("SIGINT");
    expect(await readdir(folder)).toEqual([]);
  });
});
