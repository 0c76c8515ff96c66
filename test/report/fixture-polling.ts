import type { Report, ReportPolling } from "../../src/model/report.js";

const INTERVAL = 10_000;
const explained = (checks: number) => ({
  intervalMs: INTERVAL,
  checks,
  triggerMs: (checks - 1) * INTERVAL,
  processMs: [1000, 9000] as const,
});

/** Deletions at 3.2 s after a tick, give or take a tenth, on three levels of the grid. */
export const pollingPoints = Array.from({ length: 60 }, (_, index) => ({
  job: `grpc-job-${index}`,
  sincePodStartMs: (6 + (index % 3)) * INTERVAL + 3200 + ((index * 37) % 200) - 100,
  sinceDisconnectMs: 55_000,
  level: index % 3,
}));

export const fixturePolling: ReportPolling = {
  n: 60,
  ends: "requested",
  intervalMs: INTERVAL,
  intervalRangeMs: [9800, 10_200],
  fits: [explained(4), explained(5)],
  settled: { ...explained(5), by: "deployed" },
  points: pollingPoints,
  parts: [{ part: "requested-gone", n: 60, medianMs: 820, ci95Ms: [800, 840], resolutionMs: 10 }],
};

/** A report with every part that not every run has. */
export function withEveryPart(report: Report): Report {
  const evidence = [{ source: 0, line: 7 }];
  const late = { job: "grpc-job-9-1735", uid: "late", investigationId: "41", what: "late", from: "disconnected" } as const;
  return {
    ...report,
    polling: fixturePolling,
    deviations: [{ ...late, durationMs: 70_500, medianMs: 62_000, byMs: 8500, evidence }],
    littlesLaw: {
      ...{ windowMs: 6e6, jobs: 277, cutAtStart: 0, cutAtEnd: 0, jobsPerHour: 149.7, meanOpenMs: 78_672 },
      ...{ expectedMean: 3.2712, curveMean: 3.2713, tolerance: 0.001, holds: true },
    },
    claims: report.claims.map((claim, index) =>
      index === 0
        ? {
            ...claim,
            settings: { documented: 50, deployed: ["50"], behaved: [58, 60] },
            lookup: { status: "moved", line: 70, file: claim.source.file },
          }
        : claim,
    ),
  };
}
