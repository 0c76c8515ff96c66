/**
 * Every format in every envelope that is read, each with the sample that proves it. The table in docs/formats.md is written from this list
 * (`node scripts/write-format-table.mjs`), and format-matrix.test.ts reads each sample in each encoding.
 */

export interface FormatRow {
  /** Id of the ingester. */
  readonly format: string;
  /** What stands around the records, in words. */
  readonly envelope: string;
  /** Path under samples/. */
  readonly sample: string;
  /** How many events it holds; "some" where a profile decides. */
  readonly events: number | "some";
}

/** How a text can be stored; each row of the matrix is read in all of them. */
export const ENCODINGS = ["UTF-8", "UTF-8 BOM", "UTF-16LE BOM", "UTF-16BE BOM", "CRLF", "gzip"] as const;

export type Encoding = (typeof ENCODINGS)[number];

export const FORMAT_MATRIX: readonly FormatRow[] = [
  row("postrun-capture", "rows with the time of arrival, and rows about the capture", "capture.ndjson", 5),
  row("kubernetes-json", "`List`", "list.json", 6),
  row("kubernetes-json", "`EventList`, items without kind", "event-list.json", 4),
  row("kubernetes-json", "`PodList`, items without kind", "pod-list.json", 1),
  row("kubernetes-json", "`JobList`, items without kind", "job-list.json", 1),
  row("kubernetes-json", "list without any kind", "no-kind.json", 3),
  row("kubernetes-json", "bare array", "bare-array.json", 3),
  row("kubernetes-json", "one object", "one-object.json", 1),
  row("kubernetes-json", "documents one after the other", "documents.json", 4),
  row("kubernetes-json", "watch rows `{type, object}`, printed", "watch.json", 3),
  row("kubernetes-json", "watch rows of the API, with BOOKMARK and ERROR", "api-watch.jsonl", 4),
  row("kubernetes-json", "watch rows with the time of arrival", "received.jsonl", 3),
  row("kubernetes-json", "watch rows in watch rows", "nested-watch.jsonl", 3),
  row("kubernetes-json", "watch without types", "untyped-watch.json", 3),
  row("kubernetes-json", "empty list", "empty-list.json", 0),
  row("kubernetes-json", "`null`", "null.json", 0),
  row("kubernetes-json", "Events of `events.k8s.io/v1`", "events-api.json", 5),
  row("kubernetes-json", "cluster-info dump of 1.8, Go field names", "cluster-info-dump.txt", 4),
  row("kubernetes-json", "kubernetes-event-exporter, with its own log", "event-exporter.log", 3),
  row("kubernetes-json", "eventrouter", "eventrouter.jsonl", 2),
  row("kubernetes-yaml", "`List`", "list.yaml", 6),
  row("kubernetes-yaml", "`JobList`, items without kind", "job-list.yaml", 1),
  row("kubernetes-yaml", "documents one after the other", "documents.yaml", 3),
  row("kubernetes-yaml", "bare sequence", "sequence.yaml", 2),
  row("audit-log", "`audit.k8s.io/v1`, one row a line", "audit-v1.log", 4),
  row("audit-log", "`audit.k8s.io/v1beta1`", "audit-v1beta1.log", 4),
  row("audit-log", "`EventList` of a webhook", "audit-webhook.jsonl", 4),
  row("audit-log", "printed over several lines", "audit-printed.json", 4),
  row("prometheus-json", "answer of the API", "prometheus-range.json", 3),
  row("prometheus-json", "its `data` alone", "prometheus-data.json", 3),
  row("prometheus-json", "series alone", "prometheus-series.json", 3),
  row("python-log", "root handler and pytest live log in one console", "runner.log", "some"),
  row("python-log", "PowerShell capture: wrapped, error record in a line", "ugly-logs/native-command-error.log", "some"),
  row("python-log", "live log without dates, captured sections", "ugly-logs/live-without-date.log", "some"),
  row("python-log", "brackets, epochs, zone", "ugly-logs/brackets-and-epochs.log", "some"),
  row("python-log", "text and JSON rows mixed", "ugly-logs/mixed.log", "some"),
  row("json-log", "pino, its last row cut", "ugly-logs/pino.jsonl", "some"),
  row("json-log", "structlog and python-json-logger", "ugly-logs/structlog.jsonl", "some"),
  row("pytest-reportlog", "a row for each phase", "ugly-logs/reportlog.jsonl", 2),
  row("pytest-json-report", "one document", "ugly-logs/json-report.json", 2),
  row("junit-xml", "pytest", "ugly-logs/junit-pytest.xml", 4),
  row("junit-xml", "mocha", "ugly-logs/junit-mocha.xml", 2),
  row("junit-xml", "DOCTYPE with entities: refused", "ugly-logs/junit-entities.xml", 0),
  row("robot-xml", "version 4 to 6", "ugly-logs/robot-6.xml", 6),
  row("robot-xml", "version 7", "ugly-logs/robot-7.xml", 3),
  row("stage-log", "one record a line", "stage-log/stages.jsonl", "some"),
  row("run-output", "rows of `postrun run`", "run-output.ndjson", "some"),
  row("postrun-timeline", "sources and events", "timeline.ndjson", 1),
  row("kubectl-table", "`kubectl get jobs -w`", "jobs-watch.txt", 0),
  row("kubectl-table", "`kubectl get events`", "events.txt", 0),
  row("error-text", "error of `kubectl` in place of data", "error.json", 0),
  row("empty", "nothing", "empty.json", 0),
];

function row(format: string, envelope: string, file: string, events: FormatRow["events"]): FormatRow {
  return { format, envelope, sample: file.includes("/") ? file : `envelopes/${file}`, events };
}

export const TABLE_START = "<!-- format-matrix: written by scripts/write-format-table.mjs -->";
export const TABLE_END = "<!-- /format-matrix -->";

/** The matrix as a table for docs/formats.md, markers included. */
export function formatTable(rows: readonly FormatRow[] = FORMAT_MATRIX): string {
  const lines = rows.map(
    ({ format, envelope, sample }) => `| \`${format}\` | ${envelope} | \`samples/${sample}\` | ${ENCODINGS.map(() => "yes").join(" | ")} |`,
  );
  return [
    TABLE_START,
    "",
    `| format | envelope | sample | ${ENCODINGS.join(" | ")} |`,
    `| --- | --- | --- | ${ENCODINGS.map(() => "---").join(" | ")} |`,
    ...lines,
    "",
    TABLE_END,
  ].join("\n");
}

/** The document with the table of today in place of the one between the markers. Throws where the markers are missing. */
export function withFormatTable(document: string): string {
  const [start, end] = [document.indexOf(TABLE_START), document.indexOf(TABLE_END)];
  if (start === -1 || end < start) throw new Error("docs/formats.md: the markers of the format matrix are missing");
  return `${document.slice(0, start)}${formatTable()}${document.slice(end + TABLE_END.length)}`;
}
