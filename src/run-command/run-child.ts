import { type ChildProcessByStdio, spawn } from "node:child_process";
import { constants } from "node:os";
import type { Readable, Writable } from "node:stream";
import { PostrunError, systemReason } from "../model/errors.js";
import type { StreamName } from "./output-row.js";

/** A process that the command left behind may hold its output open; after so long without a byte nobody waits for it [ms]. */
const LINGER_MS = 2000;

/** How the command ended: one of the two. */
export interface ChildEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface ChildOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where its output is passed through, byte for byte. */
  readonly outputs: Readonly<Record<StreamName, Writable>>;
  /** Each piece, when it was read and before it is passed on. */
  readonly onPiece: (stream: StreamName, piece: Buffer) => void;
  /** A stream of the command has ended. */
  readonly onEnd: (stream: StreamName) => void;
}

export interface RunningChild {
  readonly done: Promise<ChildEnd>;
  signal(name: NodeJS.Signals): void;
}

/** The exit code by which shells tell of an end: the command's own, or 128 and the number of the signal. */
export function exitCodeOfChild({ code, signal }: ChildEnd): number {
  return signal === null ? (code ?? 0) : 128 + (constants.signals[signal] ?? 0);
}

/**
 * Starts the command with our standard input and passes its output through. It slows down when nobody takes the output, as it would
 * without us; where an output is closed (`| head`), it goes on all the same. Throws a PostrunError ("usage") where it cannot be started.
 */
export async function runChild(options: ChildOptions): Promise<RunningChild> {
  const { command } = options;
  const child = spawned(options);
  await new Promise<void>((started, failed) => {
    child.once("spawn", started);
    child.once("error", (error: NodeJS.ErrnoException) => failed(cannotStart(command, error.code ?? error.message)));
  });
  const passing = [pass(child.stdout, "stdout", options), pass(child.stderr, "stderr", options)];
  const done = new Promise<ChildEnd>((ended) => {
    child.once("exit", (code, signal) => {
      const end = (): void => ended({ code, signal });
      child.once("close", end);
      for (const { abandonWhenSilent } of passing) abandonWhenSilent();
    });
  });
  return { done, signal: (name) => child.kill(name) };
}

/** Some of what can be wrong is told at once, not as an event. */
function spawned({ command, args, env }: ChildOptions): ChildProcessByStdio<null, Readable, Readable> {
  try {
    return spawn(command, args, { env, stdio: ["inherit", "pipe", "pipe"] });
  } catch (error) {
    throw cannotStart(command, systemReason(error));
  }
}

/** Passes one stream through, in order and unchanged. */
function pass(from: Readable, name: StreamName, { outputs, onPiece, onEnd }: ChildOptions): { abandonWhenSilent: () => void } {
  const to = outputs[name];
  let closed = false;
  let waiting = false;
  let silence: NodeJS.Timeout | undefined;
  const resume = (): void => {
    waiting = false;
    silence?.refresh();
    from.resume();
  };
  to.once("error", () => {
    closed = true;
    resume();
  });
  from.on("data", (piece: Buffer) => {
    silence?.refresh();
    onPiece(name, piece);
    if (closed || to.write(piece)) return;
    waiting = true;
    from.pause();
    to.once("drain", resume);
  });
  from.once("close", () => {
    clearTimeout(silence);
    onEnd(name);
  });
  const abandonWhenSilent = (): void => {
    if (from.closed) return;
    silence = setTimeout(() => (waiting ? silence?.refresh() : from.destroy()), LINGER_MS);
  };
  return { abandonWhenSilent };
}

function cannotStart(command: string, reason: string): PostrunError {
  const why =
    command === ""
      ? "it has no name"
      : reason === "ENOENT"
        ? "there is no such program"
        : reason === "EACCES"
          ? "it is not executable"
          : reason;
  return new PostrunError(
    "usage",
    `${command === "" ? "the command" : command}: cannot be started (${why})`,
    "give the command as a shell would find it: postrun run -- pytest tests/",
  );
}
