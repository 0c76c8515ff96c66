import { PostrunError } from "./errors.js";

/**
 * What a caller of the library gave for an option, held against what it may be: the command checks its options as text, and types do not tell NaN from
 * a number. Throws a PostrunError (`usage`) that names the option.
 */
export function assertGiven(holds: boolean, option: string, value: unknown, expected: string): void {
  if (!holds) throw new PostrunError("usage", `${option}=${String(value)}: expected ${expected}`);
}
