import { loadReport } from "./data.js";
import { visible } from "./timeline-data.js";

/** A cell of a CSV file: quoted where it must be; characters that act on their surroundings are shown; what a spreadsheet would run as a formula begins with an apostrophe. */
const csvCell = (value) => {
  if (value === undefined || value === null) return "";
  const shown = typeof value === "string" ? visible(value) : String(value);
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(shown) ? `'${shown}` : shown;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
const csv = (header, rows) => `\uFEFF${[header, ...rows].map((row) => row.map(csvCell).join(",")).join("\r\n")}\r\n`;

const investigationsCsv = ({ investigations, stages }) => {
  const names = stages
    .map((row) => row.stage)
    .filter((stage) => investigations.some((entry) => entry.stages.some((part) => part.stage === stage)));
  const header = [
    "id",
    "job_id",
    "outcome",
    "error",
    "attempts",
    "started_at",
    "ended_at",
    "job_uid",
    ...names.map((name) => `${name}_ms`),
  ];
  return csv(
    header,
    investigations.map((entry) => [
      ...[entry.id, entry.jobId, entry.outcome, entry.error, entry.attempts],
      ...[entry.startedAt ?? entry.startedAtLocal, entry.endedAt ?? entry.endedAtLocal, entry.jobUid],
      ...names.map((name) => entry.stages.find((part) => part.stage === name)?.durationMs),
    ]),
  );
};

const jobsCsv = ({ jobs }) => {
  const fields = [
    "name",
    "namespace",
    "uid",
    "role",
    "ofThisRun",
    "investigationId",
    "createdAt",
    "deleteRequestedAt",
    "deletedAt",
    "podGoneAt",
  ];
  const rest = ["deletedBy", "mechanism", "failed", "openMs", "censored", "truncated", "cleanupMs", "resolutionMs"];
  const names = [...fields, ...rest];
  const header = names.map((name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
  return csv(
    header,
    jobs.map((job) => names.map((name) => job[name])),
  );
};

const claimsCsv = ({ claims }) => {
  const header = [
    "id",
    "title",
    "verdict",
    "operator",
    "value",
    "low",
    "high",
    "tolerance",
    "unit",
    "measured",
    "ci95_low",
    "ci95_high",
    "n",
    "file",
    "lines",
  ];
  return csv(
    header,
    claims.map(({ id, title, verdict, documented, measured, source }) => [
      ...[
        id,
        title.en,
        verdict,
        documented.operator,
        documented.value,
        documented.low,
        documented.high,
        documented.tolerance,
        documented.unit,
      ],
      ...[measured?.value, measured?.ci95?.[0], measured?.ci95?.[1], measured?.n, source.file, source.lines],
    ]),
  );
};

/** The same bytes as the report.json that postrun writes. */
const json = (report) => `${JSON.stringify(report, null, 2)}\n`;

const FILES = {
  json: ["report.json", "application/json", json],
  investigations: ["investigations.csv", "text/csv", investigationsCsv],
  jobs: ["jobs.csv", "text/csv", jobsCsv],
  claims: ["claims.csv", "text/csv", claimsCsv],
};

for (const button of document.querySelectorAll("[data-download]")) {
  button.addEventListener("click", async () => {
    const [name, type, make] = FILES[button.dataset.download];
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([make(await loadReport())], { type: `${type};charset=utf-8` }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  });
}
