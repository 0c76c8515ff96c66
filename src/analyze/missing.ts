import type { JobFamily, Profile } from "../model/profile.js";
import type { MissingPiece } from "../model/report.js";
import { connectedMark } from "../model/reserved-stages.js";
import type { SourceSummary } from "../model/source.js";
import { shellWord } from "../model/text/shell-word.js";
import type { DurationMs } from "../model/time.js";
import { clockOf, type Timeline } from "../model/timeline.js";
import { seesWhoIsOpen, servingJobs } from "./jobs/job-durations.js";

type Command = MissingPiece["commands"][number];

/** kubectl watches end silently when the server closes them (after 30 to 60 minutes), so each is started again until the run is over. */
function watchCommands(kind: "jobs" | "pods" | "events", namespace: string): Command[] {
  const get = `kubectl get ${kind} -n ${namespace} -w -o json --output-watch-events`;
  return [
    { shell: "bash", text: `while true; do ${get} >> ${kind}-watch.json; sleep 1; done &` },
    {
      shell: "powershell",
      // A job of PowerShell begins in the home folder; cmd writes the bytes as they come, PowerShell would write UTF-16.
      text: `Start-Job -ArgumentList "$PWD" { param($dir) Set-Location $dir; while ($true) { cmd /c "${get} >> ${kind}-watch.json"; Start-Sleep 1 } }`,
    },
  ];
}

/** What a full answer about this run would still have needed, most important first, with the commands that bring it next time. */
export function missingPieces(
  timeline: Timeline,
  sources: readonly SourceSummary[],
  endsEarly: readonly boolean[],
  profile: Profile,
): MissingPiece[] {
  const namespace = commandNamespace(servingJobs(timeline)[0]?.namespace ?? timeline.jobs[0]?.namespace ?? "default");
  const pieces: MissingPiece[] = [];
  const add = (key: string, commands: readonly Command[] = [], values: MissingPiece["values"] = {}) =>
    pieces.push({ key, values, commands });
  const noJobs = timeline.jobs.length === 0;
  if (timeline.investigations.length === 0 && profile.patterns.length > 0) {
    add("missing-log", [
      { shell: "bash", text: "pytest --log-file=test-run.log --log-file-level=DEBUG" },
      { shell: "powershell", text: "pytest --log-file=test-run.log --log-file-level=DEBUG" },
    ]);
  }
  if (noJobs) add("missing-jobs", watchCommands("jobs", namespace));
  else if (!seesWhoIsOpen(timeline)) add("missing-deletions", watchCommands("jobs", namespace));
  if (noJobs || timeline.pods.length === 0) add("missing-pods", watchCommands("pods", namespace));
  // Where Events tell when a Pod started, they were given.
  if (!timeline.pods.some((pod) => pod.started?.how === "event-name")) add("missing-events", watchCommands("events", namespace));
  if (!noJobs && !servingJobs(timeline).some((job) => job.deletedBy !== undefined)) {
    add("missing-audit", [{ shell: "bash", text: auditFilter(profile.jobs) }]);
  }
  if (!noJobs && timeline.investigations.length > 0 && clockOf(timeline, "runner")?.offsetMs === null) add("missing-clock-anchor");
  if (isLooselyTied(timeline, profile)) {
    const seconds = Math.round((clockOf(timeline, "runner")?.uncertaintyMs ?? 0) / 1000);
    add("missing-answer", [], { seconds });
  }
  const early = sources.filter((_, index) => endsEarly[index]).map((source) => source.path);
  if (early.length > 0) add("missing-full-coverage", watchCommands("jobs", namespace), { paths: early.join(", ") });
  if (!noJobs && profile.jobs.some((family) => family.role === "cleanup"))
    add("missing-cpu-samples", [{ shell: "bash", text: cpuQuery(namespace) }]);
  return withOwnCapture(pieces, namespace);
}

/** Beyond this an investigation's own length, not the way of its request, says how well the clock is known. */
const LOOSE_MS: DurationMs = 3000;

/** Only the ends of investigations bound the runner's clock: no line shows sooner that the Job is there, so far as the profile says. */
function isLooselyTied(timeline: Timeline, { patterns, stages }: Profile): boolean {
  const runner = clockOf(timeline, "runner");
  const shows = patterns.some(({ answers, opens, message }) => answers || (!opens && /\(\?P?<(?:jobId|port)>/.test(message)));
  return runner?.method === "bounds" && (runner.uncertaintyMs ?? 0) > LOOSE_MS && !shows && connectedMark({ stages }) === undefined;
}

/** What postrun's own capture brings. */
const CAPTURED = ["missing-jobs", "missing-deletions", "missing-pods", "missing-events", "missing-full-coverage", "missing-cpu-samples"];

/** First what brings most of it in one: it goes on when watches end, and says itself what it missed. The others stay for where postrun may not reach the cluster. */
function withOwnCapture(pieces: readonly MissingPiece[], namespace: string): MissingPiece[] {
  const keys = new Set(pieces.map(({ key }) => key));
  if (!CAPTURED.some((key) => keys.has(key))) return [...pieces];
  const cpu = keys.has("missing-cpu-samples") ? " --cpu 10s" : "";
  const text = `postrun collect -n ${namespace}${cpu} --until-idle 90s -o capture.ndjson.gz`;
  const capture: MissingPiece = { key: "missing-capture", values: {}, commands: [{ shell: "any", text }] };
  const ofLog = pieces.filter(({ key }) => key === "missing-log");
  return [...ofLog, capture, ...pieces.filter((piece) => !ofLog.includes(piece))];
}

/** A DNS label (RFC 1123), as every namespace of a cluster is one. */
const DNS_LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** A namespace for commands that readers copy into a shell: what the input has in its place may be anything, and is left to the reader where it is no name. */
function commandNamespace(namespace: string): string {
  return DNS_LABEL.test(namespace) ? namespace : "NAMESPACE";
}

/** The audit log stands on the control plane; only rows about the run's objects are needed. */
function auditFilter(families: readonly JobFamily[]): string {
  const prefixes = families
    .map((family) => family.name.replace(/[{*].*$/, ""))
    .filter((text) => text !== "")
    .map((text) => text.replace(/[\\^$.|?*+()[\]{}]/g, "\\$&"));
  // A delete of all Jobs of a namespace names none.
  const ofRun = prefixes.length < families.length ? "" : ` | grep -E ${shellWord([...prefixes, "deletecollection"].join("|"))}`;
  return `grep -E '"resource":"(jobs|pods)"' /var/log/kubernetes/audit/audit.log${ofRun} > audit.log`;
}

function cpuQuery(namespace: string): string {
  // The counter itself: a rate would lose its name, and with it what it is. A range query would set it onto steps of its own, and hide when it was scraped.
  const query = `container_cpu_usage_seconds_total{namespace=\\"${namespace}\\"}[$((END - START))s]`;
  return `curl -sG "$PROMETHEUS/api/v1/query" --data-urlencode "query=${query}" --data-urlencode "time=$END" > cpu.json`;
}
