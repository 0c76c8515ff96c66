import fc from "fast-check";
import { expect, test } from "vitest";
import { byteBlock } from "../../../src/ingest/bytes/byte-block.js";
import { parseLogRecord } from "../../../src/ingest/log/log-record.js";
import { ByteStamp, STAMP_BYTES } from "../../../src/ingest/stamps/byte-stamp.js";

const number = (most: number, digits: number) => fc.integer({ min: 0, max: most }).map((value) => String(value).padStart(digits, "0"));
const day = fc.tuple(number(2100, 4), number(13, 2), number(32, 2)).map((parts) => parts.join("-"));
const date = fc.oneof(
  fc.tuple(day, fc.constantFrom(" ", "T", "t")).map((parts) => parts.join("")),
  fc.tuple(day, fc.constantFrom(" ", "T")).map((parts) => parts.join("").slice(5)),
  fc.constantFrom("", "2025-12-07 ", "2025-02-29 ", "02-29 "),
);
const time = fc.tuple(number(24, 2), number(60, 2), number(61, 2)).map((parts) => parts.join(":"));
const decimals = fc.oneof(
  fc.constant(""),
  fc.tuple(fc.constantFrom(",", "."), fc.stringMatching(/^\d{0,11}$/)).map((parts) => parts.join("")),
);

test("bytes are read as the stamp that the expressions of a record read, one after the other", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(date, fc.oneof(time, fc.constantFrom("10:51:15", "10:51:16", "10:52:15")), decimals), { maxLength: 12 }),
      (stamps) => {
        const read = new ByteStamp();
        for (const parts of stamps) {
          const stamp = parts.join("");
          const record = parseLogRecord(`${stamp} - grpc - INFO - message`);
          const block = byteBlock(Buffer.from(stamp + " - ".padEnd(STAMP_BYTES)));
          const known = read.read(block, 0) && read.end === stamp.length;
          expect(known).toBe(record !== null);
          if (record === null) continue;
          const { at, resolutionMs, timeOnly, yearless } = record;
          const kind = timeOnly ? "none" : yearless ? "yearless" : "day";
          expect([read.at, read.resolutionMs, read.date]).toEqual([at, resolutionMs, kind]);
        }
      },
    ),
    { numRuns: 2000 },
  );
});
