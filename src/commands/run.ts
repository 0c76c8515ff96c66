import { mkdir, rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { errorCode, errorMessage, PostrunError } from "../model/errors.js";
import { redactSecrets } from "../model/privacy/redaction.js";
import type { DurationMs } from "../model/time.js";
import { childEnvironment } from "../run-command/child-environment.js";
import { EarlierFiles } from "../run-command/earlier-files.js";
import { Interrupts, type RunPhase } from "../run-command/interrupts.js";
import type { OutputStart } from "../run-command/output-row.js";
import { OutputStore } from "../run-command/output-store.js";
import { OutputRecorder } from "../run-command/record-output.js";
import { exitCodeOfChild, type RunningChild, runChild } from "../run-command/run-child.js";
import type { AnalyzeFlags } from "./analyze.js";
import { packageVersion } from "./package-version.js";
import { RunCapture } from "./run-capture.js";
import { assertRunOptions, retryCommand } from "./run-options.js";
import { listenForSignals } from "./run-signals.js";
import { stderrLine } from "./standard-error.js";
import { systemPorts } from "./system-ports.js";

export interface RunFlags extends AnalyzeFlags {
  /** Where output and capture are stored. */
  readonly folder?: string;
  /** What else the run leaves behind. */
  readonly input: readonly string[];
  /** False: no cluster is looked for. */
  readonly cluster: boolean;
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly selector?: string;
  /** Also the logs of containers. */
  readonly logs?: boolean;
  /** How long to wait for the Jobs once the command has ended, at most. */
  readonly grace: DurationMs;
  /** False: only capture. */
  readonly analysis: boolean;
}

/**
 * Runs a test command, captures what it leaves behind, and writes the report. Its exit code is the command's, whatever becomes of capture and
 * report: those problems are told on standard error, after the command has ended, so that its own output stays whole.
 */
export async function runCommand(words: readonly string[], flags: RunFlags): Promise<void> {
  const [program = "", ...args] = words;
  // A reader that has seen enough (head, less) ends its reading, not the run.
  for (const stream of [process.stdout, process.stderr]) stream.removeAllListeners("error").on("error", () => undefined);
  const run = new WrappedRun(words, flags);
  try {
    await run.prepare();
    const code = await run.command(program, args);
    await run.waitForJobs();
    await run.report(code);
    process.exitCode = code;
  } finally {
    await run.release();
  }
}

class WrappedRun {
  private readonly startedAt = systemPorts.clock();
  private folder: string;
  private readonly interrupts = new Interrupts();
  private phase: RunPhase = "command";
  private child: RunningChild | undefined;
  private store: OutputStore | undefined;
  private readonly earlier = new EarlierFiles();
  private unlock: () => Promise<void> = async () => undefined;
  private capture: RunCapture | undefined;
  /** What is told when the command has ended. */
  private readonly told: string[] = [];
  private stopListening: () => void = () => undefined;
  /** The command's own. */
  private exitCode = 0;

  constructor(
    private readonly words: readonly string[],
    private readonly flags: RunFlags,
  ) {
    this.folder = flags.folder ?? `postrun-run-${new Date(this.startedAt).toISOString().replace(/[-:]|\.\d+/g, "")}`;
  }

  private get outputPath(): string {
    return join(this.folder, "output.ndjson");
  }

  /** Checks the options, opens the store and begins the capture; only wrong options can keep the command from running. */
  async prepare(): Promise<void> {
    const { analysis, cluster } = this.flags;
    if (analysis) {
      await assertRunOptions([this.outputPath, ...this.flags.input], this.flags).catch((error: unknown) => {
        if (!(error instanceof PostrunError) || error.code !== "output") throw error;
        stderrLine(`${error.message}; the command runs all the same`);
      });
    }
    if (this.flags.folder === undefined) this.folder = await newFolder(this.folder);
    try {
      const onFailure = (reason: string): void => {
        this.told.push(`${this.outputPath}: the output is stored no further (${reason}); the command went on`);
      };
      this.store = await OutputStore.open(this.outputPath, this.start(), onFailure, () => this.makeRoom());
    } catch (error) {
      await this.putBack();
      stderrLine(`${errorMessage(error)}; the command runs all the same, its output is not stored`);
    }
    if (cluster && this.store !== undefined) {
      this.capture = await RunCapture.start(this.flags, join(this.folder, "capture.ndjson.gz"), this.earlier);
    }
  }

  private async putBack(): Promise<void> {
    await this.earlier.putBack().catch((error: unknown) => stderrLine(`${this.folder}: ${errorMessage(error)}`));
  }

  /** Gives the folder back to other runs. */
  async release(): Promise<void> {
    const { unlock } = this;
    this.unlock = async () => undefined;
    await unlock();
  }

  /** Until its report is made, no other run may write into the folder. */
  private async makeRoom(): Promise<void> {
    const { lockCapture } = await import("../collect/index.js");
    this.unlock = await lockCapture(this.outputPath);
    await this.earlier.setAside(this.outputPath);
  }

  /** Runs the command to its end and gives its exit code. */
  async command(program: string, args: readonly string[]): Promise<number> {
    const recorder = new OutputRecorder(systemPorts.clock, (line) => this.store?.line(line));
    this.stopListening = listenForSignals((name, fromTerminal) => this.signalled(name, fromTerminal));
    try {
      this.child = await runChild({
        command: program,
        args,
        env: childEnvironment(process.env, process.stdout),
        outputs: { stdout: process.stdout, stderr: process.stderr },
        onPiece: (stream, piece) => recorder.piece(stream, piece),
        onEnd: (stream) => recorder.end(stream),
      });
    } catch (error) {
      this.stopListening();
      await this.discard();
      throw error;
    }
    await this.earlier.remove().catch((error: unknown) => this.told.push(`${this.folder}: ${errorMessage(error)}`));
    const end = await this.child.done;
    const code = exitCodeOfChild(end);
    await this.store?.end(systemPorts.clock(), end.signal ?? code);
    for (const text of this.told) stderrLine(text);
    return code;
  }

  /** The Jobs of the run live on for a while; what becomes of them belongs to the answer. */
  async waitForJobs(): Promise<void> {
    this.phase = "waiting";
    await this.capture?.finish(this.interrupts.noWaiting ? 0 : this.flags.grace);
  }

  async report(code: number): Promise<void> {
    this.phase = "analysis";
    this.exitCode = code;
    const inputs = [...(this.store === undefined ? [] : [this.outputPath]), ...(this.capture?.files ?? []), ...this.flags.input];
    if (this.flags.analysis && inputs.length > 0) await this.analyze(inputs);
    else
      stderrLine(
        inputs.length === 0
          ? "nothing was captured, so there is no report"
          : `captured into ${this.folder}; ${retryCommand([this.folder], this.flags)}`,
      );
    this.stopListening();
  }

  private async analyze(inputs: readonly string[]): Promise<void> {
    try {
      const { analyzeCommand } = await import("./analyze.js");
      await analyzeCommand(inputs, this.flags);
    } catch (error) {
      const bug = !(error instanceof PostrunError) && error instanceof Error ? `\n${error.stack}` : "";
      stderrLine(`no report: ${errorMessage(error)}${bug}`);
      stderrLine(`what was captured is in ${this.folder}; try again with: ${retryCommand(inputs, this.flags)}`);
    }
  }

  private start(): OutputStart {
    const zoneMinutes = 0 - new Date(this.startedAt).getTimezoneOffset();
    return { at: this.startedAt, zoneMinutes, command: this.words.map(redactSecrets), tool: `postrun ${packageVersion()}` };
  }

  private signalled(name: NodeJS.Signals, fromTerminal: boolean): void {
    if (name !== "SIGINT") {
      this.capture?.stopWaiting();
      if (this.phase === "analysis") process.exit(this.exitCode);
      this.child?.signal(name);
      return;
    }
    const action = this.interrupts.next(this.phase);
    if (action === "leave") process.exit(this.exitCode);
    if (action === "stop-waiting") this.capture?.stopWaiting();
    else if (action === "kill-command") this.child?.signal("SIGKILL");
    else if (!fromTerminal) this.child?.signal("SIGINT");
    if (action === "left-to-command-then-no-waiting")
      stderrLine("the command still runs; once more kills it. Its Jobs will not be waited for");
  }

  /** The command never ran: nothing of it stays, and what an earlier one left is as it was. */
  private async discard(): Promise<void> {
    await this.capture?.finish(0);
    await this.store?.end(systemPorts.clock(), "not started");
    const own = this.store === undefined ? [] : [this.outputPath, ...(this.capture?.files ?? [])];
    for (const path of own) await rm(path, { force: true });
    await this.putBack();
    await this.release();
    await rmdir(this.folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOTEMPTY" && error.code !== "ENOENT") stderrLine(`${this.folder}: cannot be removed (${error.code})`);
    });
  }
}

/** Makes a folder of this name, or with a number behind it where another run began in the same second. What cannot be made is for the store to tell. */
async function newFolder(name: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const path = number === 1 ? name : `${name}-${number}`;
    try {
      await mkdir(path);
      return path;
    } catch (error) {
      if (errorCode(error) !== "EEXIST") return path;
    }
  }
}
