import type { Report } from "../model/report.js";
import { openJobsAt } from "../model/reports/open-level.js";
import { CONNECT_STAGE } from "../model/reserved-stages.js";
import type { Reason } from "../model/source.js";
import { mean } from "../model/statistics/statistics.js";
import type { MeasuredRow } from "./measured-rows.js";

/** The 99% point of the standard normal, two-sided. */
const Z99 = 2.5758293035489004;
/** With fewer pairs a rank correlation says nothing. */
const FEWEST = 20;

/** What the data say against the two assumptions of every prediction: that investigations do not depend on the load, nor on each other. */
export function dependenceNotes(report: Report, rows: readonly MeasuredRow[]): Reason[] {
  const load = loadDependence(report);
  const busy = rows.filter(({ outcome }) => outcome === "ok").map(({ busyMs }) => busyMs);
  const serial = busy.length < FEWEST ? 0 : rankCorrelation(busy.slice(0, -1), busy.slice(1));
  return [load, ...(serial * Math.sqrt(busy.length - 2) > Z99 ? [{ key: "serial-dependence", values: { r: hundredths(serial) } }] : [])];
}

/** Connecting against the number of Jobs open when it began: rank correlation beyond the 99% point, and the slope of the least squares. */
function loadDependence(report: Report): Reason {
  const levelAt = openJobsAt(report);
  const pairs = report.investigations.flatMap(({ outcome, stages }) => {
    const connect = stages.find(({ stage }) => stage === CONNECT_STAGE);
    if (outcome !== "ok" || connect?.outcome !== "ok" || connect.from === null || connect.durationMs === null) return [];
    const level = levelAt(Date.parse(connect.from));
    return level === undefined ? [] : [[level, connect.durationMs] as const];
  });
  if (pairs.length < FEWEST) return { key: "load-unknown", values: {} };
  const [levels, durations] = [pairs.map(([level]) => level), pairs.map(([, ms]) => ms)];
  if (rankCorrelation(levels, durations) * Math.sqrt(pairs.length - 1) <= Z99) return { key: "load-assumed", values: {} };
  return { key: "load-dependence", values: { slopeS: hundredths(slope(levels, durations) / 1000), n: pairs.length } };
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Spearman's: the correlation of the ranks, equal values sharing theirs; 0 where one side does not vary. */
export function rankCorrelation(left: readonly number[], right: readonly number[]): number {
  const [a, b] = [ranks(left), ranks(right)];
  const spread = Math.sqrt(covariance(a, a) * covariance(b, b));
  return spread === 0 ? 0 : covariance(a, b) / spread;
}

function slope(x: readonly number[], y: readonly number[]): number {
  return covariance(x, y) / covariance(x, x);
}

function covariance(x: readonly number[], y: readonly number[]): number {
  const [centreX, centreY] = [mean(x), mean(y)];
  return x.reduce((sum, value, index) => sum + (value - centreX) * ((y[index] ?? 0) - centreY), 0) / x.length;
}

function ranks(values: readonly number[]): number[] {
  const order = values.map((_, index) => index).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const found = new Array<number>(values.length).fill(0);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && values[order[to] ?? 0] === values[order[from] ?? 0]) to += 1;
    for (const index of order.slice(from, to)) found[index] = (from + to - 1) / 2;
    from = to;
  }
  return found;
}
