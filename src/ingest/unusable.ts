/** Inputs that hold nothing to measure, each recognised so that the report can say why, and what to give instead. */
import type { Severity } from "../model/source.js";
import type { Ingester } from "./ingester.js";
import { forEachLine } from "./lines.js";
import type { LineClass, Recorder } from "./recorder.js";

/** Columns of `kubectl get` tables that hold relative ages. */
const AGE_TITLES: ReadonlySet<string> = new Set(["AGE", "LAST SEEN", "DURATION"]);
const ERROR_TEXT =
  /^\s*(?:Error from server\b|error:|Error:|The connection to the server\b|Unable to connect to the server\b|No resources found\b)/;
/** How postrun marks its own report. */
const OWN_REPORT = /"tool"\s*:\s*\{\s*"name"\s*:\s*"postrun"|<meta name="generator" content="postrun/;

const empty = unusable("empty", "empty-source", "ignored", "warning", (head) => head.trim() === "");
const ownReport = unusable("postrun-report", "report-source", "ignored", "info", (head) => OWN_REPORT.test(head));
const errorText = unusable(
  "error-text",
  "error-text-source",
  "ignored",
  "warning",
  (head) => ERROR_TEXT.test(head) && head.length < 20_000 && !/^\s{0,9}(?:[[{]|(?:- )?apiVersion:|\d{4}-\d\d-\d\d[ T])/m.test(head),
);
const table = unusable("kubectl-table", "table-source", "ignored", "warning", (head) => {
  const [first = ""] = head.trimStart().split("\n", 1);
  const titles = first.trim().split(/ {2,}|\t/);
  return titles.length > 1 && titles.every((title) => /^[A-Z][A-Z() -]*$/.test(title)) && titles.some((title) => AGE_TITLES.has(title));
});

/** What no other reader recognises. */
export const unknownFormat = unusable("unknown", "unknown-format", "unparsed", "warning", () => true);

/** Looked at before the formats: their content could mislead those. */
export const UNUSABLE: readonly Ingester[] = [empty, ownReport, errorText, table];

function unusable(id: string, diagnostic: string, lineClass: LineClass, severity: Severity, matches: Ingester["matches"]): Ingester {
  return {
    id,
    matches,
    async read(source, recorder: Recorder) {
      const look = (line: string, number: number): void => {
        recorder.count(lineClass);
        recorder.examination?.withoutMeaning(line, number);
      };
      await forEachLine(source, look, 1024);
      const text = source.head.trim().split("\n", 1)[0] ?? "";
      recorder.diagnose(diagnostic, severity, { lines: recorder.counts.lines, text: printable(text) });
    },
  };
}

/** The beginning of a text, without control characters. */
function printable(text: string): string {
  return text.slice(0, 200).replace(/\p{Cc}/gu, "\ufffd");
}
