import { withoutAbsent } from "../model/collections/without-absent.js";
import { PostrunError } from "../model/errors.js";
import type { Report } from "../model/report.js";
import { shellWord } from "../model/text/shell-word.js";
import { type AnalyzeOptions, analyze } from "../postrun.js";
import { DEFAULT_PROFILE } from "../profiles/default-profile.js";
import { givenParameters } from "../profiles/given-parameters.js";
import { withRunConfig } from "./config.js";
import { freeUnused } from "./heap.js";
import { ciLabels } from "./labels.js";
import type { RunLimit } from "./option-values.js";
import { packageVersion } from "./package-version.js";
import { progressLine } from "./progress.js";
import { readSavedReport } from "./saved-report.js";

/** Flags that say what to analyze and how; shared by `analyze` and `check`. */
export interface AnalysisFlags {
  readonly profile?: string;
  readonly claims?: string;
  readonly param: Readonly<Record<string, string>>;
  readonly label: Readonly<Record<string, string>>;
  readonly tz?: NonNullable<AnalyzeOptions["declaredClock"]>;
  readonly clockOffset?: number;
  readonly run?: number | "all";
  readonly from?: RunLimit;
  readonly to?: RunLimit;
  readonly namespace?: string;
  readonly redact?: AnalyzeOptions["redact"];
  readonly docs?: string;
  /** Path of the report of an earlier run. */
  readonly baseline?: string;
  readonly title?: string;
  readonly ticket?: string;
  readonly note?: string;
  readonly workers?: number;
  readonly now?: string;
}

/** Runs the pipeline as the flags say, with progress on a terminal. */
export async function runAnalysis(
  given: readonly string[],
  givenFlags: AnalysisFlags,
  onTimeline?: AnalyzeOptions["onTimeline"],
): Promise<Report> {
  const options = await analysisOptions(given, givenFlags);
  const progress = progressLine(process.stderr);
  try {
    return await analyze(withoutAbsent<AnalyzeOptions>({ ...options, onTimeline, onProgress: progress.show, onStageEnd: freeUnused }));
  } finally {
    progress.clear();
  }
}

/** What to analyze and how, from the flags and the postrun.yaml of a folder among the inputs. */
export async function analysisOptions(given: readonly string[], givenFlags: AnalysisFlags): Promise<AnalyzeOptions> {
  return { ...(await checkedOptions(given, givenFlags)), stdin: process.stdin };
}

/** The same without standard input, which is not touched. Throws a PostrunError for whatever is wrong with the options. */
export async function checkedOptions(given: readonly string[], givenFlags: AnalysisFlags): Promise<AnalyzeOptions> {
  const { inputs, flags } = await withRunConfig(given, givenFlags);
  if (inputs.length === 0)
    throw new PostrunError(
      "usage",
      "no input was given",
      "name the files or folders that the run left behind; `postrun --help` shows examples",
    );
  const { profile: profileName = DEFAULT_PROFILE } = flags;
  const { loadProfile } = await import("../profiles/load-profile.js");
  const loaded = await loadProfile(profileName, flags.claims);
  const { run, tz, clockOffset, from, to, redact, namespace, docs, baseline, workers } = flags;
  return withoutAbsent<AnalyzeOptions>({
    inputs,
    profile: loaded,
    parameters: givenParameters(loaded.profile, flags.param),
    run,
    declaredClock: withoutAbsent<NonNullable<AnalyzeOptions["declaredClock"]>>({ ...tz, skewMs: clockOffset }),
    limits: withoutAbsent<NonNullable<AnalyzeOptions["limits"]>>({ from, to }),
    redact,
    namespace,
    docs,
    baseline: baseline === undefined ? undefined : await readSavedReport(baseline),
    workers,
    frame: reportFrame(flags, commandLine(given, givenFlags)),
  });
}

/** What the report says of itself. */
export function reportFrame(flags: AnalysisFlags, command: string): AnalyzeOptions["frame"] {
  return withoutAbsent<AnalyzeOptions["frame"]>({
    tool: { name: "postrun", version: packageVersion() },
    generatedAt: generationTime(flags.now, process.env.SOURCE_DATE_EPOCH),
    title: flags.title ?? null,
    note: flags.note,
    ticket: flags.ticket,
    labels: { ...ciLabels(process.env), ...flags.label },
    command,
  });
}

/** --now, else SOURCE_DATE_EPOCH (seconds; reproducible-builds.org), else the present. */
export function generationTime(now: string | undefined, sourceDateEpoch: string | undefined): string {
  if (now !== undefined) return now;
  if (sourceDateEpoch === undefined || sourceDateEpoch === "") return new Date(Date.now()).toISOString();
  // The specification asks to fail rather than to go on with the present.
  if (!/^\d{1,11}$/.test(sourceDateEpoch)) {
    throw new PostrunError("usage", `SOURCE_DATE_EPOCH=${sourceDateEpoch}: expected whole seconds since 1970`, "correct it, or give --now");
  }
  return new Date(Number(sourceDateEpoch) * 1000).toISOString();
}

/** The command that would make this report again: inputs in their own order, and only flags that change what it says. */
export function commandLine(inputs: readonly string[], flags: AnalysisFlags, before: readonly string[] = []): string {
  const options: string[] = [...before];
  const add = (flag: string, value: string | undefined) => value !== undefined && options.push(flag, quoted(value));
  add("--profile", flags.profile);
  add("--claims", flags.claims);
  for (const [name, value] of Object.entries(flags.param)) add("--param", `${name}=${value}`);
  for (const [name, value] of Object.entries(flags.label)) add("--label", `${name}=${value}`);
  add("--tz", flags.tz?.zoneName ?? (flags.tz?.zoneOffsetMinutes === undefined ? undefined : offsetText(flags.tz.zoneOffsetMinutes)));
  add("--clock-offset", flags.clockOffset === undefined ? undefined : `${flags.clockOffset}ms`);
  add("--run", flags.run?.toString());
  add("--from", flags.from === undefined ? undefined : limitText(flags.from));
  add("--to", flags.to === undefined ? undefined : limitText(flags.to));
  add("--namespace", flags.namespace);
  add("--baseline", flags.baseline);
  add("--redact", flags.redact?.join(","));
  add("--title", flags.title);
  return ["postrun analyze", ...[...inputs].sort().map(quoted), ...options].join(" ");
}

function limitText({ at, zoned }: RunLimit): string {
  const iso = new Date(at).toISOString();
  return zoned ? iso : iso.slice(0, -1);
}

function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${String(Math.floor(size / 60)).padStart(2, "0")}:${String(size % 60).padStart(2, "0")}`;
}

/** As a POSIX shell wants it. */
export function quoted(text: string): string {
  return /^[\w./:=+,@%-]+$/.test(text) ? text : shellWord(text);
}
