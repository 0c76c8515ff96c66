import { spawn } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { type Alarm, alarmEnvironment } from "../live/index.js";

/** At the end, a hook that still runs is waited for so long [ms]. */
const WAIT_MS = 10_000;

/** Runs the user's command for each alarm, by the shell as it was given; what the alarm says stands in its environment alone. */
export class AlarmHook {
  private readonly running = new Set<Promise<void>>();

  constructor(
    private readonly command: string | undefined,
    private readonly onProblem: (text: string) => void,
  ) {}

  run(alarm: Alarm): void {
    const { command } = this;
    if (command === undefined) return;
    const ended = new Promise<void>((done) => {
      const child = spawn(command, { shell: true, stdio: "ignore", env: { ...process.env, ...alarmEnvironment(alarm) } });
      const end = (problem: string | null): void => {
        if (problem !== null) this.onProblem(`the hook ${problem}: ${command}`);
        done();
      };
      child.once("error", (error) => end(`could not be started (${error.message})`));
      child.once("exit", (code, signal) => end(code === 0 ? null : `ended with ${signal ?? code}`));
    });
    this.running.add(ended);
    void ended.then(() => this.running.delete(ended));
  }

  async done(): Promise<void> {
    const waited = new AbortController();
    await Promise.race([Promise.all(this.running), pause(WAIT_MS, undefined, { signal: waited.signal }).catch(() => undefined)]);
    waited.abort();
  }
}
