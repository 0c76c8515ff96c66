import { rm } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import type { CaptureRow, CollectOptions, Collector, OpenJob, WatchState } from "../collect/index.js";
import { withoutAbsent } from "../model/collections/without-absent.js";
import { errorMessage, PostrunError } from "../model/errors.js";
import type { DurationMs } from "../model/time.js";
import type { EarlierFiles } from "../run-command/earlier-files.js";
import { lostWatchText } from "./lost-watches.js";
import { assertWritable } from "./output.js";
import { packageVersion } from "./package-version.js";
import { stderrLine } from "./standard-error.js";
import { systemPorts } from "./system-ports.js";

export interface CaptureFlags {
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly namespace?: string;
  readonly selector?: string;
  readonly logs?: boolean;
}

/** A cluster that does not answer must not hold up the command for longer [ms]. */
const START_WITHIN_MS = 15_000;
/** After the last Job is gone its Pods and Events still follow [ms]. */
const SETTLE_MS = 5_000;
const LOOK_EVERY_MS = 250;

/** The capture of a wrapped run: begins before the command, and ends when the Jobs that came during it are gone. */
export class RunCapture {
  /** Files that it left. */
  files: readonly string[] = [];
  private stopped = false;

  private constructor(
    private readonly collector: Collector,
    private readonly path: string,
    /** Jobs that were there before the command: nobody waits for those. */
    private readonly earlier: ReadonlySet<string>,
    /** Uids of the Jobs that came since. */
    private readonly came: ReadonlySet<unknown>,
  ) {}

  /** Begins, or says why not. A capture of an earlier run is set aside. */
  static async start(flags: CaptureFlags, path: string, earlier: EarlierFiles): Promise<RunCapture | undefined> {
    const { collect, lockCapture } = await import("../collect/index.js");
    const { kubeconfig, context, namespace, selector, logs } = flags;
    const came = new Set<unknown>();
    const onRow = (row: CaptureRow): void => {
      if (row.type === "ADDED" && row.listed !== true && row.object.kind === "Job") came.add(row.object.metadata?.uid);
    };
    try {
      await assertWritable({ path, force: false });
      // Not one that is being written.
      const unlock = await lockCapture(path);
      await earlier.setAside(path).finally(unlock);
    } catch (error) {
      stderrLine(`${errorMessage(error)}; the command runs without a capture`);
      return undefined;
    }
    let trouble: string | undefined;
    const onState = ({ kind, reason }: WatchState): void => {
      if (kind === "Job") trouble = reason ?? trouble;
    };
    const options = withoutAbsent<CollectOptions>({
      output: path,
      version: packageVersion(),
      optionalKinds: ["Pod", "Service", "Event"],
      kubeconfig,
      context,
      namespaces: namespace === undefined ? undefined : [namespace],
      selector,
      logs,
    });
    const collector = collect(options, { ...systemPorts, onRow, onState });
    try {
      await withinTime(collector.started, () => trouble);
      stderrLine(`capturing the cluster into ${path}`);
      return new RunCapture(collector, path, new Set(collector.openJobs().map(({ uid }) => uid)), came);
    } catch (error) {
      // What it has written itself, and nothing else, is taken away.
      const { rows } = await collector.stop();
      if (rows > 0) await rm(path, { force: true });
      const asked = context !== undefined || kubeconfig !== undefined || namespace !== undefined;
      stderrLine(`no cluster: ${errorMessage(error)}`);
      stderrLine(`the command runs without a capture${asked ? "" : " (--no-cluster does not look for one)"}`);
      return undefined;
    }
  }

  /** Waits until the run's Jobs are gone, at most so long, and ends the capture. */
  async finish(graceMs: DurationMs): Promise<void> {
    const until = systemPorts.clock() + graceMs;
    let left = this.left();
    if (left.length > 0 && graceMs > 0 && !this.stopped) {
      stderrLine(
        `waiting until ${left.length} ${left.length === 1 ? "Job is" : "Jobs are"} gone, at most ${Math.round(graceMs / 1000)} s; Ctrl-C ends the waiting`,
      );
    }
    let failed = false;
    void this.collector.done.then(() => {
      failed = true;
    });
    while (left.length > 0 && !this.stopped && !failed && systemPorts.clock() < until) {
      await pause(LOOK_EVERY_MS);
      left = this.left();
    }
    if (this.came.size > 0 && !this.stopped && !failed) await this.settle(Math.min(until, systemPorts.clock() + SETTLE_MS));
    const summary = await this.collector.stop();
    if (summary.problem !== undefined) stderrLine(`the capture ended early: ${summary.problem.message}`);
    for (const watch of summary.down) stderrLine(`the capture is not whole: ${lostWatchText(watch)}`);
    if (left.length > 0) stderrLine(`still open: ${left.map(({ name }) => name).join(", ")}`);
    this.files = summary.rows > 0 ? [this.path] : [];
  }

  stopWaiting(): void {
    this.stopped = true;
  }

  private async settle(until: number): Promise<void> {
    while (!this.stopped && systemPorts.clock() < until) await pause(Math.min(LOOK_EVERY_MS, until - systemPorts.clock()));
  }

  private left(): readonly OpenJob[] {
    return this.collector.openJobs().filter(({ uid }) => !this.earlier.has(uid));
  }
}

/** @param trouble why the Jobs could not be listed so far, where the cluster has said something */
async function withinTime(started: Promise<void>, trouble: () => string | undefined): Promise<void> {
  const abort = new AbortController();
  const late = pause(START_WITHIN_MS, undefined, { signal: abort.signal }).then(() => {
    const reason = trouble();
    const what = reason === undefined ? "it did not answer" : `the Jobs could not be listed (${reason})`;
    throw new PostrunError("input", `${what} within ${START_WITHIN_MS / 1000} s`);
  });
  try {
    await Promise.race([started, late]);
  } finally {
    abort.abort();
    late.catch(() => undefined);
  }
}
