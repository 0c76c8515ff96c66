/** Files read in pieces by threads, as they are built: only that has the threads' module. */
import { readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { piecesOf } from "../../../src/ingest/files/file-pieces.js";
import { joinPieces } from "../../../src/ingest/files/join-pieces.js";
import { type FileReading, readFile } from "../../../src/ingest/files/read-file.js";
import type { ReadOptions } from "../../../src/ingest/index.js";
import { compileProfile } from "../../../src/ingest/log/compiled-profile.js";
import { loadProfile } from "../../../src/profiles/load-profile.js";
import { folderForEachTest } from "../../folder-for-each-test.js";

const SAMPLE = "samples/277-investigations";
const { readInputs } = (await import(
  new URL("../../../dist/ingest/index.js", import.meta.url).href
)) as typeof import("../../../src/ingest/index.js");
let profile: ReadOptions["profile"];
let folder = "";
folderForEachTest("pieces", (path) => {
  folder = path;
});
beforeAll(async () => {
  ({ profile } = await loadProfile("focus-server"));
});

const inflated = (name: string): string => gunzipSync(readFileSync(join(SAMPLE, name))).toString("utf8");
const audit = inflated("audit.log.gz")
  .slice(0, 200_000)
  .replace(/[^\n]*$/, "");
const watch = inflated("jobs-watch.json.gz")
  .slice(0, 200_000)
  .replace(/[^\n]*$/, "");

/** All that is read of a file, with this much in a piece; no piece is that of one thread. */
async function reading(path: string, pieceBytes?: number): Promise<string> {
  const options = pieceBytes === undefined ? { workers: 1 } : { workers: 2, pieceBytes };
  const { events, sources, diagnostics, hints } = await readInputs([path], { profile, ...options }).catch((error: Error) => ({
    events: [],
    sources: [],
    diagnostics: [{ id: error.message }],
    hints: [],
  }));
  return JSON.stringify({ events, sources, diagnostics, hints }, null, 1);
}

/** What comes between two rows somewhere in a file. */
const between = {
  nothing: "",
  "a blank line": "\n",
  "an unreadable row": '{"kind":"Event","apiVersion":"audit.k8s.io/v1","stage":\n',
  "text that is none": "curl: (56) connection reset\n",
  "the end of a watch": '{"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","code":410,"message":"too old resource version"}}\n',
  "a row that arrived":
    '{"received":"2026-01-05T08:00:00.123Z","type":"BOOKMARK","object":{"kind":"Job","apiVersion":"batch/v1","metadata":{}}}\n',
  "what a capture says of itself": '{"received":"2026-01-05T08:00:00.123Z","type":"END"}\n',
  "a row over several lines": '{\n"kind": "Job",\n"apiVersion": "batch/v1",\n"metadata": {}\n}\n',
  "lines that end otherwise": '{"a":1}\r\n{"a":2}\r\n',
  "bytes that are no text": Buffer.from([0x7b, 0xff, 0xfe, 0x7d, 0x0a]).toString("latin1"),
  "Hebrew of Windows": Buffer.from([0x22, 0xf9, 0xec, 0xe5, 0xed, 0x22, 0x0a]).toString("latin1"),
} as const;

describe("a file in pieces reads as at once", () => {
  for (const [name, text] of Object.entries({ audit, watch })) {
    for (const [what, inserted] of Object.entries(between)) {
      test(`${name}, with ${what}`, async () => {
        const rows = text.split("\n");
        const middle = rows.length >> 1;
        const path = join(folder, "rows.json");
        await writeFile(path, Buffer.from(`${rows.slice(0, middle).join("\n")}\n${inserted}${rows.slice(middle).join("\n")}`, "latin1"));
        expect(await reading(path, 40_000)).toBe(await reading(path));
      });
    }
  }

  test("wherever it ends", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(audit, watch),
        fc.integer({ min: 10_000, max: 150_000 }),
        fc.integer({ min: 2_000, max: 60_000 }),
        async (text, length, pieceBytes) => {
          const path = join(folder, "cut.json");
          await writeFile(path, text.slice(0, length));
          expect(await reading(path, pieceBytes)).toBe(await reading(path));
        },
      ),
      { numRuns: 6 },
    );
  }, 60_000);

  test("beside files that cannot be cut", async () => {
    const run = join(folder, "run");
    await mkdir(run);
    await writeFile(join(run, "audit.log"), audit);
    await writeFile(join(run, "watch.json"), watch);
    await writeFile(join(run, "audit.log.gz"), readFileSync(join(SAMPLE, "audit.log.gz")));
    await writeFile(join(run, "run.log"), readFileSync(join(SAMPLE, "test-run.log")));
    const atOnce = await reading(run);
    expect(JSON.parse(atOnce).events.length).toBeGreaterThan(500);
    expect(await reading(run, 20_000)).toBe(atOnce);
  }, 60_000);
});

