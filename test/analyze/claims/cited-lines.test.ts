import { describe, expect, it } from "vitest";
import { judgeClaims, withCitedLines } from "../../../src/analyze/claims/index.js";
import type { Evidence } from "../../../src/model/source.js";
import type { Point } from "../../../src/model/timeline.js";
import { investigation, point, timeline } from "../builders.js";
import { around, claim, claimsFile, measurementOf } from "./fixtures.js";

const STORED_WRONGLY = new TextDecoder("windows-1252").decode(Buffer.from("החיבור"), { stream: true });

/** Lines of a log (source 0) as an investigation has them. */
const said = (line: number, message: string): Point => ({ ...point("configured", line), message, evidence: { source: 0, line } });
const run = timeline(
  [investigation(1, 0, { points: [said(4, "POST /configure: 201"), said(8, "failed\nTraceback: ..."), said(12, STORED_WRONGLY)] })],
  [],
  {
    runLines: new Map([[0, { lo: 0, hi: 1 }]]),
  },
);

/** The evidence of a claim that rests on these lines. */
function citedFor(evidence: readonly Evidence[]): readonly Evidence[] | undefined {
  const measurement = measurementOf(around(50, 1), { evidence });
  const judged = judgeClaims(claimsFile([claim()]), () => ({ measurement }), { parameters: {}, facts: {} });
  return withCitedLines(judged, run)[0]?.evidence;
}

describe("the lines on which a claim rests", () => {
  it("say what stands in the log, its first line alone", () => {
    expect(
      citedFor([
        { source: 0, line: 4 },
        { source: 0, line: 8 },
      ]),
    ).toEqual([
      { source: 0, line: 4, text: "POST /configure: 201" },
      { source: 0, line: 8, text: "failed" },
    ]);
  });

  it("are repaired where they were stored in the wrong code page", () => {
    expect(citedFor([{ source: 0, line: 12 }])).toEqual([{ source: 0, line: 12, text: "החיבור" }]);
  });

  it("keep what they say already, and have their place alone where they are of a cluster or of no investigation", () => {
    const evidence: Evidence[] = [
      { source: 0, line: 4, text: "the whole line" },
      { source: 1, line: 4 },
      { source: 0, line: 5 },
    ];
    expect(citedFor(evidence)).toEqual(evidence);
  });
});
