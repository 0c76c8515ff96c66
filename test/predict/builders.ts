import type { Report, ReportInvestigation, ReportJob } from "../../src/model/report.js";
import { countOpen } from "../../src/model/statistics/step-function.js";
import { isoFromEpoch } from "../../src/model/time.js";
import { fixtureReport } from "../report/fixture.js";

/** One investigation of a made report, in seconds. */
export interface MadeRow {
  readonly busyS: number;
  readonly delayS: number;
  readonly outcome?: ReportInvestigation["outcome"];
  /** From the start of the investigation. */
  readonly createdS?: number;
  readonly goneS?: number;
  /** The end of its Job was not seen: it was still there at `goneS`. */
  readonly isCut?: boolean;
  readonly connectS?: number;
  readonly noJob?: boolean;
  /** A second Job that is made with the first, and gone then. */
  readonly companionGoneS?: number;
}

const START = Date.UTC(2025, 0, 1);
const WITHOUT = { evidence: [], resolutionMs: 1 } as const;

/** A report that holds these investigations one after the other, and what a prediction reads of it. */
export function reportOf(rows: readonly MadeRow[], change: Partial<Report> = {}): Report {
  const investigations: ReportInvestigation[] = [];
  const jobs: ReportJob[] = [];
  let at = START;
  for (const [index, row] of rows.entries()) {
    const end = at + row.busyS * 1000;
    const next = end + row.delayS * 1000;
    const iso = isoFromEpoch;
    const connect = {
      stage: "connect",
      from: iso(at),
      to: iso(end),
      durationMs: (row.connectS ?? 1) * 1000,
      outcome: "ok",
      ...WITHOUT,
    } as const;
    const delay = { stage: "delay", from: iso(end), to: iso(next), durationMs: next - end, outcome: "ok", ...WITHOUT } as const;
    const outcome = row.outcome ?? "ok";
    const id = String(index + 1);
    const stages = index < rows.length - 1 ? [connect, delay] : [connect];
    investigations.push({ id, jobId: `1-${id}`, outcome, attempts: 1, startedAt: iso(at), endedAt: iso(end), stages, evidence: [] });
    const created = at + (row.createdS ?? 1) * 1000;
    const gone = at + (row.goneS ?? row.busyS + 20) * 1000;
    const cut = row.isCut === true;
    const job: ReportJob = {
      name: `grpc-job-1-${id}`,
      namespace: "default",
      uid: id,
      role: "serving",
      ofThisRun: true,
      investigationId: id,
      createdAt: iso(created),
      ...(cut ? {} : { deletedAt: iso(gone) }),
      mechanism: cut ? "open" : "idle-cleanup",
      failed: false,
      openMs: gone - created,
      censored: cut,
      truncated: false,
      sources: { createdAt: "audit", deletedAt: cut ? null : "audit" },
      ...WITHOUT,
    };
    if (row.noJob !== true) jobs.push(job);
    if (row.companionGoneS !== undefined) {
      const { investigationId: companionOf = id, ...same } = job;
      const besideGone = at + row.companionGoneS * 1000;
      const times = { deletedAt: iso(besideGone), openMs: besideGone - created };
      jobs.push({ ...same, ...times, name: `sidecar-1-${id}`, uid: `sidecar-${id}`, companionOf });
    }
    at = next;
  }
  const intervals = jobs.map((job) => ({
    name: job.name,
    from: Date.parse(job.createdAt),
    to: Date.parse(job.createdAt) + (job.openMs ?? 0),
  }));
  const window = { from: isoFromEpoch(START), to: isoFromEpoch(at + 600_000) };
  const { peak, mean, points } = countOpen(intervals, START, at + 600_000);
  const openJobs = { peak, peakAt: null, peakMembers: [], mean, meanRange: [mean, mean] as const, timeAtLevelMs: {}, points };
  return {
    ...fixtureReport(),
    parameters: {},
    run: { selected: 1, found: 1 },
    investigations,
    jobs,
    concurrency: { window, openJobs },
    ...change,
  };
}
