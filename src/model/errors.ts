/** Where an expected problem lies; the command line turns it into an exit code. */
export type PostrunErrorCode = "usage" | "input" | "output" | "config";

/** An expected problem: says what was given, what was expected and, as `hint`, what to try. Printed without a stack. */
export class PostrunError extends Error {
  override readonly name = "PostrunError";

  constructor(
    readonly code: PostrunErrorCode,
    message: string,
    readonly hint?: string,
  ) {
    super(message);
  }
}

/** The code of an error of the system, such as ENOENT; undefined where what was thrown has none. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}

/** Why the system refused, in few words: its code, else what was thrown, with its name. */
export function systemReason(error: unknown): string {
  return errorCode(error) ?? String(error);
}

/** What an error says, without its name. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
