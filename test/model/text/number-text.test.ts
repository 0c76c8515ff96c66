import { describe, expect, it } from "vitest";
import { decimalSigns, goDuration, plainNumber, reportedNumber } from "../../../src/model/text/number-text.js";

describe("a number in a text", () => {
  it.each([
    ["1234", 1234],
    [" 0.5 ", 0.5],
    ["-3e2", -300],
    ["1,234", 1234],
    ["1,234.5", 1234.5],
    ["12,345,678", 12_345_678],
    ["1 234", 1234],
    ["1\u00a0234\u00a0567", 1_234_567],
    ["1_234", 1234],
  ])("%j is read", (text, value) => {
    expect(reportedNumber(text)).toBe(value);
  });

  it.each(["", " ", "n/a", "1,23", "12,34", "1,2345", "1234,567", "0,500", "1,234 567", "1.234.567", "1,234,5", "Infinity", "5 rows"])(
    "%j is none",
    (text) => {
      expect(reportedNumber(text)).toBeUndefined();
    },
  );

  it.each([
    ["2,051", 2.051],
    ["0,500", 0.5],
    [",5", 0.5],
    ["1.234,5", 1234.5],
    ["1.234", 1234],
    ["1 234,5", 1234.5],
    ["1.234.567", 1_234_567],
    ["12", 12],
  ])("%j is read with a decimal comma", (text, value) => {
    expect(reportedNumber(text, ",")).toBe(value);
  });

  it.each(["1,234.5", "1,234,567", "2.5", "0.500", "", "n/a"])("%j is none with a decimal comma", (text) => {
    expect(reportedNumber(text, ",")).toBeUndefined();
  });

  it.each([[["2.5", "1.234"]], [["1,051", "992"]], [["1,051", "1,234,567"]], [["1,051", "1,051.5"]], [["1,051", "0.5"]]])(
    "%j have a decimal point",
    (texts) => {
      expect(decimalSigns(texts)).toEqual(["."]);
    },
  );

  it.each([[["2,051"]], [["2,051", "3"]], [["2,051", "0"]], [["2,051", "0,500"]], [["2,051", "2,05", "300"]], [["2,051", "1.234"]]])(
    "%j may have a decimal comma",
    (texts) => {
      expect(decimalSigns(texts)).toEqual([".", ","]);
    },
  );

  it("has no parted thousands where a program reads it", () => {
    expect([plainNumber("1,234"), plainNumber(""), plainNumber("30s"), plainNumber("30")]).toEqual([undefined, undefined, undefined, 30]);
  });
});

describe("a duration as Go writes it", () => {
  it.each([
    ["30s", 30],
    ["2m", 120],
    ["1h30m", 5400],
    ["500ms", 0.5],
    ["1m0.1s", 60.1],
    ["250µs", 0.00025],
  ])("%s", (text, seconds) => {
    expect(goDuration(text)).toBe(seconds);
  });

  it.each(["", "30", "s", "30 s", "30sec", "1d", "2m x", "100Mi"])("%j is none", (text) => {
    expect(goDuration(text)).toBeUndefined();
  });
});
