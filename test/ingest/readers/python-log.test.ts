import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pythonLog } from "../../../src/ingest/readers/python-log.js";
import { physicalLines, readWith } from "../support.js";

const at = (text: string) => Date.parse(`${text}Z`);
const CONNECTED = "2025-12-07 10:51:15,323 - grpc - INFO - ✅ Connected to gRPC server at 10.0.0.5:12301";

describe("records", () => {
  test("a logging record in millisecond stamps gives its mark with groups, logger and place", async () => {
    const { events, counts, clock } = await readWith(pythonLog, `2025-12-07 10:51:15,300 - grpc - DEBUG - Frame 1\n${CONNECTED}\n`);
    expect(events).toEqual([
      {
        type: "log-mark",
        mark: "connected",
        at: { at: at("2025-12-07T10:51:15.323"), resolutionMs: 1, clock: "runner" },
        groups: { host: "10.0.0.5", port: "12301" },
        logger: "grpc",
        variant: "logging,",
        message: "✅ Connected to gRPC server at 10.0.0.5:12301",
        evidence: { source: 0, line: 2 },
      },
    ]);
    expect([counts, clock]).toEqual([{ lines: 2, matched: 1, ignored: 1, unparsed: 0 }, "runner"]);
  });

  test.each([
    ["2025-12-07 10:51:15 [    INFO] grpc: Connected to gRPC server at h:1", 0, 1000, "pytest-live"],
    ["2025-12-07 10:51:15 [    INFO] grpc:client.py:270 âœ… Connected to gRPC server at h:1", 0, 1000, "pytest-live"],
    ["2025-12-07 10:51:15,028 - grpc - INFO - Connected to gRPC server at h:1", 28, 1, "logging,"],
    ["2025-12-07 10:51:15,28 - grpc - INFO - Connected to gRPC server at h:1", 28, 1, "logging,"],
    ["2025-12-07T10:51:15.280 - grpc - INFO - Connected to gRPC server at h:1", 280, 1, "logging"],
    ["\u001b[32m2025-12-07 10:51:15.28\u001b[0m - grpc - INFO - \u001b[1mConnected\u001b[0m to gRPC server at h:1", 280, 10, "logging"],
  ])("%j is read", async (line, milliseconds, resolutionMs, variant) => {
    const { events } = await readWith(pythonLog, line);
    expect(events).toMatchObject([{ mark: "connected", variant, at: { at: at("2025-12-07T10:51:15") + milliseconds, resolutionMs } }]);
  });

  test("a printed zone is told, and the wall time kept", async () => {
    const { events, diagnostics } = await readWith(pythonLog, `${CONNECTED.replace(",323", ",323+02:00")}\n`);
    expect(events).toMatchObject([{ at: { at: at("2025-12-07T10:51:15.323") } }]);
    expect(diagnostics).toMatchObject([{ id: "zone-in-log", values: { minutes: 120 } }]);
  });

  test("the logger filter is exact and a pattern of another logger does not match", async () => {
    const { events, diagnostics, usable } = await readWith(pythonLog, `${CONNECTED.replace("- grpc -", "- grpc.other -")}\n`);
    expect(events).toEqual([]);
    expect([usable, diagnostics[0]?.id]).toEqual([false, "no-recognised-line"]);
  });

  test("a failure carries its line, and its traceback has its class", async () => {
    const text = "2025-12-07 10:51:15,323 - x - ERROR - Failed to connect: gone\nTraceback (most recent call last):\n  File\n\nError: x\n";
    const { events, counts } = await readWith(pythonLog, text);
    expect(events).toMatchObject([{ mark: "failed", groups: { error: "gone" }, evidence: { line: 1, text: text.split("\n")[0] } }]);
    expect(counts).toEqual({ lines: 5, matched: 4, ignored: 1, unparsed: 0 });
  });

  test("what stands before the first record, and a last line cut in its stamp, are unparsed", async () => {
    const { counts } = await readWith(pythonLog, `half a line\n\n${CONNECTED}\n2025-12-07 10:5`);
    expect(counts).toEqual({ lines: 4, matched: 1, ignored: 1, unparsed: 2 });
    const cut = await readWith(pythonLog, `${CONNECTED}\n2025-12-07 10:51:16,100 - grp`);
    expect(cut.counts.unparsed).toBe(1);
    expect(cut.diagnostics).toMatchObject([{ id: "cut-line", values: { line: 2 } }]);
  });
});

