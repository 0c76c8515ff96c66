import { expect, test } from "vitest";
import { betweenCollectorsMs, uncertaintyToCluster } from "../../src/model/clock.js";
import { anchoredRunner } from "../timeline/builders.js";

const collector = anchoredRunner({ id: "collector", uncertaintyMs: 300 });
const other = anchoredRunner({ id: "collector:2", uncertaintyMs: 50 });

test("what a collector's clock is off cancels out between what is tied through it, and nowhere else", () => {
  expect(betweenCollectorsMs(collector, collector)).toBe(0);
  expect(betweenCollectorsMs(undefined, undefined)).toBe(0);
  expect(betweenCollectorsMs(collector, undefined)).toBe(300);
  expect(betweenCollectorsMs(collector, other)).toBe(350);
});

test("a clock is off the cluster's by itself and by what it is tied through", () => {
  expect(uncertaintyToCluster(anchoredRunner({ uncertaintyMs: 20 }))).toBe(20);
  expect(uncertaintyToCluster(anchoredRunner({ uncertaintyMs: 20, through: collector }))).toBe(320);
  expect(uncertaintyToCluster(anchoredRunner({ uncertaintyMs: null, through: collector }))).toBeNull();
});
