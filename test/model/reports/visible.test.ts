import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { visible, visibleData } from "../../../src/model/reports/visible.js";

describe("visible", () => {
  it("shows characters that act on their surroundings, and keeps tabs and line feeds", () => {
    expect(visible("a\u202Eb\u0000\tc\n\u200F")).toBe("a[U+202E]b[U+0000]\tc\n[U+200F]");
  });
});

describe("visibleData", () => {
  function plainly(value: unknown): unknown {
    if (typeof value === "string") return visible(value);
    if (Array.isArray(value)) return value.map(plainly);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [visible(key), plainly(entry)]));
  }

  const text = fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom("\u202e", "a\u0000b", "\u2028", "\t\n", "שלום", "__proto__", "from"));
  const { data } = fc.letrec((tie) => ({
    data: fc.oneof(
      { depthSize: "small" },
      text,
      fc.integer(),
      fc.constantFrom(null, true),
      fc.array(tie("data"), { maxLength: 4 }),
      fc.dictionary(text, tie("data"), { maxKeys: 4 }),
    ),
  }));

  it("shows what is hidden in every text and name, and copies nothing that stays", () => {
    fc.assert(
      fc.property(data, (random) => {
        const shown = visibleData(random);
        expect(JSON.stringify(shown)).toBe(JSON.stringify(plainly(random)));
        if (JSON.stringify(shown) === JSON.stringify(random)) expect(shown).toBe(random);
      }),
      { numRuns: 2000 },
    );
  });
});
