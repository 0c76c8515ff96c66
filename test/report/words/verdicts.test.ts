import { describe, expect, it } from "vitest";
import type { Report, ReportClaim, ReportRelation } from "../../../src/model/report.js";
import { sortedClaims } from "../../../src/report/words/verdicts.js";
import { fixtureReport } from "../fixture.js";

const report = fixtureReport();

function withClaims(verdicts: Readonly<Record<string, ReportClaim["verdict"]>>, ties: readonly (readonly string[])[]): Report {
  const [claim] = report.claims;
  const [relation] = report.consistency;
  if (claim === undefined || relation === undefined) throw new Error("the fixture has claims and relations");
  return {
    ...report,
    claims: Object.entries(verdicts).map(([id, verdict]) => ({ ...claim, id, verdict })),
    consistency: ties.map((claims, index): ReportRelation => ({ ...relation, id: `relation-${index}`, claims })),
  };
}

const ids = (of: Report): readonly string[] => sortedClaims(of).map(({ id }) => id);

describe("the order of claims", () => {
  it("puts contradicted ones first, and among them the one that relations tie to the most other claims", () => {
    const verdicts = { fine: "confirmed", lonely: "contradicted", tied: "contradicted", central: "contradicted" } as const;
    const ties = [
      ["central", "tied", "fine"],
      ["central", "lonely"],
      ["central", "tied"],
    ];
    expect(ids(withClaims(verdicts, ties))).toEqual(["central", "tied", "lonely", "fine"]);
  });

  it("keeps the order of the claims file among equals, among other verdicts, and where relations name no claims", () => {
    const verdicts = { b: "contradicted", a: "contradicted", d: "confirmed", c: "confirmed" } as const;
    expect(ids(withClaims(verdicts, [["c", "d"], ["c"]]))).toEqual(["b", "a", "d", "c"]);
    const { claims, ...unnamed } = withClaims(verdicts, [["a", "c"]]).consistency[0] ?? {};
    expect(claims).toEqual(["a", "c"]);
    expect(ids({ ...withClaims(verdicts, []), consistency: [unnamed as ReportRelation] })).toEqual(["b", "a", "d", "c"]);
  });
});
