import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { analyzeFiles, diagnosticIds } from "./simulated.js";

const envelope = (name: string): string => readFileSync(`samples/envelopes/${name}`, "utf8");
const log = envelope("runner.log");

/** Rows of a watch over `count` Jobs of one name, one after the other, ten seconds apart. */
function watchOfOneName(count: number): string {
  const [created, running, deleted] = envelope("received.jsonl")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  const stamp = (seconds: number) => new Date(Date.parse("2026-11-23T12:04:17Z") + seconds * 1000).toISOString();
  return Array.from({ length: count }, (_none, index) =>
    [created, running, deleted]
      .map((row, step) => {
        const at = index * 10 + ([0, 1, 8][step] ?? 0);
        const metadata = {
          ...row.object.metadata,
          uid: `uid-${index}`,
          creationTimestamp: stamp(index * 10).replace(".000Z", "Z"),
          resourceVersion: String(1000 + index * 10 + step),
        };
        return `${JSON.stringify({ ...row, received: stamp(at + 0.25), object: { ...row.object, metadata, status: step === 0 ? {} : { active: 1, startTime: metadata.creationTimestamp } } })}\n`;
      })
      .join(""),
  ).join("");
}

describe("traps of Kubernetes data, end to end", () => {
  test("25 Jobs that share one name stay 25 Jobs, each with its own end", async () => {
    const report = await analyzeFiles(new Map([["jobs.jsonl", watchOfOneName(25)]]), ["jobs.jsonl"]);
    expect(report.jobs).toHaveLength(25);
    expect(new Set(report.jobs.map(({ uid }) => uid)).size).toBe(25);
    expect(new Set(report.jobs.map(({ name }) => name)).size).toBe(1);
    // Each is seen to go 8 s after it was created, and never overlaps the next.
    for (const job of report.jobs) expect(job.openMs).toBeCloseTo(8000, -2);
    expect(report.concurrency.allJobs?.peak ?? report.concurrency.openJobs?.peak).toBe(1);
  });

  test("a watch without types invents no deletion", async () => {
    const files = new Map([
      ["jobs.json", envelope("untyped-watch.json")],
      ["run.log", log],
    ]);
    const report = await analyzeFiles(files, ["jobs.json", "run.log"]);
    expect(report.jobs).toHaveLength(1);
    expect(report.jobs[0]).not.toHaveProperty("deletedAt");
    expect(report.jobs[0]?.sources.deletedAt).toBeNull();
  });

  test("an Event that repeated for eleven days opens no Job and stretches nothing", async () => {
    const files = new Map([
      ["events.json", envelope("event-list.json")],
      ["pods.json", envelope("pod-list.json")],
      ["run.log", log],
    ]);
    const report = await analyzeFiles(files, ["events.json", "pods.json", "run.log"]);
    const start = Date.parse("2026-11-23T12:04:17Z");
    expect(report.jobs.map(({ name }) => name)).toEqual(["grpc-job-1-1730"]);
    expect(Date.parse(report.jobs[0]?.createdAt ?? "")).toBeGreaterThanOrEqual(start);
    expect(report.jobs[0]?.openMs).toBeLessThan(60_000);
    const from = report.concurrency.window?.from;
    if (from !== undefined) expect(Date.parse(from)).toBeGreaterThanOrEqual(start - 1000);
  });

  test("CPU samples beside a run change nothing else", async () => {
    const names = ["jobs.jsonl", "run.log"];
    const files = new Map([
      ["jobs.jsonl", envelope("received.jsonl")],
      ["run.log", log],
      ["cpu.json", envelope("prometheus-range.json")],
    ]);
    const [without, beside] = [await analyzeFiles(files, names), await analyzeFiles(files, [...names, "cpu.json"])];
    const facts = ({ jobs, stages, claims }: typeof without) => ({
      jobs: jobs.map(({ evidence: _place, ...job }) => job),
      stages,
      claims: claims.map(({ id, verdict }) => [id, verdict]),
    });
    expect(facts(beside)).toEqual(facts(without));
  });

  test("an export that lost records says so", async () => {
    const files = new Map([
      ["events.log", envelope("event-exporter.log")],
      ["run.log", log],
    ]);
    const report = await analyzeFiles(files, ["events.log", "run.log"]);
    expect(diagnosticIds(report)).toContain("declared-losses");
  });
});
