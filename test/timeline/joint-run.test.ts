import { describe, expect, it } from "vitest";
import type { Draft } from "../../src/timeline/correlate.js";
import { announcedOf } from "../../src/timeline/joint-run.js";
import type { LimitedRun } from "../../src/timeline/limit-run.js";
import type { RunOfLog } from "../../src/timeline/run-of-log.js";

/** A runner whose lines announce these of so many; null: a line without a number. */
const runner = (announced: number, numbers: readonly (number | null)[]) => {
  const drafts = numbers.map((announcedIndex): Draft => ({ jobId: null, port: null, points: [], announcedIndex }));
  return { correlation: { drafts, runMarks: [], unmatched: [], ambiguous: [], announced } };
};

function announced(...runners: readonly ReturnType<typeof runner>[]): number | undefined {
  const limited = runners.map(({ correlation: { drafts } }) => ({ drafts }) as unknown as LimitedRun);
  return announcedOf(runners as unknown as readonly RunOfLog[], limited).announced;
}

describe("what the logs of several runners announce together", () => {
  it("is the total once where they share one numbering", () => {
    expect(announced(runner(4, [1, 3]), runner(4, [2, 4]))).toBe(4);
    // One that failed was tried again by the other.
    expect(announced(runner(4, [1, 3]), runner(4, [2, 3, 4]))).toBe(4);
  });

  it("is the sum where each has its own", () => {
    expect(announced(runner(4, [1, 2, 3, 4]), runner(4, [1, 2, 3]))).toBe(8);
    expect(announced(runner(4, [1, 2, 3, 4]), runner(6, [1, 2]))).toBe(10);
  });

  it("is the sum of lines without a number only where they did more than one total", () => {
    expect(announced(runner(4, [null, null, null]), runner(4, [null, null]))).toBe(8);
    expect(announced(runner(4, [null, null]), runner(4, [null, null]))).toBe(4);
  });
});
