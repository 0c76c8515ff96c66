import { crc32 as zlibCrc32 } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { crc32 } from "../../../src/model/bytes/crc32.js";

describe("a checksum", () => {
  test("is that of the check value in the catalogue of CRCs", () => {
    expect(crc32(Buffer.from("123456789"))).toBe(0xcbf43926);
  });

  test.runIf(typeof zlibCrc32 === "function")("is that of zlib for any bytes", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => crc32(bytes) === zlibCrc32(bytes)));
  });
});
