import { describe, expect, test } from "vitest";
import { openTextSource } from "../../../src/ingest/bytes/text-source.js";
import { compileProfile } from "../../../src/ingest/log/compiled-profile.js";
import { compileLogFormat } from "../../../src/ingest/log/log-format.js";
import { pythonLog } from "../../../src/ingest/readers/python-log.js";
import { Recorder } from "../../../src/ingest/recorder.js";
import { PostrunError } from "../../../src/model/errors.js";
import { inSteps, smallProfile } from "../support.js";

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

  test.each([
    ["%b %d %H:%M:%S", "Dec  7 10:51:15", 0],
    ["%b %e %H:%M:%S", "Dec  7 10:51:15", 0],
    ["%d/%m/%y %k:%M:%S", "07/12/25 10:51:15", 0],
    ["%-d.%-m.%Y %-H:%-M:%-S", "7.12.2025 10:51:15", 0],
    ["%#d.%m.%Y %T", "7.12.2025 10:51:15", 0],
    ["%A, %d. %B %Y %H:%M:%S,%f", "Sonntag, 07. December 2025 10:51:15,250", 250],
    ["%d %b. %Y %T", "7 Sept. 2025 10:51:15", -91 * 86_400_000],
    ["%Y-%j %T", "2025-341 10:51:15", 0],
    ["%F %r", "2025-12-07 10:51:15 AM", 0],
    ["%d/%b/%Y:%H:%M:%S.%f %z", "07/Dec/2025:10:51:15.000000 +0000", 0],
    ["%FT%T.%f%z", "2025-12-07T10:51:15Z", 0],
    ["%s.%f", "1765104675.250", 250],
    ["%s%f", "1765104675250", 250],
    ["%s", "1765104675250", 250],
    ["100%%T %F %T", "100%T 2025-12-07 10:51:15", 0],
  ])("dates as %s", (datefmt, stamp, milliseconds) => {
    const found = parse("%(asctime)s %(message)s", `${stamp} hello`, datefmt);
    const year = found?.yearless === true ? "2000" : "2025";
    expect(found).toMatchObject({ at: at(`${year}-12-07T10:51:15`) + milliseconds, message: "hello" });
    expect(found?.timeOnly).toBeUndefined();
  });

  test("reads the fraction of an epoch wherever it stands, as fine as it is printed", () => {
    const moment = at("2025-12-07T10:51:15");
    const read = (format: string, line: string, datefmt?: string) => {
      const { at: found = 0, resolutionMs } = parse(format, line, datefmt) ?? {};
      return [found - moment, resolutionMs];
    };
    expect(read("%(asctime)s %(message)s", "1765104675.25 hello", "%s.%f")).toEqual([250, 10]);
    expect(read("%(asctime)s %(message)s", "1765104675 hello", "%s.%f")).toEqual([0, 1000]);
    expect(read("%(created)d.%(msecs)03d %(message)s", "1765104675.028 hello")).toEqual([28, 1]);
    expect(read("%(created)d %(levelname)s %(message)s", "1765104675250 INFO hello")).toEqual([250, 1]);
    expect(read("{created:.0f} {message}", "1765104675 hello")).toEqual([0, 1000]);
    expect(read("{created} {message}", "1765104675.323 hello")).toEqual([323, 1]);
  });

  test("reads no time whose month has an unknown name, or whose day does not exist, and says which lines have one", () => {
    const format = compileLogFormat("%(asctime)s %(message)s", "%d. %B %Y %H:%M:%S", 0);
    const lines = ["03. Mai 2025 09:00:00 a", "03. März 2025 09:00:00 a", "03. Marraskuu 2025 09:00:00 a", "31. June 2025 09:00:00 a"];
    for (const line of lines) expect([format.parse(line), format.hasUnreadTime(line)], line).toEqual([null, true]);
    for (const line of ["03. May 2025 09:00:00 a", "  File x", ""]) expect(format.hasUnreadTime(line), line).toBe(false);
    const epochs = compileLogFormat("%(created)d %(message)s", undefined, 0);
    expect([epochs.parse("9999999999 rows"), epochs.hasUnreadTime("9999999999 rows")]).toEqual([null, false]);
  });

  test("refuses a date format that cannot be read", () => {
    for (const datefmt of ["%Y-%m-%d %H:%M:%S.%L", "%Y-%M-%d %H:%m:%S", "yyyy-MM-dd HH:mm:ss"]) {
      expect(() => compileLogFormat("%(asctime)s %(message)s", datefmt, 0), datefmt).toThrow(PostrunError);
    }
  });

  test("refuses a format without a message or without a time, and one that names a thing twice", () => {
    for (const format of ["%(asctime)s %(name)s", "%(levelname)s %(message)s", "%(message)s %(asctime)s %(message)s"]) {
      expect(() => compileLogFormat(format, undefined, 0), format).toThrow(PostrunError);
    }
  });

  test("counts lines whose time cannot be read as not understood, and tells of them", async () => {
    const profile = compileProfile({ ...smallProfile, log: { formats: ["%(asctime)s %(message)s"], datefmt: "%d. %B %Y %H:%M:%S" } });
    const lines = [
      "30. April 2025 10:51:15 Failed to connect: x",
      "01. Mai 2025 10:51:15 Failed to connect: y",
      "  at connect",
      "01. Juni 2025 10:51:15 Failed to connect: z",
    ];
    expect(pythonLog.matches(lines[1] ?? "", profile)).toBe(true);
    const recorder = new Recorder(0, "x");
    await pythonLog.read(await openTextSource("x", inSteps(Buffer.from(`${lines.join("\n")}\n`), 9)), recorder, profile);
    expect(recorder.counts).toEqual({ lines: 4, matched: 1, ignored: 0, unparsed: 3 });
    expect(recorder.events).toMatchObject([{ mark: "failed", groups: { error: "x" } }]);
    expect(recorder.diagnostics).toMatchObject([
      { id: "unread-times", severity: "warning", count: 2, examples: [{ line: 2 }, { line: 4 }] },
    ]);
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
