import { getHeapStatistics } from "node:v8";
import { describe, expect, test } from "vitest";
import { freeUnused } from "../../src/model/heap.js";

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
});
