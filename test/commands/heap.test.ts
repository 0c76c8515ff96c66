import { execFileSync } from "node:child_process";
import { getHeapStatistics } from "node:v8";
import { describe, expect, test } from "vitest";
import { freeUnused } from "../../src/commands/heap.js";

const usedBytes = (): number => getHeapStatistics().used_heap_size;

/** Objects that take about this much, on the heap and not beside it. */
function filled(bytes: number): { readonly place: number }[][] {
  const made: { readonly place: number }[][] = [];
  const before = usedBytes();
  while (usedBytes() - before < bytes) made.push(Array.from({ length: 10_000 }, (_, place) => ({ place })));
  return made;
}

describe("what is no longer used", () => {
  test("is freed at once where much is in use, and what is used stays", () => {
    const kept = filled(160e6);
    let dropped: unknown = filled(160e6);
    expect(dropped).toBeDefined();
    const before = usedBytes();
    dropped = undefined;
    freeUnused();
    expect(before - usedBytes()).toBeGreaterThan(100e6);
    expect(kept.at(-1)?.[9]).toEqual({ place: 9 });
  });
  // Counts of bytes, not of time: they differ by less than a hundredth from run to run. In a process of its own, whose heap nobody else
  // fills, and whose limit does not depend on the machine.
  test.skipIf(!process.versions.node.startsWith("20."))(
    "does not pile up afterwards to several times what is used",
    () => {
      const peakBytes = (before: string): number => {
        const script = `
        import { getHeapStatistics } from "node:v8";
        import { freeUnused } from "./dist/commands/heap.js";
        const made = (turn) => Array.from({ length: 1000 }, () => Array(20).fill(turn));
        globalThis.kept = Array.from({ length: 800 }, (_, turn) => made(turn));
        ${before}
        const latest = [];
        let peak = 0;
        for (let turn = 0; turn < 4000; turn += 1) {
          latest[turn % 64] = made(turn);
          peak = Math.max(peak, getHeapStatistics().used_heap_size);
        }
        console.log(peak);`;
        return Number(
          execFileSync(process.execPath, ["--max-old-space-size=4096", "--input-type=module", "-e", script], { encoding: "utf8" }),
        );
      };
      const left = peakBytes("");
      expect(peakBytes("freeUnused();")).toBeLessThan(left / 1.5);
    },
    30_000,
  );
});
