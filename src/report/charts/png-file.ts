import { promisify } from "node:util";
import { deflate } from "node:zlib";
import { crc32 } from "../../model/bytes/crc32.js";

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const BITS_A_SAMPLE = 8;
const RGBA = 6;
const BYTES_A_POINT = 4;
/** Each row begins with the number of its filter. */
const NO_FILTER = 0;
/** With it a sheet takes no more bytes than from the canvas's own encoder; the levels above save a quarter and take twice as long. */
const LEVEL = 3;

/** Room for the whole of a usual file: for more room the compression has to wait until this thread has time [bytes]. */
const CHUNK_SIZE = 1024 * 1024;

const deflated = promisify(deflate);

/** Points of a picture, row by row from the top, four bytes each: red, green, blue, opacity. */
export interface Points {
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;
}

/**
 * What writes points as PNG files (PNG specification, W3C 2003: chapters 5, 9 and 11), each compressed by a thread of Node's pool. Rows are not filtered,
 * since flat colours and letters compress better as they stand. The memory of one file's rows serves for the next: new memory takes several times as long to fill.
 */
export function pngWriter(): (points: Points) => Promise<Buffer> {
  const spare: Buffer[] = [];
  return async ({ width, height, bytes }) => {
    const header = Buffer.alloc(13);
    header.writeUInt32BE(width, 0);
    header.writeUInt32BE(height, 4);
    header.writeUInt8(BITS_A_SAMPLE, 8);
    header.writeUInt8(RGBA, 9);
    const length = width * BYTES_A_POINT;
    const size = height * (length + 1);
    const fitting = spare.findIndex((buffer) => buffer.length >= size);
    const rows = (fitting === -1 ? undefined : spare.splice(fitting, 1)[0]) ?? Buffer.allocUnsafeSlow(size);
    for (let row = 0; row < height; row += 1) {
      const at = row * (length + 1);
      rows[at] = NO_FILTER;
      rows.set(bytes.subarray(row * length, (row + 1) * length), at + 1);
    }
    const data = await deflated(rows.subarray(0, size), { level: LEVEL, chunkSize: CHUNK_SIZE });
    spare.push(rows);
    return Buffer.concat([SIGNATURE, ...chunk("IHDR", header), ...chunk("IDAT", data), ...chunk("IEND", Buffer.alloc(0))]);
  };
}

/** Length, name, content, and the check of name and content. */
function chunk(name: string, content: Buffer): readonly Buffer[] {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const checked = Buffer.concat([Buffer.from(name, "latin1"), content]);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(checked));
  return [length, checked, check];
}
