import { promisify } from "node:util";
import { gunzipSync, gzip } from "node:zlib";
import { PostrunError } from "../../model/errors.js";
import type { Report } from "../../model/report.js";
import { packColumns } from "./embed-columns.js";
import { isPacked, unpackColumns } from "./embed-unpack.js";

const LEVEL = 6;
/** Byte 9 of a gzip header names the operating system (RFC 1952); 255 is "unknown", so every system writes the same bytes. */
const OS_BYTE = 9;
const UNKNOWN_OS = 255;
/** No report is larger; what claims to be is damaged or hostile. */
const MOST_BYTES = 1 << 28;

const ELEMENT = /<script type="application\/json" id="postrun-report" data-encoding="gzip-base64">([A-Za-z0-9+/=\s]*)<\/script>/;

const compressed = promisify(gzip);

/** Text packed so that it can stand in a script element; the same text gives the same bytes. A thread of its own compresses it. */
export async function packText(text: string): Promise<string> {
  const packed = await compressed(Buffer.from(text, "utf8"), { level: LEVEL });
  packed[OS_BYTE] = UNKNOWN_OS;
  return packed.toString("base64");
}

/** A report as it stands inside its page: columns, gzip, Base64. */
export function packReport(report: Report): Promise<string> {
  return packText(packColumns(report));
}

/** The data of the report inside a page; throws a PostrunError (input) where there is none or it is damaged. */
export function embeddedData(html: string): unknown {
  const packed = ELEMENT.exec(html)?.[1];
  if (packed === undefined)
    throw new PostrunError("input", "this HTML holds no postrun report", "give a file that postrun wrote, or its report.json");
  try {
    const data: unknown = JSON.parse(gunzipSync(Buffer.from(packed, "base64"), { maxOutputLength: MOST_BYTES }).toString("utf8"));
    return isPacked(data) ? unpackColumns(data) : data;
  } catch {
    throw new PostrunError("input", "the report inside this HTML is damaged", "write the page again, or give its report.json");
  }
}
