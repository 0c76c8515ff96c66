import { describe, expect, test } from "vitest";
import type { Clock } from "../../../src/model/clock.js";
import { Handover } from "../../../src/model/collections/handover.js";
import type { ClusterEvent, TimelineEvent } from "../../../src/model/event.js";
import { buildTimeline } from "../../../src/timeline/build-timeline.js";
import { referenceClock, unanchoredClock } from "../../../src/timeline/clocks/clocks.js";
import { podEndOf, podFinishOf, podStartOf } from "../../../src/timeline/cluster/pod-moments.js";
import { ResourceVersions } from "../../../src/timeline/cluster/resource-versions.js";
import { clusterEvent, focusServer, pod, request, sources, T0 } from "../builders.js";

const owned = { ownerUid: "job-uid", ownerName: "grpc-job-1-1" };
const first = pod("grpc-job-1-1-a", "pod-a", { ...owned, createdMs: 1_000, resourceVersion: 10 });
const deleted = (row: typeof first, atMs: number): typeof first => ({
  ...row,
  change: "DELETED",
  pod: { ...row.pod, deletionTimestamp: T0 + atMs, resourceVersion: (row.pod.resourceVersion ?? 0) + 5 },
});
const timelineOf = (events: readonly TimelineEvent[]) => buildTimeline(new Handover(events), sources(60_000), { profile: focusServer });

describe("a Job known by its Pods alone", () => {
  test("ends with the deletion of its Pod", () => {
    const [job] = timelineOf([first, deleted(first, 20_000)]).jobs;
    expect(job?.gone).toMatchObject({ how: "pod-deletion-timestamp", hi: T0 + 21_000 });
  });

  test.each([20_000, 24_000])("lives on where another Pod follows one that was evicted, created after %i ms", (createdMs) => {
    const second = pod("grpc-job-1-1-b", "pod-b", { ...owned, createdMs, resourceVersion: 20 });
    const [open] = timelineOf([first, deleted(first, 20_000), second]).jobs;
    expect(open?.gone).toBeUndefined();
    expect(open?.censoredAt).toBeGreaterThan(T0 + 24_000);
    const [ended] = timelineOf([first, deleted(first, 20_000), second, deleted(second, 40_000)]).jobs;
    expect(ended?.gone).toMatchObject({ how: "pod-deletion-timestamp", hi: T0 + 41_000 });
  });

  test("ends with the first deletion where its Pods worked side by side", () => {
    const beside = pod("grpc-job-1-1-b", "pod-b", { ...owned, createdMs: 2_000, resourceVersion: 20 });
    const [job] = timelineOf([first, beside, deleted(first, 20_000), deleted(beside, 21_000)]).jobs;
    expect(job?.gone).toMatchObject({ hi: T0 + 21_000 });
  });
});

describe("a Pod of which several sources tell, in whatever order they were read", () => {
  test("was gone with the last delete of the audit log", () => {
    const [asked, gone] = [20_000, 50_000].map((ms) => request("delete", first.pod.name, ms, { resource: "pods" }));
    for (const removes of [
      [asked, gone],
      [gone, asked],
    ].map((both) => both.flatMap((one) => one ?? []))) {
      const [row] = timelineOf([first, ...removes]).pods;
      expect(row?.gone).toMatchObject({ how: "audit", at: T0 + 50_000 });
    }
  });

  test("started with the first of its containers", () => {
    const [one, other] = [3_000, 4_000].map((ms) => clusterEvent("Started", { kind: "Pod", name: first.pod.name, uid: first.pod.uid }, ms));
    for (const events of [
      [one, other],
      [other, one],
    ].map((both) => both.flatMap((event) => event ?? []))) {
      const [row] = timelineOf([first, ...events]).pods;
      expect(row?.started).toMatchObject({ at: T0 + 3_000 });
    }
  });
});

describe("a Pod that was deleted at work, of which nothing tells when it went to within 2 s", () => {
  const atWork = { ...first, change: "MODIFIED" as const, pod: { ...first.pod, startedAt: T0 + 3_000, node: "n1", resourceVersion: 11 } };
  const next = clusterEvent("Completed", { kind: "Job", name: "other", uid: "other" }, 80_000, { resourceVersion: 90 });

  test("ran until its deletion was asked for, or at most until the next write", () => {
    const [row] = timelineOf([first, atWork, deleted(atWork, 20_000), next]).pods;
    expect(row?.ended).toMatchObject({ at: T0 + 21_000, bracket: true });
    expect(row?.ended?.lo).toBeLessThanOrEqual(T0 + 20_000);
    expect(row?.ended?.hi).toBeGreaterThan(T0 + 79_000);
    expect(row?.gone).toBeUndefined();
  });

  test("has no upper end where nothing was written after that", () => {
    const [row] = timelineOf([first, atWork, deleted(atWork, 20_000)]).pods;
    expect(row?.ended).toMatchObject({ at: T0 + 21_000, hi: Number.POSITIVE_INFINITY });
  });
});

