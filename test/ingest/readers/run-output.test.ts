import { describe, expect, test } from "vitest";
import { openTextSource } from "../../../src/ingest/bytes/text-source.js";
import { Examination } from "../../../src/ingest/examination.js";
import { ARRIVAL_RESOLUTION_MS } from "../../../src/ingest/log/arrival.js";
import { compileProfile } from "../../../src/ingest/log/compiled-profile.js";
import { runOutput } from "../../../src/ingest/readers/run-output.js";
import { Recorder } from "../../../src/ingest/recorder.js";
import { profileSchema } from "../../../src/model/profile.js";
import { stageLogMark, WHOLE } from "../../../src/model/stage-log.js";
import { inSteps, readWith, smallProfile } from "../support.js";

const AT = Date.UTC(2025, 11, 7, 8, 51, 15, 323);
const header = {
  postrun: "output",
  version: 1,
  event: "start",
  received: new Date(AT).toISOString(),
  zoneMinutes: 120,
  command: ["pytest"],
};
const line = (text: string, afterMs: number, fields: object = {}): object => ({
  received: new Date(AT + afterMs).toISOString(),
  stream: "stdout",
  text,
  ...fields,
});
const read = (...rows: readonly object[]) => readWith(runOutput, [header, ...rows].map((row) => `${JSON.stringify(row)}\n`).join(""));
// Of the small profile: a pattern that asks for no logger.
const FIRST = "Failed to connect: refused";
const SECOND = "Failed to connect: again";

