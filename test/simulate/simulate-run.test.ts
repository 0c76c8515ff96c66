import { beforeAll, describe, expect, it } from "vitest";
import { fixedCleanup, type SimulatedRun, type SimulationTruth, simulateRun } from "../../src/simulate/index.js";
import type { SimulationOptions } from "../../src/simulate/options.js";

interface Metadata {
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly creationTimestamp: string;
  readonly deletionTimestamp?: string;
  readonly deletionGracePeriodSeconds?: number;
}
interface Row {
  readonly received?: string;
  readonly type: string;
  readonly object: { readonly metadata: Metadata; readonly status: { readonly completionTime?: string; readonly phase?: string } };
}
interface EventDocument {
  readonly metadata: Metadata;
  readonly reason: string;
  readonly count?: number;
  readonly eventTime: string | null;
  readonly firstTimestamp: string | null;
  readonly involvedObject: { readonly uid: string };
}
interface AuditLine {
  readonly verb: string;
  readonly user: { readonly username: string };
  readonly objectRef: { readonly resource: string; readonly name?: string; readonly uid?: string; readonly subresource?: string };
  readonly responseStatus: { readonly code: number; readonly status?: string };
  readonly requestReceivedTimestamp: string;
  readonly stageTimestamp: string;
}

const OPTIONS: SimulationOptions = {
  seed: "test",
  investigations: 24,
  trouble: { timeouts: 1, crashes: 1, refused: 1, streamErrors: 1, reconnects: 1, unopened: 2 },
  otherNamespaceJobs: 3,
  foreignServingJobs: 2,
};

function fileOf(run: SimulatedRun, name: string): string {
  const text = run.files.get(name);
  if (text === undefined) {
    throw new Error(`no ${name}`);
  }
  return text;
}

function rowsOf<T>(run: SimulatedRun, name: string): T[] {
  return fileOf(run, name)
    .trimEnd()
    .split("\n")
    .map((line): T => JSON.parse(line));
}

function listOf(run: SimulatedRun): EventDocument[] {
  const list: { items: EventDocument[] } = JSON.parse(fileOf(run, "events.json"));
  return list.items;
}

function epoch(stamp: string): number {
  return Date.parse(stamp);
}

/** Local stamps of the lines that hold a text, as epoch milliseconds of the runner's clock. */
function stampsOf(run: SimulatedRun, text: string): number[] {
  return fileOf(run, "test-run.log")
    .split("\n")
    .filter((line) => line.includes(text))
    .map((line) => epoch(`${line.slice(0, 10)}T${line.slice(11, 19)}.${line.slice(20, 23)}Z`));
}

/** True instant of a stamp of the log, by the truth about its clock. */
function trueTime(truth: SimulationTruth, stamp: number): number {
  return stamp - truth.clock.zoneOffsetMinutes * 60_000 - truth.clock.skewMs;
}

