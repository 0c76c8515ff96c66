/**
 * Text that was stored as UTF-8 and read in a Windows code page (Hebrew becomes pairs that begin with a multiplication sign), repaired for display. Never used for matching:
 * what a pattern sees is what the file holds.
 */
import { isUtf8 } from "node:buffer";
import { TextDecoder } from "node:util";

/** What reads Windows-1252 may also take 0x80 to 0x9f for the controls of Latin-1. */
const PAGES = [new Map([...latin1Controls(), ...byteOf("windows-1252")]), byteOf("windows-1255")];
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

function latin1Controls(): (readonly [string, number])[] {
  return Array.from({ length: 0x20 }, (_, place) => [String.fromCharCode(0x80 + place), 0x80 + place] as const);
}

/** The byte behind each character of a code page. */
function byteOf(name: string): ReadonlyMap<string, number> {
  const decoder = new TextDecoder(name);
  const bytes = new Map<string, number>();
  for (let byte = 0x80; byte <= 0xff; byte += 1) {
    // As a stream: some versions of Node read Windows-1252 as Latin-1 otherwise (https://github.com/nodejs/node/issues/56542).
    const letter = decoder.decode(Uint8Array.of(byte), { stream: true });
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