describe("pytest sections", () => {
  test("a session header takes the time of the next record; section lines end a record", async () => {
    const text = [
      "=================== test session starts ===================",
      "platform linux -- Python 3.11",
      "tests/test_load.py::test_30 ",
      "-------------------- live log call --------------------",
      "2025-12-07 10:51:15 [    INFO] grpc: Connected to gRPC server at h:1",
      "PASSED [100%]",
      "some text",
    ].join("\n");
    const { events, counts } = await readWith(pythonLog, text);
    expect(events).toMatchObject([
      { mark: "session", variant: "pytest-section", at: { at: at("2025-12-07T10:51:15") }, evidence: { line: 1 } },
      { mark: "connected", evidence: { line: 5 } },
    ]);
    expect(counts).toEqual({ lines: 7, matched: 2, ignored: 5, unparsed: 0 });
  });
});

describe("HTTP dates", () => {
  test.each([
    "header: date: Sun, 07 Dec 2025 08:50:29 GMT",
    "https://focus.example/api 200 {'server': 'x', 'date': 'Sun, 07 Dec 2025 08:50:29 GMT'}",
    'reply from https://focus.example {"Date": "Sun, 07 Dec 2025 08:50:29 GMT"}',
    "[(b'Date', b'Sun, 07 Dec 2025 08:50:29 GMT')]",
  ])("%s", async (message) => {
    const { events, counts } = await readWith(pythonLog, `2025-12-07 10:50:25,100 - http - DEBUG - ${message}`);
    expect(events).toMatchObject([
      {
        type: "http-date",
        host: message.includes("https") ? "focus.example" : "server",
        date: at("2025-12-07T08:50:29"),
        logged: { at: at("2025-12-07T10:50:25.100") },
      },
    ]);
    expect(counts.matched).toBe(1);
  });

  test("other dates of a response are none", async () => {
    const { events } = await readWith(
      pythonLog,
      "2025-12-07 10:50:25,100 - http - DEBUG - expires: Sun, 07 Dec 2025 08:50:29 GMT x-date: Sun, 07 Dec 2025 08:50:29 GMT",
    );
    expect(events).toEqual([]);
  });
});

test("a script named in a message hints at the test, wherever it is named", async () => {
  const line = "2025-12-07 10:50:25,100 - main - INFO - starting run_277_investigations_test.py\n";
  const { hints } = await readWith(pythonLog, line + line + CONNECTED);
  const hint = { parameter: "test", value: "277" };
  expect(hints).toEqual([1, 2].map((line) => ({ ...hint, evidence: { source: 0, line } })));
});

test("of a script that is named thousands of times the first thousand places are kept, and the last", async () => {
  const line = "2025-12-07 10:50:25,100 - main - INFO - in run_277_investigations_test.py\n";
  const { hints } = await readWith(pythonLog, line.repeat(3000));
  expect(hints.map(({ evidence }) => evidence.line)).toEqual([...Array.from({ length: 999 }, (_, index) => index + 1), 3000]);
});

test("a line of ten megabytes is one line", async () => {
  const { counts, diagnostics, events } = await readWith(
    pythonLog,
    `${CONNECTED}\n2025-12-07 10:51:16,000 - x - INFO - ${"x".repeat(10_000_000)}\n${CONNECTED}\n`,
  );
  expect(counts).toEqual({ lines: 3, matched: 2, ignored: 1, unparsed: 0 });
  expect(diagnostics.map(({ id }) => id)).toEqual(["long-line"]);
  expect(events.map((event) => event.evidence.line)).toEqual([1, 3]);
});

test("every physical line is counted exactly once, and chunks change nothing", async () => {
  const line = fc.constantFrom(
    CONNECTED,
    "2025-12-07 10:51:15 [    INFO] grpc: Frame 1",
    "=== test session starts ===",
    "==== test session starts ====",
    "PASSED",
    "",
    "Traceback",
    "2025-12-07 10:51",
    "2025-12-07 10:51:15 strange",
    "\u0000</script>",
    "2025-99-99 99:99:99,000 - x - INFO - no day",
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { maxLength: 12 }),
      fc.constantFrom("", "\n"),
      fc.integer({ min: 1, max: 99 }),
      async (lines, ending, step) => {
        const text = lines.join("\n") + ending;
        const { counts, events } = await readWith(pythonLog, text, step);
        expect(counts.lines).toBe(physicalLines(text));
        expect(counts.matched + counts.ignored + counts.unparsed).toBe(counts.lines);
        expect(events).toEqual((await readWith(pythonLog, text)).events);
      },
    ),
    { numRuns: 200 },
  );
});