describe("a simulated run", () => {
  let run: SimulatedRun;
  beforeAll(() => {
    run = simulateRun(OPTIONS);
  });

  it("gives the same bytes for the same seed, and others for another", () => {
    expect([...simulateRun(OPTIONS).files]).toEqual([...run.files]);
    expect(fileOf(simulateRun({ ...OPTIONS, seed: "other" }), "test-run.log")).not.toBe(fileOf(run, "test-run.log"));
  });

  it("gives every kind of trouble its number", () => {
    expect(run.truth.outcomes).toEqual({ ok: 18, failed: 2, timeout: 2, unopened: 2, running: 0 });
    expect(run.truth.investigations.filter((one) => one.attempts === 2)).toHaveLength(1);
    expect(run.truth.investigations.filter((one) => one.job.failed)).toHaveLength(1);
  });

  it("logs each edge at its true moment plus zone and skew", () => {
    const edges = run.truth.investigations.map((one) => one.edges);
    const seen = (text: string) => stampsOf(run, text).map((stamp) => trueTime(run.truth, stamp));
    expect(seen("Configuring streaming job")).toEqual(edges.map((one) => one.configureStart));
    expect(seen("configured successfully")).toEqual(edges.map((one) => one.configured));
    expect(seen(" Connected to")).toEqual(edges.flatMap((one) => one.connected ?? []));
    expect(seen("Disconnected from")).toEqual(edges.flatMap((one) => one.disconnected ?? []));
  });

  it("creates the Job between the request and the answer", () => {
    for (const { edges, job } of run.truth.investigations) {
      expect(job.created).toBeGreaterThan(edges.configureStart);
      expect(job.created).toBeLessThan(edges.configured);
    }
  });

  it("gives resourceVersions of all kinds in the true order of writes", () => {
    const deletions = rowsOf<Row>(run, "jobs-watch.json").filter((row) => row.type === "DELETED");
    const byUid = new Map(deletions.map((row) => [row.object.metadata.uid, Number(row.object.metadata.resourceVersion)]));
    const audits = rowsOf<AuditLine>(run, "audit.log").filter((line) => line.objectRef.resource === "jobs");
    expect(audits.length).toBeGreaterThan(0);
    const byGone = [...run.truth.investigations].sort((left, right) => (left.job.gone ?? 0) - (right.job.gone ?? 0));
    const versions = byGone.map((one) => byUid.get(one.job.uid) ?? Number.NaN);
    expect(versions).toEqual([...versions].sort((left, right) => left - right));
    const killings = listOf(run).filter((event) => event.reason === "Killing");
    const pods = new Map(rowsOf<Row>(run, "pods-watch.json").map((row) => [row.object.metadata.uid, row.object.metadata.name]));
    for (const { job } of run.truth.investigations) {
      const killing = killings.find((event) => pods.get(event.involvedObject.uid)?.startsWith(`${job.name}-`));
      if (job.failed) {
        expect(killing).toBeUndefined();
      } else {
        expect(Number(killing?.metadata.resourceVersion)).toBeGreaterThan(byUid.get(job.uid) ?? Number.NaN);
      }
    }
    for (const name of ["jobs-watch.json", "pods-watch.json"]) {
      const rows = rowsOf<Row>(run, name).map((row) => Number(row.object.metadata.resourceVersion));
      expect(rows).toEqual([...rows].sort((left, right) => left - right));
    }
  });

  it("cuts Kubernetes stamps to the second", () => {
    const created = new Map(
      rowsOf<Row>(run, "jobs-watch.json").map((row) => [row.object.metadata.uid, row.object.metadata.creationTimestamp]),
    );
    for (const { job } of run.truth.investigations) {
      expect(epoch(created.get(job.uid) ?? "")).toBe(Math.floor(job.created / 1000) * 1000);
    }
  });

  it("stamps arrivals after the write, within tens of milliseconds", () => {
    const gone = new Map(run.truth.investigations.map(({ job }) => [job.uid, job.gone]));
    const rows = rowsOf<Row>(run, "jobs-watch-received.jsonl").filter((row) => row.type === "DELETED" && gone.has(row.object.metadata.uid));
    expect(rows).toHaveLength(24);
    for (const row of rows) {
      const late = epoch(row.received ?? "") - (gone.get(row.object.metadata.uid) ?? 0);
      expect(late).toBeGreaterThan(-1);
      expect(late).toBeLessThan(50);
    }
  });

  it("writes the deletion request into the audit log as a background deletion by the cleanup", () => {
    const lines = rowsOf<AuditLine>(run, "audit.log");
    for (const { job } of run.truth.investigations) {
      const found = lines.filter(
        (line) => line.verb === "delete" && line.objectRef.resource === "jobs" && line.objectRef.name === job.name,
      );
      expect(found.map((line) => [line.user.username, line.responseStatus.code, line.responseStatus.status])).toEqual([
        ["system:serviceaccount:default:job-cleanup", 200, "Success"],
      ]);
      expect(Math.abs(epoch(found[0]?.requestReceivedTimestamp ?? "") - (job.deleteRequested ?? 0))).toBeLessThanOrEqual(1);
    }
  });

  it("has requests that must not count: reads, deletions that found nothing, status updates", () => {
    const lines = rowsOf<AuditLine>(run, "audit.log");
    expect(lines.some((line) => line.verb === "get")).toBe(true);
    expect(lines.some((line) => line.verb === "list")).toBe(true);
    expect(lines.some((line) => line.verb === "delete" && line.responseStatus.code === 404)).toBe(true);
    expect(lines.some((line) => line.objectRef.subresource === "status" && line.objectRef.uid !== undefined)).toBe(true);
  });

  it("shows the deletion of a running Pod first with its grace in the future, then at the second of the request", () => {
    const first = run.truth.investigations[0];
    const marks = rowsOf<Row>(run, "pods-watch.json")
      .map((row) => row.object.metadata)
      .filter((metadata) => metadata.name.startsWith(`${first?.job.name}-`) && metadata.deletionTimestamp !== undefined);
    expect(marks.map((metadata) => metadata.deletionGracePeriodSeconds)).toEqual([30, 0, 0]);
    const requests = marks.map((metadata) => epoch(metadata.deletionTimestamp ?? "") - (metadata.deletionGracePeriodSeconds ?? 0) * 1000);
    expect(new Set(requests).size).toBe(1);
    expect(Math.abs((requests[0] ?? 0) - (first?.job.gone ?? 0))).toBeLessThan(1_000);
  });

  it("removes a cleanup Job by its TTL, counted from the printed completion", () => {
    const rows = rowsOf<Row>(run, "jobs-watch.json");
    for (const { cleanupJob } of run.truth.investigations) {
      const last = rows.filter((row) => row.object.metadata.uid === cleanupJob.uid).at(-1);
      expect(last?.type).toBe("DELETED");
      const waited = (cleanupJob.gone ?? 0) - epoch(last?.object.status.completionTime ?? "");
      expect(waited).toBeGreaterThanOrEqual(10_000);
      expect(waited).toBeLessThan(10_050);
    }
  });

  it("names an Event by the nanoseconds of its first occurrence; the scheduler's have no other stamp than eventTime", () => {
    for (const event of listOf(run)) {
      const nanoseconds = BigInt(`0x${event.metadata.name.split(".").at(-1)}`);
      const named = Number(nanoseconds / 1_000_000n);
      if (event.reason === "Scheduled") {
        expect(event.firstTimestamp).toBeNull();
        expect(event.count).toBeUndefined();
        expect(Math.abs(epoch(event.eventTime ?? "") - named)).toBeLessThanOrEqual(1);
      } else {
        expect(epoch(event.firstTimestamp ?? "")).toBe(Math.floor(named / 1000) * 1000);
      }
    }
  });

  it("keeps the Jobs of other tenants out of the truth", () => {
    const rows = rowsOf<Row>(run, "jobs-watch.json");
    const served = new Set(rows.map((row) => row.object.metadata.name).filter((name) => name.startsWith("grpc-job-")));
    expect(served.size).toBe(26);
    expect(run.truth.investigations).toHaveLength(24);
    expect(new Set(rows.map((row) => row.object.metadata.namespace))).toEqual(new Set(["default", "demo"]));
  });
});

