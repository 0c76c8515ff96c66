/** The files that captures of a cluster leave, in the shape in which kubectl prints them. */

import type { Random } from "../model/statistics/random.js";
import type { EpochMs } from "../model/time.js";
import type { VersionedWrite } from "./cluster-write.js";
import { sampleDuration } from "./distributions.js";
import { millisecondsStamp } from "./instants.js";
import type { SimulationSettings } from "./options.js";

/** When the watches ran. */
export interface WatchWindow {
  readonly from: EpochMs;
  readonly to: EpochMs;
}

interface WatchRow {
  readonly type: string;
  readonly write: VersionedWrite;
  readonly arrivesAt: EpochMs;
}

/** `kubectl get KIND -A -w -o json --output-watch-events`: one compact row a change. */
export function renderWatch(rows: readonly WatchRow[]): string {
  return rows.map(({ type, write }) => `${JSON.stringify({ type, object: write.object() })}\n`).join("");
}

/** The same with the time of arrival, in the collector's clock, which is the cluster's here. */
export function renderReceivedWatch(rows: readonly WatchRow[]): string {
  return rows
    .map(({ type, write, arrivesAt }) => `${JSON.stringify({ received: millisecondsStamp(arrivesAt), type, object: write.object() })}\n`)
    .join("");
}

/** Rows of one kind: what exists at the start of the watch comes first as ADDED, in the order of names, then every change. */
export function watchRows(
  settings: SimulationSettings,
  writes: readonly VersionedWrite[],
  kind: "Job" | "Pod",
  window: WatchWindow,
  random: Random,
): WatchRow[] {
  const existing = new Map<string, VersionedWrite>();
  const rows: WatchRow[] = [];
  let lastArrival = window.from;
  const arrive = (type: string, write: VersionedWrite, at: EpochMs): void => {
    lastArrival = Math.max(lastArrival, at + sampleDuration(settings.capture.watchLatency, random));
    if (lastArrival <= window.to) {
      rows.push({ type, write, arrivesAt: lastArrival });
    }
  };
  const ofKind = writes.filter((write) => write.kind === kind);
  for (const write of ofKind.filter((candidate) => candidate.at < window.from)) {
    if (write.change === "DELETED") {
      existing.delete(write.uid);
    } else {
      existing.set(write.uid, write);
    }
  }
  for (const write of [...existing.values()].sort(byName)) {
    arrive("ADDED", write, window.from);
  }
  for (const write of ofKind.filter((candidate) => candidate.at >= window.from)) {
    arrive(write.change, write, write.at);
  }
  return rows;
}

/** `kubectl get events -A -w -o json`: pretty documents one after the other, a repeated Event once for each count. */
export function renderEventsWatch(writes: readonly VersionedWrite[], window: WatchWindow): string {
  return writes
    .filter((write) => write.kind === "Event" && write.at >= window.from && write.at <= window.to)
    .map((write) => `${JSON.stringify(write.object(), null, 4)}\n`)
    .join("");
}

/** `kubectl get events -A -o json` at the end: the last state of each Event that the API server still remembers, in the order of names. */
export function renderEventList(settings: SimulationSettings, writes: readonly VersionedWrite[], at: EpochMs): string {
  const latest = new Map<string, VersionedWrite>();
  for (const write of writes) {
    if (write.kind === "Event" && write.at <= at && write.at > at - settings.capture.eventTtlMs) {
      latest.set(write.uid, write);
    }
  }
  const items = [...latest.values()].sort(byName).map((write) => write.object());
  return `${JSON.stringify({ apiVersion: "v1", items, kind: "List", metadata: { resourceVersion: "", selfLink: "" } }, null, 4)}\n`;
}

function byName(left: VersionedWrite, right: VersionedWrite): number {
  const [a, b] = [`${left.namespace}/${left.name}`, `${right.namespace}/${right.name}`];
  return a < b ? -1 : a > b ? 1 : 0;
}
