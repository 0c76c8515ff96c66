/**
 * Answer of Prometheus to `query_range` or `query` (https://prometheus.io/docs/prometheus/latest/querying/api/#expression-query-result-formats),
 * with its envelope, its `data` alone, or the bare array of series. Used: the CPU counters of containers and Pods, as scraped, and the recording
 * rules over them that kube-prometheus has (https://github.com/kubernetes-monitoring/kubernetes-mixin), whose values are cores. A `rate()` typed by
 * hand has no name, so nothing says that it is CPU: it is ignored like all other series.
 */
import type { MetricSample } from "../../model/event.js";
import { isObject, type JsonObject } from "../../model/text/json-object.js";
import { ownText, sharedWord } from "../bytes/shared.js";
import type { Ingester } from "../ingester.js";
import type { DocumentHandler } from "../json/document-handler.js";
import { JsonDocumentSplitter } from "../json/json-documents.js";
import { asArray, asObject, asText, parseObject } from "../json/json-fields.js";
import { LineLedger } from "../line-ledger.js";
import type { LineClass, Recorder } from "../recorder.js";

/** The year 9999 ends [s since 1970]. */
const LAST_SECOND = 253_402_300_800;
const COUNTERS: ReadonlySet<string> = new Set(["container_cpu_usage_seconds_total", "pod_cpu_usage_seconds_total"]);
/** `node_namespace_pod_container:container_cpu_usage_seconds_total:sum_irate`, `...:sum_rate5m`. */
const RATES = /:container_cpu_usage_seconds_total:(?:sum_)?i?rate(?:\d{1,4}[smh])?$/;
/** `{"data":{"result":[...]}}` and `{"result":[...]}`. */
const SERIES_LIST = { keys: new Set(["result"]), depth: 2 };
const ENVELOPE = /"resultType"\s{0,9}:\s{0,9}"(?:matrix|vector|scalar|string)"/;
const SERIES = /^\s*(?:\[\s*)?\{\s*(?:"result"\s*:\s*\[\s*\{\s*)?"metric"\s*:\s*\{[^{}]{0,5000}\}\s*,\s*"values?"\s*:\s*\[/;

export const prometheusJson: Ingester = {
  id: "prometheus-json",
  matches: (head) => /^\s*[[{]/.test(head) && (SERIES.test(head) || (ENVELOPE.test(head) && /"result"\s{0,9}:/.test(head))),
  async read(source, recorder) {
    recorder.clock = "cluster";
    const series = new SeriesReader(recorder);
    const splitter = new JsonDocumentSplitter(series, SERIES_LIST);
    for await (const chunk of source.chunks) splitter.push(chunk);
    series.ledger.end(splitter.end());
    if (recorder.table.length === 0) recorder.diagnose("no-used-series", "warning", { lines: recorder.counts.lines });
  },
};

class SeriesReader implements DocumentHandler {
  readonly ledger: LineLedger;

  constructor(private readonly recorder: Recorder) {
    this.ledger = new LineLedger(recorder);
  }

  document(text: string, first: number, last: number): void {
    this.ledger.mark(this.classify(parseObject(text), first, text), first, last);
  }

  parsed(series: JsonObject, first: number, last: number): void {
    this.ledger.mark(this.classify(series, first), first, last);
  }

  listStart(line: number): void {
    this.ledger.listStart(line);
  }

  listEnd(line: number, isWhole: boolean): void {
    // A whole List says something even where it is empty; one that breaks off says what its items do.
    if (isWhole) this.recorder.usable = true;
    this.ledger.listEnd(line);
  }

  empty(line: number): void {
    this.ledger.mark("ignored", line, line);
  }

  unreadable(why: "noise" | "limit" | "cut", first: number, last: number): void {
    this.ledger.mark("unparsed", first, last);
    const id = { noise: "text-between-documents", limit: "document-too-large", cut: "cut-document" }[why];
    this.recorder.diagnose(id, why === "noise" ? "info" : "warning", { line: first }, this.recorder.evidence(first));
  }

  private classify(series: JsonObject | null, line: number, text?: string): LineClass {
    if (!series) {
      this.recorder.diagnose("unreadable-document", "warning", { line }, this.recorder.evidence(line, text));
      return "unparsed";
    }
    const samples = readSeries(series, line, this.recorder);
    for (const sample of samples) {
      this.recorder.see(sample.at.at);
      this.recorder.emit(sample);
    }
    return samples.length > 0 ? "matched" : "ignored";
  }
}

function readSeries(series: JsonObject, line: number, recorder: Recorder): MetricSample[] {
  const names = asObject(series.metric);
  const metric = asText(names.__name__);
  const isRate = RATES.test(metric);
  if (!(COUNTERS.has(metric) || isRate) || !isObject(series.metric)) return [];
  const labels = {
    namespace: ownText(asText(names.namespace)),
    // The names before Kubernetes 1.16.
    pod: ownText(asText(names.pod) || asText(names.pod_name)),
    container: ownText(asText(names.container) || asText(names.container_name)),
  };
  const evidence = recorder.evidence(line);
  const name = sharedWord(metric);
  const pairs = Array.isArray(series.values) ? series.values : [series.value];
  return pairs.flatMap((pair) => {
    const [seconds, text] = asArray(pair);
    // NaN and the infinities are no measurement.
    const value = typeof text === "string" && text.trim() !== "" ? Number(text) : Number.NaN;
    if (typeof seconds !== "number" || !(seconds >= 0 && seconds < LAST_SECOND) || !Number.isFinite(value)) return [];
    const at = { at: Math.round(seconds * 1000), resolutionMs: 1, clock: "cluster" as const };
    return [{ type: "metric-sample" as const, metric: name, labels, at, value, ...(isRate ? { rate: true as const } : {}), evidence }];
  });
}
