import { describe, expect, test } from "vitest";
import { stageLog } from "../../../src/ingest/readers/stage-log.js";
import { stageLogMark, WHOLE } from "../../../src/model/stage-log.js";
import { readWith } from "../support.js";

const row = (fields: object): string =>
  JSON.stringify({ postrun: "stage", version: 1, time: "2025-12-07T10:51:15.323+02:00", investigation: "12", event: "start", ...fields });

describe("a stage log", () => {
  test("is recognised by its first field, compact or spaced, whatever stands before it", () => {
    expect(stageLog.matches(row({}))).toBe(true);
    expect(stageLog.matches(`collecting ...\n{"postrun": "stage", "version": 1}`)).toBe(true);
    expect(stageLog.matches('{"postrun":"timeline","schemaVersion":1}')).toBe(false);
  });

  test("gives marks in the runner's wall time, with its keys and values as groups", async () => {
    const { events, counts, clock, diagnostics } = await readWith(
      stageLog,
      [row({ stage: "frames", event: "end", job_id: "12-70788", outcome: "ok", frames: 500 }), "noise", ""].join("\n"),
    );
    expect(events).toMatchObject([
      {
        type: "log-mark",
        mark: stageLogMark("frames", "end"),
        at: { at: Date.UTC(2025, 11, 7, 10, 51, 15, 323), resolutionMs: 1, clock: "runner" },
        groups: { investigation: "12", jobId: "12-70788", frames: "500" },
      },
    ]);
    expect([counts.lines, counts.matched, counts.ignored, clock]).toEqual([2, 1, 1, "runner"]);
    expect(diagnostics).toMatchObject([{ id: "zone-in-log", values: { minutes: 120 } }]);
  });

  test("turns stamps of other zones into that of its first record", async () => {
    const { events } = await readWith(stageLog, [row({}), row({ time: "2025-12-07T08:51:16Z", event: "end" })].join("\n"));
    expect(events.map((event) => event.type === "log-mark" && event.at.at)).toEqual([
      Date.UTC(2025, 11, 7, 10, 51, 15, 323),
      Date.UTC(2025, 11, 7, 10, 51, 16),
    ]);
  });

  test("tells a failure once: the record of the whole repeats that of its stage", async () => {
    const failed = { event: "end", outcome: "failed", error: "refused, password=hunter2" };
    const { events } = await readWith(
      stageLog,
      [row({ stage: "connect", ...failed }), row(failed), row({ investigation: 13, ...failed })].join("\n"),
    );
    expect(events.map((event) => event.type === "log-mark" && event.mark)).toEqual([
      stageLogMark("connect", "failed"),
      stageLogMark(WHOLE, "end"),
      stageLogMark(WHOLE, "failed"),
    ]);
    expect(events[0]?.evidence.text).not.toContain("hunter2");
  });

  test.each([
    ["no zone", { time: "2025-12-07T10:51:15.323" }],
    ["another version", { version: 2 }],
    ["no investigation", { investigation: undefined }],
    ["no event", { event: "begin" }],
    ["a stage that is no id", { stage: "../Connect" }],
  ])("does not guess: %s is an unusable record", async (_, fields) => {
    const { counts, diagnostics, events } = await readWith(stageLog, `${row(fields)}\n${row({})}\n`);
    expect([counts.unparsed, counts.matched, events.length]).toEqual([1, 1, 1]);
    expect(diagnostics.map(({ id }) => id)).toContain("unusable-stage-record");
  });

  test("says that its last record is cut", async () => {
    const { counts, diagnostics } = await readWith(stageLog, `${row({})}\n${row({}).slice(0, 60)}`);
    expect([counts.lines, counts.matched, counts.unparsed]).toEqual([2, 1, 1]);
    expect(diagnostics.map(({ id }) => id)).toContain("cut-document");
  });
});
