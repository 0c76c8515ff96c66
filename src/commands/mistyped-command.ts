import { access } from "node:fs/promises";
import { PostrunError } from "../model/errors.js";
import { nearest } from "../model/text/nearest.js";

/**
 * What follows `postrun` without a command are inputs, and so is the name of a command with a letter too many. Throws a PostrunError ("usage") where the first input is
 * no file and nearly a command.
 */
export async function refuseMistypedCommand(inputs: readonly string[], commands: readonly string[]): Promise<void> {
  const [first = ""] = inputs;
  const near = /^[a-z]+$/i.test(first) ? nearest(first, commands) : undefined;
  if (near === undefined) return;
  const exists = await access(first).then(
    () => true,
    () => false,
  );
  if (!exists) throw new PostrunError("usage", `${first}: no command, and no file or folder`, `did you mean postrun ${near}?`);
}
