/** Records that begin in the middle of a line, because what stands before them was printed without a line end: pytest's progress, or a progress bar. */
import { isCutStamp, type LogFormat, type LogRecord, parseLogRecord, startsWithStamp } from "./log-record.js";
import { consoleResult } from "./pytest-console.js";

export interface GluedRecord {
  /** Where in the line it begins. */
  readonly from: number;
  /** Null where its header is cut. */
  readonly record: LogRecord | null;
}

/** Longest text before a record that is looked at [characters]. */
const LONGEST = 1000;
/**
 * What pytest prints without a line end before a test and after it, where it does not capture what tests print (`-s`):
 * `tests/test_load.py::test_30[a b] `, `tests/test_load.py ..F`, `.`, `PASSED`, `SKIPPED (reason) [ 50%]`.
 */
const PYTEST =
  /^(?:\S{1,300}?\.py(?:::[^\s[]{1,300}(?:\[.{0,500}?\])?)? +)?(?:(?:PASSED|FAILED|ERROR|SKIPPED|XFAIL|XPASS)(?: \([^)]{0,300}\))? *|[.FEsxX]{1,500} *)?(?:\[ {0,2}\d{1,3}%\] *)?/;
/** ` 12%|#   | 1/8 [00:01<00:07,  1.30it/s]`, `5it [00:01,  4.9it/s]` (tqdm), `[###-----]  40%`; also with the time that is left, `40%  00:00:09` (click, rich). */
const PROGRESS_BAR = /\d(?:%(?:\|.{0,300}?\| *\S{1,40}\/\S{1,40} \[[^\]]{1,300}\])?|[^\s\d%]{1,20} \[[\d:]{4,20}, [^\]]{1,300}\]) */;
const TIMED_PROGRESS_BAR = /\d% +(?:-:--:--|\d{1,2}:\d\d:\d\d) */;

/** The record behind such a text; undefined where none begins there. Behind any other text a line may quote a record. */
export function gluedRecord(line: string, formats: readonly LogFormat[]): GluedRecord | undefined {
  const behindPytest = recordAt(line, endOf(PYTEST, line), formats);
  // Most lines without a header have neither sign.
  if (behindPytest !== undefined || !(line.includes("%") || line.includes(" ["))) return behindPytest;
  return recordAt(line, endOf(PROGRESS_BAR, line), formats) ?? recordAt(line, endOf(TIMED_PROGRESS_BAR, line), formats);
}

function recordAt(line: string, from: number, formats: readonly LogFormat[]): GluedRecord | undefined {
  // Behind nothing but spaces a record is one that somebody indented.
  if (from === 0 || from === line.length || line.slice(0, from).trim() === "") return undefined;
  const rest = line.slice(from);
  const record = parseLogRecord(rest, formats);
  if (record !== null) return { from, record };
  const isCut = (startsWithStamp(rest) || isCutStamp(rest)) && consoleResult(line) === null;
  return isCut ? { from, record: null } : undefined;
}

/** Where the first match ends; 0 where there is none. */
function endOf(expression: RegExp, line: string): number {
  const found = expression.exec(line.slice(0, LONGEST));
  return found === null ? 0 : found.index + found[0].length;
}
