import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { eachStamp, isAuditText, mayBeWrite } from "../../../src/ingest/readers/audit-text.js";

/** The same, said by expressions. */
const RESOURCE = /"resource": {0,4}"(?:jobs|pods|services)"/;
const VERB = /"verb": {0,4}"(?:create|update|patch|delete|deletecollection)"/;
const STAMP = /"(?:stageTimestamp|requestReceivedTimestamp|timestamp)": ?"([^"]{20,40})"/g;

/** Pieces of rows, whole and broken, in any order. */
const row = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...[
          '"verb":',
          '"verb":    ',
          '"verb":     ',
          '"proverb":',
          '"create"',
          '"get"',
          '"deletecollection"',
          '"deletecollections"',
          '"patch',
          "ResponseComplete",
        ],
        ...[
          '"resource":',
          '"resource": ',
          '"source":',
          '"jobs"',
          '"pods"',
          '"jobs/status"',
          '"services"',
          "verb",
          "urce",
          'urce":',
          "{",
          "}",
          '"',
          "\\",
          " ",
          ",",
        ],
        ...[
          '"stageTimestamp":',
          '"requestReceivedTimestamp": ',
          '"timestamp":',
          '"lastTimestamp":',
          '"creationTimestamp":',
          "imestamp",
          'mp":',
          '"stamp":  ',
        ],
        ...['"2026-11-28T10:00:00.000000Z"', '"2026-11-28T10:00:0"', `"${"9".repeat(40)}"`, `"${"9".repeat(41)}"`, `"${"9".repeat(19)}"`],
      ),
      fc.string({ maxLength: 3 }),
    ),
    { maxLength: 14 },
  )
  .map((pieces) => pieces.join(""));

function stampsOf(text: string): string[] {
  const stamps: string[] = [];
  eachStamp(text, (stamp) => stamps.push(stamp));
  return stamps;
}

describe("the text of an audit row", () => {
  test("tells the same stamps as an expression", () => {
    fc.assert(
      fc.property(row, (text) => {
        expect(stampsOf(text)).toEqual([...text.matchAll(STAMP)].map(([, stamp]) => stamp));
      }),
      { numRuns: 5000 },
    );
  });

  test("takes what a stamp consists of for no key of another", () => {
    expect(stampsOf('"timestamp":"requestReceivedTimestamp":"2026-11-28T10:00:00.000000Z"')).toEqual(["requestReceivedTimestamp"]);
  });

  test("tells the same as expressions whether it may be a write", () => {
    fc.assert(
      fc.property(row, (text) => {
        expect(mayBeWrite(text)).toBe(VERB.test(text) && RESOURCE.test(text) && text.includes("ResponseComplete"));
      }),
      { numRuns: 5000 },
    );
  });

  test("is one by its version or its id", () => {
    expect(isAuditText('{"kind":"Event","apiVersion":"audit.k8s.io/v1beta1"}')).toBe(true);
    expect(isAuditText('{"level":"Metadata","auditID":"a"}')).toBe(true);
    expect(isAuditText('{"kind":"Event","apiVersion":"v1"}')).toBe(false);
  });

  test("is found where all of it is there", () => {
    const text =
      '{"stage":"ResponseComplete","verb":"delete","objectRef":{"resource":"jobs"},"stageTimestamp":"2026-11-28T10:00:00.000000Z"}';
    expect(mayBeWrite(text)).toBe(true);
    expect(stampsOf(text)).toEqual(["2026-11-28T10:00:00.000000Z"]);
  });
});
