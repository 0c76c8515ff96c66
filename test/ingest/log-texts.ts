import fc from "fast-check";

const two = (number: number): string => String(number).padStart(2, "0");

interface Moment {
  readonly day: string;
  readonly time: string;
  readonly milliseconds: string;
  readonly epoch: number;
}

function momentOf(at: number): Moment {
  const date = new Date(at);
  return {
    day: date.toISOString().slice(0, 10),
    time: [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(":"),
    milliseconds: String(date.getUTCMilliseconds()).padStart(3, "0"),
    epoch: at,
  };
}

type Header = (moment: Moment) => string;

/** The forms of log-record.ts, and some that are none. */
const HEADERS: readonly Header[] = [
  ({ day, time, milliseconds }) => `${day} ${time},${milliseconds} - src.apis.grpc - DEBUG - `,
  ({ day, time, milliseconds }) => `${day} ${time},${milliseconds} - grpc - INFO - `,
  ({ day, time, milliseconds }) => `${day} ${time},${milliseconds} - a - b - INFO -`,
  ({ day, time }) => `${day} ${time},28 - worker - WARNING - `,
  ({ day, time, milliseconds }) => `${day}T${time}.${milliseconds}217 - grpc - INFO - `,
  ({ day, time, milliseconds }) => `${day}T${time}.${milliseconds}Z - grpc - INFO - `,
  ({ day, time, milliseconds }) => `${day}T${time},${milliseconds}+02:00 - grpc - INFO - `,
  ({ day, time }) => `${day} ${time} [    INFO] grpc: `,
  ({ day, time }) => `${day} ${time} [ WARNING] grpc:client.py:270 `,
  ({ day, time }) => `${day} ${time} [    INFO] `,
  ({ time }) => `${time} [   DEBUG] grpc: `,
  ({ time }) => `${time}.5 - grpc - INFO - `,
  ({ day, time, milliseconds }) => `${day.slice(5)} ${time},${milliseconds} - grpc - INFO - `,
  ({ day, time, milliseconds }) => `[${day} ${time}.${milliseconds}] INFO grpc(19): `,
  ({ day, time, milliseconds }) => `[${day} ${time}.${milliseconds}] DEBUG grpc- `,
  ({ epoch }) => `${epoch / 1000} - grpc - INFO - `,
  ({ day, time, milliseconds }) => `python.exe : ${day} ${time},${milliseconds} - grpc - INFO - `,
  ({ day, time, milliseconds }) => `\u001b[32m${day} ${time},${milliseconds} - grpc - INFO - \u001b[0m`,
  ({ day, time, milliseconds }) => `${day} ${time},${milliseconds} - \u001b]0 - INFO - `,
  ({ day, time, milliseconds }) => `\r${day} ${time},${milliseconds} - grpc - INFO - `,
  ({ day, time, milliseconds }) => `\u001b[2K\r${day} ${time},${milliseconds} - grpc - INFO - `,
  ({ day, time, milliseconds }) => `\r 10%|#    | 1/8 [00:16<02:10, 16.1s/it]${day} ${time},${milliseconds} - grpc - INFO - `,
  ({ day, time, milliseconds }) => `tests/a.py::test_one[0] ${day} ${time},${milliseconds} - grpc - INFO - `,
  ({ time }) => `.${time} [    INFO] grpc: `,
  ({ day, time, milliseconds }) => `${day} ${time},${milliseconds} - g\rrpc - INFO - `,
  ({ day, time, milliseconds }) => `PASSED [ 10%]${day} ${time},${milliseconds} - grpc - INFO - `,
  ({ day, time }) => `${day} ${time},1234567 - grpc - INFO - `,
  ({ day }) => `${day} 24:61:00,000 - grpc - INFO - `,
  ({ time }) => `2025-02-30 ${time},000 - grpc - INFO - `,
  ({ day, time }) => `${day} ${time} none of the forms `,
  () => `${"\0".repeat(16)}:12 - grpc - INFO - `,
];

const MESSAGES = [
  "Frame 10: shape=4352x1, amp: [0.00, 1285.56], channels: 1-17",
  "Frame 11: shape=4352x1",
  "heartbeat",
  "",
  " two spaces before",
  "- y: more",
  "name: rest",
  "name:file.py:12: rest",
  "Connected to gRPC server at 10.0.0.5:12301",
  "✅ Connected to gRPC server at h:1",
  "Connecting to gRPC ser",
  "ver at h:12",
  "Failed to connect: gone\ttoday",
  "Stream ENDED: 500 frames in 6.63s",
  "Configuring streaming job",
  "=== Investigation 3/40 ===",
  "run_277_investigations_test.py",
  "it was the stress_loop",
  'GET https://h/x "date": "Sun, 07 Dec 2025 08:50:29 GMT"',
  "around noon GMT",
  "חיבור לשרת ✅ 😀",
  "de\u017fk and \u212aey",
  "caf\u00e9\u2028line",
  "\u001b[31mred\u001b[0m text",
  "title \u0007 end",
  "a\rb",
  "a\r",
  "a\r2025-12-08 00:00:01,000 - grpc - INFO - Connected to gRPC server at h:4",
  "50%",
  "\ufeffmark",
  `padding ${"x".repeat(90)}`,
];

const OTHER_LINES = [
  "",
  "",
  " ",
  "\t",
  "Traceback (most recent call last):",
  '  File "x.py", line 1',
  "ValueError: Connected to gRPC server at h:7",
  "==== test session starts ====",
  "---- live log call ----",
  "=== FAILURES ===",
  "tests/a.py::test_one PASSED [ 50%]",
  "PASSED",
  "FAILED tests/a.py::test_two - AssertionError",
  "INFO     grpc:client.py:270 Connected to gRPC server at h:2",
  "At line:1 char:1",
  "    + FullyQualifiedErrorId : NativeCommandError",
  "2025-12-0",
  "2025-12-07 10:51:15",
  '{"time": 1765097475323, "msg": "Connected to gRPC server at h:3"}',
  '{"cut": ',
  '{"msg": "no time"}',
  "plain words of a program",
  "Connected to gRPC server at h:9",
  "\r 10%|#    | 1/8 [00:16<02:10, 16.1s/it]",
  "[+] Connected to gRPC server at h:8 Failed to connect: x",
  "tests/a.py::test_one[0] Failed to connect: y",
  "E   AssertionError: Failed to connect: z",
  `${"long ".repeat(14_000)}`,
];

const step = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 0, max: 3000 }) },
  { weight: 1, arbitrary: fc.integer({ min: -90_000, max: 90_000_000 }) },
);

