import { isoFromEpoch } from "../model/time.js";
import type { SimulationOptions } from "./options.js";
import type { InvestigationTruth, SimulationTruth } from "./truth.js";

/** truth.json: one investigation a line, times as ISO 8601 UTC with milliseconds, durations in milliseconds. */
export function truthDocument(options: SimulationOptions, truth: SimulationTruth): string {
  const { investigations, run, openJobs, ...rest } = truth;
  const head = {
    options,
    ...rest,
    run: times(run),
    openJobs: { ...times({ from: openJobs.from, to: openJobs.to, peakAt: openJobs.peakAt }), peak: openJobs.peak, mean: openJobs.mean },
  };
  const rows = investigations.map((investigation) => JSON.stringify(investigationDocument(investigation)));
  const body = JSON.stringify(head, null, 2).replace(/\n}$/, "");
  return `${body},\n  "investigations": [\n${rows.join(",\n")}\n  ]\n}\n`;
}

function investigationDocument(truth: InvestigationTruth): unknown {
  const { created, deleteRequested, gone, podGone, ...job } = truth.job;
  const { started, gone: cleanupGone, ...cleanupJob } = truth.cleanupJob;
  return {
    ...truth,
    edges: times(truth.edges),
    job: { ...job, ...times({ created, deleteRequested, gone, podGone }) },
    cleanupJob: { ...cleanupJob, ...times({ started, gone: cleanupGone }) },
    polls: truth.polls.map(({ at, idle }) => [isoFromEpoch(at), idle ? "idle" : "busy"]),
  };
}

function times(moments: Readonly<Record<string, number | null>> | object): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(moments).map(([name, at]: [string, number | null]) => [name, at === null ? null : isoFromEpoch(at)]),
  );
}
