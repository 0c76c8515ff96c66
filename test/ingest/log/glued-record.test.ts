import { describe, expect, test } from "vitest";
import { gluedRecord } from "../../../src/ingest/log/glued-record.js";
import { compileLogFormat } from "../../../src/ingest/log/log-format.js";

const RECORD = "2025-12-07 10:51:15,323 - grpc - INFO - hello";

describe("a record begins behind", () => {
  test.each([
    "tests/load/test_load.py::test_investigation[0] ",
    "tests/load/test_load.py::TestLoad::test_investigation[inv 0 [x]] ",
    "tests/load/test_load.py ",
    "tests/load/test_load.py ..F.s",
    String.raw`tests\load\test_load.py .`,
    ".",
    "PASSED",
    "FAILED",
    "ERROR",
    "SKIPPED (not today)",
    "PASSED                [ 16%]",
    "FAILED                [100%]",
    "tests/a.py::test_one PASSED [ 50%]",
    " 12%|#         | 1/8 [00:01<00:07,  1.30it/s]",
    " 10%|█         | 1/8 [00:16<02:10, 16.1s/it]",
    "inv:   0%|          | 0/8 [00:00<?, ?it/s]",
    "inv: 5it [00:01,  4.9it/s]",
    "  [####------------------------]  40%",
    "  [####------------------------]  40%  00:00:09",
    "inv ━━━━━━━━━━   0% -:--:--",
  ])("%j", (before) => {
    expect(gluedRecord(before + RECORD, [])).toMatchObject({ from: before.length, record: { logger: "grpc", message: "hello" } });
  });

  test.each([
    "10:51:15 [    INFO] grpc: hello",
    "[2019-05-28 22:55:34.394] INFO grpc(19): hello",
    "1764924603.712 - grpc - INFO - hello",
    '{"time": 1764924603712, "name": "grpc", "msg": "hello"}',
  ])("pytest's progress, whatever its form: %j", (record) => {
    for (const before of ["tests/a.py::test_one[0] ", ".", "PASSED [ 16%]"])
      expect(gluedRecord(before + record, [])).toMatchObject({ from: before.length, record: { logger: expect.stringMatching(/grpc/) } });
  });

  test("pytest's progress in a form of the profile's own", () => {
    const formats = [compileLogFormat("%(levelname)s %(asctime)s %(message)s", undefined, 0)];
    expect(gluedRecord("tests/a.py::test_one[0] INFO 2025-12-07 10:51:15,323 hello", formats)).toMatchObject({
      record: { message: "hello" },
    });
  });

  test("pytest's progress where a console cut its header", () => {
    const before = "tests/a.py::test_one[0] ";
    for (const length of [8, 15, 23, 30]) {
      expect(gluedRecord(before + RECORD.slice(0, length), [])).toEqual({ from: before.length, record: null });
    }
  });
});

describe("no record begins in", () => {
  test.each([
    `the log ends with ${RECORD}`,
    `E       AssertionError: '${RECORD}' in text`,
    `    ${RECORD}`,
    `"${RECORD}"`,
    `FAILED tests/a.py::test_one - AssertionError: ${RECORD}`,
    `[gw0] ${RECORD}`,
    "tests/a.py::test_one[2025-12-07 10:51:15] PASSED [ 50%]",
    "tests/a.py::test_one PASSED [ 50%]",
    "tests/load/test_load.py ..........  [100%]",
    "PASSED",
    ".",
    " 12%|#         | 1/8 [00:01<00:07,  1.30it/s]",
    "50% of the frames, 10:51:15 at last",
  ])("%j", (line) => {
    expect(gluedRecord(line, [])).toBeUndefined();
  });
});
