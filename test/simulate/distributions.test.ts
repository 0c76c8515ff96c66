import { expect, test } from "vitest";
import { createRandom } from "../../src/model/statistics/random.js";
import { sampleDuration } from "../../src/simulate/distributions.js";

test("a sampled duration has the median and the skew of its distribution", () => {
  const random = createRandom("distribution");
  const values = Array.from({ length: 4_001 }, () => sampleDuration({ shape: "lognormal", medianMs: 1_000, sigma: 0.4 }, random));
  const sorted = [...values].sort((left, right) => left - right);
  expect(sorted[2_000]).toBeGreaterThan(970);
  expect(sorted[2_000]).toBeLessThan(1_030);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  expect(mean).toBeGreaterThan(1_050);
});
