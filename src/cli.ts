import { CommanderError } from "commander";
import { exitCodeOf, exitCodes } from "./commands/exit-codes.js";
import { buildProgram } from "./commands/program.js";
import { PostrunError } from "./model/errors.js";

/** The command, as the arguments of this process say; sets its exit code. Not run by loading this file: threads share its modules. */
export async function main(): Promise<void> {
  listenForFailedOutput();
  process.once("beforeExit", failUnfinished);
  try {
    await buildProgram().parseAsync();
  } catch (error) {
    process.exitCode = report(error);
  }
  process.off("beforeExit", failUnfinished);
}

/** Work that waits for what can never come ends the process without any word, as if it were done: a gate would pass. */
function failUnfinished(): void {
  process.exitCode = report(new Error("nothing is left to wait for, and the work is not done"));
}

/**
 * An error of a stream ends what goes there, not the work: files and verdicts of the same command do not depend on it. A reader that has seen enough
 * (head, less) is none. What else keeps standard output from being written is said once, and is the exit code whatever the verdicts are.
 */
function listenForFailedOutput(): void {
  // Nothing is left to say it on.
  process.stderr.on("error", () => undefined);
  let told = false;
  process.stdout.on("error", ({ code, message }: NodeJS.ErrnoException) => {
    if (code === "EPIPE" || told) return;
    told = true;
    process.stderr.write(`postrun: standard output: cannot be written (${code ?? message})\n         check the space where it goes\n`);
    process.once("exit", () => {
      process.exitCode = exitCodes.usage;
    });
  });
}

/** Expected problems in one or two lines, those of a file in a line each; anything else is a bug, with its stack. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  if (error instanceof PostrunError) {
    const hint = error.hint === undefined ? "" : `         ${error.hint}\n`;
    process.stderr.write(withoutControls(`postrun: ${error.message.replaceAll("\n", "\n         ")}\n${hint}`));
    return exitCodeOf(error.code);
  }
  if (isOfMissingFolder(error)) {
    process.stderr.write("postrun: the current folder does not exist any more\n         change to one that does\n");
    return exitCodes.usage;
  }
  process.stderr.write(`postrun: this is a bug in postrun, please report it\n${error instanceof Error ? error.stack : String(error)}\n`);
  return exitCodes.bug;
}

/** A process outlives its current folder; relative paths then mean nothing. */
function isOfMissingFolder(error: unknown): boolean {
  return (
    error instanceof Error && (error as NodeJS.ErrnoException).code === "ENOENT" && (error as NodeJS.ErrnoException).syscall === "uv_cwd"
  );
}

/** Messages quote the input, which may hold anything: control characters (other than line ends) must not reach the terminal. */
function withoutControls(text: string): string {
  return text.replace(/(?!\n)[\p{Cc}\p{Cf}]/gu, "\u{FFFD}");
}
