import { expect, it } from "vitest";
import { nearest } from "../../../src/model/text/nearest.js";

it("finds the word that was meant", () => {
  expect(nearest("focus-sever", ["focus-server", "other"])).toBe("focus-server");
  expect(nearest("Delay-277", ["delay-30", "delay-277"])).toBe("delay-277");
  expect(nearest("focus", ["focus-server", "other"])).toBe("focus-server");
});

it("offers nothing where nothing is near", () => {
  expect(nearest("zzzzzz", ["focus-server"])).toBeUndefined();
  expect(nearest("x", [])).toBeUndefined();
});
