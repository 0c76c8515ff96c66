import { expect, it } from "vitest";
import { opposedClaims, opposedDiagnostics } from "../../../src/analyze/claims/index.js";
import type { Claim } from "../../../src/model/claim.js";
import { focusServerClaims } from "../../timeline/builders.js";

const [base] = focusServerClaims.claims as [Claim];
const opposed = (...fields: Partial<Claim>[]) =>
  opposedClaims({ ...focusServerClaims, claims: fields.map((own, index) => ({ ...base, id: `c${index}`, setting: false, ...own })) }).map(
    ([one, other]) => `${one.id} ${other.id}`,
  );
const about = (value: number) => ({ documented: { operator: "about", value, unit: "s" } }) as const;

it("names claims about one measure that no value agrees with", () => {
  expect(opposed(about(2), about(5), about(2.1))).toEqual(["c0 c1", "c1 c2"]);
  expect(opposed(about(2), { documented: { operator: "at-most", value: 1, unit: "s" } })).toEqual(["c0 c1"]);
  expect(opposed(about(2), { documented: { operator: "between", low: 2.1, high: 9, unit: "s" } })).toEqual([]);
});

it("takes those for different on purpose that hold for different runs or measure something else", () => {
  expect(opposed({ ...about(2), appliesWhen: "test = 30" }, { ...about(5), appliesWhen: "test = 277" })).toEqual([]);
  expect(opposed({ ...about(2), appliesWhen: "test = 30" }, about(5))).toEqual([]);
  expect(opposed(about(2), { ...about(5), measure: { metric: "stage-duration", stage: "connect" } })).toEqual([]);
});

it("finds none in the claims that come with postrun", () => {
  expect(opposedClaims(focusServerClaims)).toEqual([]);
});

it("tells each pair by a diagnostic of its own", () => {
  const claims = [about(2), about(5)].map((own, index) => ({ ...base, id: `c${index}`, setting: false, ...own }));
  expect(opposedDiagnostics({ ...focusServerClaims, claims })).toEqual([
    { id: "claims-opposed", severity: "warning", count: 1, values: { claim: "c0", other: "c1" }, examples: [] },
  ]);
  expect(opposedDiagnostics(focusServerClaims)).toEqual([]);
});

it("counts further pairs than the first five", () => {
  const told = (n: number) => {
    const claims = Array.from({ length: n }, (_, index) => ({ ...base, id: `c${index}`, setting: false, ...about(3 ** index) }));
    return opposedDiagnostics({ ...focusServerClaims, claims }).map(({ id, values }) => [id, ...Object.values(values)]);
  };
  const [pair, more] = ["claims-opposed", "claims-opposed-more"];
  expect(told(3)).toEqual([
    [pair, "c0", "c1"],
    [pair, "c0", "c2"],
    [pair, "c1", "c2"],
  ]);
  expect(told(4).slice(3)).toEqual([
    [pair, "c1", "c2"],
    [pair, "c1", "c3"],
    [more, 1],
  ]);
  expect(told(12)).toEqual([...["c1", "c2", "c3", "c4", "c5"].map((other) => [pair, "c0", other]), [more, (12 * 11) / 2 - 5]]);
});
