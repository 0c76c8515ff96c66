import { errorMessage } from "../model/errors.js";
import { isObject } from "../model/text/json-object.js";
import type { DurationMs } from "../model/time.js";
import { type ApiClient, apiGetJson } from "./api-get.js";
import { pause } from "./back-off.js";
import type { KubeObject, WatchPorts } from "./collect-types.js";

const API_VERSION = "metrics.k8s.io/v1beta1";

/** What of a cluster is sampled; "" for all namespaces, and for no selector. */
export interface SampledPods {
  readonly namespaces: readonly string[];
  readonly selector: string;
  readonly everyMs: DurationMs;
}

/**
 * Asks the metrics API again and again what the Pods use, and tells each new sample as a METRICS row. A cluster need not have that API, and it may fail for a
 * while: `onState` hears of it once, and the capture goes on.
 * https://github.com/kubernetes/metrics/blob/master/pkg/apis/metrics/v1beta1/types.go
 */
export async function sampleCpu(client: ApiClient, { namespaces, selector, everyMs }: SampledPods, ports: WatchPorts): Promise<void> {
  /** Stamp of the last sample of each Pod: the API repeats it until there is a new one. */
  let seen = new Map<string, unknown>();
  let failing = false;
  while (!client.signal.aborted) {
    const now = new Map<string, unknown>();
    for (const namespace of namespaces) {
      const samples = await readSamples(client, namespace, selector).catch((error: unknown) => {
        const reason = errorMessage(error);
        if (!failing && !client.signal.aborted)
          ports.onState?.({ at: client.clock(), kind: "CPU", namespace, state: "waiting", reason, waitMs: everyMs });
        return undefined;
      });
      failing = samples === undefined;
      for (const sample of samples ?? []) {
        const key = `${String(sample.metadata?.namespace)}/${String(sample.metadata?.name)}`;
        now.set(key, sample.timestamp);
        if (seen.get(key) !== sample.timestamp) await ports.onRow?.({ received: client.clock(), type: "METRICS", object: sample });
      }
    }
    seen = now;
    await pause(everyMs, client.signal);
  }
}

async function readSamples(client: ApiClient, namespace: string, selector: string): Promise<KubeObject[]> {
  const path = namespace === "" ? `/apis/${API_VERSION}/pods` : `/apis/${API_VERSION}/namespaces/${encodeURIComponent(namespace)}/pods`;
  const { value } = await apiGetJson(client, path, selector === "" ? {} : { labelSelector: selector });
  const items = Array.isArray(value.items) ? value.items.filter(isObject) : [];
  return items.map((item) => ({ ...item, apiVersion: API_VERSION, kind: "PodMetrics" }));
}
