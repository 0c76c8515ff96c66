import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { zipBytes, zipEntries } from "../../src/table/zip.js";
import { entryOf } from "./spreadsheet.js";

const entries = fc.uniqueArray(
  fc.record({ name: fc.stringMatching(/^[a-z\u05D0-\u05EA]{1,12}\.html$/), text: fc.string(), stored: fc.boolean() }),
  {
    selector: ({ name }) => name,
    maxLength: 6,
  },
);

describe("an archive", () => {
  it("gives back every text by its name, in order", () => {
    fc.assert(
      fc.property(entries, (files) => {
        expect([...zipEntries(zipBytes(files))]).toEqual(files.map(({ name, text }) => [name, Buffer.from(text).toString("utf8")]));
      }),
    );
  });

  it("is read by others too", () => {
    expect(
      entryOf(
        zipBytes([
          { name: "a.md", text: "one", stored: true },
          { name: "b.html", text: "two" },
        ]),
        "b.html",
      ),
    ).toBe("two");
  });

  it("says the checksum of each text as it is when unpacked, without which others take it for damaged", () => {
    // The check value of CRC-32, https://reveng.sourceforge.io/crc-catalogue/17plus.htm#crc.cat.crc-32-iso-hdlc
    const archive = zipBytes([{ name: "a.txt", text: "123456789" }]);
    const [local, central] = ["PK\u0003\u0004", "PK\u0001\u0002"].map((signature) => archive.indexOf(signature));
    expect([archive.readUInt32LE((local ?? 0) + 14), archive.readUInt32LE((central ?? 0) + 16)]).toEqual([0xcbf43926, 0xcbf43926]);
  });

  it("that is cut, or another's, is said to be damaged", () => {
    const archive = zipBytes([{ name: "a.html", text: "some text, some text" }]);
    expect(() => zipEntries(archive.subarray(0, archive.length - 3))).toThrow(/archive is damaged/);
    expect(() => zipEntries(Buffer.from("PK\u0003\u0004"))).toThrow(/archive is damaged/);
  });
});
