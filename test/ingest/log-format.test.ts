import { describe, expect, test } from "vitest";
import { compileProfile } from "../../src/ingest/compiled-profile.js";
import { compileLogFormat } from "../../src/ingest/log-format.js";
import { pythonLog } from "../../src/ingest/python-log.js";
import { Recorder } from "../../src/ingest/recorder.js";
import { openTextSource } from "../../src/ingest/text-source.js";
import { PostrunError } from "../../src/model/errors.js";
import { inSteps, smallProfile } from "./support.js";

const at = (text: string) => Date.parse(`${text}Z`);
const parse = (format: string, line: string, datefmt?: string) => compileLogFormat(format, datefmt, 0).parse(line);

describe("a format of Python's logging", () => {
  test.each([
    ["%(asctime)s - %(name)s - %(levelname)s - %(message)s", undefined, "2025-12-07 10:51:15,323 - a.b - INFO - hello", 323, "a.b"],
    ["%(levelname)-8s|%(asctime)s.%(msecs)03d|%(message)s", "%Y/%m/%d %H:%M:%S", "INFO    |2025/12/07 10:51:15.028|hello", 28, ""],
    ["{asctime} {name:<12} {levelname:>8} {message}", undefined, "2025-12-07 10:51:15,028 grpc             INFO hello", 28, "grpc"],
    [
      "[%(threadName)s] %(asctime)s (%(name)s) %(message)s",
      "%d %b %Y %I:%M:%S.%f %p",
      "[T-1] 07 Dec 2025 10:51:15.5 AM (x) hello",
      500,
      "x",
    ],
    ["100%% %(asctime)s %(message)s", "%FT%T", "100% 2025-12-07T10:51:15 hello", 0, ""],
  ])("%s with %s", (format, datefmt, line, milliseconds, logger) => {
    expect(parse(format, line, datefmt)).toMatchObject({ at: at("2025-12-07T10:51:15") + milliseconds, logger, message: "hello" });
  });

  test("reads created and zones as moments whose zone is known, and a time of day as that", () => {
    expect(parse("%(created)f %(message)s", "1765104675.323000 hello")).toMatchObject({
      at: at("2025-12-07T10:51:15.323"),
      zoneMinutes: 0,
    });
    expect(parse("%(asctime)s %(message)s", "2025-12-07T10:51:15+0200 hello", "%Y-%m-%dT%H:%M:%S%z")).toMatchObject({ zoneMinutes: 120 });
    expect(parse("%(asctime)s %(message)s", "10:51:15 hello", "%H:%M:%S")).toMatchObject({ timeOnly: true, at: at("1970-01-01T10:51:15") });
  });

  test("reads nanoseconds, as kubectl logs --timestamps prints them", () => {
    const line = "2025-12-07T10:51:15.323999872Z hello";
    const found = parse("%(asctime)s %(message)s", line, "%Y-%m-%dT%H:%M:%S.%f%z");
    expect(found).toMatchObject({ resolutionMs: 0.001, zoneMinutes: 0, message: "hello" });
    expect((found?.at ?? 0) - at("2025-12-07T10:51:15.323")).toBeCloseTo(0.999, 3);
    expect(parse("%(asctime)s %(message)s", "2025-12-07 10:51:15.323999872 hello")).toMatchObject({ resolutionMs: 0.001 });
  });

  test("takes a zone by its name only where that means the same everywhere", () => {
    const zone = (name: string) =>
      parse("%(asctime)s %(message)s", `2025-12-07 10:51:15 ${name} hello`, "%Y-%m-%d %H:%M:%S %Z")?.zoneMinutes;
    expect(["UTC", "GMT", "IST", "CET"].map(zone)).toEqual([0, 0, undefined, undefined]);
    const both = parse("%(asctime)s %(message)s", "10:51:15 +0200 UTC hello", "%H:%M:%S %z %Z");
    expect(both).toMatchObject({ zoneMinutes: 120 });
  });

  test("refuses a format without a message or without a time, and one that names a thing twice", () => {
    for (const format of ["%(asctime)s %(name)s", "%(levelname)s %(message)s", "%(message)s %(asctime)s %(message)s"]) {
      expect(() => compileLogFormat(format, undefined, 0), format).toThrow(PostrunError);
    }
  });

  test("in a profile makes a log readable that no known form describes", async () => {
    const profile = compileProfile({
      ...smallProfile,
      log: { formats: ["%(levelname)s|%(asctime)s|%(name)s|%(message)s"], datefmt: "%d.%m.%Y %H:%M:%S" },
    });
    const line = "INFO|07.12.2025 10:51:15|grpc|Connected to gRPC server at h:1\n";
    expect(pythonLog.matches(line, profile)).toBe(true);
    const recorder = new Recorder(0, "x");
    await pythonLog.read(await openTextSource("x", inSteps(Buffer.from(line), 9)), recorder, profile);
    expect(recorder.events).toMatchObject([
      { mark: "connected", at: { at: at("2025-12-07T10:51:15"), resolutionMs: 1000 }, variant: "format-1" },
    ]);
  });
});
