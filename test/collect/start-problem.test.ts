import { expect, test } from "vitest";
import { atStart } from "../../src/collect/start-problem.js";

const jobs = { kind: "Job", namespace: "lt" } as const;
const cluster = { server: "https://cluster.example", context: "c" };

test("an answer that is no JSON is not taken for a token that does not work: it may be a proxy's, and go by", () => {
  const broken = (() => {
    try {
      return JSON.parse("<html>") as unknown;
    } catch (error) {
      return error;
    }
  })();
  const { error, lasting } = atStart(broken, jobs, cluster);
  expect(lasting).toBe(false);
  expect(error.message).toMatch(/^https:\/\/cluster\.example: what it answered is no JSON \(Unexpected token/);
});

test.each(["exec: no such plugin", "cannot read the token"])("credentials that cannot be had (%s) will not come by waiting", (message) => {
  expect(atStart(new Error(message), jobs, cluster).lasting).toBe(true);
});
