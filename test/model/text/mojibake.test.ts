import { describe, expect, test } from "vitest";
import { repairMojibake } from "../../../src/model/text/mojibake.js";

const TEXT = "✅ החיבור נכשל: “timeout” – €";

/** As a stream, for which every version of Node knows the code page. */
const wrongly = (text: string, page: string): string => new TextDecoder(page).decode(Buffer.from(text), { stream: true });

describe("text that was read in the wrong code page", () => {
  test.each(["windows-1252", "windows-1255"])("Hebrew and signs that went through %s are repaired for display", (page) => {
    expect(wrongly("הזמן", "windows-1252")).toBe("×”×–×ž×Ÿ");
    expect(repairMojibake(wrongly(TEXT, page))).toBe(TEXT);
  });

  test("so are those that went through Latin-1, whose controls stand where Windows-1252 has letters", () => {
    expect(repairMojibake(Buffer.from(TEXT).toString("latin1"))).toBe(TEXT);
  });

  test("right text stays as it is", () => {
    for (const text of ["שלום עולם", "Prüfung für café", "✅ 😀", "naïve", "plain"]) expect(repairMojibake(text)).toBe(text);
  });
});
