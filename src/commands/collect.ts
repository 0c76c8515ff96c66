import type { CaptureSummary, CollectOptions, WatchState } from "../collect/index.js";
import { withoutAbsent } from "../model/collections/without-absent.js";
import { PostrunError } from "../model/errors.js";
import { type DurationMs, isoFromEpoch } from "../model/time.js";
import { exitCodes } from "./exit-codes.js";
import { lostWatchText } from "./lost-watches.js";
import { assertWritable, STDOUT } from "./output.js";
import { packageVersion } from "./package-version.js";
import { listenForSignals } from "./run-signals.js";
import { systemPorts } from "./system-ports.js";

export interface CollectFlags {
  readonly output?: string;
  readonly force?: boolean;
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly namespace?: readonly string[] | "all";
  readonly selector?: string;
  readonly kinds?: CollectOptions["kinds"];
  readonly for?: DurationMs;
  readonly untilIdle?: DurationMs;
  readonly cpu?: DurationMs;
  readonly logs?: boolean;
}

/** Captures the cluster until Ctrl-C, or as long as asked for. A second Ctrl-C ends it at once; what was captured stays. */
export async function collectCommand(flags: CollectFlags): Promise<void> {
  const { collect } = await import("../collect/index.js");
  const { kubeconfig, context, selector, kinds } = flags;
  if (flags.logs === true && kinds?.includes("Pod") === false)
    throw new PostrunError("usage", "--logs: the logs are those of the Pods that are watched", "add Pod to --kinds");
  if (flags.output === STDOUT) throw new PostrunError("usage", "-o -: a capture grows in a file of its own", "give it a file");
  const output = flags.output ?? `capture-${isoFromEpoch(systemPorts.clock()).replace(/[-:]|\..*/g, "")}Z.ndjson.gz`;
  await assertWritable({ path: output, force: flags.force === true });
  const options = withoutAbsent<CollectOptions>({
    kubeconfig,
    context,
    selector,
    kinds,
    namespaces: flags.namespace,
    cpuEveryMs: flags.cpu,
    logs: flags.logs,
    forMs: flags.for,
    untilIdleMs: flags.untilIdle,
    output,
    version: packageVersion(),
  });
  const collector = collect(options, { ...systemPorts, onState: stateTeller() });
  let asked = false;
  const unlisten = listenForSignals(() => {
    if (asked) process.exit(exitCodes.interrupted);
    asked = true;
    say("stopping");
    void collector.stop();
  });
  try {
    await collector.started;
    if (!asked) say(`capturing into ${output}${flags.for === undefined && flags.untilIdle === undefined ? "; Ctrl-C ends it" : ""}`);
    const summary = await collector.done;
    if (summary.problem !== undefined) throw summary.problem;
    say(summaryText(summary));
  } finally {
    unlisten();
  }
}

/** Says what a watch has come to; a first connection and one that was renewed in time are no news. */
function stateTeller(): (state: WatchState) => void {
  const troubled = new Set<string>();
  return ({ kind, namespace, state, reason, waitMs }) => {
    const where = `${kind === "CPU" ? "CPU samples" : kind === "log" ? "logs of containers" : `${kind}s`}${namespace === "" ? "" : ` in ${namespace}`}`;
    const why = reason === undefined ? "" : `: ${reason}`;
    if (state === "connected") {
      if (troubled.delete(where)) say(`${where}: connected again`);
      return;
    }
    // Every container is refused for the same reason.
    if (kind === "log" && troubled.has(where)) return;
    troubled.add(where);
    if (kind === "log") say(`${where}: cannot be read${why}; samples/capture/rbac.yaml has the right it takes`);
    else if (state === "gap") say(`${where}: the server no longer has what happened since the last row${why}`);
    else if (state === "relisting") say(`${where}: listing anew; what came and went in between is lost, and marked as a gap`);
    else if (waitMs !== undefined) say(`${where}: interrupted${why}; trying again in ${(waitMs / 1000).toFixed(1)} s`);
  };
}

function summaryText({ path, reason, rows, bytes, from, to, jobsSeen, jobsOpen, gaps, gapMs, down, logs }: CaptureSummary): string {
  const why = { requested: "stopped", time: "time is over", idle: "the Jobs are gone", failed: "failed" }[reason];
  const missed = gaps === 0 ? [] : [`${gaps} gaps of ${(gapMs / 1000).toFixed(1)} s together`];
  const lost = rows === 0 ? "nothing was captured" : [...missed, ...down.map(lostWatchText)].join("; ") || "no gaps";
  const jobs = `${jobsSeen} Jobs, of which ${jobsOpen} are still there`;
  const printed = logs === undefined ? "" : `; ${logsText(logs)}`;
  return `${why}: ${path}, ${rows} rows (${bytes} bytes) in ${((to - from) / 1000).toFixed(0)} s; ${jobs}; ${lost}${printed}`;
}

function logsText({ lines, cut, incomplete }: NonNullable<CaptureSummary["logs"]>): string {
  const shortened = cut === 0 ? "" : `, ${cut} of them cut`;
  return `${lines} lines of logs${shortened}${incomplete === 0 ? "" : `, not to the end of ${incomplete} containers`}`;
}

function say(text: string): void {
  // Messages of a server may hold anything.
  process.stderr.write(`${text.replace(/[\p{Cc}\p{Cf}]/gu, "\u{FFFD}")}\n`);
}
