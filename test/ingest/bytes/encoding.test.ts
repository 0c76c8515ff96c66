import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openTextSource } from "../../../src/ingest/bytes/text-source.js";
import { inSteps } from "../support.js";

async function read(bytes: Buffer, step = 5) {
  const source = await openTextSource("x", inSteps(bytes, step));
  let text = "";
  for await (const chunk of source.chunks) text += chunk;
  return { text, encoding: source.facts().encoding };
}

/** `שלום` in Windows-1255: alef is 0xe0. */
const hebrew1255 = (text: string): Buffer =>
  Buffer.from(
    [...text].map((letter) => ((letter.codePointAt(0) ?? 0) >= 0x5d0 ? (letter.codePointAt(0) ?? 0) - 0x5d0 + 0xe0 : letter.charCodeAt(0))),
  );

describe("Windows code pages", () => {
  test("Hebrew bytes are Windows-1255, Western ones Windows-1252, also where they stand far behind the beginning", async () => {
    const lead = "2025-12-07 10:51:15,323 - grpc - INFO - plain\n".repeat(3000);
    expect(await read(Buffer.concat([Buffer.from(lead), hebrew1255("החיבור נכשל\n")]), 1000)).toEqual({
      text: `${lead}החיבור נכשל\n`,
      encoding: "windows-1255",
    });
    expect(await read(Buffer.from("Verbindung für Prüfung über café – geöffnet\n".replace("–", "-"), "latin1"))).toEqual({
      text: "Verbindung für Prüfung über café - geöffnet\n",
      encoding: "windows-1252",
    });
  });

  test("damage in UTF-8 stays damage", async () => {
    const text = Buffer.from("שלום ✅ עולם\n".repeat(20));
    text[40] = 0xff;
    const found = await read(text, 64);
    expect(found.encoding).toBe("utf-8");
    expect(found.text.match(/\ufffd/g)?.length).toBeLessThan(4);
  });

  test("UTF-8 of any letters is UTF-8 however it is cut", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme", maxLength: 40 }), fc.integer({ min: 1, max: 9 }), async (text, step) => {
        const plain = text
          .replaceAll("\r\n", "\n")
          .replaceAll("\u0000", "")
          .replace(/^\ufeff/, "");
        expect(await read(Buffer.from(plain), step)).toEqual({ text: plain, encoding: "utf-8" });
      }),
    );
  });
});

describe("zero bytes", () => {
  const hole = (zeros: number) => Buffer.concat([Buffer.from("one\n"), Buffer.alloc(zeros), Buffer.from("two ✅\nstr\0eaming\n")]);

  test.each([1, 64, 4096, 200_000])("%i of them before a line, and one inside, are left out", async (zeros) => {
    expect(await read(hole(zeros), 1000)).toEqual({ text: "one\ntwo ✅\nstreaming\n", encoding: "utf-8" });
  });

  test("are left out also where the text is handed on as bytes", async () => {
    const source = await openTextSource("x", inSteps(hole(500), 100));
    const pieces: Buffer[] = [];
    for await (const piece of source.bytes) pieces.push(Buffer.from(piece));
    expect(Buffer.concat(pieces).toString()).toBe("one\ntwo ✅\nstreaming\n");
  });
});
