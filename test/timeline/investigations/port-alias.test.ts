import { expect, it } from "vitest";
import { portDerivation } from "../../../src/timeline/investigations/port-alias.js";
import { focusServer } from "../builders.js";

it("derives the port of a job id from its slot", () => {
  const portOf = portDerivation(focusServer);
  expect([portOf("12-70788"), portOf("0-1"), portOf("nonsense")]).toEqual(["12312", "12300", null]);
  expect(portDerivation({ ...focusServer, aliases: [] })("12-70788")).toBeNull();
});
