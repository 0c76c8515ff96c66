import { describe, expect, it } from "vitest";
import type { Clock } from "../../../src/model/clock.js";
import type { ClusterEvent, TimelineEvent } from "../../../src/model/event.js";
import { referenceClock, unanchoredClock } from "../../../src/timeline/clocks/clocks.js";
import { ResourceVersions } from "../../../src/timeline/cluster/resource-versions.js";
import { clusterEvent, fine, job, pod, T0 } from "../builders.js";

const NODE = "node:n1";
const ahead: Clock = { ...referenceClock, id: NODE, offsetMs: 20_000, skewMs: 20_000, uncertaintyMs: 300, method: "bounds" };

/** An Event of a kubelet that stands for several, the first at 30 s and the last at 60 s by the clock of its node. */
const repeated: ClusterEvent = clusterEvent("Unhealthy", { kind: "Pod", name: "other", uid: "other" }, 30_000, {
  first: fine(30_000, NODE),
  last: { at: T0 + 60_000, resolutionMs: 1000, clock: NODE },
  createdAt: T0 + 10_000,
  count: 4,
  resourceVersion: 20,
});

function around(version: number, node: Clock) {
  const clocks = new Map([referenceClock, node].map((clock) => [clock.id as string, clock]));
  // Two Jobs in whose second of creation nobody has touched them yet.
  const jobs = [job("a", "a", { createdMs: 5_000, resourceVersion: 10 }), job("b", "b", { createdMs: 50_000, resourceVersion: 30 })];
  const { lo, hi } = new ResourceVersions([...jobs, repeated], clocks).neighbourhood(version);
  return { lo: lo - T0, hi: hi - T0 };
}

describe("the writes around a number", () => {
  it("bound it from below by the last time of an Event that is repeated, on the cluster's clock and less what is uncertain of its node's", () => {
    expect(around(25, ahead)).toEqual({ lo: 39_700, hi: 51_000 });
  });

  it("bound it by nothing of such an Event but its creation where nothing ties the clock of its node to the cluster's", () => {
    expect(around(25, unanchoredClock(NODE))).toEqual({ lo: 10_000, hi: 51_000 });
  });

  it("are open above by such an Event, which need not be the next to have happened", () => {
    expect(around(15, ahead)).toEqual({ lo: 5_000, hi: 51_000 });
  });

  it("hold a clock that is the cluster's to what it reads", () => {
    expect(around(25, { ...ahead, offsetMs: 20_000, uncertaintyMs: 0 }).lo).toBe(40_000);
    expect(around(25, { ...referenceClock, id: NODE }).lo).toBe(60_000);
  });

  it("are bounded by nothing of an Event that was sent before what had happened by then, as one that was held up, or the copy that tells of its removal", () => {
    const late = clusterEvent("Pulled", { kind: "Pod", name: "other", uid: "other" }, 3_000, { resourceVersion: 20 });
    const jobs = [job("a", "a", { createdMs: 5_000, resourceVersion: 10 }), job("b", "b", { createdMs: 50_000, resourceVersion: 30 })];
    const { hi } = new ResourceVersions([...jobs, late], new Map([["cluster", referenceClock]])).neighbourhood(15);
    expect(hi - T0).toBe(51_000);
  });

  it("are bounded by the first row of a Pod that shows it marked for deletion, not by others while it ends", () => {
    const marked = { deletionTimestamp: T0 + 60_000, deletionGracePeriodMs: 30_000 };
    const rows = [30, 40].map((resourceVersion) => pod("p", "p", { resourceVersion, ...marked }, { change: "MODIFIED" }));
    const versions = new ResourceVersions(rows, new Map());
    expect(versions.neighbourhood(25).hi - T0).toBe(31_000);
    expect(versions.neighbourhood(35).hi).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("the row that marks a Pod for deletion", () => {
  const marked = (graceMs: number) =>
    pod(
      "p",
      "p",
      { createdMs: 5_000, resourceVersion: 20, deletionTimestamp: T0 + 60_000, deletionGracePeriodMs: graceMs },
      { change: "MODIFIED" },
    );
  const boundBefore = (graceMs: number) =>
    new ResourceVersions([marked(graceMs)], new Map([["cluster", referenceClock]])).neighbourhood(15).hi;

  it("was written in the second of the request, its stamp less the grace", () => {
    expect(boundBefore(30_000)).toBe(T0 + 31_000);
  });

  it("bounds nothing from above without a grace: the kubelet writes it again when the Pod is gone", () => {
    expect(boundBefore(0)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("numbers of a cluster that began anew", () => {
  /** A Job that the controller takes up at once, from its creation to a later write. */
  const lived = (name: string, createdMs: number, resourceVersion: number) => [
    job(name, name, { createdMs, resourceVersion }),
    job(name, name, { createdMs, resourceVersion: resourceVersion + 1, startTime: T0 + createdMs }, { change: "MODIFIED" }),
  ];
  const around = (rows: readonly TimelineEvent[]) => {
    const versions = new ResourceVersions(rows, new Map());
    return [versions.neighbourhood(25), versions.foundTwoNumberings];
  };

  it("tell nothing: they bracket no write, neither those from before nor those from after", () => {
    const rows = [...lived("a", 5_000, 900), ...lived("b", 60_000, 10), ...lived("c", 90_000, 40)];
    expect(around(rows)).toEqual([{ lo: Number.NEGATIVE_INFINITY, hi: Number.POSITIVE_INFINITY, fine: false }, true]);
  });

  it("are not suspected where a Job that waits is written to, or where stamps of several API servers differ", () => {
    const suspended = job("s", "s", { createdMs: 1_000, resourceVersion: 50 }, { change: "MODIFIED" });
    const rows = [...lived("a", 5_000, 10), ...lived("b", 60_000, 30), suspended, ...lived("c", 57_000, 40)];
    expect(around(rows)).toEqual([{ lo: T0 + 5_000, hi: T0 + 61_000, fine: false }, false]);
  });
});