describe("the end of a Pod whose containers no row shows", () => {
  const clocks = new Map([["cluster", referenceClock]]);
  const started = clusterEvent("Started", { kind: "Pod", name: "p", uid: "p" }, 5_000);
  const history = { uid: "p", name: "p", observations: [], events: [started], removes: [] };
  const moment = (ms: number) => ({ at: T0 + ms, lo: T0 + ms - 500, hi: T0 + ms, how: "event-name" as const, bracket: true });
  const endOf = (more: { failed?: boolean; isOnly?: boolean }, goneMs?: number) => {
    const over = { ...moment(50_000), failed: false, isOnly: true, ...more };
    const gone = goneMs === undefined ? undefined : moment(goneMs);
    const end = podEndOf(history, gone, over, { clocks, versions: new ResourceVersions([], clocks) });
    return end && [end.lo, end.at, end.hi].map((at) => at - T0);
  };

  test("comes with that of its Job, however long both are kept", () => {
    expect(endOf({}, 650_000)).toEqual([46_500, 50_000, 50_000]);
    expect(endOf({})).toEqual([46_500, 50_000, 50_000]);
  });

  test("may have come any time before that where it had others beside it", () => {
    expect(endOf({ isOnly: false }, 650_000)).toEqual([5_000, 50_000, 50_000]);
  });

  test("may come within its grace after that of one that failed", () => {
    expect(endOf({ failed: true }, 650_000)).toEqual([5_000, 50_000, 82_000]);
    expect(endOf({ failed: true }, 60_000)).toEqual([5_000, 50_000, 60_000]);
  });

  test("is when it was gone where that came first", () => {
    expect(endOf({ isOnly: false }, 20_000)).toEqual([19_500, 20_000, 20_000]);
  });
});

describe("the stamps that a kubelet set, by the clock of its node", () => {
  const ran = pod("p", "p", { node: "n1", startedAt: T0 + 21_000, finishedAt: T0 + 51_000 }, { change: "MODIFIED" });
  const evented = (resolutionMs: number): ClusterEvent =>
    clusterEvent("Started", { kind: "Pod", name: "p", uid: "p" }, 21_000, { first: { at: T0 + 21_000, resolutionMs, clock: "node:n1" } });
  const ahead: Clock = { ...referenceClock, id: "node:n1", offsetMs: 20_000, skewMs: 20_000, uncertaintyMs: 300, method: "bounds" };
  const momentsOf = (clock: Clock | undefined, row = ran, events: readonly ClusterEvent[] = []) => {
    const clocks = new Map([referenceClock, ...(clock === undefined ? [] : [clock])].map((known) => [known.id as string, known]));
    const history = { uid: "p", name: "p", observations: [row], events, removes: [] };
    return [podStartOf(history, clocks), podFinishOf(history, clocks)].map(
      (moment) => moment && [moment.at, moment.lo, moment.hi].map((at) => at - T0),
    );
  };

  test("are moments of the cluster, and as uncertain as that clock is", () => {
    expect(momentsOf(ahead)).toEqual([
      [1_500, 700, 2_300],
      [31_500, 30_700, 32_300],
    ]);
  });

  test("stay as they are where no Event has the clock of that node, or the node is not known", () => {
    const asPrinted = [
      [21_500, 21_000, 22_000],
      [51_500, 51_000, 52_000],
    ];
    expect(momentsOf(undefined)).toEqual(asPrinted);
    const { node: _, ...nowhere } = ran.pod;
    expect(momentsOf(ahead, { ...ran, pod: nowhere })).toEqual(asPrinted);
  });

  test("tell nothing where nothing ties that clock to the cluster's", () => {
    expect(momentsOf(unanchoredClock("node:n1"), ran, [evented(0.001)])).toEqual([undefined, undefined]);
  });

  test("are read in the same way from a Started Event in whole seconds that stands alone", () => {
    const pending = pod("p", "p", { node: "n1" });
    expect(momentsOf(ahead, pending, [evented(1000)])).toEqual([[1_500, 700, 2_300], undefined]);
    expect(momentsOf(unanchoredClock("node:n1"), pending, [evented(1000)])).toEqual([undefined, undefined]);
  });
});
