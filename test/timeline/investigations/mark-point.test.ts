import { describe, expect, test } from "vitest";
import { changedPoint, MarkPoint } from "../../../src/timeline/investigations/mark-point.js";
import { mark } from "../builders.js";

const line = mark("connected", 1500, { port: "50001" }, { resolutionMs: 1000, message: "connected to port 50001" });
const said = {
  mark: "connected",
  at: line.at.at,
  resolutionMs: 1000,
  groups: { port: "50001" },
  message: "connected to port 50001",
  evidence: line.evidence,
};

describe("a point of a mark", () => {
  test("says what its line says", () => {
    expect(changedPoint(new MarkPoint(line), {})).toEqual(said);
  });

  test("keeps all of that where some of it is changed, once and again", () => {
    const uncertain = changedPoint(new MarkPoint(line), { uncertain: true });
    expect(uncertain).toEqual({ ...said, uncertain: true });
    expect(changedPoint(uncertain, { at: 7 })).toEqual({ ...said, uncertain: true, at: 7 });
  });
});
