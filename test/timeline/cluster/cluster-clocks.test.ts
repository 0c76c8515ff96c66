import { expect, test } from "vitest";
import { uncertaintyToCluster } from "../../../src/model/clock.js";
import { Handover } from "../../../src/model/collections/handover.js";
import type { TimelineEvent } from "../../../src/model/event.js";
import type { ClockId } from "../../../src/model/time.js";
import { buildTimeline } from "../../../src/timeline/build-timeline.js";
import { clusterClocks } from "../../../src/timeline/cluster/cluster-clocks.js";
import { clusterEvent, focusServer, investigationMarks, job, pod, received, sources, T0 } from "../builders.js";

/** Jobs of which each row arrives 20 ms after it happened, by a clock that is so far ahead. */
function arrivals(source: number, aheadMs: number, { count = 12, clock = "collector" as ClockId, lagMs = 20 } = {}): TimelineEvent[] {
  return Array.from({ length: count }, (_, index) => {
    const createdMs = index * 9_170 + source * 311;
    const received = { at: T0 + createdMs + lagMs + aheadMs, resolutionMs: 1, clock };
    return job(`grpc-job-${source}-${index}`, `${source}-${index}`, { createdMs }, { received, evidence: { source, line: index + 1 } });
  });
}

const timelineOf = (events: readonly TimelineEvent[]) => buildTimeline(new Handover(events), sources(200_000), { profile: focusServer });
const skew = (events: readonly TimelineEvent[], id: ClockId) => clusterClocks(events).clocks.get(id)?.offsetMs;

test("files that arrived on one machine share its clock, although each came through a pipe of its own", () => {
  const events = [...arrivals(1, 7_000), ...arrivals(2, 7_000, { lagMs: 90 })];
  expect(clusterClocks(events).mixed).toEqual([]);
  expect(Math.abs((skew(events, "collector") ?? 0) - 7_000)).toBeLessThan(500);
});

test("a clock is as uncertain as its stamps are coarse", () => {
  const exact = arrivals(1, 600);
  const whole = exact.map((event) => {
    if (event.type !== "job" || event.received === undefined) return event;
    return { ...event, received: { ...event.received, at: Math.floor(event.received.at / 1000) * 1000, resolutionMs: 1000 } };
  });
  for (const events of [exact, whole]) {
    const { offsetMs, uncertaintyMs } = clusterClocks(events).clocks.get("collector") ?? {};
    expect(Math.abs((offsetMs ?? Number.NaN) - 600)).toBeLessThanOrEqual(uncertaintyMs ?? 0);
  }
});

test("what a collector's clock may be off is said of the runner's that is tied through it, and is in no duration between arrivals", () => {
  // Its bounds leave half a second open: each row arrives in the first tenth of a second by its own clock.
  const events: TimelineEvent[] = Array.from({ length: 8 }, (_, index) => {
    const ms = index * 20_000;
    const fields = { createdMs: ms + 50 };
    return [
      ...investigationMarks(ms, `1-${index}`, "12301"),
      job(`grpc-job-1-${index}`, `u-${index}`, fields, { received: received(ms + 60) }),
      job(`grpc-job-1-${index}`, `u-${index}`, fields, { change: "DELETED", received: received(ms + 15_060) }),
    ];
  }).flat();
  const { clocks, jobs } = timelineOf(events);
  const [runner, collector] = ["runner", "collector"].map((id) => clocks.find((clock) => clock.id === id));
  expect(runner?.through).toBe(collector);
  const [own, other] = [runner?.uncertaintyMs ?? Number.NaN, collector?.uncertaintyMs ?? Number.NaN];
  expect(other).toBeGreaterThan(200);
  expect(own).toBeLessThan(200);
  expect(runner && uncertaintyToCluster(runner)).toBe(own + other);
  for (const { created, gone } of jobs) expect([created.stampedBy, gone?.stampedBy]).toEqual([collector, collector]);
});

test("files that share a clock by name but not by what they show are not placed by their arrivals, and that is said", () => {
  const events = [...arrivals(1, 7_000), ...arrivals(2, -40_000)];
  const { mixed, clocks } = clusterClocks(events);
  expect(mixed).toMatchObject([{ sources: [1, 2] }]);
  expect(mixed[0]?.apartMs).toBeGreaterThan(45_000);
  expect(mixed[0]?.apartMs).toBeLessThanOrEqual(47_000);
  expect(clocks.get("collector")).toMatchObject({ offsetMs: null, method: "none" });
  const timeline = timelineOf(events);
  expect(timeline.diagnostics[0]).toMatchObject({ id: "arrivals-disagree", values: { paths: "source-1, source-2" } });
  // Their own stamps still hold: to the second.
  for (const { created } of timeline.jobs) expect([created.how, created.hi - created.lo]).toEqual(["creation-timestamp", 1000]);
});

test("a file that contradicts itself is held against no other", () => {
  const confused = Array.from({ length: 12 }, (_, index) => arrivals(2, index * 3_000, { count: 12 })[index] as TimelineEvent);
  expect(clusterClocks([...arrivals(1, 7_000), ...confused]).mixed).toEqual([]);
});