/** A few headers each: files have few. */
const record = (headers: readonly Header[]) =>
  fc.record({ header: fc.constantFrom(...headers), message: fc.constantFrom(...MESSAGES), step, times: fc.integer({ min: 1, max: 6 }) });

const block = (headers: readonly Header[]) =>
  fc.oneof(
    { weight: 5, arbitrary: record(headers) },
    { weight: 1, arbitrary: fc.constantFrom(...OTHER_LINES) },
    { weight: 1, arbitrary: record(HEADERS) },
  );

/** Texts of logs of all kinds, as a program, a console and a careless hand leave them. */
export const logText: fc.Arbitrary<string> = fc
  .record({
    headers: fc.uniqueArray(fc.constantFrom(...HEADERS), { minLength: 1, maxLength: 3 }),
    start: fc.integer({ min: Date.UTC(2025, 11, 7, 23, 59, 30), max: Date.UTC(2025, 11, 8, 0, 0, 5) }),
    ending: fc.constantFrom("\n", "\n", "\r\n", "\r\r\n"),
    width: fc.constantFrom(undefined, undefined, undefined, 60, 80),
    end: fc.constantFrom("\n", "", "\r", "\r\r\n"),
  })
  .chain(({ headers, start, ending, width, end }) =>
    fc.array(block(headers), { maxLength: 60 }).map((blocks) => {
      let at = start;
      const lines = blocks.flatMap((each) => {
        if (typeof each === "string") return [each];
        return Array.from({ length: each.times }, () => {
          at += each.step;
          return each.header(momentOf(at)) + each.message;
        });
      });
      const wrapped = width === undefined ? lines : lines.flatMap((line) => line.match(new RegExp(`.{1,${width}}`, "gsu")) ?? [""]);
      return wrapped.join(ending) + end;
    }),
  );
