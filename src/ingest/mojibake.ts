/**
 * Text that was stored as UTF-8 and read in a Windows code page (Hebrew becomes pairs that begin with a multiplication sign), repaired for display. Never used for matching:
 * what a pattern sees is what the file holds.
 */
import { isUtf8 } from "node:buffer";
import { TextDecoder } from "node:util";

const PAGES = ["windows-1252", "windows-1255"].map(byteOf);
/** Runs of letters beyond ASCII; a repair takes a run as a whole. */
const BEYOND_ASCII = /[\u0080-\uffff]{2,}/g;

/** The text with every run repaired that, taken as bytes of a code page, is valid UTF-8. */
export function repairMojibake(text: string): string {
  return text.replace(BEYOND_ASCII, (run) => {
    for (const page of PAGES) {
      const bytes = toBytes(run, page);
      if (bytes && isUtf8(bytes)) return bytes.toString("utf8");
    }
    return run;
  });
}

/** The byte behind each character of a code page. */
function byteOf(name: string): ReadonlyMap<string, number> {
  const decoder = new TextDecoder(name);
  const bytes = new Map<string, number>();
  for (let byte = 0x80; byte <= 0xff; byte += 1) {
    const letter = decoder.decode(Uint8Array.of(byte));
    if (letter !== "\ufffd") bytes.set(letter, byte);
  }
  return bytes;
}

function toBytes(run: string, page: ReadonlyMap<string, number>): Buffer | undefined {
  const bytes: number[] = [];
  for (const letter of run) {
    const byte = page.get(letter);
    if (byte === undefined) return undefined;
    bytes.push(byte);
  }
  return Buffer.from(bytes);
}
