/** What a wrapped command finds in its environment beyond what the caller has: so that it prints at once, and as it would without postrun. */

export interface Terminal {
  /** Our own standard output is a terminal. */
  readonly isTTY: boolean;
  /** Its width [columns]. */
  readonly columns?: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment of the command. It writes into a pipe, so three things that it would find out from a terminal are said by variables, and
 * only where the caller has not set them:
 * - PYTHONUNBUFFERED=1: Python holds back what it prints into a pipe until 8 KiB are together, and every line would arrive late.
 * - FORCE_COLOR, CLICOLOR_FORCE and PY_COLORS=1 where we write to a terminal and NO_COLOR is not set (force-color.org, no-color.org).
 * - COLUMNS: the width of the terminal.
 */
export function childEnvironment(own: Environment, terminal: Terminal): Record<string, string | undefined> {
  const added: Record<string, string> = { PYTHONUNBUFFERED: "1" };
  if (terminal.isTTY && (own.NO_COLOR ?? "") === "") Object.assign(added, { FORCE_COLOR: "1", CLICOLOR_FORCE: "1", PY_COLORS: "1" });
  if (terminal.isTTY && terminal.columns !== undefined) added.COLUMNS = String(terminal.columns);
  return { ...added, ...own };
}
