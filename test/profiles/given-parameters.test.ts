import { describe, expect, it } from "vitest";
import { PostrunError } from "../../src/model/errors.js";
import { givenParameters } from "../../src/profiles/given-parameters.js";
import { focusServer } from "../timeline/builders.js";

describe("given values of parameters", () => {
  it("are what the profile says they are, a number or a text, whichever way they were written", () => {
    expect(givenParameters(focusServer, { test: 277, delay: "2.5" })).toEqual({ test: "277", delay: 2.5 });
    expect(givenParameters(focusServer, {})).toEqual({});
  });

  it.each<[Readonly<Record<string, string | number>>, RegExp, RegExp]>([
    [{ test: "9999" }, /^--param test=9999: expected one of 277, 30, stress, other$/, /known/],
    [{ delay: "abc" }, /^--param delay=abc: expected a number$/, /--param delay=5/],
    [{ delay: Number.NaN }, /^--param delay=NaN: expected a number$/, /--param delay=5/],
    [{ delay: " " }, /^--param delay= : expected a number$/, /--param delay=5/],
    [{ tst: 1 }, /^the profile has no parameter "tst"$/, /did you mean test\?/],
    [{ toString: 1 } as never, /no parameter "toString"/, /known/],
  ])("are refused where the profile has no such: %o", (given, message, hint) => {
    const refused = expect(() => givenParameters(focusServer, given));
    refused.toThrow(PostrunError);
    refused.toThrow(expect.objectContaining({ code: "usage", message: expect.stringMatching(message), hint: expect.stringMatching(hint) }));
  });

  it("of a profile without parameters are refused without a list of none", () => {
    expect(() => givenParameters({ parameters: {} }, { delay: 5 })).toThrow(expect.objectContaining({ hint: "there is none here" }));
  });
});
