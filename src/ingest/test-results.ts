import type { TestResult } from "../model/event.js";
import type { Recorder } from "./recorder.js";

/** Emits a result; failing tests are also named in a diagnostic. */
export function emitResult(recorder: Recorder, result: TestResult): void {
  recorder.emit(result);
  if (result.outcome === "failed" || result.outcome === "error") {
    recorder.diagnose("failed-tests", "info", { test: result.nodeId }, { ...result.evidence, text: result.nodeId });
  }
}

/** The source holds results of tests and nothing to measure: beside a log it is of use, alone it is not. */
export function resultsOnly(recorder: Recorder): void {
  recorder.usable = false;
  recorder.diagnose("test-results-only", "info", { tests: recorder.table.length });
}

/** What a report calls an outcome; undefined for words that are none. */
export function outcomeOf(word: string): TestResult["outcome"] | undefined {
  switch (word.toLowerCase()) {
    case "passed":
    case "pass":
    case "xpassed":
      return "passed";
    case "failed":
    case "fail":
      return "failed";
    case "error":
      return "error";
    case "skipped":
    case "skip":
    case "xfailed":
    case "not_run":
    case "not run":
      return "skipped";
    default:
      return undefined;
  }
}

/** Seconds of a report as milliseconds; undefined where they are none. Some dialects print thousands separators. */
export function milliseconds(seconds: string | undefined): number | undefined {
  const value = Number((seconds ?? "").replaceAll(",", ""));
  return seconds === undefined || seconds.trim() === "" || !Number.isFinite(value) ? undefined : Math.round(value * 1e6) / 1000;
}
