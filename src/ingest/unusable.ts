/** Inputs that hold nothing to measure, each recognised so that the report can say why, and what to give instead. */
import type { Diagnostic, Severity } from "../model/source.js";
import { forEachLine } from "./bytes/lines.js";
import type { Ingester } from "./ingester.js";
import type { LineClass, Recorder } from "./recorder.js";

/** Columns of `kubectl get` tables that hold relative ages. */
const AGE_TITLES: ReadonlySet<string> = new Set(["AGE", "LAST SEEN", "DURATION"]);
const ERROR_LINE =
  /^\s*(?:Error from server\b|error:|Error:|The connection to the server\b|Unable to connect to the server\b|No resources found\b)/;
/** How postrun marks its own report: as data, as a page, as JUnit XML (its claims are no tests of the run). */
const OWN_REPORT =
  /"tool"\s*:\s*\{\s*"name"\s*:\s*"postrun"|<meta name="generator" content="postrun|^\s*<\?xml[^>]{0,100}>\s{0,9}<!-- postrun -->/;

/** Whether a file that begins so is a report of postrun, in any form that is not left alone by its name. */
export function isOwnReport(head: string): boolean {
  return OWN_REPORT.test(head);
}

/** A tape archive: the name of its first file, its octal numbers, and a mark behind them (POSIX.1-1988, ustar). */
const TAR = /^[^\n]{1,100}[0-7 ]{45,56}[^\n]{0,102}ustar/;

const ARCHIVE = { id: "archive", diagnostic: "archive-source" };
const COMPRESSED = { id: "compressed", diagnostic: "compressed-source" };

/** By the beginnings of their bytes, as far as those survive as text, in which there are no zero bytes. */
const PACKED = [
  packed(ARCHIVE, "tar", (head) => TAR.test(head)),
  packed(ARCHIVE, "zip", (head) => head.startsWith("PK\u0003\u0004") || head.startsWith("PK\u0005\u0006")),
  packed(ARCHIVE, "7z", (head) => /^7z.{1,2}'/.test(head) && head.slice(0, 6).includes("\u001c")),
  packed(ARCHIVE, "rar", (head) => head.startsWith("Rar!\u001a\u0007")),
  packed(COMPRESSED, "bzip2", (head) => /^BZh[1-9]1AY&SY/.test(head)),
  packed(COMPRESSED, "xz", (head) => /^.7zXZ/.test(head)),
  packed(COMPRESSED, "gzip in gzip", (head) => head.startsWith("\u001f") && head.charAt(2) === "\b"),
  packed(COMPRESSED, "zstd in gzip", (head) => /^\((?:\ufffd\/\ufffd|\u00b5\/\u00fd)/.test(head)),
];

const empty = unusable({
  id: "empty",
  diagnostic: "empty-source",
  lineClass: "ignored",
  severity: "warning",
  matches: (head) => head.trim() === "",
});
/** Damaged data of which nothing could be inflated: no empty file. The damage is told by whoever reads the file, as where there is more of it. */
export const nothingInflated: Ingester = { id: "damaged", matches: () => false, read: async () => undefined };
const ownReport = unusable({
  id: "postrun-report",
  diagnostic: "report-source",
  lineClass: "ignored",
  severity: "info",
  matches: isOwnReport,
});
const errorText = unusable({
  id: "error-text",
  diagnostic: "error-text-source",
  lineClass: "ignored",
  severity: "warning",
  matches: isErrorText,
});
const table = unusable({
  id: "kubectl-table",
  diagnostic: "table-source",
  lineClass: "ignored",
  severity: "warning",
  matches: (head) => {
    const [first = ""] = head.trimStart().split("\n", 1);
    const titles = first.trim().split(/ {2,}|\t/);
    return titles.length > 1 && titles.every((title) => /^[A-Z][A-Z() -]*$/.test(title)) && titles.some((title) => AGE_TITLES.has(title));
  },
});

/** What no other reader recognises. */
export const unknownFormat = unusable({
  id: "unknown",
  diagnostic: "unknown-format",
  lineClass: "unparsed",
  severity: "warning",
  matches: () => true,
});

/** Looked at before the formats: their content could mislead those. */
export const UNUSABLE: readonly Ingester[] = [...PACKED, empty, ownReport];

/** Looked at after the formats: a log often begins with what other programs printed. */
export const OTHER_OUTPUT: readonly Ingester[] = [errorText, table];

/** Longest text that is nothing but an error [characters]. */
const LONGEST_ERROR = 20_000;

/** At least every other line says so: the rest is advice. */
function isErrorText(head: string): boolean {
  if (!ERROR_LINE.test(head) || head.length >= LONGEST_ERROR) return false;
  const lines = head.split("\n").filter((line) => line.trim() !== "");
  return lines.filter((line) => ERROR_LINE.test(line)).length * 2 >= lines.length;
}

function packed(what: Pick<Unusable, "id" | "diagnostic">, kind: string, matches: Ingester["matches"]): Ingester {
  return unusable({ ...what, lineClass: "unparsed", severity: "warning", matches, values: () => ({ kind }) });
}

interface Unusable extends Pick<Ingester, "id" | "matches"> {
  readonly diagnostic: string;
  /** What its lines count as. */
  readonly lineClass: LineClass;
  readonly severity: Severity;
  /** What the diagnostic tells of it; else how it begins. */
  readonly values?: (head: string) => Diagnostic["values"];
}

function unusable({ id, matches, diagnostic, lineClass, severity, values = beginningOf }: Unusable): Ingester {
  return {
    id,
    matches,
    async read(source, recorder: Recorder) {
      const look = (line: string, number: number): void => {
        recorder.count(lineClass);
        recorder.examination?.withoutMeaning(line, number);
      };
      await forEachLine(source, look, 1024);
      recorder.diagnose(diagnostic, severity, { lines: recorder.counts.lines, ...values(source.head) });
    },
  };
}

/** A text with a larger share of what no text holds is none. */
const MOST_UNREADABLE = 0.1;

/** The beginning of a text, without control characters. Of other data it would be noise on the reader's terminal. */
function beginningOf(head: string): { readonly text: string } {
  const text = head.trim().split("\n", 1)[0] ?? "";
  const shown = text.slice(0, 200).replace(/\p{Cc}/gu, "\ufffd");
  const unreadable = shown.split("\ufffd").length - 1;
  return { text: unreadable > shown.length * MOST_UNREADABLE ? "bytes that are no text" : shown };
}
