import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Report, ReportClaim } from "../../src/model/report.js";
import { type AnalyzeOptions, analyze } from "../../src/postrun.js";
import { loadProfile } from "../../src/profiles/load-profile.js";
import { type SimulatedRun, type SimulationOptions, simulateRun } from "../../src/simulate/index.js";
import { fixedFrame } from "./frame.js";

/** Captures that bring the finest times. */
export const FINE_CAPTURES = ["audit.log", "jobs-watch.json", "pods-watch.json", "events-watch.json"];

const focusServer = await loadProfile("focus-server");

/** Writes the chosen files of a simulated run to a folder of its own, lets the pipeline read them, and removes them. */
export async function analyzeFiles(
  files: ReadonlyMap<string, string>,
  names: readonly string[],
  options: Partial<AnalyzeOptions> = {},
): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), "postrun-test-"));
  try {
    const paths = names.map((name) => join(folder, name));
    for (const [index, name] of names.entries()) writeFileSync(paths[index] as string, files.get(name) ?? "");
    return await analyze({ inputs: paths, profile: focusServer, frame: fixedFrame, ...options });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A simulated run and what postrun makes of it. */
export async function analyzeSimulation(
  settings: SimulationOptions,
  captures: readonly string[] = FINE_CAPTURES,
  options: Partial<AnalyzeOptions> = {},
): Promise<SimulatedRun & { readonly report: Report }> {
  const run = simulateRun(settings);
  return { ...run, report: await analyzeFiles(run.files, ["test-run.log", ...captures], options) };
}

export function claimOf(report: Report, id: string): ReportClaim {
  const claim = report.claims.find((candidate) => candidate.id === id);
  if (claim === undefined) throw new Error(`no claim ${id}`);
  return claim;
}

export function diagnosticIds(report: Report): string[] {
  return report.diagnostics.map((diagnostic) => diagnostic.id);
}
