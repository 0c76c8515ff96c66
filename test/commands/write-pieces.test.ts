import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { type Content, writePieces } from "../../src/commands/write-pieces.js";

const folder = mkdtempSync(join(tmpdir(), "postrun-pieces-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function written(content: Content): Promise<Buffer> {
  const path = join(folder, "file");
  const file = await open(path, "w");
  const bytes = await writePieces(file, content);
  await file.close();
  const found = readFileSync(path);
  expect(bytes).toBe(found.length);
  return found;
}

describe("pieces", () => {
  test("stand in the file one after the other, whatever they are of", async () => {
    const piece = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.string({ unit: "binary" }),
      fc.constantFrom("", "חקירה", "\ud83d", "a".repeat(3000)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 20 }), async (pieces) => {
        const whole = Buffer.concat(pieces.map((text) => Buffer.from(text)));
        expect((await written(pieces)).equals(whole)).toBe(true);
        expect((await written(Readable.from(pieces))).equals(whole)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  test("of any size stay whole, with characters of several bytes where the room ends", async () => {
    for (const before of [0, 1, 2, 3]) {
      const text = `${"x".repeat((1 << 20) - before)}${"ח😀".repeat(400_000)}`;
      expect((await written(text)).equals(Buffer.from(text))).toBe(true);
    }
  });

  test("may be bytes between texts", async () => {
    const mixed = Readable.from(["a", new Uint8Array([0, 255]), "b"]);
    expect([...(await written(mixed))]).toEqual([97, 0, 255, 98]);
    expect([...(await written(new Uint8Array([1, 2])))]).toEqual([1, 2]);
  });
});
