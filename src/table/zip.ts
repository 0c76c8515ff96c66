import { deflateRawSync, inflateRawSync } from "node:zlib";
import { crc32 } from "../model/bytes/crc32.js";
import { PostrunError } from "../model/errors.js";

/** A file in an archive. */
export interface ZipEntry {
  readonly name: string;
  readonly text: string;
  /** Kept as it is, so that its text can be found in the archive. */
  readonly stored?: boolean;
}

/** 1 January 1980, the first moment that the format knows; a fixed one, since the same content is to be the same bytes. */
const DOS_DATE = 0x21;
const VERSION = 20;
/** Names are UTF-8. */
const UTF8_NAMES = 0x800;
const DEFLATED = 8;

/** A ZIP archive (PKWARE APPNOTE 6.3, without its 64-bit extensions: up to 4 GB and 65,535 files). */
export function zipBytes(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name);
    const content = Buffer.from(entry.text);
    const packed = entry.stored === true ? content : deflateRawSync(content);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(VERSION, 0);
    shared.writeUInt16LE(UTF8_NAMES, 2);
    shared.writeUInt16LE(entry.stored === true ? 0 : DEFLATED, 4);
    shared.writeUInt16LE(DOS_DATE, 8);
    shared.writeUInt32LE(crc32(content), 10);
    shared.writeUInt32LE(packed.length, 14);
    shared.writeUInt32LE(content.length, 18);
    shared.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([signature(0x04034b50), shared, name, packed]);
    const end = Buffer.alloc(14);
    end.writeUInt32LE(offset, 10);
    const madeBy = Buffer.alloc(2);
    madeBy.writeUInt16LE(VERSION);
    centrals.push(Buffer.concat([signature(0x02014b50), madeBy, shared, end, name]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const tail = Buffer.alloc(18);
  tail.writeUInt16LE(entries.length, 4);
  tail.writeUInt16LE(entries.length, 6);
  tail.writeUInt32LE(directory.length, 8);
  tail.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, directory, signature(0x06054b50), tail]);
}

/** No page is larger; what claims to be is damaged or hostile. */
const MOST_BYTES = 1 << 29;
const END_SIGNATURE = 0x06054b50;
const CENTRAL_SIGNATURE = 0x02014b50;
const END_LENGTH = 22;

/** Texts of an archive as `zipBytes` writes it (its end record last, no 64-bit extensions), by name, in their order. Throws a PostrunError (input). */
export function zipEntries(archive: Buffer): ReadonlyMap<string, string> {
  try {
    const end = archive.length - END_LENGTH;
    if (archive.readUInt32LE(end) !== END_SIGNATURE) throw new RangeError("no end record");
    const entries = new Map<string, string>();
    let at = archive.readUInt32LE(end + 16);
    for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
      if (archive.readUInt32LE(at) !== CENTRAL_SIGNATURE) throw new RangeError("no entry");
      const [nameLength, extraLength, commentLength] = [28, 30, 32].map((place) => archive.readUInt16LE(at + place)) as [
        number,
        number,
        number,
      ];
      const name = archive.toString("utf8", at + 46, at + 46 + nameLength);
      const local = archive.readUInt32LE(at + 42);
      const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
      const packed = archive.subarray(start, start + archive.readUInt32LE(at + 20));
      const isStored = archive.readUInt16LE(at + 10) === 0;
      entries.set(name, (isStored ? packed : inflateRawSync(packed, { maxOutputLength: MOST_BYTES })).toString("utf8"));
      at += 46 + nameLength + extraLength + commentLength;
    }
    return entries;
  } catch {
    throw new PostrunError("input", "this archive is damaged, or not one that postrun wrote", "unpack it and give the page inside");
  }
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
