import type { Report, ReportConcurrency } from "../../src/model/report.js";
import { isoFromEpoch } from "../../src/model/time.js";
import { LOCALES } from "../../src/report/locales/index.js";
import type { Context } from "../../src/report/view/context.js";
import { timesOf } from "../../src/report/words/times.js";
import { fixtureClaims, fixtureRelations } from "./fixture-claims.js";
import { drawRun, lives, type RunOptions, stageRow, stepCurve, survival } from "./fixture-run.js";

export type Variant =
  | "contradicted"
  | "confirmed"
  | "inconclusive"
  | "no-cluster"
  | "every-failed"
  | "stopped"
  | "capture-ended"
  | "overlapping"
  | "no-claims";

export const VARIANTS: readonly Variant[] = [
  "contradicted",
  "confirmed",
  "inconclusive",
  "no-cluster",
  "every-failed",
  "stopped",
  "capture-ended",
  "overlapping",
  "no-claims",
];

/** A realistic report; each variant is made so that its lead must be said. */
export function fixtureReport(variant: Variant = "contradicted"): Report {
  const options: RunOptions = {
    n: variant === "stopped" ? 143 : variant === "inconclusive" ? 8 : variant === "every-failed" ? 24 : 277,
    seed: 20250127,
    cleanupS: variant === "confirmed" ? 50.2 : variant === "inconclusive" ? 51.9 : 58.9,
    cluster: variant !== "no-cluster",
    everyFailed: variant === "every-failed",
    overlapping: variant === "overlapping",
    captured: variant === "capture-ended" ? 0.6 : 1,
  };
  const run = drawRun(options);
  const ok = run.investigations.filter((entry) => entry.outcome === "ok");
  const samples = (stage: string): number[] =>
    ok.flatMap((entry) => entry.stages.filter((part) => part.stage === stage).map((part) => part.durationMs ?? 0));
  const failed = run.investigations.length - ok.length;
  const cleanupMs = run.jobs
    .filter((job) => run.investigations[Number(job.investigationId) - 1]?.outcome === "ok")
    .flatMap((job) => job.cleanupMs ?? []);
  const stages = [
    ...["configure", "connect", "frames", "disconnect", "delay"].map((stage) =>
      stageRow(stage, samples(stage), stage === "connect" ? failed : 0, 0),
    ),
    stageRow("cleanup", cleanupMs, 0, run.jobs.filter((job) => job.censored).length),
  ];
  const end = Math.min(run.captureEnd, Math.max(run.to, ...run.jobs.map((job) => Date.parse(job.deletedAt ?? "") || 0)));
  const spans = run.jobs.map((job) => [Date.parse(job.createdAt), Date.parse(job.deletedAt ?? "") || end, job.name] as const);
  const counted = run.jobs.map((job) => [Date.parse(job.createdAt), Date.parse(job.createdAt) + 50_000, job.name] as const);
  const documented = run.jobs.map((job) => [Date.parse(job.createdAt), (run.disconnects.get(job.name) ?? 0) + 50_000, job.name] as const);
  const connected = ok.flatMap((entry) => {
    const from = entry.stages.find((part) => part.stage === "frames")?.from;
    return from ? [[Date.parse(from), Date.parse(entry.endedAt ?? from), entry.id] as const] : [];
  });
  const window = { from: isoFromEpoch(run.from), to: isoFromEpoch(end) };
  const concurrency: ReportConcurrency = {
    window,
    ...(options.cluster
      ? {
          openJobs: stepCurve(spans, run.from, end),
          allJobs: stepCurve(spans, run.from, end),
          documented: { fromDisconnect: stepCurve(documented, run.from, end), fromCreation: stepCurve(counted, run.from, end) },
        }
      : {}),
    connected: stepCurve(connected, run.from, end),
  };
  const censoredAt = run.jobs.filter((job) => job.censored).map((job) => Math.max(1, (job.openMs ?? 0) - 18_000));
  const medianCleanup = stages[5]?.p50Ms ?? 0;
  return {
    schemaVersion: 1,
    tool: { name: "postrun", version: "0.1.0" },
    generatedAt: "2025-12-07T11:02:00.000Z",
    title: null,
    ticket: "https://jira.example.com/browse/PZ-15186",
    profile: { id: "focus-server", title: { en: "Focus Server automation", he: "אוטומציית Focus Server" } },
    parameters: { test: { value: "277", origin: "given" }, delay: { value: 5, origin: "default" } },
    labels: { build: "4812", branch: "main", environment: "staging", image: "focus-server:2.4.1" },
    window: { from: isoFromEpoch(run.from), to: isoFromEpoch(run.to) },
    command: "postrun analyze run.log jobs.json pods.json audit.log --param test=277 --now 2025-12-07T11:02:00Z",
    run: { selected: 1, found: 1, announced: variant === "stopped" ? 277 : options.n },
    sources: fixtureSources(options, run.from, run.to, end),
    clocks: [
      {
        id: "runner",
        zoneOffsetMinutes: 120,
        skewMs: options.cluster ? -3702 : null,
        uncertaintyMs: options.cluster ? 90 : null,
        method: options.cluster ? "bounds" : "declared",
        anchors: options.cluster ? 269 : 0,
      },
      { id: "cluster", zoneOffsetMinutes: 0, skewMs: 0, uncertaintyMs: 0, method: "reference", anchors: 0 },
    ],
    investigations: run.investigations,
    jobs: run.jobs,
    stages,
    concurrency,
    cleanup: options.cluster && variant !== "every-failed" ? { fromDisconnect: survival(cleanupMs, censoredAt, 50_000) } : {},
    jobLife: options.cluster && variant !== "every-failed" ? lives(stages, medianCleanup) : { documented: [], measured: [] },
    ...(options.cluster && variant === "contradicted"
      ? {
          meanDifference: {
            documented: 2,
            documentedCurve: concurrency.documented?.fromDisconnect?.mean ?? 0,
            measured: concurrency.openJobs?.mean ?? 0,
            causes: [
              { cause: "arithmetic" as const, jobs: (concurrency.documented?.fromDisconnect?.mean ?? 0) - 2 },
              { cause: "cleanup" as const, jobs: (concurrency.openJobs?.mean ?? 0) - (concurrency.documented?.fromDisconnect?.mean ?? 0) },
            ],
          },
        }
      : {}),
    claims: variant === "no-claims" ? [] : fixtureClaims(variant, stages, concurrency),
    consistency: variant === "no-claims" ? [] : fixtureRelations,
    diagnostics: [
      { id: "several-runs", severity: "info", count: 1, values: { found: 2, selected: 2 }, examples: [] },
      {
        id: "unmatched-marks",
        severity: "warning",
        count: 3,
        values: { count: 3 },
        examples: [{ source: 0, line: 4711, text: "grpc_client: </script><img src=x onerror=alert(1)> {{title}} \u202Eevil" }],
      },
      ...(variant === "capture-ended"
        ? [
            {
              id: "source-ends-early",
              severity: "error" as const,
              count: 1,
              values: { path: "jobs.json", at: isoFromEpoch(run.captureEnd), runEnd: isoFromEpoch(run.to) },
              examples: [],
            },
          ]
        : []),
    ],
    missing: [
      {
        key: "missing-cpu-samples",
        values: {},
        commands: [
          {
            shell: "bash",
            text: "curl -sG $PROM/api/v1/query_range --data-urlencode 'query=rate(container_cpu_usage_seconds_total[1m])' > cpu.json",
          },
        ],
      },
      ...(options.cluster
        ? []
        : [
            {
              key: "missing-jobs",
              values: {},
              commands: [
                {
                  shell: "bash" as const,
                  text: "while :; do kubectl get jobs -n panda -w -o json --output-watch-events >> jobs.json; done",
                },
                {
                  shell: "powershell" as const,
                  text: "while ($true) { kubectl get jobs -n panda -w -o json --output-watch-events >> jobs.json }",
                },
              ],
            },
          ]),
    ],
  };
}

function fixtureSources(options: RunOptions, from: number, to: number, end: number): Report["sources"] {
  const source = (
    path: string,
    format: string,
    lines: number,
    clock: "runner" | "cluster",
    endsEarly: boolean,
  ): Report["sources"][number] => ({
    path,
    sha256: path.length.toString(16).padStart(2, "0").repeat(32),
    format,
    encoding: "utf-8",
    bytes: lines * 110,
    lines,
    matched: Math.round(lines * 0.8),
    ignored: lines - Math.round(lines * 0.8) - 3,
    unparsed: 3,
    from: isoFromEpoch(from),
    to: isoFromEpoch(clock === "cluster" ? end : to),
    clock,
    endsEarly,
  });
  const early = options.captured < 1;
  const log = source("run.log", "python-logging", 5122, "runner", false);
  return options.cluster
    ? [
        log,
        source("capture/jobs.json", "job-watch", 1408, "cluster", early),
        source("capture/audit.log", "audit-log", 831, "cluster", early),
      ]
    : [log];
}

/** What a section is made from, of a report in one language. */
export function contextOf(report: Report, language: "en" | "he"): Context {
  const locale = LOCALES[language];
  return { report, locale, times: timesOf(report, locale) };
}
