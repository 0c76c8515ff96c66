import { createRandom, type Random } from "../model/statistics/random.js";
import type { EpochMs } from "../model/time.js";
import { type AuditRequest, renderAuditLog } from "./audit-log.js";
import { renderEventList, renderEventsWatch, renderReceivedWatch, renderWatch, watchRows } from "./captures.js";
import { type ClusterWrite, numberWrites, type VersionedWrite } from "./cluster-write.js";
import { traceJob } from "./job-life.js";
import type { JobPlan } from "./job-plan.js";
import { type LogRecord, renderLog } from "./log-lines.js";
import { resolveSettings, type SimulationOptions, type SimulationSettings } from "./options.js";
import { type CpuSubject, renderCpuSamples } from "./prometheus-samples.js";
import { drawFates, planRun, type RunPlan, SlotTable } from "./run-plan.js";
import { runRecords } from "./run-records.js";
import { planTenants } from "./tenants.js";
import { type SimulationTruth, tellTruth } from "./truth.js";

/** The files that a run would have left behind, by name, and the truth about it. */
export interface SimulatedRun {
  /**
   * test-run.log, jobs-watch.json, pods-watch.json, jobs-watch-received.jsonl, pods-watch-received.jsonl,
   * events.json (final List), events-watch.json, audit.log, cpu-range.json; those that the options ask for.
   */
  readonly files: ReadonlyMap<string, string>;
  readonly truth: SimulationTruth;
}

/** After the last Job is gone, captures go on for so long. */
const AFTERMATH_MS = 2_000;

/**
 * Simulates a run of the Focus Server automation in memory: plans what happens, lets the cluster write it down, and takes the
 * captures. The same options give the same bytes.
 *
 * @throws RangeError if the options contradict each other
 */
export function simulateRun(options: SimulationOptions = {}): SimulatedRun {
  const settings = resolveSettings(options);
  const random = createRandom(settings.seed);
  const runs = planRuns(settings, random);
  const run = runs.at(-1);
  if (run === undefined) {
    throw new RangeError("there is no run to simulate");
  }
  const own = runs.flatMap((one) => one.investigations.flatMap((plan) => [plan.serving, plan.cleanup]));
  const jobs = [...own, ...planTenants(settings, settings.startAt, run.endAt, random.fork("tenants"))];
  const captureEnd = endOfCapture(settings, run, own);
  const traces = traceJobs(settings, jobs, random.fork("cluster"));
  const writes = numberWrites(traces.writes, random.fork("versions"));
  const records = runs.flatMap((one, number) =>
    runRecords({ ...settings, investigations: one.investigations.length }, one, random.fork(`records-${number}`)),
  );
  const files = new Map([["test-run.log", cutLog(settings, writtenBy(records, 0), run)]]);
  for (const [index, runner] of settings.otherRunners.entries()) {
    const ofRunner = { ...settings, ...runner, driftPpm: 0, clockChanges: [] };
    files.set(`test-run-${index + 2}.log`, cutLog(ofRunner, writtenBy(records, index + 1), run));
  }
  const captures = captureFiles(settings, writes, captureEnd, random);
  const { cpu } = settings;
  if (cpu !== null) captures.set("cpu-range.json", () => renderCpuSamples(cpu, cpuSubjects(run, captureEnd), random.fork("cpu")));
  captures.set("audit.log", () => renderAuditLog(traces.requests, captureEnd, random.fork("audit")));
  for (const [name, render] of captures) {
    if (settings.files === null || settings.files.includes(name)) files.set(name, render());
  }
  return { files, truth: tellTruth(settings, run, captureEnd) };
}

function cpuSubjects(run: RunPlan, captureEnd: EpochMs): CpuSubject[] {
  return run.investigations.map(({ serving, edges }) => ({
    namespace: serving.namespace,
    pod: serving.pod.name,
    startedAt: serving.pod.startedAt,
    endedAt: Math.min(captureEnd, serving.removal?.podGoneAt ?? captureEnd, serving.finish?.containerAt ?? captureEnd),
    stream: edges.streamStart === null ? null : { from: edges.streamStart, to: edges.streamEnd ?? captureEnd },
  }));
}

