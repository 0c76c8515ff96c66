import { expect, it } from "vitest";
import { groupBy } from "../../../src/model/collections/group-by.js";

it("groups in order of first appearance and keeps the order inside each group", () => {
  const groups = groupBy([3, 1, 4, 1, 5, 9], (value) => (value % 2 === 0 ? "even" : "odd"));
  expect([...groups]).toEqual([
    ["odd", [3, 1, 1, 5, 9]],
    ["even", [4]],
  ]);
});

it("takes any iterable, and gives an empty map for nothing", () => {
  expect(groupBy(new Set(["a"]), (value) => value).get("a")).toEqual(["a"]);
  expect(groupBy([], String).size).toBe(0);
});

it("keeps groups whole, however large they are", () => {
  const values = Array.from({ length: 2000 }, (_, index) => index);
  const groups = groupBy(values, (value) => (value < 1000 ? "many" : value % 100));
  for (const [key, group] of groups) expect(group).toEqual(values.filter((value) => (value < 1000 ? "many" : value % 100) === key));
});