test("captures with clocks of their own may differ by as much as they like", () => {
  const events = [...arrivals(1, 7_000), ...arrivals(2, -40_000, { clock: "collector:2" })];
  expect(clusterClocks(events).mixed).toEqual([]);
  expect(Math.abs((skew(events, "collector") ?? 0) - 7_000)).toBeLessThan(500);
  expect(Math.abs((skew(events, "collector:2") ?? 0) + 40_000)).toBeLessThan(500);
});

/** Pods that nobody had touched yet, which a watch tells of `afterMs` after their creation by a clock that is so far ahead; the first as part of its list. */
function podArrivals(aheadMs: number, listedAfterMs: number): TimelineEvent[] {
  return Array.from({ length: 6 }, (_, index) => {
    const createdMs = index * 5_170;
    const afterMs = index === 0 ? listedAfterMs : 20;
    const received = { at: T0 + createdMs + afterMs + aheadMs, resolutionMs: 1, clock: "collector" as const };
    return pod(`grpc-job-1-${index}-x`, `p${index}`, { createdMs }, { received });
  });
}

test("new Pods tell how far the clock of their arrivals is off, those of a list do not", () => {
  const { clocks, unbounded } = clusterClocks(podArrivals(60_000, 4_000));
  expect(Math.abs((clocks.get("collector")?.offsetMs ?? 0) - 60_000)).toBeLessThan(500);
  expect(unbounded).toEqual([]);
  const listed = clusterClocks(podArrivals(60_000, 4_000).slice(0, 1));
  expect(listed.clocks.get("collector")).toMatchObject({ offsetMs: null, uncertaintyMs: null });
  expect(listed.unbounded).toEqual(["collector"]);
});

/** Jobs, one every 10 s, that each live 30 s; their rows arrive at once by a steady clock, while that of the cluster is off by so much. */
function setClock(offMs: (index: number) => number): TimelineEvent[] {
  return Array.from({ length: 40 }, (_, index) => {
    const at = 1_234 + index * 10_370;
    const own = { createdMs: at + offMs(index), resourceVersion: 2 * index + 1 };
    return [
      job(`grpc-job-1-${index}`, `j${index}`, own, { received: received(at + 10) }),
      job(`grpc-job-1-${index}`, `j${index}`, own, { received: received(at + 30_010), change: "DELETED" }),
    ];
  }).flat();
}

test.each([
  ["forward in the middle", (index: number) => (index < 20 ? 0 : 3_000)],
  ["back in the middle", (index: number) => (index < 20 ? 0 : -3_000)],
  ["near the end", (index: number) => (index < 34 ? 0 : 3_000)],
  ["between two servers", (index: number) => ([2, 3, 5, 9, 10, 11, 17, 23, 24, 25, 30].includes(index) ? 2_200 : 0)],
])("a clock of the cluster that was set %s changes no life that begins and ends with an arrival, and is said", (_, offMs) => {
  const { jobs, diagnostics } = timelineOf(setClock(offMs));
  expect(jobs).toHaveLength(40);
  for (const { created, gone } of jobs) expect((gone?.at ?? 0) - created.at).toBeCloseTo(30_000, 3);
  expect(diagnostics.map(({ id }) => id)).toContain("arrivals-unsteady");
});

test("a steady clock is not called unsteady", () => {
  expect(clusterClocks(setClock(() => 0)).unsteady).toEqual([]);
});

test("a Job of the list with which a watch begins does not make its clock doubtful: it may have been there for long", () => {
  const [first, ...others] = setClock(() => 0);
  const received = { at: T0 + 1_000, resolutionMs: 1, clock: "collector" as const };
  const suspended = job("grpc-job-9-9", "suspended", { createdMs: -5_300 }, { received });
  const { clocks, unsteady } = clusterClocks([suspended, first as TimelineEvent, ...others]);
  expect(unsteady).toEqual([]);
  expect(clocks.get("collector")?.uncertaintyMs).toBeLessThan(200);
});

test("nor does the list with which it begins again: its Events are older than what the watch before it told of", () => {
  // 20 Events as they come, and once more after a minute.
  const written = Array.from({ length: 20 }, (_, index) => ({ ms: index * 3_170, arrivedMs: index * 3_170 + 10 }));
  const rows = [...written, ...written.map(({ ms }, index) => ({ ms, arrivedMs: 120_000 + index }))];
  const events = rows.map(({ ms, arrivedMs }) =>
    clusterEvent("Pulled", { kind: "Pod", name: "p", uid: "p" }, ms, {
      resourceVersion: ms + 1,
      received: { at: T0 + arrivedMs, resolutionMs: 1, clock: "collector" },
      evidence: { source: 1, line: 1 },
    }),
  );
  const { clocks, unsteady } = clusterClocks(events);
  expect(unsteady).toEqual([]);
  expect(clocks.get("collector")?.uncertaintyMs).toBeLessThan(500);
});
