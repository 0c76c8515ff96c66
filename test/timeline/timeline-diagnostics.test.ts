import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../src/model/source.js";
import { reportOutcomes } from "../../src/timeline/timeline-diagnostics.js";
import { investigation } from "../analyze/builders.js";

describe("what is said of how investigations ended", () => {
  const said = (...investigations: Parameters<typeof reportOutcomes>[0]) => {
    const found: Pick<Diagnostic, "id" | "count" | "examples">[] = [];
    reportOutcomes(investigations, (id, _severity, count, _values, examples = []) => found.push({ id, count, examples }));
    return found;
  };

  it("is nothing where their own lines tell", () => {
    expect(said(investigation(1, 0))).toEqual([]);
  });

  it("is how many of them ended by their silence alone, with their last lines", () => {
    const silent = investigation(2, 20_000, { endedBySilence: true });
    expect(said(investigation(1, 0), silent, investigation(3, 40_000, { outcomeUncertain: true }))).toEqual([
      { id: "outcomes-uncertain", count: 1, examples: [] },
      { id: "ended-by-silence", count: 1, examples: [silent.points.at(-1)?.evidence] },
    ]);
  });
});
