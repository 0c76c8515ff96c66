import { gzipSync } from "node:zlib";
import type { Encoding } from "./format-matrix.js";

/** A text stored as an encoding of the matrix has it. */
export function encode(text: string, encoding: Encoding): Buffer {
  const utf16 = Buffer.from(`\ufeff${text}`, "utf16le");
  switch (encoding) {
    case "UTF-8":
      return Buffer.from(text);
    case "UTF-8 BOM":
      return Buffer.from(`\ufeff${text}`);
    case "UTF-16LE BOM":
      return utf16;
    case "UTF-16BE BOM":
      return utf16.swap16();
    case "CRLF":
      return Buffer.from(text.replaceAll("\n", "\r\n"));
    case "gzip":
      return gzipSync(text);
  }
}