function planRuns(settings: SimulationSettings, random: Random): RunPlan[] {
  const runs: RunPlan[] = [];
  const slots = new SlotTable();
  let startAt = settings.startAt;
  let firstSequence = settings.firstSequence;
  for (const [number, size] of [...settings.earlierRuns, settings.investigations].entries()) {
    const fork = random.fork(`run-${number}`);
    const fates = number < settings.earlierRuns.length ? Array.from({ length: size }, () => "ok" as const) : drawFates(settings, fork);
    const run = planRun(settings, { startAt, firstSequence, fates }, slots, fork);
    runs.push(run);
    startAt = run.endAt + settings.runGapMs;
    firstSequence += size;
  }
  return runs;
}

function endOfCapture(settings: SimulationSettings, run: RunPlan, own: readonly JobPlan[]): EpochMs {
  if (settings.capture.tailMs !== null) {
    return run.endAt + settings.capture.tailMs;
  }
  const ends = own.map((job) => (job.removal === null ? null : Math.max(job.removal.jobGoneAt, job.removal.podGoneAt)));
  return ends.includes(null) ? run.endAt : Math.max(run.endAt, ...ends.map((end) => end ?? 0)) + AFTERMATH_MS;
}

/** An image is pulled by the first Pod of a node that needs it. */
function traceJobs(
  settings: SimulationSettings,
  jobs: readonly JobPlan[],
  random: Random,
): { writes: ClusterWrite[]; requests: AuditRequest[] } {
  const present = new Set<string>();
  const writes: ClusterWrite[] = [];
  const requests: AuditRequest[] = [];
  for (const job of [...jobs].sort((left, right) => left.createdAt - right.createdAt)) {
    const image = `${job.pod.node} ${job.kind}`;
    const traces = traceJob(settings, job, present.has(image), random.fork(job.uid));
    present.add(image);
    writes.push(...traces.writes);
    requests.push(...traces.requests);
  }
  return { writes, requests };
}

function captureFiles(
  settings: SimulationSettings,
  writes: readonly VersionedWrite[],
  captureEnd: EpochMs,
  random: Random,
): Map<string, () => string> {
  const { capture, startAt } = settings;
  const window = {
    from: startAt + (capture.watchStartsMs ?? -capture.leadMs),
    to: capture.watchEndsMs === null ? captureEnd : Math.min(captureEnd, startAt + capture.watchEndsMs),
  };
  const jobs = () => watchRows(settings, writes, "Job", window, random.fork("jobs-watch"));
  const pods = () => watchRows(settings, writes, "Pod", window, random.fork("pods-watch"));
  return new Map([
    ["jobs-watch.json", () => renderWatch(jobs())],
    ["pods-watch.json", () => renderWatch(pods())],
    ["jobs-watch-received.jsonl", () => renderReceivedWatch(jobs())],
    ["pods-watch-received.jsonl", () => renderReceivedWatch(pods())],
    ["events.json", () => renderEventList(settings, writes, captureEnd)],
    ["events-watch.json", () => renderEventsWatch(writes, window)],
  ]);
}

function writtenBy(records: readonly LogRecord[], index: number): LogRecord[] {
  return records.filter(({ runner = 0 }) => runner === index);
}

/** The log ends with its run; a cut one stops in the middle of its last line. */
function cutLog(settings: SimulationSettings, records: readonly LogRecord[], run: RunPlan): string {
  const { logEndsMs } = settings.capture;
  const cutAt = logEndsMs === null ? null : settings.startAt + logEndsMs;
  const text = renderLog(
    settings,
    records.filter((record) => record.at <= (cutAt ?? run.endAt)),
  );
  if (cutAt === null) {
    return text;
  }
  const lastLine = text.lastIndexOf("\n", text.length - 2) + 1;
  return text.slice(0, lastLine + Math.floor((text.length - lastLine) * 0.6));
}
