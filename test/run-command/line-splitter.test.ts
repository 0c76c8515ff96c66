import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LineSplitter } from "../../src/run-command/line-splitter.js";
import type { ArrivedLine } from "../../src/run-command/output-row.js";

const START = 1_000_000;
const text = (lines: readonly ArrivedLine[]): string[] => lines.map(({ bytes }) => bytes.toString("latin1"));

describe("a stream cut into lines", () => {
  it("has the same lines however the bytes were cut into pieces", () => {
    const bytes = fc.string({ unit: fc.constantFrom("a", "\n", "\r", "ש", "\u0000"), maxLength: 60 }).map((value) => Buffer.from(value));
    fc.assert(
      fc.property(bytes, fc.array(fc.nat(59), { maxLength: 6 }), (all, cuts) => {
        const splitter = new LineSplitter("stdout", START);
        const edges = [0, ...cuts.map((cut) => Math.min(cut, all.length)), all.length].sort((a, b) => a - b);
        const lines = edges.slice(1).flatMap((to, index) => splitter.push(all.subarray(edges[index], to), START + index));
        lines.push(...splitter.end(START + 10));
        const expected = all.toString("latin1").split("\n");
        if (expected.at(-1) === "") expected.pop();
        expect(text(lines)).toEqual(expected.map((line) => line.replace(/\r$/, "")));
      }),
    );
  });

  it("gives a line the time of its first byte, and says when its end came much later", () => {
    const splitter = new LineSplitter("stdout", START);
    expect(splitter.push(Buffer.from("test_a.py "), START + 10)).toEqual([]);
    const [line] = splitter.push(Buffer.from("PASSED\n"), START + 500);
    expect(line).toMatchObject({ received: START + 10, completed: START + 500 });
  });

  it("keeps a last line without an end", () => {
    const splitter = new LineSplitter("stderr", START);
    splitter.push(Buffer.from("a\nb"), START + 1);
    expect(splitter.end(START + 2)).toMatchObject([{ stream: "stderr", received: START + 1, cut: "end" }]);
    expect(splitter.end(START + 3)).toEqual([]);
  });

  it("does not believe the arrival of lines that a buffer held back", () => {
    const splitter = new LineSplitter("stdout", START);
    const [first, second] = splitter.push(Buffer.from(`${"x".repeat(5000)}\nsecond\n`), START + 60_000);
    expect([first?.since, second?.since]).toEqual([START, START]);
    const [alone] = splitter.push(Buffer.from("printed at once\n"), START + 61_000);
    expect(alone?.since).toBeUndefined();
    const atEnd = splitter.push(Buffer.from("a\nb\n"), START + 90_000, true);
    expect(atEnd.map(({ since }) => since)).toEqual([START + 61_000, START + 61_000]);
  });

  it("goes on in another row where a line is longer than a row", () => {
    const splitter = new LineSplitter("stdout", START);
    const lines = splitter.push(Buffer.from(`${"x".repeat(2.5 * 1024 * 1024)}\nnext\n`), START);
    expect(lines.map(({ bytes, cut }) => [bytes.length, cut])).toEqual([
      [1024 * 1024, "limit"],
      [1024 * 1024, "limit"],
      [512 * 1024, undefined],
      [4, undefined],
    ]);
  });
});
