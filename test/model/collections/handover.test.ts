import { expect, test } from "vitest";
import { Handover } from "../../../src/model/collections/handover.js";

test("what is handed over can be taken once", () => {
  const handed = new Handover(["large"]);
  expect(handed.take()).toEqual(["large"]);
  expect(() => handed.take()).toThrow(RangeError);
});
