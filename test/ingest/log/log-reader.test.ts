import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openTextSource } from "../../../src/ingest/bytes/text-source.js";
import { pythonLog } from "../../../src/ingest/readers/python-log.js";
import { Recorder } from "../../../src/ingest/recorder.js";
import { compiled, inSteps, readWith } from "../support.js";

const at = (text: string) => Date.parse(`${text}Z`);
const HEAD = "2025-12-07 10:51:15,323 - grpc - INFO - ";
const times = (recorder: Recorder) =>
  recorder.events.map((event) => (event.type === "log-mark" ? new Date(event.at.at).toISOString() : event.type));

async function readFile(text: string, path: string, modifiedAt?: number): Promise<Recorder> {
  const recorder = new Recorder(0, path, modifiedAt);
  await pythonLog.read(await openTextSource(path, inSteps(Buffer.from(text), 1000)), recorder, compiled);
  return recorder;
}

describe("lines that a console wrapped", () => {
  test("are joined whatever the width, with all lines accounted for", async () => {
    const records = Array.from(
      { length: 40 },
      (_, index) => `${HEAD}Connected to gRPC server at host-${"x".repeat(index)}:${12300 + index}`,
    );
    const plain = (await readWith(pythonLog, records.join("\n"))).events.map((event) => (event.type === "log-mark" ? event.groups : {}));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 45, max: 130 }), async (columns) => {
        const lines = records.flatMap((record) => record.match(new RegExp(`.{1,${columns}}`, "g")) ?? []);
        const utf16 = Buffer.from(`\ufeff${lines.join("\r\n")}\r\n`, "utf16le");
        const { events, counts } = await readWith(pythonLog, utf16);
        expect(events.map((event) => (event.type === "log-mark" ? event.groups : {}))).toEqual(plain);
        expect(counts).toEqual({ lines: lines.length, matched: lines.length, ignored: 0, unparsed: 0 });
      }),
      { numRuns: 100 },
    );
  });

  test("are not joined where one line alone tells of a width, and what follows it says all of it by itself", async () => {
    const text = `${HEAD}hello\nFailed to connect: gone\n`;
    const { events, diagnostics } = await readWith(pythonLog, Buffer.from(`\ufeff${text.replaceAll("\n", "\r\n")}`, "utf16le"));
    expect(events).toEqual([]);
    const untimed = diagnostics.find(({ id }) => id === "marks-without-time");
    expect(untimed).toMatchObject({ count: 1, examples: [{ line: 2 }] });
  });

  test("a header that is cut is a record all the same", async () => {
    const { events, counts } = await readWith(pythonLog, "2025-12-07 10:51:15,323 - gr\npc - INFO - Connected to gRPC server at h:1\n");
    expect(events).toMatchObject([{ mark: "connected", at: { at: at("2025-12-07T10:51:15.323") } }]);
    expect(counts).toEqual({ lines: 2, matched: 2, ignored: 0, unparsed: 0 });
  });

  test("what only joined lines would say is no hint where they are not joined", async () => {
    const { hints } = await readWith(pythonLog, `${HEAD}the stress_\nloop began\n${HEAD}the stress_\n`);
    expect(hints).toEqual([]);
  });

  test("a traceback is no rest of a line, however often one follows a failure of the same length", async () => {
    const record = `${HEAD}Failed to connect: gone\nTraceback (most recent call last):\n  File "x", line 1\n`;
    const { events } = await readWith(pythonLog, record.repeat(20));
    expect(new Set(events.map((event) => (event.type === "log-mark" ? event.groups.error : "")))).toEqual(new Set(["gone"]));
  });

  test("an error record of PowerShell in the middle of a line is taken out, and the line joined", async () => {
    const block = [
      "At line:1 char:1",
      "+ python.exe run.py 2>&1 | Tee-Object log.txt",
      "+ ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~",
      "    + CategoryInfo          : NotSpecified: (2025-12-07 10:51:String) [], RemoteException",
      "    + FullyQualifiedErrorId : NativeCommandError",
      " ",
    ];
    const text = [`python.exe : ${HEAD}Connected to gRPC server at h:123`, ...block, "01", `${HEAD}other`].join("\n");
    const { events, counts } = await readWith(pythonLog, text);
    expect(events).toMatchObject([{ mark: "connected", groups: { port: "12301" } }]);
    expect(counts).toEqual({ lines: 9, matched: 2, ignored: 7, unparsed: 0 });
  });
});

