import type { Report, ReportClaim } from "../../src/model/report.js";
import type { SimulationTruth } from "../../src/simulate/index.js";
import type { DrawnRun } from "./draw-run.js";

/** Intervals that were given, how many held the truth, and how many the exact coverage of their method says. */
export interface Coverage {
  given: number;
  held: number;
  expected: number;
  /** Sum of p(1 - p): the variance of `held`. */
  variance: number;
}

/** What was counted over runs; plain data, so that parts of a class can be counted apart and added. */
export interface Tally {
  runs: number;
  skewHeld: number;
  ranges: number;
  rangesHeld: number;
  outcomesWrong: number;
  coverage: Record<string, Coverage>;
  /** Differences of the cleanup median from the true median of the same Jobs [ms], by kind of capture. */
  cleanupErrorsMs: Record<string, number[]>;
  /** Of those, how many lie outside of what the report states. */
  cleanupOutside: number;
  /** Verdicts whose true value is farther from the nearest limit than the width of the interval. */
  clearVerdicts: number;
  wrongVerdicts: number;
  /** Seeds of runs in which something was wrong, for a closer look. */
  suspects: string[];
}

export function emptyTally(): Tally {
  return {
    runs: 0,
    skewHeld: 0,
    ranges: 0,
    rangesHeld: 0,
    outcomesWrong: 0,
    coverage: {},
    cleanupErrorsMs: {},
    cleanupOutside: 0,
    clearVerdicts: 0,
    wrongVerdicts: 0,
    suspects: [],
  };
}

/** Exact coverage of the order-statistics interval of the median at n: 1 - 2 P(Binomial(n, 1/2) < k) for the largest k that keeps it at 95%. */
export function exactCoverage(n: number): number {
  let logTerm = n * Math.log(0.5);
  let sum = Math.exp(logTerm);
  let coverage = 1;
  for (let k = 0; 2 * sum <= 0.05; ) {
    coverage = 1 - 2 * sum;
    k += 1;
    logTerm += Math.log((n - k + 1) / k);
    sum += Math.exp(logTerm);
  }
  return coverage;
}

/** Claims whose measured statistic is the median of a stage with a known distribution. */
const STAGE_CLAIMS: Readonly<Record<string, string>> = {
  "configure-duration": "configure",
  "frames-duration": "frames",
  "disconnect-duration": "disconnect",
};

/** Adds what the report of one run says, held against its truth. */
export function count(tally: Tally, report: Report, truth: SimulationTruth, drawn: DrawnRun): void {
  tally.runs += 1;
  const suspect = (what: string): void => {
    tally.suspects.push(`${what}: ${drawn.options.seed}`);
  };
  if (skewHolds(report, truth)) tally.skewHeld += 1;
  else suspect("skew");
  for (const { jobId, outcome, job } of truth.investigations) {
    const shown = report.investigations.find((one) => one.jobId === jobId)?.outcome;
    if (shown !== outcome) tally.outcomesWrong += 1;
    const range = report.jobs.find((candidate) => candidate.uid === job.uid)?.deletedAtRange?.map((text) => Date.parse(text));
    if (job.gone === null || range === undefined) continue;
    const [from = Number.NaN, to = Number.NaN] = range;
    tally.ranges += 1;
    // report.json has whole milliseconds.
    if (job.gone >= from - 1 && job.gone <= to + 1) tally.rangesHeld += 1;
  }
  for (const { stage, n, ci95Ms } of report.stages) {
    const trueMs = drawn.stageMediansMs[stage];
    if (trueMs !== undefined && ci95Ms !== undefined) cover(tally, "stages", n, ci95Ms, trueMs);
  }
  countCleanup(tally, report, truth, drawn, suspect);
  for (const claim of report.claims) {
    const stage = STAGE_CLAIMS[claim.id];
    const trueMs = stage === undefined ? claim.id === "cleanup-after-disconnect" && drawn.cleanupMedianMs : drawn.stageMediansMs[stage];
    if (typeof trueMs === "number") countVerdict(tally, claim, trueMs / 1000, suspect);
  }
}

function skewHolds(report: Report, truth: SimulationTruth): boolean {
  const runner = report.clocks.find((clock) => clock.id === "runner");
  const trueMs = truth.clock.skewMs + truth.clock.driftPpm * 1e-6 * ((truth.run.to - truth.run.from) / 2);
  if (runner?.skewMs == null || runner.uncertaintyMs === null || runner.zoneOffsetMinutes !== truth.clock.zoneOffsetMinutes) return false;
  return Math.abs(runner.skewMs - trueMs) <= runner.uncertaintyMs;
}

