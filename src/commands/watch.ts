import { existsSync } from "node:fs";
import type { ClusterOptions, WatchStanding, WatchState } from "../collect/index.js";
import { type Alarm, type AlarmLimits, Alarms, Documents, followFile, LiveJobs, readRow } from "../live/index.js";
import { withoutAbsent } from "../model/collections/without-absent.js";
import { PostrunError } from "../model/errors.js";
import { smallest } from "../model/statistics/statistics.js";
import { type DurationMs, type EpochMs, isoFromEpoch } from "../model/time.js";
import { type WatchExpectations, watchExpectations } from "../postrun.js";
import { AlarmHook } from "./alarm-hook.js";
import { exitCodes } from "./exit-codes.js";
import { packageVersion } from "./package-version.js";
import { listenForSignals } from "./run-signals.js";
import { systemPorts } from "./system-ports.js";
import { WatchDisplay } from "./watch-display.js";

export interface WatchFlags {
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly namespace?: readonly string[] | "all";
  readonly selector?: string;
  readonly profile: string;
  readonly claims?: string;
  /** Count every Job, not only those that serve investigations. */
  readonly all?: boolean;
  /** Instead of the life that the claims document. */
  readonly life?: DurationMs;
  readonly maxOpen?: number;
  readonly maxAge?: DurationMs;
  readonly exec?: string;
  readonly for?: DurationMs;
}

const TICK_MS = 1000;
/** How often it is looked whether the time is over: a single timer takes no more than 24.8 days. */
const LOOK_MS = 100;

/** Shows the open Jobs of a cluster, or of a capture that grows, until Ctrl-C, `--for` or the end of the capture. An alarm makes it exit with 1. */
export async function watchCommand(file: string | undefined, flags: WatchFlags): Promise<void> {
  const expectations = await watchExpectations(flags.profile, flags.claims);
  const watch = new LiveWatch(flags, expectations, file ?? clusterName(flags));
  const stopping = new AbortController();
  const unlisten = listenForSignals(() => stopping.abort());
  const until = systemPorts.clock() + (flags.for ?? Number.POSITIVE_INFINITY);
  const look = setInterval(() => {
    if (systemPorts.clock() >= until) stopping.abort();
  }, LOOK_MS);
  try {
    if (file === undefined) await followCluster(watch, flags, stopping.signal);
    else await followCapture(watch, file, stopping.signal);
  } finally {
    clearInterval(look);
    unlisten();
    await watch.end();
  }
  if (watch.alarmed) process.exitCode = exitCodes.alarmed;
}

/** One watch: what is known of the Jobs, what is shown, and what is raised. */
class LiveWatch {
  alarmed = false;
  /** Whether what is known of the Jobs is what there is. */
  counts = true;
  private readonly jobs: LiveJobs;
  private readonly others = new LiveJobs();
  private readonly alarms: Alarms;
  private readonly display: WatchDisplay;
  private readonly hook: AlarmHook;
  private checkedAt: EpochMs = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly flags: WatchFlags,
    private readonly expectations: WatchExpectations,
    source: string,
  ) {
    const lifeMs = flags.life ?? expectations.lifeMs;
    this.jobs = new LiveJobs(lifeMs);
    this.alarms = new Alarms(withoutAbsent<AlarmLimits>({ maxOpen: flags.maxOpen, maxAgeMs: flags.maxAge }));
    this.display = new WatchDisplay(process.stdout, source, lifeMs);
    this.hook = new AlarmHook(flags.exec, (text) => this.display.say(text));
  }

  /** A row. Its own time of arrival counts, where it has one. Whether the capture ends with it. */
  take(row: Readonly<Record<string, unknown>>, readAt: EpochMs): boolean {
    const { at = readAt, jobs, clocks, ended, gap } = readRow(row);
    for (const sample of clocks) this.jobs.compareClocks(sample);
    this.jobs.advance(at);
    for (const { job, gone } of jobs) {
      const counted = this.flags.all === true || this.expectations.isServing(job.name) ? this.jobs : this.others;
      if (gone) counted.vanished(job, at);
      else counted.seen(job, at);
    }
    if (gap) this.display.say("the watch was interrupted: what came and went in between is not counted");
    if (jobs.length > 0 || at - this.checkedAt >= TICK_MS) this.check(at);
    return ended;
  }

  /** Time passes. Of Jobs that nobody hears of nothing is shown, and no age is counted. */
  tick(at: EpochMs): void {
    if (!this.counts) return;
    this.jobs.advance(at);
    this.check(at);
    this.display.show(this.jobs.view(), this.others.view().open);
  }

  say(text: string): void {
    this.display.say(text);
  }

  waiting(text: string): void {
    this.display.waiting(text);
  }

  async end(): Promise<void> {
    if (this.counts) this.display.end(this.jobs.view());
    await this.hook.done();
  }

  private check(at: EpochMs): void {
    this.checkedAt = at;
    for (const alarm of this.alarms.check(this.jobs.view())) this.raise(alarm);
  }

  private raise(alarm: Alarm): void {
    this.alarmed = true;
    this.display.alarm(alarm);
    this.hook.run(alarm);
  }
}

