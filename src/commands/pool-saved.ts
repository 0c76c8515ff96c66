import { withoutAbsent } from "../model/collections/without-absent.js";
import { PostrunError } from "../model/errors.js";
import type { Report } from "../model/report.js";
import { type PoolOptions, pool } from "../pool-runs.js";
import { type AnalysisFlags, commandLine, reportFrame } from "./run-analysis.js";
import { readSavedReport } from "./saved-report.js";

/** Flags about reading a run; the reports of the runs have that behind them. */
const OF_A_RUN = ["param", "tz", "clockOffset", "run", "from", "to", "namespace", "docs", "baseline", "timeline"] as const;

export type PoolFlags = AnalysisFlags & { readonly timeline?: string };

/** `analyze --pool`: saved reports of several runs as one. Throws a PostrunError: usage for flags about a single run, input for what is no report. */
export async function poolSaved(paths: readonly string[], flags: PoolFlags): Promise<Report> {
  const given = OF_A_RUN.find((name) => flags[name] !== undefined && (name !== "param" || Object.keys(flags.param).length > 0));
  if (given !== undefined) {
    const flag = `--${given.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    throw new PostrunError(
      "usage",
      `--pool takes no ${flag}: that is about reading a run`,
      `give ${flag} where the run itself is analyzed`,
    );
  }
  const reports: Report[] = [];
  for (const path of paths) reports.push(await savedReport(path));
  const { profile, claims, redact } = flags;
  const frame = reportFrame(flags, commandLine(paths, flags, ["--pool"]));
  return pool(withoutAbsent<PoolOptions>({ reports, profile, claims, redact, frame }));
}

async function savedReport(path: string): Promise<Report> {
  try {
    return await readSavedReport(path);
  } catch (error) {
    if (!(error instanceof PostrunError)) throw error;
    const hint = `--pool takes reports, not what a run left behind: postrun analyze ${path} --json report.json makes one of each run`;
    throw new PostrunError(error.code, error.message, hint);
  }
}