describe("records behind what was printed without a line end", () => {
  const SESSION = "==== test session starts ====";
  const record = (second: number, message: string) => `2025-12-07 10:51:${second},000 - grpc - INFO - ${message}`;
  const connected = (second: number) => record(second, `Connected to gRPC server at h:${second}`);

  test("of pytest have their own time, not that of the next record", async () => {
    const text = [
      SESSION,
      `tests/a.py::test_one[0] ${connected(15)}`,
      record(16, "hello"),
      `PASSED [ 50%]${connected(17)}`,
      `.${connected(18)}`,
      record(19, "hello"),
    ];
    const { events, counts } = await readWith(pythonLog, `${text.join("\n")}\n`);
    expect(events).toMatchObject([
      { mark: "session", at: { at: at("2025-12-07T10:51:15") } },
      { mark: "connected", groups: { port: "15" }, at: { at: at("2025-12-07T10:51:15") }, evidence: { line: 2 } },
      { mark: "connected", groups: { port: "17" }, at: { at: at("2025-12-07T10:51:17") }, evidence: { line: 4 } },
      { mark: "connected", groups: { port: "18" }, at: { at: at("2025-12-07T10:51:18") }, evidence: { line: 5 } },
    ]);
    expect(counts).toEqual({ lines: 6, matched: 4, ignored: 2, unparsed: 0 });
  });

  test("do not hide the result before them, and end the record before them", async () => {
    const text = `${connected(15)}\ntests/a.py::test_one PASSED [ 50%]${record(16, "goodbye")}\nrest\n`;
    const { events, counts } = await readWith(pythonLog, text);
    expect(events).toMatchObject([{ mark: "connected" }, { type: "test-result", nodeId: "tests/a.py::test_one", outcome: "passed" }]);
    expect(counts).toEqual({ lines: 3, matched: 1, ignored: 2, unparsed: 0 });
  });

  test("are joined where a console wrapped them, whatever the width", async () => {
    const lines = [15, 16, 17, 18, 19, 20].flatMap((second) => [`tests/a.py::test_one[${second}] ${connected(second)}`, "PASSED"]);
    for (let columns = 45; columns <= 110; columns += 1) {
      const wrapped = lines.flatMap((line) => line.match(new RegExp(`.{1,${columns}}`, "g")) ?? []);
      const { events, counts } = await readWith(pythonLog, Buffer.from(`\ufeff${wrapped.join("\r\n")}\r\n`, "utf16le"));
      expect(times({ events } as unknown as Recorder)).toEqual([15, 16, 17, 18, 19, 20].map((second) => `2025-12-07T10:51:${second}.000Z`));
      expect(counts.matched + counts.ignored, String(columns)).toBe(wrapped.length);
    }
  });

  test("a text that a test prints there has no time", async () => {
    const text = `${SESSION}\ntests/a.py::test_one[0] Failed to connect: gone\n${record(16, "hello")}\n`;
    const { events, counts, diagnostics } = await readWith(pythonLog, text);
    expect(events).toMatchObject([{ mark: "session" }]);
    expect(counts).toEqual({ lines: 3, matched: 1, ignored: 2, unparsed: 0 });
    expect(diagnostics).toMatchObject([{ id: "marks-without-time", count: 1, examples: [{ line: 2 }] }]);
  });

  test.each([
    ["directly behind a return", "\r"],
    ["behind an erased line", "\u001b[2K\r"],
    ["behind a return and an erased rest", "\r\u001b[K"],
    ["behind a bar that was wiped", "\r 10%|#    | 1/8 [00:16<02:10, 16.1s/it]\r"],
    ["behind a bar", "\r 10%|#    | 1/8 [00:16<02:10, 16.1s/it]"],
    ["behind a bar drawn many times", `${"\r 10%|#    | 1/8 [00:16<02:10, 16.1s/it]".repeat(20)}\r`],
    ["behind a character set", "\u001b(B\u001b[m"],
  ])("of a terminal are read: %s", async (_, before) => {
    const text = `${before}${connected(15)}\n${record(16, "hello")}\n${before}${connected(17)}\r\n`;
    expect(pythonLog.matches(`${before}${connected(15)}\n`, compiled)).toBe(!before.endsWith("]"));
    const { events, counts } = await readWith(pythonLog, text);
    expect(times({ events } as unknown as Recorder)).toEqual(["2025-12-07T10:51:15.000Z", "2025-12-07T10:51:17.000Z"]);
    expect(events).toMatchObject([{ groups: { port: "15" } }, { message: "Connected to gRPC server at h:17" }]);
    expect(counts).toEqual({ lines: 3, matched: 2, ignored: 1, unparsed: 0 });
  });

  test("several in one line count as one line", async () => {
    const { events, counts } = await readWith(pythonLog, `${connected(15)}\r${record(16, "a")}\r${connected(17)}\nand more\n`);
    expect(times({ events } as unknown as Recorder)).toEqual(["2025-12-07T10:51:15.000Z", "2025-12-07T10:51:17.000Z"]);
    expect(counts).toEqual({ lines: 2, matched: 2, ignored: 0, unparsed: 0 });
  });

  test("a message keeps what stands behind a return in it", async () => {
    const { events } = await readWith(pythonLog, `${HEAD}Failed to connect: a\rb\n`);
    expect(events).toMatchObject([{ message: "Failed to connect: a\rb" }]);
  });

  test("what only quotes a record is none", async () => {
    const text = `${record(15, "the last lines:")}\n> ${record(10, "Failed to connect: gone")}\n${record(16, "hello")}\n`;
    const { events, diagnostics, counts } = await readWith(pythonLog, text);
    expect(events).toEqual([]);
    expect(diagnostics.map(({ id }) => id)).toContain("marks-without-time");
    expect(counts).toEqual({ lines: 3, matched: 0, ignored: 3, unparsed: 0 });
  });
});

