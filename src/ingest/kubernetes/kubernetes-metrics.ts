/** PodMetrics of metrics.k8s.io/v1beta1: what each container used on average over a window that ends at `timestamp`. */

import type { MetricSample } from "../../model/event.js";
import type { Evidence } from "../../model/source.js";
import type { JsonObject } from "../../model/text/json-object.js";
import { ownText, sharedWord } from "../bytes/shared.js";
import { asArray, asObject, asText } from "../json/json-fields.js";
import { stampOf } from "../stamps/quick-stamps.js";

const METRIC = "metrics.k8s.io/cpu";
/** Suffixes of a quantity of cores (https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/). */
const CORES: Readonly<Record<string, number>> = { n: 1e-9, u: 1e-6, m: 1e-3, "": 1, k: 1e3 };

export function isPodMetrics({ kind, apiVersion }: JsonObject): boolean {
  return kind === "PodMetrics" && asText(apiVersion).startsWith("metrics.k8s.io/");
}

/** A sample for each container, in cores; none where there is no time. */
export function readPodMetrics(object: JsonObject, evidence: Evidence): MetricSample[] {
  const { name, namespace } = asObject(object.metadata);
  const at = stampOf(object.timestamp);
  if (at === undefined) return [];
  return asArray(object.containers)
    .map(asObject)
    .flatMap((container): MetricSample[] => {
      const value = cores(asText(asObject(container.usage).cpu));
      const labels = {
        namespace: sharedWord(asText(namespace)),
        pod: ownText(asText(name)),
        container: sharedWord(asText(container.name)),
      };
      return value === undefined
        ? []
        : [{ type: "metric-sample", metric: METRIC, labels, at: { ...at, clock: "cluster" }, value, rate: true, evidence }];
    });
}

function cores(quantity: string): number | undefined {
  const [, number, suffix = ""] = /^(\d+(?:\.\d+)?)([a-z]?)$/.exec(quantity) ?? [];
  const factor = CORES[suffix];
  return number === undefined || factor === undefined ? undefined : Number(number) * factor;
}
