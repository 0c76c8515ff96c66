import { PostrunError } from "../model/errors.js";
import type { AnalyzeFlags } from "./analyze.js";
import { STDOUT } from "./output.js";
import { assertReportWritable } from "./page-files.js";
import { formFiles } from "./render-forms.js";
import { checkedOptions, commandLine, quoted } from "./run-analysis.js";

/**
 * Checks before the command runs what would keep its report from being made: profile, claims, parameters, baseline, and outputs that are one. Throws a
 * PostrunError. What cannot be written (code output) is left to the caller: the command may run all the same.
 */
export async function assertRunOptions(inputs: readonly string[], flags: AnalyzeFlags): Promise<void> {
  if ([flags.output, ...formFiles(flags)].includes(STDOUT))
    throw new PostrunError("usage", "-: standard output belongs to the command", "give the report a file");
  await checkedOptions(inputs, flags);
  await assertReportWritable(flags, { output: flags.output, inputs });
}

/** Outputs and settings that no report names in its command. */
const TEXT_FLAGS = {
  output: "-o",
  json: "--json",
  md: "--md",
  jira: "--jira",
  junit: "--junit",
  csv: "--csv",
  xlsx: "--xlsx",
  png: "--png",
  templates: "--templates",
  lang: "--lang",
  docs: "--docs",
  note: "--note",
  ticket: "--ticket",
} as const satisfies Partial<Record<keyof AnalyzeFlags, string>>;
const SWITCHES = { zip: "--zip", split: "--split", force: "--force" } as const satisfies Partial<Record<keyof AnalyzeFlags, string>>;

/** The command that makes the report of captured files, as the options of the run say. */
export function retryCommand(inputs: readonly string[], flags: AnalyzeFlags): string {
  const texts = (Object.keys(TEXT_FLAGS) as (keyof typeof TEXT_FLAGS)[]).flatMap((name) => {
    const value = flags[name];
    return value === undefined ? [] : [TEXT_FLAGS[name], quoted(value)];
  });
  const switches = (Object.keys(SWITCHES) as (keyof typeof SWITCHES)[]).filter((name) => flags[name] === true);
  return commandLine(inputs, flags, [...texts, ...switches.map((name) => SWITCHES[name])]);
}
