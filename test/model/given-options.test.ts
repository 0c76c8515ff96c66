import { describe, expect, it } from "vitest";
import { assertOptions } from "../../src/model/given-options.js";

const given = { inputs: ["run/"], frame: { generatedAt: "2025-12-07T10:00:00Z" } };

describe("the run that a caller of the library asks for", () => {
  it.each([undefined, 1, 2, "all" as const])("may be %s", (run) => {
    expect(() => assertOptions({ ...given, run })).not.toThrow();
  });

  it.each([0, -1, 1.5, Number.NaN])("is not %d", (run) => {
    expect(() => assertOptions({ ...given, run })).toThrow(`run=${run}: expected the number of a run (from 1), or all`);
  });
});
