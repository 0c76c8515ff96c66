/**
 * The header of one record of a Python log, in the two forms that stand side by side in one console:
 *   2025-12-07 10:51:15,323 - name - LEVEL - message        logging.Formatter("%(asctime)s - %(name)s - %(levelname)s - %(message)s")
 *   2025-12-07 10:51:15 [    INFO] name: message            pytest log_cli_format, also `name:file.py:270 message`
 * Also with a dot, a `T`, or a zone. Terminal colours are taken off before.
 */
import type { DurationMs, EpochMs } from "../model/time.js";
import { resolutionOf, wallTime, zoneMinutes } from "./stamps.js";

export interface LogRecord {
  /** Wall time as if UTC; a printed zone is not applied. */
  readonly at: EpochMs;
  readonly resolutionMs: DurationMs;
  readonly zoneMinutes?: number;
  readonly logger: string;
  readonly variant: "logging" | "pytest-live";
  readonly message: string;
}

const STAMP = String.raw`^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)(?:([.,])(\d{1,6}))?(Z|[+-]\d\d:?\d\d)?`;
const STAMP_ONLY = new RegExp(STAMP);
const LOGGING = new RegExp(`${STAMP} - (.{0,200}?) - ([A-Z]{3,9}) - ?(.*)$`, "s");
const PYTEST_LIVE = new RegExp(`${STAMP} \\[ *([A-Z]{3,9}) *\\] ([^\\s:]{1,200})(?::[^\\s:]+\\.py:\\d+)?:? ?(.*)$`, "s");
/** Control sequences of a terminal (ECMA-48, section 5.4). */
const ANSI = new RegExp(`${String.fromCharCode(27)}\\[[0-9;?]*[ -/]*[@-~]`, "g");

/** The line without terminal colours. */
export function withoutAnsi(line: string): string {
  return line.includes("\u001b") ? line.replace(ANSI, "") : line;
}

/** Whether the line begins with a date and time, as records do. */
export function startsWithStamp(line: string): boolean {
  return isDigit(line) && STAMP_ONLY.test(line);
}

/** Reads a line as a record, or null where it has no header of these forms. */
export function parseLogRecord(line: string): LogRecord | null {
  if (!isDigit(line)) return null;
  const logging = LOGGING.exec(line);
  const found = logging ?? PYTEST_LIVE.exec(line);
  if (!found) return null;
  const wall = wallTime(found.slice(1, 7));
  if (wall === undefined) return null;
  const zone = zoneMinutes(found[9]);
  const [fractionMs, resolutionMs] = fraction(found[7], found[8]);
  return {
    at: wall + fractionMs,
    resolutionMs,
    ...(zone === undefined ? {} : { zoneMinutes: zone }),
    logger: (logging ? found[10] : found[11]) ?? "",
    variant: logging ? "logging" : "pytest-live",
    message: found[12] ?? "",
  };
}

/** After a comma stands a number of milliseconds (Python's msecs: `,28` is 28 ms); after a dot stand decimals of a second. */
function fraction(separator: string | undefined, digits: string | undefined): [EpochMs, DurationMs] {
  if (digits === undefined) return [0, 1000];
  if (separator === "," && digits.length <= 3) return [Number(digits), 1];
  return [Number(`0.${digits}`) * 1000, resolutionOf(digits.length)];
}

function isDigit(line: string): boolean {
  const code = line.charCodeAt(0);
  return code >= 48 && code <= 57;
}
