import { describe, expect, it } from "vitest";
import { MOST_SHOWN, shownText } from "../../../src/model/text/shown-text.js";

/** As it reads where UTF-8 was stored by Windows-1252. */
const wrongly = (text: string): string => new TextDecoder("windows-1252").decode(Buffer.from(text), { stream: true });

describe("what a reader is shown of a line", () => {
  it("is its beginning", () => {
    expect(shownText("short")).toBe("short");
    expect(shownText("x".repeat(1_000_000))).toHaveLength(MOST_SHOWN);
  });

  it("is repaired as far as it is shown, however many characters of the wrong code page that takes", () => {
    expect(shownText(wrongly("החיבור נכשל"))).toBe("החיבור נכשל");
    expect(shownText(wrongly("ש".repeat(1000)))).toBe("ש".repeat(MOST_SHOWN));
    expect(shownText(wrongly("✅".repeat(1000)))).toBe("✅".repeat(MOST_SHOWN));
  });
});
