import { InvalidArgumentError } from "commander";
import { describe, expect, it } from "vitest";
import {
  claimIds,
  delayList,
  keyValue,
  kindList,
  limit,
  maskList,
  moment,
  namespaceList,
  runNumber,
  signedDurationMs,
  zone,
} from "../../src/commands/option-values.js";

describe("values of options", () => {
  it("collect pairs; only the first equals sign parts them", () => {
    expect(keyValue("b=2=3", keyValue("a=1", {}))).toEqual({ a: "1", b: "2=3" });
    expect(keyValue("a=", {})).toEqual({ a: "" });
    expect(() => keyValue("build", {})).toThrow(/for example build=5/);
    for (const wrong of ["a", "=1", ""]) expect(() => keyValue(wrong, {})).toThrow(InvalidArgumentError);
    expect(Object.keys(keyValue("__proto__=x", {}))).toEqual(["__proto__"]);
  });

  it.each([
    ["+02:00", 120],
    ["-03:30", -210],
    ["+0545", 345],
    ["UTC+2", 120],
    ["Z", 0],
    ["-00:00", 0],
    ["+14:00", 840],
    ["-12:00", -720],
  ])("read the zone %s", (text, zoneOffsetMinutes) => {
    expect(zone(text)).toEqual({ zoneOffsetMinutes });
  });

  it("add up lists of a repeated option, and never lose one", () => {
    expect(maskList("ips, hosts", maskList("hosts"))).toEqual(["hosts", "ips"]);
    expect(claimIds(" b ,a,", claimIds("a"))).toEqual(["a", "b"]);
    expect(delayList("2", delayList("1"))).toEqual([1000, 2000]);
    expect(kindList("pods", kindList("Job"))).toEqual(["Job", "Pod"]);
    expect(namespaceList("b", namespaceList("a"))).toEqual(["a", "b"]);
    expect([namespaceList("b", "all"), namespaceList("all", ["a"])]).toEqual(["all", "all"]);
    expect(() => claimIds(" , ")).toThrow(InvalidArgumentError);
  });

  it("know zones by name and refuse what is none", () => {
    expect(zone("Asia/Jerusalem")).toEqual({ zoneName: "Asia/Jerusalem" });
    for (const wrong of ["Asia/Nowhere", "2", "+15:00", "-13:00", "+14:30", ""]) expect(() => zone(wrong)).toThrow(InvalidArgumentError);
  });

  it.each([
    ["-3.7s", -3700],
    ["250ms", 250],
    ["+2m", 120_000],
    ["1h", 3_600_000],
  ])("read the duration %s", (text, ms) => {
    expect(signedDurationMs(text)).toBe(ms);
  });

  it("refuse a duration without a unit", () => {
    for (const wrong of ["3.7", "s", "3 s", "--3s", ""]) expect(() => signedDurationMs(wrong)).toThrow(InvalidArgumentError);
  });

  it("read the number of a run", () => {
    expect([runNumber("all"), runNumber("12")]).toEqual(["all", 12]);
    for (const wrong of ["0", "-1", "1.5", "last", ""]) expect(() => runNumber(wrong)).toThrow(InvalidArgumentError);
  });

  it("read one end of a stretch of time, on a day that exists", () => {
    expect(limit("2024-02-29")).toEqual({ at: Date.UTC(2024, 1, 29), zoned: false });
    expect(limit("2025-12-07T10:00:00+02:00")).toEqual({ at: Date.UTC(2025, 11, 7, 8), zoned: true });
    for (const wrong of ["2025-02-29", "2025-02-30T10:00", "2025-04-31T10:00:00Z", "2025-00-10", "10:00"])
      expect(() => limit(wrong)).toThrow(InvalidArgumentError);
  });

  it("read a moment the same on every machine", () => {
    expect(moment("2025-12-07T10:00:00Z")).toBe("2025-12-07T10:00:00.000Z");
    expect(moment("2025-12-07T12:00:00+02:00")).toBe("2025-12-07T10:00:00.000Z");
    expect(moment("2025-12-07T10:00:00")).toBe("2025-12-07T10:00:00.000Z");
    for (const wrong of ["yesterday", "2025-12-07", "2025-13-07T10:00:00Z", "2025-02-30T10:00:00Z"])
      expect(() => moment(wrong)).toThrow(InvalidArgumentError);
  });
});
