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
