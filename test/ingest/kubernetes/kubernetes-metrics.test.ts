import { expect, test } from "vitest";
import { readPodMetrics } from "../../../src/ingest/kubernetes/kubernetes-metrics.js";

const EVIDENCE = { source: 0, line: 1 };
const metrics = (cpu: readonly unknown[], timestamp: unknown = "2026-11-23T12:04:17Z") => ({
  kind: "PodMetrics",
  apiVersion: "metrics.k8s.io/v1beta1",
  metadata: { name: "p", namespace: "default" },
  timestamp,
  containers: cpu.map((one, index) => ({ name: `c${index}`, usage: { cpu: one, memory: "1Mi" } })),
});
const coresOf = (...cpu: readonly unknown[]) => readPodMetrics(metrics(cpu), EVIDENCE).map(({ value }) => value);

test("what each container used is read in cores, whatever the suffix of its quantity", () => {
  const cores = coresOf("1500000n", "1500u", "250m", "0", "2", "0.5", "1k");
  for (const [index, expected] of [0.0015, 0.0015, 0.25, 0, 2, 0.5, 1000].entries()) expect(cores[index]).toBeCloseTo(expected, 12);
});

test("what is no quantity of cores says nothing, nor does anything without a time", () => {
  expect(coresOf("1x", "", "-1m", null, "1Mi", 5)).toEqual([]);
  expect(readPodMetrics(metrics(["1m"], null), EVIDENCE)).toEqual([]);
});

test("a sample says of which container it is, and that it is a rate", () => {
  expect(readPodMetrics(metrics(["1", "2"]), EVIDENCE)).toMatchObject([
    { metric: "metrics.k8s.io/cpu", labels: { namespace: "default", pod: "p", container: "c0" }, rate: true, value: 1 },
    { labels: { container: "c1" }, at: { at: Date.parse("2026-11-23T12:04:17Z"), resolutionMs: 1000, clock: "cluster" } },
  ]);
});
