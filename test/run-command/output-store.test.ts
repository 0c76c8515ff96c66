import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";
import { OutputStore } from "../../src/run-command/output-store.js";
import { OutputRecorder } from "../../src/run-command/record-output.js";

const root = mkdtempSync(join(tmpdir(), "postrun-store-"));
afterAll(() => rmSync(root, { recursive: true }));

const START = { at: Date.UTC(2025, 11, 7, 8, 51), zoneMinutes: 120, command: ["pytest"], tool: "postrun 0.1.0" };
const open = (path: string, onFailure: (reason: string) => void = () => undefined) => OutputStore.open(path, START, onFailure);
const rows = (path: string): unknown[] =>
  readFileSync(path, "utf8")
    .trimEnd()
    .split("\n")
    .map((row) => JSON.parse(row));

describe("stored output", () => {
  it("has a header, each line of either stream in the order of arrival, and the end", async () => {
    const path = join(root, "new", "folder", "output.ndjson");
    const store = await open(path);
    let now = START.at;
    const recorder = new OutputRecorder(
      () => now,
      (line) => store.line(line),
    );
    const piece = (stream: "stdout" | "stderr", text: string | Buffer, afterMs: number): void => {
      now = START.at + afterMs;
      recorder.piece(stream, Buffer.from(text));
    };
    piece("stdout", "one\r\ntw", 10);
    piece("stderr", "warning\n", 20);
    piece("stdout", "o\n", 500);
    piece("stdout", Buffer.from([0xff, 0x0a]), 600);
    piece("stderr", "cut", 700);
    recorder.end("stdout");
    recorder.end("stderr");
    expect(await store.end(START.at + 800, 7)).toBe(true);
    const at = (afterMs: number): string => new Date(START.at + afterMs).toISOString();
    expect(rows(path)).toEqual([
      { postrun: "output", version: 1, event: "start", received: at(0), zoneMinutes: 120, command: ["pytest"], tool: "postrun 0.1.0" },
      { received: at(10), stream: "stdout", text: "one" },
      { received: at(20), stream: "stderr", text: "warning" },
      { received: at(10), stream: "stdout", completed: at(500), text: "two" },
      { received: at(600), stream: "stdout", base64: "/w==" },
      { received: at(700), stream: "stderr", cut: "end", text: "cut" },
      { postrun: "output", version: 1, event: "end", received: at(800), exit: 7 },
    ]);
  });

  it("is on disk within a second of its arrival", async () => {
    const path = join(root, "soon.ndjson");
    const store = await open(path);
    store.line({ stream: "stdout", bytes: Buffer.from("a line"), received: START.at });
    await pause(900);
    expect(rows(path)).toHaveLength(2);
    await store.end(START.at, 0);
  });

  it.runIf(existsSync("/dev/full"))("ends at a full disk, says so once, and keeps nobody from going on", async () => {
    const path = join(root, "full.ndjson");
    symlinkSync("/dev/full", path);
    const said: string[] = [];
    const store = await open(path, (reason) => said.push(reason));
    for (let index = 0; index < 5; index += 1) {
      store.line({ stream: "stdout", bytes: Buffer.alloc(100_000, "x"), received: START.at });
      await pause(60);
    }
    expect(await store.end(START.at, 0)).toBe(false);
    expect(said).toEqual(["ENOSPC"]);
  });

  it("replaces what an earlier run stored, and nothing else", async () => {
    const [ours, foreign] = [join(root, "ours.ndjson"), join(root, "foreign.ndjson")];
    await (await open(ours)).end(START.at, 0);
    writeFileSync(foreign, "{}\n");
    expect(await (await open(ours)).end(START.at, 1)).toBe(true);
    await expect(open(foreign)).rejects.toMatchObject({ code: "output", message: expect.stringContaining("not made by postrun") });
    expect(readFileSync(foreign, "utf8")).toBe("{}\n");
  });

  it("says where it cannot be written", async () => {
    writeFileSync(join(root, "file"), "");
    await expect(open(join(root, "file", "output.ndjson"))).rejects.toMatchObject({
      code: "output",
      hint: expect.stringContaining("--folder"),
    });
  });

  it.runIf(existsSync("/proc/self"))("says at once where the system makes no folder", { timeout: 5000 }, async () => {
    await expect(open("/proc/postrun/run/output.ndjson")).rejects.toMatchObject({ code: "output" });
  });
});
