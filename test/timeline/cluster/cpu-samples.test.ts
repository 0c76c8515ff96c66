import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MetricSample } from "../../../src/model/event.js";
import type { Moment } from "../../../src/model/timeline.js";
import { cpuUsage, scrapedSamples } from "../../../src/timeline/cluster/cpu-samples.js";

const createdAt = (seconds: number): Moment => ({
  at: seconds * 1000,
  lo: seconds * 1000,
  hi: seconds * 1000,
  how: "audit",
  bracket: false,
});
const JOBS = [{ uid: "u1", name: "grpc-job-1-1730", namespace: "default", created: createdAt(0) }];

function sample(seconds: number, value: number, fields: Partial<MetricSample> = {}, container = "grpc-server"): MetricSample {
  return {
    type: "metric-sample",
    metric: "container_cpu_usage_seconds_total",
    labels: { namespace: "default", pod: "grpc-job-1-1730-x7k2p", container },
    at: { at: seconds * 1000, resolutionMs: 1, clock: "cluster" },
    value,
    evidence: { source: 0, line: 1 },
    ...fields,
  };
}

const millicores = (samples: readonly MetricSample[]) =>
  cpuUsage(samples, JOBS, []).flatMap(({ spans }) =>
    spans.map((span) => [span.from / 1000, span.to / 1000, Math.round(span.millicores * 1e6) / 1e6]),
  );

describe("CPU usage of the Pods of Jobs", () => {
  it("is the rise of the counter over time: 0.06 s in 15 s are 4 millicores", () => {
    expect(millicores([sample(0, 1), sample(15, 1.06), sample(30, 1.06)])).toEqual([
      [0, 15, 4],
      [15, 30, 0],
    ]);
  });

  it("is the value itself where a recording rule has made cores of it", () => {
    const rule = { metric: "node_namespace_pod_container:container_cpu_usage_seconds_total:sum_irate", rate: true as const };
    expect(millicores([sample(0, 0.2, rule), sample(15, 0.004, rule)])).toEqual([[0, 15, 4]]);
  });

  it("is that of the counter where both are there, which is the finer one", () => {
    const rule = { metric: "sum_irate", rate: true as const };
    expect(millicores([sample(0, 0.2, rule), sample(15, 0.2, rule), sample(0, 1), sample(15, 1.06)])).toEqual([[0, 15, 4]]);
  });

  it("says nothing of a gap and of the step in which a container was started anew", () => {
    expect(millicores([sample(0, 1), sample(15, 1.15), sample(90, 1.3), sample(105, 0.1), sample(120, 0.25)])).toEqual([
      [0, 15, 10],
      [105, 120, 10],
    ]);
  });

  it("adds up containers, and leaves out the pause container and the whole Pod beside them", () => {
    const both = [0, 15].flatMap((at) => [
      sample(at, at * 0.01),
      sample(at, at * 0.002, {}, "sidecar"),
      sample(at, at * 5, {}, "POD"),
      sample(at, at * 0.5, {}, ""),
    ]);
    expect(millicores(both)).toEqual([[0, 15, 12]]);
    expect(millicores([sample(0, 0, {}, ""), sample(15, 0.06, {}, "")])).toEqual([[0, 15, 4]]);
  });

  it("belongs to the Job that owns the Pod, or has its name where the Pod was not seen; Pods of others are left out", () => {
    const pods = [{ name: "odd-name", uid: "p1", jobUid: "u1" }];
    const odd = [0, 15].map((at) => sample(at, at, { labels: { namespace: "default", pod: "odd-name", container: "c" } }));
    expect(cpuUsage(odd, JOBS, pods).map(({ jobUid }) => jobUid)).toEqual(["u1"]);
    expect(cpuUsage(odd, JOBS, [])).toEqual([]);
    expect(cpuUsage([sample(0, 1), sample(15, 2)], [{ ...JOBS[0], namespace: "other" } as (typeof JOBS)[0]], [])).toEqual([]);
  });

  it("belongs to the last Job of the name that was there when its samples began", () => {
    const jobs = [...JOBS, { ...JOBS[0], uid: "u2", created: createdAt(100) } as (typeof JOBS)[0]];
    const pod = (name: string, from: number) =>
      [from, from + 15].map((at) => sample(at, at, { labels: { namespace: "default", pod: `grpc-job-1-1730-${name}`, container: "c" } }));
    expect(cpuUsage([...pod("aaaaa", 20), ...pod("bbbbb", 120)], jobs, []).map(({ jobUid }) => jobUid)).toEqual(["u1", "u2"]);
  });

  it("does not depend on the order of samples, nor on samples given twice", () => {
    const ordered = Array.from({ length: 12 }, (_, index) => sample(index * 15, index * 0.06));
    fc.assert(
      fc.property(fc.shuffledSubarray(ordered, { minLength: 12 }), fc.subarray(ordered), (shuffled, again) => {
        expect(millicores([...shuffled, ...again])).toEqual(millicores(ordered));
      }),
    );
  });
});

describe("counters on the steps of a range query", () => {
  const ofPod = (pod: string, from: number, step: number, source = 0) =>
    [0, 1, 2, 3].map((index) =>
      sample(from + index * step, index, { labels: { namespace: "default", pod, container: "main" }, evidence: { source, line: 1 } }),
    );

  it("tell nothing of when they were scraped, and are left out", () => {
    expect(scrapedSamples([...ofPod("a", 30, 15), ...ofPod("b", 75, 15)])).toEqual([]);
    // Another file may hold the scrapes.
    const scraped = [...ofPod("a", 31.281, 15, 1), ...ofPod("b", 76.007, 15, 1)];
    expect(scrapedSamples([...ofPod("a", 30, 15), ...ofPod("b", 75, 15), ...scraped])).toEqual(scraped);
  });

  it.each<[string, readonly MetricSample[]]>([
    ["each node has a phase of its own", [...ofPod("a", 30, 15), ...ofPod("b", 77, 15)]],
    ["scrapes have milliseconds", [...ofPod("a", 30.781, 15), ...ofPod("b", 75.781, 15)]],
    ["a single Pod shows no grid", ofPod("a", 30, 15)],
    ["usages are means already", [...ofPod("a", 30, 15), ...ofPod("b", 75, 15)].map((one) => ({ ...one, rate: true as const }))],
  ])("are none where %s", (_, samples) => {
    expect(scrapedSamples(samples)).toBe(samples);
  });
});