function cover(tally: Tally, name: string, n: number, [lo, hi]: readonly [number, number], truth: number): void {
  const coverage = tally.coverage[name] ?? { given: 0, held: 0, expected: 0, variance: 0 };
  const exact = exactCoverage(n);
  coverage.given += 1;
  coverage.held += Number(lo <= truth && truth <= hi);
  coverage.expected += exact;
  coverage.variance += exact * (1 - exact);
  tally.coverage[name] = coverage;
}

function countCleanup(tally: Tally, report: Report, truth: SimulationTruth, drawn: DrawnRun, suspect: (what: string) => void): void {
  const measured = countCleanupInterval(tally, report, drawn);
  if (measured === undefined) return;
  const lives = truth.investigations.flatMap(({ edges, job, outcome }) =>
    outcome === "ok" && job.gone !== null && edges.disconnected !== null ? [job.gone - edges.disconnected] : [],
  );
  if (lives.length !== measured.n) return;
  const errorMs = measured.value * 1000 - middle(lives);
  tally.cleanupErrorsMs[drawn.captureKind] = [...(tally.cleanupErrorsMs[drawn.captureKind] ?? []), errorMs];
  const [lowest, highest] = measured.range ?? [measured.value, measured.value];
  const slackMs = (measured.resolution * 1000) / 2 + 1;
  if (middle(lives) < lowest * 1000 - slackMs || middle(lives) > highest * 1000 + slackMs) {
    tally.cleanupOutside += 1;
    suspect(`cleanup median off by ${errorMs.toFixed(0)} ms`);
  }
}

/** Whether the interval of the cleanup holds its median; what was measured, where every life was seen whole. */
export function countCleanupInterval(tally: Tally, report: Report, drawn: DrawnRun): ReportClaim["measured"] {
  const measured = report.claims.find((claim) => claim.id === "cleanup-after-disconnect")?.measured;
  if (measured === undefined) return undefined;
  const complete = measured.censored === 0 && drawn.trouble !== "capture begun late";
  if (measured.ci95 !== null && drawn.cleanupMedianMs !== null) {
    const name = complete ? "cleanup, all seen" : "cleanup, some cut off";
    cover(tally, name, measured.n, measured.ci95, drawn.cleanupMedianMs / 1000);
  }
  return complete ? measured : undefined;
}

function countVerdict(
  tally: Tally,
  { measured, documented, verdict, id }: ReportClaim,
  truth: number,
  suspect: (what: string) => void,
): void {
  if (measured?.ci95 == null) return;
  const { value = 0, tolerance = 0, low = value - tolerance, high = value + tolerance } = documented;
  const width = measured.ci95[1] - measured.ci95[0];
  if (Math.min(Math.abs(truth - low), Math.abs(truth - high)) <= width) return;
  tally.clearVerdicts += 1;
  const inside = truth > low && truth < high;
  if (verdict !== (inside ? "contradicted" : "confirmed")) return;
  tally.wrongVerdicts += 1;
  suspect(`${id} called ${verdict} at ${truth.toFixed(3)} s`);
}

/** Median, with the mean of the two in the middle. */
export function middle(values: readonly number[]): number {
  const ascending = values.toSorted((a, b) => a - b);
  const at = (ascending.length - 1) / 2;
  return ((ascending[Math.floor(at)] ?? Number.NaN) + (ascending[Math.ceil(at)] ?? Number.NaN)) / 2;
}

/** The tallies of parts of one class, added. */
export function added(parts: readonly Tally[]): Tally {
  const sum = emptyTally();
  for (const part of parts) {
    for (const name of [
      "runs",
      "skewHeld",
      "ranges",
      "rangesHeld",
      "outcomesWrong",
      "cleanupOutside",
      "clearVerdicts",
      "wrongVerdicts",
    ] as const) {
      sum[name] += part[name];
    }
    for (const [name, coverage] of Object.entries(part.coverage)) {
      const into = sum.coverage[name] ?? { given: 0, held: 0, expected: 0, variance: 0 };
      for (const field of ["given", "held", "expected", "variance"] as const) into[field] += coverage[field];
      sum.coverage[name] = into;
    }
    for (const [kind, errors] of Object.entries(part.cleanupErrorsMs)) {
      sum.cleanupErrorsMs[kind] = [...(sum.cleanupErrorsMs[kind] ?? []), ...errors];
    }
    sum.suspects.push(...part.suspects);
  }
  return sum;
}
