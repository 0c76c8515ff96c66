/** What Prometheus has scraped of the CPU of serving Pods, as its `query_range` answers: counters, as text. */

import type { Random } from "../model/statistics/random.js";
import type { DurationMs, EpochMs } from "../model/time.js";
import { type Distribution, sampleDuration } from "./distributions.js";
import { CONTAINERS } from "./job-objects.js";

/** How serving containers use the CPU, and how often they are asked for it. */
export interface CpuSettings {
  readonly scrapeMs: DurationMs;
  /** Usage of a Job without a client, one draw for each Job, in millicores. */
  readonly idleMillicores: Distribution;
  /** Usage while frames flow, one draw for each Job, in millicores. */
  readonly streamMillicores: Distribution;
}

/** What is drawn of one Job. */
export interface CpuSubject {
  readonly namespace: string;
  readonly pod: string;
  readonly startedAt: EpochMs;
  readonly endedAt: EpochMs;
  readonly stream: { readonly from: EpochMs; readonly to: EpochMs } | null;
}

/** The counter starts at zero with its container; each Pod is scraped at a phase of its own. */
export function renderCpuSamples(settings: CpuSettings, subjects: readonly CpuSubject[], random: Random): string {
  const result = subjects.map((subject) => {
    const { namespace, pod, startedAt, endedAt, stream } = subject;
    const [idle, busy] = [sampleDuration(settings.idleMillicores, random), sampleDuration(settings.streamMillicores, random)];
    const first = startedAt + random.between(0, settings.scrapeMs);
    const values: [number, string][] = [];
    for (let at = first; at <= endedAt; at += settings.scrapeMs) {
      const streamed = stream === null ? 0 : Math.max(0, Math.min(at, stream.to) - stream.from);
      const coreMs = (idle * (at - startedAt) + (busy - idle) * streamed) / 1000;
      values.push([Math.round(at) / 1000, (coreMs / 1000).toFixed(6)]);
    }
    const metric = { __name__: "container_cpu_usage_seconds_total", container: CONTAINERS.serving, job: "kubelet", namespace, pod };
    return { metric, values };
  });
  return `${JSON.stringify({ status: "success", data: { resultType: "matrix", result } })}\n`;
}
