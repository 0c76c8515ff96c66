import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { prometheusJson } from "../../../src/ingest/readers/prometheus-json.js";
import { readWith } from "../support.js";

const series = (metric: object, values: unknown) =>
  JSON.stringify({ status: "success", data: { resultType: "matrix", result: [{ metric, values }] } });
const CPU = { __name__: "container_cpu_usage_seconds_total", namespace: "default", pod: "p", container: "c" };

describe("samples of Prometheus", () => {
  test("are the counter as scraped, in whole milliseconds; NaN and infinities are none, and a gap is no zero", async () => {
    const { events, counts, from, to, clock } = await readWith(prometheusJson, readFileSync("samples/envelopes/prometheus-range.json"));
    expect(events).toEqual(
      [
        [1795435460781, 0.31],
        [1795435470781, 0.42],
        [1795435540781, 0.421],
      ].map(([at, value]) => ({
        type: "metric-sample",
        metric: "container_cpu_usage_seconds_total",
        labels: { namespace: "default", pod: "grpc-job-1-1730-x7k2p", container: "grpc-server" },
        at: { at, resolutionMs: 1, clock: "cluster" },
        value,
        evidence: { source: 0, line: 1 },
      })),
    );
    expect([counts, from, to, clock]).toEqual([{ lines: 1, matched: 1, ignored: 0, unparsed: 0 }, 1795435460781, 1795435540781, "cluster"]);
  });

  test.each(["prometheus-data.json", "prometheus-series.json"])("%s says the same without its envelope", async (name) => {
    const values = async (file: string) =>
      (await readWith(prometheusJson, readFileSync(`samples/envelopes/${file}`))).events.map((event) =>
        event.type === "metric-sample" ? [event.at.at, event.value] : [],
      );
    expect(await values(name)).toEqual(await values("prometheus-range.json"));
  });

  test("other series are ignored, and a file of nothing else is told", async () => {
    const { events, diagnostics } = await readWith(prometheusJson, series({ __name__: "kube_job_status_active" }, [[1, "1"]]));
    expect(events).toEqual([]);
    expect(diagnostics.map(({ id }) => id)).toEqual(["no-used-series"]);
  });

  test("the labels of old kubelets are read alike", async () => {
    const { events } = await readWith(
      prometheusJson,
      series({ ...CPU, pod: undefined, container: undefined, pod_name: "old", container_name: "k" }, [[1, "1"]]),
    );
    expect(events).toMatchObject([{ labels: { pod: "old", container: "k" } }]);
  });

  test.each([[[["1", "1"]]], [[[1e300, "1"]]], [[[-5, "1"]]], [[[1, 1]]], [[[1, ""]]], [[null, 3, [], {}]], ["x"], [null]])(
    "values like %j are no samples",
    async (values) => {
      expect((await readWith(prometheusJson, series(CPU, values))).events).toEqual([]);
    },
  );
});
