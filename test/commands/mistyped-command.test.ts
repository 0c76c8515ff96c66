import { describe, expect, it } from "vitest";
import { refuseMistypedCommand } from "../../src/commands/mistyped-command.js";
import { buildProgram } from "../../src/commands/program.js";

const COMMANDS = buildProgram().commands.map((command) => command.name());
const given = (...inputs: readonly string[]) => refuseMistypedCommand(inputs, COMMANDS);

describe("a first input that is nearly a command", () => {
  it("is taken for one where there is no such file", async () => {
    await expect(given("analyse", "samples")).rejects.toMatchObject({
      code: "usage",
      message: "analyse: no command, and no file or folder",
      hint: "did you mean postrun analyze?",
    });
    await expect(given("Inspekt")).rejects.toMatchObject({ hint: "did you mean postrun inspect?" });
  });

  it("is an input where there is one, or where it is nothing like a command", async () => {
    // The project has a folder of this name.
    await expect(given("test")).resolves.toBeUndefined();
    await expect(refuseMistypedCommand(["bench"], ["benchmark"])).resolves.toBeUndefined();
    for (const input of ["nowhere.log", "analyse/run.log", "-", "*.json", "nowhere"]) await expect(given(input)).resolves.toBeUndefined();
    await expect(given()).resolves.toBeUndefined();
    await expect(given("samples", "analyse")).resolves.toBeUndefined();
  });
});