describe("the pieces of a file", () => {
  const piecesOfText = async (name: string, content: string | Buffer, pieceBytes: number) => {
    const path = join(folder, name);
    await writeFile(path, content);
    return piecesOf({ path, bytes: Buffer.byteLength(content) }, pieceBytes, compileProfile(profile));
  };

  test("are all of it, each from the beginning of a document to the end of one", async () => {
    const pieces = await piecesOfText("audit.log", audit, 40_000);
    expect(pieces).toHaveLength(5);
    expect(pieces.map(({ from, to }) => audit.slice(from, to)).join("")).toBe(audit);
    for (const { from, to, head } of pieces) {
      expect(audit.slice(from, to)).toMatch(/^\{[\s\S]*\}\n$/);
      expect(audit.startsWith(head.slice(0, 1000))).toBe(true);
    }
    expect(await piecesOfText("watch.json", watch, 40_000)).toHaveLength(5);
  });

  test("are none where it is small, compressed, one document, or of a format whose lines belong together", async () => {
    expect(await piecesOfText("small.log", audit, audit.length)).toEqual([]);
    expect(await piecesOfText("audit.log.gz", gzipSync(audit, { level: 0 }), 40_000)).toEqual([]);
    expect(await piecesOfText("run.log", readFileSync(join(SAMPLE, "test-run.log")), 40_000)).toEqual([]);
    const list = JSON.stringify(
      {
        kind: "List",
        apiVersion: "v1",
        items: watch
          .trim()
          .split("\n")
          .map((row) => JSON.parse(row).object),
      },
      null,
      2,
    );
    expect((await piecesOfText("list.json", list, 40_000)).length).toBeLessThan(2);
  });

  test("add up only where each made out all of its text", async () => {
    const path = join(folder, "rows.log");
    await writeFile(path, audit);
    const reading = await readFile({ path, bytes: audit.length }, 0, compileProfile(profile), {});
    const rows = (changes: Partial<FileReading>, summary: Partial<FileReading["summary"]> = {}): FileReading => ({
      ...reading,
      ...changes,
      summary: { ...reading.summary, ...summary },
    });
    const note = { id: "cut-document", severity: "warning", count: 1, values: {}, examples: [] } as const;
    expect(joinPieces([reading, reading], "x")?.summary).toMatchObject({
      sha256: "x",
      lines: reading.summary.lines * 2,
      bytes: audit.length * 2,
    });
    expect(joinPieces([reading, rows({ diagnostics: [note] }, { unparsed: 1 })], "x")?.diagnostics).toEqual([note]);
    for (const unsure of [
      rows({ diagnostics: [note] }),
      rows({}, { unparsed: 1 }),
      rows({ isValidText: false }),
      rows({ usable: false }),
      rows({}, { encoding: "windows-1255" }),
      rows({}, { clock: "collector" }),
      rows({}, { lostLine: 3 }),
    ])
      expect(joinPieces([unsure, reading], "x")).toBeUndefined();
  });
});