describe("the cleanup of a simulated run", () => {
  it("comes exactly when a fixed cleanup says so", () => {
    const { truth } = simulateRun({ seed: "fixed", investigations: 12, cleanup: fixedCleanup(80_000), trouble: { unopened: 1 } });
    for (const { edges, job } of truth.investigations) {
      expect((job.gone ?? 0) - (edges.disconnected ?? job.created)).toBeCloseTo(80_000, 1);
    }
  });

  it("asks for the deletion after the fifth idle reading in a row", () => {
    const { truth } = simulateRun({ seed: "polls", investigations: 12 });
    for (const { polls, job, edges } of truth.investigations) {
      expect(polls.slice(-5).every((poll) => poll.idle)).toBe(true);
      expect(polls.at(-6)?.idle ?? false).toBe(false);
      expect(job.deleteRequested ?? 0).toBeGreaterThan((polls.at(-1)?.at ?? 0) + 7_000);
      for (const poll of polls) {
        expect(poll.idle).toBe(!(poll.at >= (edges.streamStart ?? 0) && poll.at < (edges.streamEnd ?? 0)));
      }
    }
  });

  it("leaves a Job behind when it fails", () => {
    const { truth } = simulateRun({ seed: "leak", investigations: 6, trouble: { leaked: 1 }, capture: { tailMs: 300_000 } });
    const left = truth.investigations.filter(({ job }) => job.gone === null);
    expect(left).toHaveLength(1);
    expect(left[0]?.cleanupJob.gone).not.toBeNull();
    expect(truth.openJobs.to).toBe(truth.run.captureEnd);
  });
});

