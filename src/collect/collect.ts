import type { EpochMs } from "../model/time.js";
import { CaptureFile } from "./capture-file.js";
import type { CaptureRow, CaptureSummary, CollectOptions, Collector, ObjectRow, StopReason, WatchPorts } from "./collect-types.js";
import { identityOf } from "./known-objects.js";
import { watchCluster } from "./watch-cluster.js";

/** How often it is looked whether the capture shall end. */
const LOOK_MS = 250;

/** Captures a cluster into a file, until stop(), or until a time is over or the Jobs are gone, or until it cannot go on. */
export function collect(options: CollectOptions, ports: WatchPorts): Collector {
  const { clock } = ports;
  const jobs = new Set<string>();
  const tally = { from: clock(), gaps: 0, gapMs: 0 };
  const logs = { lines: 0, cut: 0, incomplete: 0 };
  const early: CaptureRow[] = [];
  let opening: Promise<CaptureFile> | undefined;
  let file: CaptureFile | undefined;
  let idleSince: EpochMs | undefined;
  let end: (reason: StopReason, problem?: unknown) => void = () => undefined;
  const ended = new Promise<{ reason: StopReason; problem?: unknown }>((resolve) => {
    end = (reason, problem) => resolve(problem === undefined ? { reason } : { reason, problem });
  });

  const onRow = async (row: CaptureRow): Promise<void> => {
    if (row.type === "GAP" && row.since !== undefined) {
      tally.gaps += 1;
      tally.gapMs += row.received - row.since;
    }
    if (row.type === "LOG") logs.lines += 1;
    if (row.type === "LOG" && row.cut) logs.cut += 1;
    if (row.type === "LOG_END" && row.reason !== undefined) logs.incomplete += 1;
    if (row.type === "HEADER") tally.from = row.received;
    if (isJob(row)) jobs.add(identityOf(row.object).uid);
    const room = store(row);
    await ports.onRow?.(row);
    await room;
  };
  const store = async (row: CaptureRow): Promise<void> => {
    if (file !== undefined) return file.write(row);
    early.push(row);
    if (row.type === "LISTED") await begin();
  };
  // Only a cluster that lets itself be listed is worth emptying an older file for.
  const begin = async (): Promise<void> => {
    opening ??= CaptureFile.create(options.output, (problem) => end("failed", problem));
    file = await opening;
    // All at once: nothing that comes meanwhile may stand before them.
    for (const row of early.splice(0)) void file.write(row);
  };
  const watching = watchCluster(options, { ...ports, onRow });
  watching.done.catch((problem: unknown) => end("failed", problem));

  const look = setInterval(() => {
    const now = clock();
    if (options.forMs !== undefined && file !== undefined && now - tally.from >= options.forMs) end("time");
    // While a watch of Jobs is down, one may have come unseen.
    const unseen = watching.standing().some(({ kind, connected }) => kind === "Job" && !connected);
    if (jobs.size === 0 || unseen || watching.openJobs().length > 0) idleSince = undefined;
    else idleSince ??= now;
    if (options.untilIdleMs !== undefined && idleSince !== undefined && now - idleSince >= options.untilIdleMs) end("idle");
  }, LOOK_MS);

  const finish = async (): Promise<CaptureSummary> => {
    const { reason, problem } = await ended;
    clearInterval(look);
    const to = clock();
    await watching.stop().catch(() => undefined);
    const down = watching.standing().filter(({ connected }) => !connected);
    // The file may be in the making.
    await opening?.catch(() => undefined);
    const jobsOpen = watching.openJobs().length;
    await file?.write({ received: to, type: "END", reason, rows: file.rows + 1 });
    await file?.close();
    const { rows = 0, bytes = 0 } = file ?? {};
    const failure = problem === undefined ? {} : { problem: problem instanceof Error ? problem : new Error(String(problem)) };
    const logged = options.logs === true ? { logs } : {};
    return { path: options.output, reason, ...failure, ...tally, to, rows, bytes, jobsSeen: jobs.size, jobsOpen, down, ...logged };
  };
  const done = finish();
  // Whoever is told that the capture began finds its header and what was there on disk, whatever happens next.
  const started = watching.ready.then(() => file?.flush());
  // Whoever waits for `done` alone hears of a failure there.
  started.catch(() => undefined);
  return {
    started,
    done,
    stop() {
      end("requested");
      return done;
    },
    openJobs: watching.openJobs,
  };
}

function isJob(row: CaptureRow): row is ObjectRow {
  return "object" in row && row.object.kind === "Job";
}
