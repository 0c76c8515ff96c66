import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openTextSource } from "../../../src/ingest/bytes/text-source.js";
import { Examination } from "../../../src/ingest/examination.js";
import { type CompiledProfile, compileProfile } from "../../../src/ingest/log/compiled-profile.js";
import { LogLines } from "../../../src/ingest/log/log-lines.js";
import { LogReader, MATCH_LIMIT } from "../../../src/ingest/log/log-reader.js";
import { PlainRecords } from "../../../src/ingest/log/plain-records.js";
import { pythonLog } from "../../../src/ingest/readers/python-log.js";
import { Recorder } from "../../../src/ingest/recorder.js";
import { type Profile, profileSchema } from "../../../src/model/profile.js";
import { loadProfile } from "../../../src/profiles/load-profile.js";
import { logText } from "../log-texts.js";
import { compiled, inSteps, smallProfile } from "../support.js";

const focusServer = compileProfile((await loadProfile("focus-server")).profile);

function profileWith(...patterns: readonly Partial<Profile["patterns"][number]>[]): CompiledProfile {
  return compileProfile(
    profileSchema.parse({ ...smallProfile, patterns: patterns.map((pattern, index) => ({ id: `p${index}`, ...pattern })) }),
  );
}

const PROFILES: readonly CompiledProfile[] = [
  compiled,
  focusServer,
  profileWith({ message: "(?i)desk and key" }, { message: "o (?P<x>end)" }, { message: "(?i)STREAM ended|✅" }),
  profileWith(
    { message: String.raw`\d+%` },
    { message: "(?is)frames.*s$" },
    { logger: "grpc", message: "beat", ignore: true },
    { message: "heart" },
  ),
  profileWith({ message: String.raw`^(?P<first>\w+) ` }),
];

/** All that the reading of a log says. In an examination every line is read in full. */
async function readLog(bytes: Buffer, step: number, profile: CompiledProfile, inFull: boolean): Promise<unknown> {
  const recorder = new Recorder(0, "run.log", Date.UTC(2025, 11, 8, 12));
  if (inFull) recorder.examination = new Examination();
  const source = await openTextSource("run.log", inSteps(bytes, step));
  await pythonLog.read(source, recorder, profile);
  const { events, hints, counts, from, to, clock, zoneMinutes, undated, usable, diagnostics } = recorder;
  return { events, hints, counts, from, to, clock, zoneMinutes, undated, usable, diagnostics, facts: source.facts() };
}

/** As UTF-8 and otherwise, damaged, compressed. */
const stored: fc.Arbitrary<Buffer> = fc.tuple(logText, fc.integer({ min: 0, max: 11 }), fc.nat()).map(([text, form, place]) => {
  const bytes = Buffer.from(text);
  if (form === 0) return Buffer.from(`\ufeff${text}`, "utf16le");
  if (form === 1) return Buffer.from(`\ufeff${text}`);
  if (form === 2) return Buffer.from(text, "latin1");
  if (form === 3) return gzipSync(bytes);
  if (form === 4 && bytes.length > 0) bytes[place % bytes.length] = 0xff;
  return bytes;
});

describe("records that say nothing", () => {
  test("are told apart from all others: a log says the same as when every line of it is read in full", async () => {
    const steps = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 200, max: 3000 }), fc.constant(512 * 1024));
    await fc.assert(
      fc.asyncProperty(stored, steps, fc.nat(PROFILES.length - 1), async (bytes, step, index) => {
        const profile = PROFILES[index] ?? compiled;
        expect(await readLog(bytes, step, profile, false)).toEqual(await readLog(bytes, step, profile, true));
      }),
      { numRuns: 400 },
    );
  });
});

/** How many lines of a text were read in full, of how many. */
function linesInFull(text: string, profile: CompiledProfile): { full: number; lines: number } {
  const recorder = new Recorder(0, "run.log");
  const lines = new LogLines(new LogReader(recorder, profile), MATCH_LIMIT, PlainRecords.of(profile));
  lines.push(Buffer.from(text));
  lines.end();
  return { full: lines.full, lines: text.split("\n").length - 1 };
}

describe("the lines of a log that are read in full", () => {
  const FORMS: Readonly<Record<string, (second: number) => string>> = {
    "with a comma": (second) => `2025-12-07 10:51:${second},323 - grpc - DEBUG - `,
    "with a dot": (second) => `2025-12-07 10:51:${second}.323 - grpc - DEBUG - `,
    "of ISO 8601 with a zone": (second) => `2025-12-07T10:51:${second}.323217+02:00 - grpc - DEBUG - `,
    "of pytest's live log": (second) => `2025-12-07 10:51:${second} [   DEBUG] grpc:client.py:270 `,
    "without a date": (second) => `10:51:${second} [   DEBUG] grpc: `,
    "without a year": (second) => `12-07 10:51:${second},323 - grpc - DEBUG - `,
    "in brackets": (second) => `[2025-12-07 10:51:${second}.323] DEBUG grpc(19): `,
  };

  test.each(Object.keys(FORMS))("are those that may say something, and few others: records %s", (form) => {
    const header = FORMS[form] ?? String;
    for (const ending of ["\n", "\r\n", "\r\r\n"]) {
      for (const message of ["Frame 10: shape=4352x1, amp: [0.00, 1285.56]", "✅ חיבור", "", "tab\there"]) {
        const text = Array.from({ length: 3000 }, (_, index) => {
          const said = index % 100 === 50 ? "Connected to gRPC server at 10.0.0.5:12301" : message;
          return `${header(10 + (index % 50))}${said}${ending}`;
        }).join("");
        const { full, lines } = linesInFull(text, focusServer);
        expect(lines).toBe(3000);
        expect(full).toBeLessThan(40);
      }
    }
  });
});
