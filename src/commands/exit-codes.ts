import type { PostrunErrorCode } from "../model/errors.js";

/** What the process answers; a contract with CI. */
export const exitCodes = {
  done: 0,
  /** `check` found a contradicted claim; wins over `unsettled`. */
  contradicted: 1,
  /** `watch` raised an alarm. */
  alarmed: 1,
  /** Wrong usage or configuration, or an output that cannot be written. */
  usage: 2,
  /** No such input, nothing usable in it, inputs that do not belong together, or `check` could measure no claim at all. */
  input: 3,
  /** `check --strict` and something inconclusive or not measured. */
  unsettled: 4,
  /** A bug in postrun. */
  bug: 70,
  /** Ended by Ctrl-C, as shells have it. */
  interrupted: 130,
} as const;

/** Exit code of an expected problem. */
export function exitCodeOf(code: PostrunErrorCode): number {
  return code === "input" ? exitCodes.input : exitCodes.usage;
}
