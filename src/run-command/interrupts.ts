/** What Ctrl-C means while a command is wrapped: the command's first, then ours. */

/** How far a wrapped run has come. */
export type RunPhase = "command" | "waiting" | "analysis";

export type InterruptAction =
  /** The command has got it, or gets it now. */
  | "left-to-command"
  /** The same; once it has ended, nobody waits for the Jobs. */
  | "left-to-command-then-no-waiting"
  /** The command has outlived two of them. */
  | "kill-command"
  /** Nobody waits for the Jobs any longer. */
  | "stop-waiting"
  | "leave";

/**
 * Follows the interrupts of one run. The first is the command's alone: a test runner ends its test and reports, and what it leaves behind is
 * still of interest. The second also ends the waiting for the Jobs; a third kills a command that ignores them.
 */
export class Interrupts {
  private count = 0;

  next(phase: RunPhase): InterruptAction {
    this.count += 1;
    if (phase === "analysis") return "leave";
    if (phase === "waiting") return "stop-waiting";
    if (this.count === 1) return "left-to-command";
    return this.count === 2 ? "left-to-command-then-no-waiting" : "kill-command";
  }

  /** Whether nobody should wait for the Jobs once the command has ended. */
  get noWaiting(): boolean {
    return this.count > 1;
  }
}
