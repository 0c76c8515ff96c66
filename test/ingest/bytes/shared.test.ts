import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sharedText, sharedTexts } from "../../../src/ingest/bytes/shared.js";

describe("what is kept once", () => {
  test("says what it said before, however often and in whatever order it comes", () => {
    const texts = fc.array(fc.oneof(fc.string({ unit: "binary" }), fc.string({ minLength: 290, maxLength: 320 })));
    fc.assert(
      fc.property(texts, (given) => {
        expect([...given, ...given].map(sharedText)).toEqual([...given, ...given]);
      }),
    );
    const objects = fc.array(fc.oneof(fc.dictionary(fc.string(), fc.string()), fc.array(fc.string())));
    fc.assert(
      fc.property(objects, (given) => {
        expect([...given, ...given].map((value) => sharedTexts(value))).toEqual([...given, ...given]);
      }),
    );
  });

  test("is one object for all that say the same", () => {
    const env = { STREAM_SLOT: "1" };
    expect(sharedTexts(env)).toBe(sharedTexts({ STREAM_SLOT: "1" }));
    expect(sharedTexts(env)).not.toBe(sharedTexts({ STREAM_SLOT: "2" }));
  });

  test("is right also after more has been seen than is remembered", () => {
    for (let index = 0; index < 50_000; index += 1) {
      expect(sharedText(`text ${index}`)).toBe(`text ${index}`);
      if (index % 10_000 === 0) expect(sharedTexts([`${index}`])).toEqual([`${index}`]);
    }
    expect(sharedText("text 0")).toBe("text 0");
  });
});