describe("stored output of a command", () => {
  test("is recognised by its first field, and by nothing else", () => {
    expect(runOutput.matches(JSON.stringify(header))).toBe(true);
    expect(runOutput.matches('{"postrun":"stage","version":1}')).toBe(false);
    expect(runOutput.matches('{"received":"2025-12-07T08:51:15Z","type":"ADDED","object":{"apiVersion":"v1"}}')).toBe(false);
  });

  test("gives a line without a time the moment before its arrival, in the zone of the machine", async () => {
    const { events, counts, diagnostics } = await read(line(FIRST, 1000), line("some words", 1500), line(SECOND, 1800));
    expect(events).toMatchObject([
      { groups: { error: "refused" }, at: { at: AT + 120 * 60_000 + 1000 - ARRIVAL_RESOLUTION_MS, resolutionMs: ARRIVAL_RESOLUTION_MS } },
      { groups: { error: "again" }, at: { at: AT + 120 * 60_000 + 1800 - ARRIVAL_RESOLUTION_MS, clock: "runner" } },
    ]);
    expect(counts).toMatchObject({ lines: 4, matched: 3, ignored: 1, unparsed: 0 });
    expect(diagnostics).toContainEqual(expect.objectContaining({ id: "arrival-times", count: 2 }));
  });

  test("leaves a line its own time, and learns its zone from the arrival", async () => {
    const stamped = `2025-12-07 14:21:16,000 - a - INFO - ${FIRST}`;
    const { events, zoneMinutes } = await read(line(stamped, 700));
    expect(events).toMatchObject([{ at: { at: Date.UTC(2025, 11, 7, 14, 21, 16), resolutionMs: 1 } }]);
    expect(zoneMinutes).toBe(330);
  });

  test("takes a line that the profile ignores for a record of its own, and tells an examination of those that nothing knows", async () => {
    const patterns = [
      { id: "plan", message: String.raw`^1\.\.\d+$`, ignore: true },
      { id: "passed", message: String.raw`^ok \d+ - (?P<investigation>\w+)`, closes: true },
    ];
    const profile = compileProfile(profileSchema.parse({ ...smallProfile, patterns }));
    const recorder = new Recorder(0, "input");
    recorder.examination = new Examination();
    const stamped = `2025-12-07 10:51:18,000 - a - INFO - x`;
    const lines = ["1..2", "ok 1 - a", "  duration: 3", "ok 2 - b", "1..2", stamped, "  a part of that"].map((text, index) =>
      line(text, index),
    );
    const rows = [header, ...lines].map((row) => `${JSON.stringify(row)}\n`).join("");
    await runOutput.read(await openTextSource("input", inSteps(Buffer.from(rows), rows.length)), recorder, profile);
    expect(recorder.counts).toMatchObject({ lines: 8, matched: 3, ignored: 5, unparsed: 0 });
    expect(recorder.diagnostics.find(({ id }) => id === "arrival-times")?.count).toBe(2);
    expect([...recorder.examination.patterns]).toEqual([
      ["plan", 2],
      ["passed", 2],
    ]);
    expect(recorder.examination.commonest().map(({ example }) => example)).toEqual(["  duration: 3", "x"]);
  });

  test("leaves a record behind pytest's progress its own time", async () => {
    const stamped = `tests/a.py::test_one[0] 2025-12-07 10:51:18,000 - a - INFO - ${FIRST}`;
    const { events } = await read(line(stamped, 0, { completed: new Date(AT + 2677).toISOString() }), line(SECOND, 5000));
    expect(events).toMatchObject([{ at: { at: Date.UTC(2025, 11, 7, 10, 51, 18), resolutionMs: 1 } }, { groups: { error: "again" } }]);
  });

  test("gives a line that was drawn over a time only where all of it came at once", async () => {
    const drawn = `\r 10% \r${FIRST}`;
    const late = await read(line(drawn, 0, { completed: new Date(AT + 60_000).toISOString() }), line(SECOND, 90_000));
    expect(late.events).toMatchObject([{ groups: { error: "again" } }]);
    expect(late.diagnostics.map(({ id }) => id)).toContain("marks-without-time");
    const atOnce = await read(line(drawn, 1000), line(SECOND, 90_000));
    expect(atOnce.events).toMatchObject([{ groups: { error: "refused" } }, { groups: { error: "again" } }]);
  });

  test("says how far back a line may reach that the command had held back", async () => {
    const since = new Date(AT + 2000).toISOString();
    const { events, diagnostics } = await read(line(FIRST, 62_000, { since }));
    expect(events).toMatchObject([{ at: { at: AT + 120 * 60_000 + 2000, resolutionMs: 60_000 } }]);
    expect(diagnostics.map(({ id }) => id)).toContain("held-back-output");
  });

  test("takes what pytest prints again at the end for no new event", async () => {
    const { events } = await read(
      line("============ test session starts ============", 0),
      line(FIRST, 1000),
      line("=================== FAILURES ===================", 9000),
      line("___________________ test_one ___________________", 9000),
      line("------------- Captured stdout call -------------", 9000),
      line(FIRST, 9000),
      line("============ test session starts ============", 10_000),
      line(FIRST, 11_000),
    );
    const marks = events.filter((event) => event.type === "log-mark" && event.mark === "failed");
    expect(marks.map((event) => event.evidence.line)).toEqual([3, 9]);
  });

  test("reads records of a stage log, bytes in base64, and passes over the rest of a line that was too long", async () => {
    const stage = { postrun: "stage", version: 1, time: "2025-12-07T10:51:15.323+02:00", investigation: "12", event: "start" };
    const { text: _text, ...bytes } = line("", 5) as { text: string };
    const { events, counts } = await read(
      line(JSON.stringify(stage), 1),
      { ...bytes, base64: Buffer.from(`${FIRST} \u00e9`, "latin1").toString("base64") },
      line("x", 6, { cut: "limit" }),
      line(SECOND, 6),
    );
    expect(events.map((event) => event.type === "log-mark" && event.mark)).toEqual([stageLogMark(WHOLE, "start"), "failed"]);
    expect(counts).toMatchObject({ lines: 5, matched: 3, ignored: 2 });
  });

  test("is read up to a row that a kill has cut", async () => {
    const rows = `${JSON.stringify(header)}\n${JSON.stringify(line(FIRST, 1))}\n{"received":"2025-12-07T08:`;
    const { events, counts, diagnostics } = await readWith(runOutput, rows);
    expect(events).toHaveLength(1);
    expect(counts).toMatchObject({ lines: 3, unparsed: 1 });
    expect(diagnostics.map(({ id }) => id)).toContain("cut-document");
  });
});
