import { describe, expect, it } from "vitest";
import { HOUR_MS, MINUTE_MS } from "../../../src/model/time.js";
import { wholeLogs } from "../../../src/timeline/logs/rotated-parts.js";
import { mark, sources, T0 } from "../builders.js";

/** Parts of 100 lines, each from one minute to another. */
function parts(...given: readonly (readonly [path: string, from: number, to: number])[]) {
  const [template] = sources(0);
  if (template === undefined) throw new Error("no source");
  return given.map(([path, from, to]) => ({ ...template, path, lines: 100, from: T0 + from * MINUTE_MS, to: T0 + to * MINUTE_MS }));
}

const at = (source: number, line: number) => mark("connected", 0, {}, { evidence: { source, line } });
const THREE = parts(["run.log.2.gz", 0, 60], ["run.log.1", 60, 120], ["run.log", 70, 200]);

describe("the parts of a rotated log", () => {
  it("are one log, whose lines are counted on, where each goes on where the one before it ends, also if the clock was set back in between", () => {
    const { marks, partsOf } = wholeLogs([at(0, 5), at(1, 5), at(2, 5)], [], THREE);
    expect(marks.map(({ evidence }) => [evidence.source, evidence.line])).toEqual([
      [0, 5],
      [0, 105],
      [0, 205],
    ]);
    expect(partsOf(0)).toEqual([0, 1, 2]);
  });

  it("are logs of their own where hours lie between them, or where the names are of two logs", () => {
    const far = parts(["run.log.1", 0, 60], ["run.log", 124, 200]);
    const other = parts(["run.log.1", 0, 60], ["walk.log", 60, 120]);
    for (const of of [far, other]) expect(wholeLogs([at(1, 5)], [], of).marks[0]?.evidence).toEqual({ source: 1, line: 5 });
    expect(wholeLogs([at(1, 5)], [], parts(["run.log.1", 0, 60], ["run.log", 123, 200])).marks[0]?.evidence).toEqual({
      source: 0,
      line: 105,
    });
  });

  it("are shifted from the line on that the whole is, and all that follow", () => {
    const { toParts } = wholeLogs([], [], THREE);
    const shifts = toParts(new Map([[0, [{ fromLine: 150, byMs: HOUR_MS }]]]));
    expect([0, 1, 2].map((source) => shifts.get(source))).toEqual([
      [{ fromLine: 0, byMs: 0 }],
      [
        { fromLine: 0, byMs: 0 },
        { fromLine: 50, byMs: HOUR_MS },
      ],
      [{ fromLine: 0, byMs: HOUR_MS }],
    ]);
    const atCut = toParts(new Map([[0, [{ fromLine: 101, byMs: HOUR_MS }]]]));
    expect([atCut.get(0), atCut.get(1)]).toEqual([[{ fromLine: 0, byMs: 0 }], [{ fromLine: 0, byMs: HOUR_MS }]]);
  });
});
