import type { Report, ReportJob } from "../../model/report.js";
import type { LittlesLaw } from "../../model/reports/littles-law.js";
import { runJobs } from "../../model/reports/run-jobs.js";
import type { Diagnostic } from "../../model/source.js";
import type { Bounds, DurationMs } from "../../model/time.js";

/** Each printed time is rounded to the millisecond: both ends of a Job together, and both ends of the window, may be off by so much. */
const ROUNDED_BY_MS: DurationMs = 1;

/**
 * Holds the curve of open Jobs against the rows of the Jobs: L = λW (Little 1961), in the form that is exact over a finite window when each Job counts
 * with the part of its time that lies inside (Little and Graves, "Little's Law", 2008, section 5.2). Undefined without a curve, or for an empty window.
 */
export function littlesLaw({ jobs, concurrency }: Pick<Report, "jobs" | "concurrency">): LittlesLaw | undefined {
  const { window, openJobs } = concurrency;
  if (window === null || openJobs === undefined) return undefined;
  const bounds = { lo: Date.parse(window.from), hi: Date.parse(window.to) };
  // Between runs none of their Jobs is open.
  const pausesMs = (concurrency.pauses ?? []).reduce((sum, { from, to }) => sum + Date.parse(to) - Date.parse(from), 0);
  const windowMs = bounds.hi - bounds.lo - pausesMs;
  if (windowMs <= 0) return undefined;
  const spans = runJobs({ jobs }).map((job) => openSpan(job, bounds));
  const inside = spans.filter(({ lo, hi }) => hi > lo && lo < bounds.hi && hi > bounds.lo);
  const openMs = inside.reduce((sum, { lo, hi }) => sum + Math.min(hi, bounds.hi) - Math.max(lo, bounds.lo), 0);
  const meanOpenMs = inside.length === 0 ? 0 : openMs / inside.length;
  const expectedMean = (inside.length / windowMs) * meanOpenMs;
  const curveMean = integral(openJobs.points, bounds) / windowMs;
  // The ends of the window move each Job that is cut there; the rest is what the sums themselves round.
  const tolerance = ((spans.length + 1) * 2 * ROUNDED_BY_MS) / windowMs + 1e-9 * Math.max(1, expectedMean);
  return {
    windowMs,
    jobs: inside.length,
    cutAtStart: inside.filter(({ lo }) => lo < bounds.lo - ROUNDED_BY_MS).length,
    cutAtEnd: inside.filter(({ hi }) => hi > bounds.hi + ROUNDED_BY_MS).length,
    jobsPerHour: (inside.length / windowMs) * 3_600_000,
    meanOpenMs,
    expectedMean,
    curveMean,
    tolerance,
    holds: Math.abs(expectedMean - curveMean) <= tolerance,
  };
}

/** From the row of a Job; one that is still open at the end of the window goes beyond it. */
function openSpan({ createdAt, deletedAt, mechanism, openMs }: ReportJob, window: Bounds): Bounds {
  const lo = Date.parse(createdAt);
  if (deletedAt !== undefined) return { lo, hi: Date.parse(deletedAt) };
  // One whose end no source could show, or none after its own had ended, counts for as long as something shows it there.
  const shownUntil = openMs === undefined ? Number.POSITIVE_INFINITY : lo + openMs;
  return { lo, hi: mechanism === "open" && shownUntil >= window.hi - ROUNDED_BY_MS ? Number.POSITIVE_INFINITY : shownUntil };
}

/** Area under right-continuous steps. */
function integral(points: readonly (readonly [number, number])[], { lo, hi }: Bounds): number {
  return points.reduce((sum, [at, level], index) => {
    const next = points[index + 1]?.[0] ?? hi;
    return sum + level * Math.max(0, Math.min(next, hi) - Math.max(at, lo));
  }, 0);
}

/** Two of our own numbers that contradict each other: a fault of this program, not of the run. */
export function littlesLawDiagnostics(law: LittlesLaw | undefined): Diagnostic[] {
  if (law === undefined || law.holds) return [];
  const rounded = (value: number) => Math.round(value * 1e4) / 1e4;
  const values = { expected: rounded(law.expectedMean), curve: rounded(law.curveMean) };
  return [{ id: "littles-law-broken", severity: "error", count: 1, values, examples: [] }];
}