async function followCluster(watch: LiveWatch, flags: WatchFlags, signal: AbortSignal): Promise<void> {
  const { watchCluster } = await import("../collect/index.js");
  const { kubeconfig, context, selector, namespace } = flags;
  const options = withoutAbsent<ClusterOptions>({
    version: packageVersion(),
    kinds: ["Job"],
    kubeconfig,
    context,
    selector,
    namespaces: namespace,
  });
  const heard = new HeardNamespaces();
  // Before the Jobs have been listed there is nothing to count.
  watch.counts = false;
  const watching = watchCluster(options, {
    ...systemPorts,
    onRow(row) {
      watch.take({ ...row }, row.received);
    },
    onState(state) {
      const trouble = heard.take(state);
      if (trouble !== undefined) watch.waiting(`${clusterName(flags)}: ${trouble}`);
      watch.counts = heard.all(watching.standing());
    },
  });
  signal.addEventListener("abort", () => void watching.stop());
  watch.waiting(`${clusterName(flags)}: connecting`);
  await watching.ready;
  const tick = (): void => watch.tick(systemPorts.clock());
  const ticking = setInterval(tick, TICK_MS);
  try {
    if (!signal.aborted) tick();
    await watching.done;
  } finally {
    clearInterval(ticking);
  }
  const unheard = heard.whatIsNot(watching.standing());
  if (unheard === undefined) return;
  watch.counts = false;
  const text = `${clusterName(flags)}: ${unheard}`;
  // Alarms that could not be raised are not alarms that did not come; one that was raised stays one.
  if (watch.alarmed) watch.say(text);
  else throw new PostrunError("input", text, "postrun watch must be able to list and watch Jobs: kubectl get jobs -w says more");
}

/** In which namespaces the watch of the Jobs is up: one that the server ends in good order, and that is begun again at once, counts as up. */
class HeardNamespaces {
  private readonly up = new Set<string>();
  private readonly troubles = new Map<string, string>();

  /** What is to be said of a change; undefined where it is no news. */
  take({ namespace, state, reason }: WatchState): string | undefined {
    if (state === "connected") {
      this.up.add(namespace);
      this.troubles.delete(namespace);
      return undefined;
    }
    this.up.delete(namespace);
    if (reason === undefined || reason === this.troubles.get(namespace)) return undefined;
    this.troubles.set(namespace, reason);
    return `the Jobs${namespace === "" ? "" : ` in ${namespace}`} are not watched now (${reason}); trying again`;
  }

  /** @param watches all that there are; none before the cluster has answered */
  all(watches: readonly WatchStanding[]): boolean {
    return watches.length > 0 && watches.every(({ namespace }) => this.up.has(namespace));
  }

  /** What nobody heard of at the end; undefined where nothing was missed. @param watches as they stood then */
  whatIsNot(watches: readonly WatchStanding[]): string | undefined {
    const down = watches.filter(({ connected }) => !connected);
    if (watches.length > 0 && down.length === 0) return undefined;
    const reasons = [...new Set(this.troubles.values())].join("; ");
    const why = reasons === "" ? "" : ` (${reasons})`;
    const since = smallest(down.map(({ soundAt }) => soundAt ?? Number.NEGATIVE_INFINITY));
    return Number.isFinite(since)
      ? `the Jobs were not watched from ${isoFromEpoch(since)} on${why}, and no alarm could be raised`
      : `nothing was watched, the Jobs were never listed${why}`;
  }
}

async function followCapture(watch: LiveWatch, path: string, signal: AbortSignal): Promise<void> {
  let documents = new Documents();
  let rows = 0;
  let tickedAt = Number.NEGATIVE_INFINITY;
  for await (const piece of followFile(path, signal)) {
    if (piece.type === "replaced") documents = new Documents();
    const now = systemPorts.clock();
    if (piece.type === "text") {
      const ended = documents.push(piece.text).map((row) => watch.take(row, now));
      rows += ended.length;
      if (ended.includes(true)) return watch.say("the capture has ended");
    }
    if (piece.type === "caught-up" && rows === 0) {
      watch.waiting(existsSync(path) ? `${path}: waiting for its first row` : `${path}: waiting for it, there is no such file yet`);
      continue;
    }
    if (piece.type !== "caught-up" || now - tickedAt < TICK_MS) continue;
    tickedAt = now;
    watch.tick(now);
    if (documents.unreadable > 0 && signal.aborted) watch.say(`${documents.unreadable} rows could not be read`);
  }
  // Alarms that could not be raised are not alarms that did not come.
  if (rows === 0)
    throw new PostrunError(
      "input",
      `${path}: nothing was watched, ${existsSync(path) ? "no row came" : "there was no such file"}`,
      "give the file that postrun collect or kubectl writes",
    );
}

function clusterName({ context, namespace }: WatchFlags): string {
  const where = namespace === undefined ? "" : ` ${namespace === "all" ? "all namespaces" : namespace.join(", ")}`;
  return `${context ?? "cluster"}${where}`;
}
