import { describe, expect, test } from "vitest";
import type { TimelineEvent } from "../../src/model/event.js";
import { Handover } from "../../src/model/handover.js";
import { buildTimeline } from "../../src/timeline/build-timeline.js";
import { focusServer, pod, sources, T0 } from "./builders.js";

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
