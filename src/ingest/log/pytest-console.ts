/** Lines of pytest's console that are no log records. */
import type { TestResult } from "../../model/event.js";

/** `==== test session starts ====`, `---- live log call ----`. */
const SECTION = /^([=_-])\1{2,} .{1,300} \1{3,}$/;
/** `PASSED [ 50%]`, `tests/test_load.py::test_30 PASSED`. */
const PROGRESS = /^(?:(?:PASSED|FAILED|ERROR|SKIPPED|XFAIL|XPASS)\b(?!\s*\S{1,300}:\S{1,300}\.py:\d)|\S{1,300}\.py::)/;
/** `INFO     name:file.py:270 message`: a captured record, in pytest's default format, which has no time. */
const CAPTURED = /^(?:DEBUG|INFO|WARNING|ERROR|CRITICAL|TRACE) +\S{1,200}:\S{1,200}\.py:\d+ /;
const RESULT =
  /^(?<node>\S{1,300}\.py::.{1,500}?) (?<outcome>PASSED|FAILED|ERROR|SKIPPED|XFAIL|XPASS)(?:\s+(?:\(.{1,300}\)\s*)?\[ {0,2}\d{1,3}%\])?\s*$/;
/** The short summary at the end: `FAILED tests/test_load.py::test_30 - AssertionError: ...`. */
const SUMMARY = /^(?<outcome>FAILED|ERROR) (?<node>\S{1,300}\.py::.{1,500}?)(?: - .*)?$/;

const OUTCOMES: Readonly<Record<string, TestResult["outcome"]>> = {
  PASSED: "passed",
  XPASS: "passed",
  FAILED: "failed",
  ERROR: "error",
  SKIPPED: "skipped",
  XFAIL: "skipped",
};

export function isSection(line: string): boolean {
  return SECTION.test(line);
}

/** Sections at the end of a session that print again what the tests had printed: `=== FAILURES ===`, `--- Captured stdout call ---`. */
const REPEATING =
  /^[=-]+ (?:FAILURES|ERRORS|PASSES|XPASSES|XFAILURES|warnings summary|short test summary info|Captured (?:stdout|stderr|log) \w+) [=-]+$/;
const LIVE = /test session starts|live log (?:call|setup|teardown|start|finish|collection|sessionstart|sessionfinish|logreport)/;

/** Whether what follows this section is a repetition; undefined where the section says nothing of it. */
export function repeatsEarlierOutput(section: string): boolean | undefined {
  if (REPEATING.test(section)) return true;
  return LIVE.test(section) ? false : undefined;
}

/** `E   AssertionError: ...`, `>   assert False`: an error, and the line of the test that it is from. */
const ERROR_TEXT = /^[E>] {3}/;

export function isErrorText(line: string): boolean {
  return ERROR_TEXT.test(line);
}

export function isProgress(line: string): boolean {
  return PROGRESS.test(line);
}

export function isCaptured(line: string): boolean {
  return CAPTURED.test(line);
}

/** The result that a line states, or null. */
export function consoleResult(line: string): Pick<TestResult, "nodeId" | "outcome"> | null {
  const { node, outcome } = RESULT.exec(line)?.groups ?? SUMMARY.exec(line)?.groups ?? {};
  const known = OUTCOMES[outcome ?? ""];
  return node === undefined || known === undefined ? null : { nodeId: node, outcome: known };
}