describe("captures of a simulated run", () => {
  it("leave the last investigation running where the run was stopped in it", () => {
    const run = simulateRun({ seed: "running", investigations: 4, trouble: { runningAtEnd: true } });
    expect(run.truth.outcomes.running).toBe(1);
    expect(run.truth.investigations.at(-1)?.job.gone).toBeNull();
    expect(run.truth.investigations.slice(0, -1).every(({ job }) => job.gone !== null)).toBe(true);
    expect(fileOf(run, "test-run.log").trimEnd().split("\n").at(-1)).toContain("Frame");
  });

  it("begin with what exists, as ADDED, when they begin late, and stop when the watch ends", () => {
    const run = simulateRun({ seed: "late", investigations: 8, capture: { watchStartsMs: 60_000, watchEndsMs: 120_000 } });
    const rows = rowsOf<Row>(run, "jobs-watch-received.jsonl");
    const start = run.truth.run.from + 60_000;
    expect(rows[0]?.type).toBe("ADDED");
    expect(epoch(rows[0]?.object.metadata.creationTimestamp ?? "")).toBeLessThan(start);
    expect(rows.every((row) => epoch(row.received ?? "") >= start && epoch(row.received ?? "") <= start + 60_000)).toBe(true);
  });

  it("stop in the middle of a line where the log was cut off", () => {
    const run = simulateRun({ seed: "cut", investigations: 4, capture: { logEndsMs: 40_000 } });
    const text = fileOf(run, "test-run.log");
    expect(text.endsWith("\n")).toBe(false);
    expect(fileOf(simulateRun({ seed: "cut", investigations: 4 }), "test-run.log").startsWith(text)).toBe(true);
  });

  it("hold several runs in one log, and the truth of the last", () => {
    const run = simulateRun({ seed: "runs", investigations: 3, earlierRuns: [2] });
    expect(stampsOf(run, "=== Investigation 1/")).toHaveLength(2);
    expect(run.truth.investigations.map((one) => one.jobId.split("-")[1])).toEqual(["1732", "1733", "1734"]);
  });

  it("show parallel investigations with as many slots as open Jobs", () => {
    const { truth } = simulateRun({ seed: "parallel", investigations: 20, overlap: 5, style: "stress", delayMs: 1_000 });
    expect(truth.openJobs.peak).toBeGreaterThan(5);
    expect(Math.max(...truth.investigations.map((one) => one.port - 12_300))).toBe(truth.openJobs.peak);
    expect(truth.stageMediansMs.delay).toBeNull();
  });

  it("drift away from the truth at the given rate", () => {
    const run = simulateRun({ seed: "drift", investigations: 3, driftPpm: 1_000, skewMs: 0 });
    const last = run.truth.investigations.at(-1)?.edges.configureStart ?? 0;
    const stamp = stampsOf(run, "Configuring streaming job").at(-1) ?? 0;
    expect(trueTime(run.truth, stamp) - last).toBe(Math.floor((last - run.truth.run.from) / 1_000));
  });

  it("are refused with a clear error where the options cannot be simulated", () => {
    expect(() => simulateRun({ investigations: 0 })).toThrow("investigations is 0; give a whole number from 1");
    expect(() => simulateRun({ investigations: 3, trouble: { timeouts: 2 } })).toThrow("too few");
  });
});
