import { inflateSync } from "node:zlib";
import { loadImage } from "canvas";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pngWriter } from "../../../src/report/charts/png-file.js";

/** Content of the chunks of a PNG by name; their lengths have to add up to the whole file. */
function chunksOf(file: Buffer): ReadonlyMap<string, Buffer> {
  const chunks = new Map<string, Buffer>();
  let at = 8;
  while (at < file.length) {
    const length = file.readUInt32BE(at);
    chunks.set(file.toString("latin1", at + 4, at + 8), file.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  expect(at).toBe(file.length);
  return chunks;
}

/** One for all tests, so that rows of one file stand where those of another stood. */
const pngFile = pngWriter();

const pictures = fc.record({ width: fc.integer({ min: 1, max: 9 }), height: fc.integer({ min: 1, max: 9 }) }).chain(({ width, height }) =>
  fc.record({
    width: fc.constant(width),
    height: fc.constant(height),
    bytes: fc.uint8Array({ minLength: width * height * 4, maxLength: width * height * 4 }),
  }),
);

describe("a PNG file", () => {
  test("is the same whatever was written before, and beside it", async () => {
    const sheet = (height: number, value: number) => ({ width: 5, height, bytes: new Uint8Array(20 * height).fill(value) });
    const sheets = [sheet(40, 255), sheet(7, 3), sheet(40, 9), sheet(90, 200), sheet(1, 0)];
    const alone = await Promise.all(sheets.map((points) => pngWriter()(points)));
    const written = pngWriter();
    const after: Buffer[] = [];
    for (const points of sheets) after.push(await written(points));
    expect(after).toEqual(alone);
    expect(await Promise.all(sheets.map(written))).toEqual(alone);
  });

  test("holds every point, row by row, each row unfiltered", async () => {
    await fc.assert(
      fc.asyncProperty(pictures, async (picture) => {
        const chunks = chunksOf(await pngFile(picture));
        expect([...chunks.keys()]).toEqual(["IHDR", "IDAT", "IEND"]);
        const rows = inflateSync(chunks.get("IDAT") ?? Buffer.alloc(0));
        const length = picture.width * 4 + 1;
        expect(rows.length).toBe(picture.height * length);
        for (let row = 0; row < picture.height; row += 1) {
          expect(rows[row * length]).toBe(0);
          expect(
            rows
              .subarray(row * length + 1, (row + 1) * length)
              .equals(picture.bytes.subarray(row * (length - 1), (row + 1) * (length - 1))),
          ).toBe(true);
        }
      }),
    );
  });

  test("is read by others, checks included", async () => {
    const image = await loadImage(await pngFile({ width: 3, height: 2, bytes: new Uint8Array(24).fill(255) }));
    expect([image.width, image.height]).toEqual([3, 2]);
  });

  test("with a damaged check is refused by the same reader, so that the test above means something", async () => {
    const file = await pngFile({ width: 3, height: 2, bytes: new Uint8Array(24).fill(255) });
    const at = file.indexOf("IHDR") + 4 + 13;
    file.writeUInt32BE((file.readUInt32BE(at) ^ 1) >>> 0, at);
    await expect(loadImage(file)).rejects.toThrow();
  });
});