describe("texts without a time", () => {
  const record = (second: number, message: string) => `2025-12-07 10:51:${second},000 - worker - DEBUG - ${message}\n`;
  const failed = (recorder: Recorder) => recorder.events.filter((event) => event.type === "log-mark" && event.mark === "failed");
  const untimed = (recorder: Recorder) => recorder.diagnostics.find(({ id }) => id === "marks-without-time");

  test("take none from the record before them, and are told", async () => {
    const text = [10, 20, 30].map((second) => `${record(second, "channel state")}[+] Failed to connect: gone\n`).join("");
    const recorder = await readWith(pythonLog, text);
    expect(failed(recorder)).toEqual([]);
    expect(recorder.counts).toEqual({ lines: 6, matched: 0, ignored: 6, unparsed: 0 });
    expect(untimed(recorder)).toMatchObject({ severity: "warning", count: 3 });
    expect(untimed(recorder)?.examples[0]).toMatchObject({ text: "[+] Failed to connect: gone" });
  });

  test("in a list, or where no record is open, neither", async () => {
    const text = `${record(10, "Steps:")}  1. hello\n  2. Failed to connect: gone\nPASSED\nFailed to connect: gone\n${record(11, "x")}`;
    const recorder = await readWith(pythonLog, text);
    expect(failed(recorder)).toEqual([]);
    expect(untimed(recorder)?.examples.map(({ line }) => line)).toEqual([3, 5]);
  });

  test("in tracebacks, in what pytest shows of an error and in what it prints again are no news", async () => {
    const text = [
      `${record(10, "trouble")}Traceback (most recent call last):\n  raise X("Failed to connect: a")\nX: Failed to connect: a\n`,
      `${record(11, "checking")}E       AssertionError: Failed to connect: b\n`,
      "=================== FAILURES ===================\nFailed to connect: c\n",
    ].join("");
    const recorder = await readWith(pythonLog, text);
    expect(failed(recorder)).toEqual([]);
    expect(untimed(recorder)).toBeUndefined();
  });

  test("are the message of a record that has none before the end of its line", async () => {
    const recorder = await readWith(pythonLog, `${record(10, "")}Failed to connect: gone\n`);
    expect(failed(recorder)).toMatchObject([{ at: { at: at("2025-12-07T10:51:10") } }]);
  });

  test("belong to a record where only the two together say it", async () => {
    const recorder = await readWith(pythonLog, `${record(10, "it Failed to con").trimEnd()}\nnect: gone\n`);
    expect(failed(recorder)).toMatchObject([{ groups: { error: "gone" } }]);
    expect(untimed(recorder)).toBeUndefined();
  });

  test("belong to a record as wide as the console that other lines of the file show", async () => {
    const wide = (second: number, rest: string) => `${record(second, "x".repeat(40)).trimEnd()}\n${rest}\n`;
    const others = ["one two three", "four five six", "seven eight", "nine ten eleven", "twelve thirteen"].map((rest, index) =>
      wide(10 + index, rest),
    );
    const wrapped = await readWith(pythonLog, others.join("") + wide(20, "Failed to connect: gone"));
    expect(failed(wrapped)).toMatchObject([{ at: { at: at("2025-12-07T10:51:20") } }]);
    expect(untimed(wrapped)).toBeUndefined();
    expect(wrapped.counts).toEqual({ lines: 12, matched: 2, ignored: 10, unparsed: 0 });
    const printed = await readWith(pythonLog, `${others.join("")}${record(20, "short")}Failed to connect: gone\n`);
    expect(failed(printed)).toEqual([]);
    expect(untimed(printed)).toMatchObject({ count: 1 });
  });
});

