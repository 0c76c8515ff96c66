import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openTextSource } from "../../../src/ingest/bytes/text-source.js";
import { inSteps, readText } from "../support.js";

describe("openTextSource", () => {
  test("gives the text of UTF-8 and UTF-16 files, with and without a mark, whatever the chunks", async () => {
    const text = 'שלום ✅ 😀 {"a": 1}\nsecond line of plain text\n';
    const little = Buffer.from(text, "utf16le");
    const big = Buffer.from(little).swap16();
    for (const step of [1, 2, 3, 5, 1024]) {
      expect((await readText(Buffer.from(text), step)).text).toBe(text);
      expect(await readText(Buffer.from(`\ufeff${text}`), step)).toMatchObject({ text, encoding: "utf-8" });
      expect(await readText(Buffer.concat([Buffer.from([0xff, 0xfe]), little]), step)).toMatchObject({ text, encoding: "utf-16le" });
      expect(await readText(Buffer.concat([Buffer.from([0xfe, 0xff]), big]), step)).toMatchObject({ text, encoding: "utf-16be" });
    }
    expect(await readText(Buffer.from("plain latin\n", "utf16le"), 1024)).toMatchObject({ text: "plain latin\n", encoding: "utf-16le" });
  });

  test("a CRLF is one line end wherever the chunks are cut; a lone CR stays", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom("a", "\r", "\n", "\r\n"), { maxLength: 30 }),
        fc.integer({ min: 1, max: 4 }),
        async (pieces, step) => {
          const stored = pieces.join("");
          expect((await readText(Buffer.from(stored), step)).text).toBe(stored.replaceAll("\r\n", "\n"));
        },
      ),
    );
  });

  test("gives the same text as bytes of UTF-8 that are cut between letters only", async () => {
    const letters = fc.array(fc.constantFrom("a", "é", "ש", "✅", "😀", "\ufeff", "\r\n", "\n", "\xff"), { maxLength: 400 });
    const encoding = fc.constantFrom("utf8", "utf16le", "latin1" as const);
    await fc.assert(
      fc.asyncProperty(letters, encoding, fc.integer({ min: 1, max: 700 }), async (pieces, stored, step) => {
        const bytes = Buffer.from(
          `${stored === "utf16le" ? "\ufeff" : ""}${"begin".repeat(120)}${pieces.join("")}`,
          stored as BufferEncoding,
        );
        const source = await openTextSource("x", inSteps(bytes, step));
        let text = "";
        for await (const piece of source.bytes) {
          expect(isUtf8(piece)).toBe(true);
          text += piece.toString();
        }
        const { text: expected, ...facts } = await readText(bytes, step);
        expect(text.replaceAll("\r\n", "\n")).toBe(expected);
        expect(source.facts()).toEqual(facts);
      }),
    );
  });

  test("size and hash are those of the stored file", async () => {
    const stored = gzipSync("one\ntwo\n");
    expect(await readText(stored, 3)).toEqual({
      text: "one\ntwo\n",
      bytes: stored.length,
      sha256: createHash("sha256").update(stored).digest("hex"),
      contentSha256: createHash("sha256").update("one\ntwo\n").digest("hex"),
      encoding: "utf-8",
      isMixed: false,
      isValidText: true,
      damaged: false,
      bomb: false,
    });
  });

  test("the beginning may be asked for once more, longer, and is still part of the text", async () => {
    const text = Array.from({ length: 60_000 }, (_, index) => `line ${index} of some output\n`).join("");
    for (const way of ["chunks", "bytes"] as const) {
      const source = await openTextSource("x", inSteps(Buffer.from(text), 50_000));
      expect(source.head.length).toBeLessThan(200_000);
      const head = await source.longHead();
      expect([head.length > 1_000_000, head.length < 1_200_000, text.startsWith(head)]).toEqual([true, true, true]);
      let read = "";
      for await (const piece of source[way]) read += piece.toString();
      expect(read).toBe(text);
    }
  });

  test("a cut gzip file is read up to the cut, and so is one with a broken middle", async () => {
    const text = Array.from(
      { length: 5000 },
      (_, index) => `line ${index} ${createHash("md5").update(String(index)).digest("hex")}\n`,
    ).join("");
    const stored = gzipSync(text);
    const cut = await readText(stored.subarray(0, stored.length / 2), 1000);
    expect(cut).toMatchObject({ damaged: true, bytes: Math.floor(stored.length / 2) });
    expect(cut.text.length).toBeGreaterThan(text.length / 4);
    expect(text.startsWith(cut.text)).toBe(true);
    const broken = Buffer.from(stored);
    broken.fill(0xff, stored.length / 2, stored.length / 2 + 64);
    expect(await readText(broken, 1000)).toMatchObject({ damaged: true, bytes: stored.length });
  });

  test("zeros behind the last member of a gzip file end it", async () => {
    const stored = Buffer.from("1f8b0800000000000403fbf71f004131e4e602000000000000", "hex");
    expect((await readText(stored)).text.length).toBeLessThan(4);
    expect((await readText(Buffer.concat([gzipSync("one\n"), Buffer.alloc(30)]))).text).toBe("one\n");
  });

  test("members of a concatenated gzip file are one text", async () => {
    expect((await readText(Buffer.concat([gzipSync("a\n"), gzipSync("b\n")]))).text).toBe("a\nb\n");
  });

  test("bytes that are no text survive as replacement characters, zero bytes do not", async () => {
    expect((await readText(Buffer.from([0x61, 0xff, 0x62, 0x00, 0x0a]))).text).toBe("a\ufffdb\n");
  });

  test("an empty file is an empty text", async () => {
    expect(await readText(Buffer.alloc(0))).toMatchObject({ text: "", bytes: 0, sha256: createHash("sha256").digest("hex") });
  });
});
