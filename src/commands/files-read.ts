import { dataFiles } from "../postrun.js";
import { withRunConfig } from "./config.js";
import type { AnalysisFlags } from "./run-analysis.js";

/** What an analysis reads, and which names are masked in what it writes, after the configuration of a folder has had its say. */
export interface FilesRead {
  readonly paths: readonly string[];
  readonly redact: AnalysisFlags["redact"];
}

/** Throws a PostrunError as reading does: input for what does not exist, usage or config for a wrong configuration. */
export async function filesRead(given: readonly string[], givenFlags: AnalysisFlags): Promise<FilesRead> {
  const { inputs, flags } = await withRunConfig(given, givenFlags);
  const paths = await dataFiles(inputs);
  return { paths: flags.baseline === undefined ? paths : [...paths, flags.baseline], redact: flags.redact };
}