describe("times without a date", () => {
  const live = (time: string) => `${time} [    INFO] grpc: Connected to gRPC server at h:1\n`;

  test("take the day of the nearest dated record, before or after, and go over midnight in both directions", async () => {
    const dated = "2025-12-07 23:59:50,000 - grpc - INFO - hello\n";
    const expected = ["2025-12-07T23:59:58.000Z", "2025-12-08T00:00:01.000Z", "2025-12-07T23:59:59.000Z", "2025-12-08T00:00:02.000Z"];
    const undated = ["23:59:58", "00:00:01", "23:59:59", "00:00:02"].map(live).join("");
    expect(times(await readWith(pythonLog, dated + undated))).toEqual(expected);
    expect(times(await readWith(pythonLog, `${undated}2025-12-08 00:00:09,000 - grpc - INFO - hello\n`))).toEqual(expected);
  });

  test("take the day from the name of the file, else from when it was written, and say so", async () => {
    const named = await readFile(live("23:59:58") + live("00:00:01"), "logs/console-2025-12-07.log");
    expect(times(named)).toEqual(["2025-12-07T23:59:58.000Z", "2025-12-08T00:00:01.000Z"]);
    const written = await readFile(live("23:59:58") + live("00:00:01"), "console.log", at("2025-12-08T00:00:05"));
    expect(times(written)).toEqual(times(named));
    expect([named, written].map(({ diagnostics }) => diagnostics[0]?.values.from)).toEqual(["name", "modified"]);
    const neither = await readFile(live("10:51:15"), "console.log");
    expect(neither.diagnostics).toMatchObject([{ id: "log-without-date", severity: "warning" }]);
  });

  test("of a later session do not go back behind the one before", async () => {
    const header = "==== test session starts ====\n";
    const found = await readFile(`${header}${live("18:00:00")}${header}${live("09:00:00")}`, "run-20251207.log");
    expect(times(found).at(-1)).toBe("2025-12-08T09:00:00.000Z");
  });
});

describe("records that say nothing of their time", () => {
  test("captured ones are ignored and never placed, also directly behind a record", async () => {
    const text = `${HEAD}Connected to gRPC server at h:1\nINFO     grpc:client.py:270 Connected to gRPC server at h:2\nERROR    grpc:client.py:1 Failed to connect: x\n`;
    const { events, counts } = await readWith(pythonLog, text);
    expect(events).toHaveLength(1);
    expect(counts).toEqual({ lines: 3, matched: 1, ignored: 2, unparsed: 0 });
  });
});

describe("zones", () => {
  test("records with a zone and without stand on one clock, and the zone is then known", async () => {
    const rows = [
      `${HEAD}Connected to gRPC server at h:1`,
      '{"level":30,"time":1765097476000,"name":"grpc","msg":"Connected to gRPC server at h:2"}',
      "2025-12-07T08:51:17.000Z - grpc - INFO - Connected to gRPC server at h:3",
    ];
    const recorder = await readWith(pythonLog, rows.join("\n"));
    expect(times(recorder)).toEqual(["2025-12-07T10:51:15.323Z", "2025-12-07T10:51:16.000Z", "2025-12-07T10:51:17.000Z"]);
    expect(recorder.zoneMinutes).toBe(120);
  });
});

test("results that the console states are results, and the failing ones are named once", async () => {
  const text = [
    "==== test session starts ====",
    "tests/a.py::test_one PASSED [ 50%]",
    "tests/a.py::test_two[x y] FAILED [100%]",
    `${HEAD}Connected to gRPC server at h:1`,
    "FAILED tests/a.py::test_two[x y] - AssertionError",
    "",
  ].join("\n");
  const { events, diagnostics, counts } = await readWith(pythonLog, text);
  expect(events.filter(({ type }) => type === "test-result")).toMatchObject([
    { nodeId: "tests/a.py::test_one", outcome: "passed" },
    { nodeId: "tests/a.py::test_two[x y]", outcome: "failed" },
  ]);
  expect(diagnostics).toMatchObject([{ id: "failed-tests", count: 1, examples: [{ text: "tests/a.py::test_two[x y]" }] }]);
  expect(counts.matched).toBe(5);
});
