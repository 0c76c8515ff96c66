import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { forEachLine } from "../../src/ingest/bytes/lines.js";
import { openTextSource } from "../../src/ingest/bytes/text-source.js";
import { readInputs } from "../../src/ingest/index.js";
import { junitXml } from "../../src/ingest/readers/junit-xml.js";
import { folderWith, inSteps, readWith, smallProfile } from "./support.js";

const LOG = "2025-12-07 10:51:15,323 - grpc - INFO - Connected to gRPC server at h:1\n";
const MEGABYTE = 1024 * 1024;

/** A Zstandard frame of blocks that each repeat one byte 128 KiB long (RFC 8878 section 3.1.1.2). */
function zstdBomb(blocks: number): Buffer {
  const header = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 7 << 3]);
  const block = (last: boolean): Buffer => {
    const bytes = Buffer.alloc(4, "x");
    bytes.writeUIntLE((last ? 1 : 0) | (1 << 1) | ((128 * 1024) << 3), 0, 3);
    return bytes;
  };
  return Buffer.concat([header, Buffer.concat(Array.from({ length: blocks - 1 }, () => block(false))), block(true)]);
}

/** Reads to the end, in little memory; gives the highest resident size seen, less that at the start. */
async function readThrough(stored: AsyncIterable<Buffer>) {
  const before = process.memoryUsage().rss;
  let peak = before;
  const source = await openTextSource("x", stored);
  let lines = 0;
  const cut = await forEachLine(source, () => {
    lines += 1;
    peak = Math.max(peak, process.memoryUsage().rss);
  });
  return { ...source.facts(), lines, cut, grownMegabytes: (peak - before) / MEGABYTE };
}

describe("compressed files that inflate beyond all measure", () => {
  test("a gzip file of zeros, which are no text, stops being read, and its hash is still that of the whole file", async () => {
    const member = gzipSync(Buffer.alloc(64 * MEGABYTE));
    const stored = Buffer.concat(Array.from({ length: 40 }, () => member));
    const facts = await readThrough(inSteps(stored, 65_536));
    expect(facts).toMatchObject({ bomb: true, damaged: false, bytes: stored.length, lines: 0 });
    expect(facts.grownMegabytes).toBeLessThan(400);
  }, 60_000);

  test("a Zstandard file of repeated bytes too", async () => {
    const stored = zstdBomb(40_000);
    const facts = await readThrough(inSteps(stored, 65_536));
    expect(facts).toMatchObject({ bomb: true, bytes: stored.length });
    expect(facts.grownMegabytes).toBeLessThan(400);
  }, 60_000);

  test("a Zstandard frame that asks for a window of gigabytes is damage, not memory", async () => {
    const stored = Buffer.from(zstdBomb(2));
    stored[5] = 21 << 3;
    expect(await readThrough(inSteps(stored, 100))).toMatchObject({ damaged: true, lines: 0 });
  });

  test("are told, beside what is good", async () => {
    const folder = await folderWith({ "a.log": LOG, "b.log.zst": zstdBomb(5_000) });
    const { sources, diagnostics } = await readInputs([folder], { profile: smallProfile });
    expect(sources.map(({ matched }) => matched)).toEqual([1, 0]);
    expect(diagnostics.map(({ id }) => id)).toContain("inflates-beyond-measure");
  }, 60_000);
});

test("a line of 200 megabytes is one line, in little memory", async () => {
  async function* stored(): AsyncGenerator<Buffer> {
    yield Buffer.from(LOG);
    for (let at = 0; at < 200; at += 1) yield Buffer.alloc(MEGABYTE, "x");
    yield Buffer.from(`\n${LOG}`);
  }
  const { lines, cut, grownMegabytes } = await readThrough(stored());
  expect([lines, cut]).toEqual([3, 1]);
  expect(grownMegabytes).toBeLessThan(300);
});

describe("XML", () => {
  test("an external entity and entities that grow are refused, and nothing outside the file is read", async () => {
    const text =
      '<?xml version="1.0"?>\n<!DOCTYPE t [\n<!ENTITY e SYSTEM "file:///etc/hostname">\n]>\n<testsuite><testcase name="&e;"/></testsuite>\n';
    const { events, counts, diagnostics } = await readWith(junitXml, text);
    expect(events).toEqual([]);
    expect(diagnostics[0]).toMatchObject({ id: "xml-entities" });
    expect(counts).toEqual({ lines: 5, matched: 0, ignored: 3, unparsed: 2 });
  });

  test("a DOCTYPE without entities is harmless; an entity that nobody declared is damage", async () => {
    const good = '<!DOCTYPE testsuite SYSTEM "junit.dtd"><testsuite>\n<testcase name="a"/>\n</testsuite>';
    expect((await readWith(junitXml, good)).events).toHaveLength(1);
    expect((await readWith(junitXml, good.replace('"a"', '"&b;"'))).counts.unparsed).toBe(2);
  });

  test("elements nested 100,000 deep, and a text of 40 megabytes, end the reading", async () => {
    const deep = await readWith(junitXml, `<testsuite>${"<a>".repeat(100_000)}`);
    expect(deep.diagnostics[0]).toMatchObject({ id: "document-too-large" });
    const long = await readWith(junitXml, `<testsuite><testcase name="a">${"x".repeat(40 * MEGABYTE)}</testcase></testsuite>`);
    expect(long.diagnostics[0]).toMatchObject({ id: "document-too-large" });
    expect(long.counts).toMatchObject({ lines: 1, unparsed: 1 });
  });

  test("a file that breaks off gives what stood before, with every line in one class", async () => {
    const text = '<testsuite>\n<testcase name="a" time="1"/>\n<testcase name="b">\n<failure>';
    const { events, counts } = await readWith(junitXml, text, 7);
    expect(events).toMatchObject([{ nodeId: "a", outcome: "passed" }]);
    expect(counts).toEqual({ lines: 4, matched: 1, ignored: 2, unparsed: 1 });
  });
});

test("a log that grows while it is read is read up to the size that it had", async () => {
  const folder = await folderWith({ "a.log": LOG.repeat(20_000) });
  const path = join(folder, "a.log");
  let grown: Promise<void> | undefined;
  const { sources } = await readInputs([path], {
    profile: smallProfile,
    onProgress: () => {
      grown ??= appendFile(path, LOG.repeat(20_000));
    },
  });
  await grown;
  expect(sources[0]?.lines).toBe(20_000);
});
