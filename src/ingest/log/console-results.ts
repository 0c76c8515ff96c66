import type { Recorder } from "../recorder.js";
import { emitResult } from "../test-results.js";
import { consoleResult } from "./pytest-console.js";

/** Results of tests that pytest's console states, each once in a session. */
export class ConsoleResults {
  private readonly known = new Set<string>();

  constructor(private readonly recorder: Recorder) {}

  /** Takes the result that a line states; false where it states none. */
  take(text: string, line: number): boolean {
    const result = consoleResult(text);
    if (result === null) return false;
    const key = `${result.outcome} ${result.nodeId}`;
    // The summary at the end says it again.
    if (!this.known.has(key)) emitResult(this.recorder, { type: "test-result", ...result, evidence: this.recorder.evidence(line) });
    this.known.add(key);
    return true;
  }

  /** A new session begins. */
  clear(): void {
    this.known.clear();
  }
}
