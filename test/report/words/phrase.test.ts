import { describe, expect, it } from "vitest";
import { LOCALES } from "../../../src/report/locales/index.js";
import { say, toText } from "../../../src/report/words/phrase.js";

describe("counts in sentences", () => {
  it("use the dual of Hebrew, and a plural only for whole counts", () => {
    const he = (n: number): string => toText(say(LOCALES.he, "correct.sentences", { n }));
    expect([1, 2, 5].map(he)).toEqual(["משפט אחד", "שני משפטים", "5 משפטים"]);
    expect(toText(say(LOCALES.he, "correct.sentences", { n: 0.32 }))).toBe("0.32 משפטים");
  });

  it("agree with their verb: one is not many", () => {
    const said = (n: number) => toText(say(LOCALES.he, "chip.contradicted", { n }));
    expect([said(1), said(2), said(5)]).toEqual(["1 הופרכה", "2 הופרכו", "5 הופרכו"]);
    expect(toText(say(LOCALES.he, "facts.failed", { n: 1 }))).toBe("1 נכשלה");
  });

  it("leave a placeholder without a value visible", () => {
    expect(toText(say(LOCALES.en, "facts.ok"))).toBe("{n} ok");
  });
});
