import { expect, test } from "vitest";
import type { TimelineEvent } from "../../src/model/event.js";
import { Handover } from "../../src/model/handover.js";
import type { ClockId } from "../../src/model/time.js";
import { buildTimeline } from "../../src/timeline/build-timeline.js";
import { clusterClocks } from "../../src/timeline/cluster-clocks.js";
import { focusServer, job, sources, T0 } from "./builders.js";

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
