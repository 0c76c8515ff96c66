import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readText } from "../support.js";

const ENCODERS = {
  "utf-8": (text: string) => Buffer.from(text),
  "utf-16le": (text: string) => Buffer.from(text, "utf16le"),
  "utf-16be": (text: string) => Buffer.from(text, "utf16le").swap16(),
};
type Encoding = keyof typeof ENCODERS;

const FIRST = "2025-12-07 10:51:15,323 - src.apis.focus_server_api - INFO - Configuring streaming job";
const line = fc.constantFrom(FIRST, "2025-12-07 10:51:15,323 - x - INFO - החיבור נכשל שוב ושוב ✅", "grüße {}", "  x", "");
const part = (encoding: Encoding) =>
  fc.record({ encoding: fc.constant(encoding), mark: fc.boolean(), lines: fc.array(line, { maxLength: 5 }) });
const parts = fc
  .constantFrom<Encoding>("utf-16le", "utf-16be")
  .chain((wide) => fc.array(fc.oneof(part("utf-8"), part(wide)), { minLength: 1, maxLength: 4 }));

describe("a file whose encoding changes inside", () => {
  test("is read in each encoding, however it is cut", async () => {
    await fc.assert(
      fc.asyncProperty(parts, fc.integer({ min: 1, max: 900 }), fc.constantFrom("\n", "\r\n"), async (written, step, lineEnd) => {
        const texts = written.map(({ lines }) => [FIRST, ...lines, ""].join(lineEnd));
        const bytes = written.map(({ encoding, mark }, index) =>
          ENCODERS[encoding](`${mark && encoding !== "utf-8" ? "\ufeff" : ""}${texts[index]}`),
        );
        const { text, encoding, isMixed, isValidText } = await readText(Buffer.concat(bytes), step);
        // A second mark in the same encoding is a letter, as it always was.
        expect(text.replaceAll("\ufeff", "")).toBe(texts.join("").replaceAll("\r\n", "\n"));
        const encodings = [...new Set(written.map((one) => one.encoding))];
        expect([encoding, isMixed, isValidText]).toEqual([encodings.join(", "), encodings.length > 1, encodings.join() === "utf-8"]);
      }),
      { numRuns: 400 },
    );
  });

  test("zero bytes, single or in runs, are no UTF-16", async () => {
    const piece = fc.constantFrom("\0", "\0\0\0\0", "\0".repeat(600), FIRST, "\n", "one\0more");
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 30 }), fc.integer({ min: 1, max: 700 }), async (pieces, step) => {
        const text = `${FIRST}\n${pieces.join("")}`;
        expect(await readText(Buffer.from(text), step)).toMatchObject({
          text: text.replaceAll("\0", ""),
          encoding: "utf-8",
          isMixed: false,
        });
      }),
    );
  });

  test("letters of UTF-16 that look like text of 8 bits do not end it", async () => {
    const text = `${"上海 中文 日志 ".repeat(2000)}\n`;
    expect(await readText(ENCODERS["utf-16le"](`\ufeff${text}`), 4096)).toMatchObject({ text, encoding: "utf-16le" });
  });

  test("any bytes are read to their end", async () => {
    const piece = fc.constantFrom([0], [0xff, 0xfe], [0xfe, 0xff], [65, 0], [0, 65], [10], [65, 66, 67, 13, 10], [0xd0, 5], [0xd7, 0x90]);
    const run = fc.constantFrom(Array<number>(50).fill(66), [65, 0, 66, 0, 67, 0, 68, 0]);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(piece, run), { maxLength: 60 }), fc.integer({ min: 1, max: 700 }), async (pieces, step) => {
        const bytes = Buffer.from(pieces.flat());
        expect((await readText(bytes, step)).bytes).toBe(bytes.length);
      }),
      { numRuns: 1000 },
    );
  });
});
