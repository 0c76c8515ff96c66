import { oncePer } from "../../model/collections/once-per.js";
import type { CrossCheckQuantity } from "../../model/cross-check-quantities.js";
import type { ValueInterval } from "../../model/expressions/interval-expression.js";
import type { Bounds } from "../../model/time.js";
import type { Curve } from "../concurrency/curves.js";
import { levelsOf, openBetween } from "../concurrency/open-between.js";
import type { MetricContext } from "../metrics/metric-context.js";
import { partOfJobs } from "../metrics/part-of-run.js";

/** When a number of the log was counted; empty for one that is of the whole run. */
export interface When {
  /** Cluster time; absent where nothing ties the log to it. */
  readonly onCluster?: Bounds;
  /** The time of the curve of connections, which is the log's own where its zone is not known. */
  readonly onLog?: Bounds;
}

type Seen = (when: When) => ValueInterval | undefined;

const unknown: Seen = () => undefined;

const openOf = (whose: "own" | "all") =>
  oncePer(({ timeline, profile, concurrency }: MetricContext): Seen => {
    const between = openBetween(timeline, profile, concurrency, whose);
    return ({ onCluster }) => onCluster && between(onCluster);
  });

const connectedOf = ({ concurrency: { connected } }: MetricContext): Seen => {
  if (connected === undefined) return unknown;
  const between = levelsOf(connected.steps);
  return ({ onLog }) => onLog && between(onLog);
};

const peakOf =
  (curveOf: (concurrency: MetricContext["concurrency"]) => Curve | undefined) =>
  ({ concurrency }: MetricContext): Seen =>
  () =>
    curveOf(concurrency)?.peakRange;

const QUANTITIES: Readonly<Record<CrossCheckQuantity, (context: MetricContext) => Seen>> = {
  "open-jobs": openOf("own"),
  "all-open-jobs": openOf("all"),
  "connected-investigations": connectedOf,
  "peak-open-jobs": peakOf(({ openJobs }) => openJobs),
  "peak-all-open-jobs": peakOf(({ allJobs }) => allJobs),
  "peak-connected-investigations": peakOf(({ connected }) => connected),
};

export function isQuantity(name: string): name is CrossCheckQuantity {
  return Object.hasOwn(QUANTITIES, name);
}

/** What was measured of a quantity, as the range that is left open: undefined where it was not, or where only a part of the run was seen. */
export function quantityOf(name: CrossCheckQuantity, context: MetricContext): Seen {
  return partOfJobs(context) === undefined ? QUANTITIES[name](context) : unknown;
}
