import { closeSync, openSync } from "node:fs";

const HANDLED = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Calls for each signal that would end us, instead of ending. `fromTerminal`: a terminal stands behind us, which sends Ctrl-C to every
 * process in its foreground itself; a signal that is passed on as well would reach the command twice. Returns what undoes it.
 */
export function listenForSignals(onSignal: (name: NodeJS.Signals, fromTerminal: boolean) => void): () => void {
  const fromTerminal = hasTerminal();
  const listeners = HANDLED.map((name) => ({ name, listener: () => onSignal(name, fromTerminal) }));
  for (const { name, listener } of listeners) process.on(name, listener);
  return () => {
    for (const { name, listener } of listeners) process.off(name, listener);
  };
}

/** Opening the controlling terminal works just where there is one; a console of Windows serves all its processes. */
function hasTerminal(): boolean {
  if (process.platform === "win32") return true;
  try {
    closeSync(openSync("/dev/tty", "r"));
    return true;
  } catch {
    return false;
  }
}
