import { describe, expect, it } from "vitest";
import { Handover } from "../../../src/model/collections/handover.js";
import type { JobObservation, PodObservation, TimelineEvent } from "../../../src/model/event.js";
import { buildTimeline } from "../../../src/timeline/build-timeline.js";
import { arrived, clusterEvent, focusServer, job, pod, request, sources, T0 } from "../builders.js";

const LASTS_MS = 600_000;
const NAME = "grpc-job-1-1";

/** A state of the Pod of the Job. */
const podRow = (change: PodObservation["change"], fields: Parameters<typeof pod>[2] = {}, receivedMs?: number) =>
  pod(
    `${NAME}-a`,
    "p",
    { createdMs: 10_000, ownerUid: "u1", ownerName: NAME, ...fields },
    receivedMs === undefined ? { change } : { change, received: arrived(receivedMs) },
  );
const killing = (ms: number) => clusterEvent("Killing", { kind: "Pod", name: `${NAME}-a`, uid: "p" }, ms);
const made = clusterEvent("SuccessfulCreate", { kind: "Job", name: NAME, uid: "u1" }, 10_030, { message: `Created pod: ${NAME}-a` });

/** Another Job of the same kind, deleted at work. */
const other = (change: JobObservation["change"], fields: Parameters<typeof job>[2] = {}) =>
  job("grpc-job-2-2", "u2", { createdMs: 5_000, startTime: T0 + 5_000, ...fields }, { change });
const inBackground = [other("ADDED"), other("DELETED")];
const inForeground = [other("ADDED"), other("MODIFIED", { deletionTimestamp: T0 + 50_000 })];

function build(...events: readonly TimelineEvent[]) {
  const { jobs, diagnostics } = buildTimeline(new Handover(events), sources(LASTS_MS), { profile: focusServer });
  const one = jobs.find(({ uid }) => uid === "u1");
  const assumed = diagnostics.find(({ id }) => id === "background-assumed")?.count ?? 0;
  return { one, gone: one?.gone && [one.gone.how, one.gone.lo - T0, one.gone.at - T0, one.gone.hi - T0], assumed };
}

describe("a Job that its Pods or Events alone tell of", () => {
  it("is taken to have gone before its Pod where nothing tells, and that is said", () => {
    const { gone, assumed } = build(made, killing(60_000));
    expect([gone?.[0], gone?.[3], assumed]).toEqual(["pod-killing", 60_000, 1]);
    const stamped = podRow("MODIFIED", { deletionTimestamp: T0 + 90_000, deletionGracePeriodMs: 30_000 }, 60_300);
    expect(build(podRow("ADDED", {}, 10_020), stamped)).toMatchObject({ one: { gone: { how: "pod-deletion-timestamp" } }, assumed: 1 });
  });

  it("may have gone just before its Pod began, whose kubelet could not know yet", () => {
    const started = clusterEvent("Started", { kind: "Pod", name: `${NAME}-a`, uid: "p" }, 12_030);
    const cleanup = { kind: "Job", name: "cleanup-job-1-1", uid: "c" };
    const cleanedUp = [clusterEvent("SuccessfulCreate", cleanup, 10_050), clusterEvent("Completed", cleanup, 14_000)];
    expect(build(made, started, ...cleanedUp).gone).toEqual(["cleanup-completion", 11_630, 14_000, 14_000]);
  });

  it("did so as the others of its kind did: nothing is assumed", () => {
    const { gone, assumed } = build(...inBackground, made, killing(60_000));
    expect([gone?.[0], gone?.[3], assumed]).toEqual(["pod-killing", 60_000, 0]);
    const answered = request("delete", "grpc-job-2-2", 50_000, { answeredStatus: true });
    expect(build(request("create", "grpc-job-2-2", 5_000), answered, made, killing(60_000)).assumed).toBe(0);
  });

  it("waited for its Pod as they did", () => {
    const rows = [podRow("ADDED", {}, 10_020), podRow("DELETED", {}, 90_200)];
    expect(build(...inForeground, ...rows, killing(60_000))).toMatchObject({ gone: ["pod-gone", 90_150, 90_200, 90_300], assumed: 0 });
  });

  it("is told by the end of a range only where that is wider than a second, as when the row of its Pod was held up", () => {
    const heldUp = (ms: number) => {
      const row = { ...podRow("DELETED", {}, 90_200), delayedSince: arrived(90_200 - ms) };
      const { gone, one } = build(...inForeground, podRow("ADDED", {}, 10_020), row);
      return [...(gone ?? []), one?.gone?.bracket];
    };
    expect(heldUp(850)).toEqual(["pod-gone", 89_300, 90_200, 90_300, false]);
    expect(heldUp(851)).toEqual(["pod-gone", 89_299, 90_300, 90_300, true]);
  });

  it("waited for it for 30 s, or for what it was granted, where nothing tells when it ended", () => {
    expect(build(...inForeground, made, killing(60_000)).gone).toEqual(["pod-gone", 60_000, 92_100, 92_100]);
    const stamped = podRow("MODIFIED", { deletionTimestamp: T0 + 65_000, deletionGracePeriodMs: 5_000 }, 60_300);
    expect(build(...inForeground, podRow("ADDED", {}, 10_020), stamped).gone).toEqual(["pod-gone", 59_900, 68_100, 68_100]);
  });

  it("may have waited or not where some did and others did not", () => {
    const third = [job("grpc-job-3-3", "u3", { createdMs: 6_000 }), job("grpc-job-3-3", "u3", { createdMs: 6_000 }, { change: "DELETED" })];
    expect(build(...inForeground, ...third, made, killing(60_000))).toMatchObject({
      gone: ["pod-gone", 59_600, 92_100, 92_100],
      assumed: 0,
    });
  });

  it("did not do as one that had finished", () => {
    const finished = [other("ADDED"), other("MODIFIED", { completedAt: T0 + 40_000, deletionTimestamp: T0 + 50_000 })];
    expect(build(...finished, made, killing(60_000))).toMatchObject({ one: { gone: { how: "pod-killing" } }, assumed: 1 });
  });
});

describe("a Job of a watch that prints no types", () => {
  const untyped = (name: string, uid: string, createdMs: number, fields: Parameters<typeof job>[2] = {}) =>
    job(name, uid, { createdMs, startTime: T0 + createdMs, resourceVersion: createdMs, ...fields }, { change: "unknown" });
  const own = [untyped(NAME, "u1", 10_000), untyped(NAME, "u1", 10_000, { resourceVersion: 60_000 })];
  const waited = [
    untyped("grpc-job-2-2", "u2", 5_000),
    untyped("grpc-job-2-2", "u2", 5_000, { deletionTimestamp: T0 + 50_000, resourceVersion: 50_000 }),
  ];
  const next = untyped("grpc-job-3-3", "u3", 70_000);
  const ends = [podRow("ADDED", {}, 10_020), podRow("DELETED", {}, 90_200), killing(60_000)];

  it("went before its Pods where no row has marked it up to their killing, whatever others did", () => {
    const { gone, assumed } = build(...own, ...waited, next, ...ends);
    expect([gone?.[0], gone?.[3], assumed]).toEqual(["pod-killing", 60_000, 0]);
    expect(build(...own, next, ...ends).assumed).toBe(0);
  });

  it("waited for its Pod since it was marked where that was never killed: it had not begun", () => {
    const marked = untyped(NAME, "u1", 10_000, { deletionTimestamp: T0 + 12_000, resourceVersion: 12_000 });
    const later = clusterEvent("Scheduled", { kind: "Pod", name: "x", uid: "x" }, 500_000);
    const scheduled = clusterEvent("Scheduled", { kind: "Pod", name: `${NAME}-a`, uid: "p" }, 10_100);
    expect(build(untyped(NAME, "u1", 10_000), made, scheduled, marked, next, later).gone).toEqual(["pod-gone", 12_000, 45_100, 45_100]);
    // Of a Job without any Pod nothing tells when it went; it is not shown open by what Events tell of later.
    const { one } = build(
      untyped(NAME, "u1", 10_000),
      clusterEvent("Suspended", { kind: "Job", name: NAME, uid: "u1" }, 10_100),
      marked,
      later,
    );
    expect(one).toMatchObject({ mechanism: "unknown", censoredAt: T0 + 12_000 });
  });

  it("may have waited as the others did where the watch may have missed the mark", () => {
    const either = ["pod-gone", 59_600, 90_300, 90_300];
    // It ends before that, or was begun again and printed what was there once more.
    expect(build(...own, ...waited, ...ends).gone).toEqual(either);
    expect(build(...own, ...waited, untyped("grpc-job-2-2", "u2", 5_000), next, ...ends).gone).toEqual(either);
  });
});

describe("a Job that was deleted without its Pods", () => {
  const owned = [podRow("ADDED", { resourceVersion: 10 }, 10_020), podRow("MODIFIED", { resourceVersion: 20, phase: "Running" }, 12_000)];
  const orphan = (change: PodObservation["change"], receivedMs?: number, version = 30) =>
    podRow(change, { resourceVersion: version, phase: "Running", scheduledAt: T0 + 10_000, orphaned: true }, receivedMs);

  it("went right after the owner reference was taken from its Pod, whatever becomes of that", () => {
    const stamped = podRow(
      "MODIFIED",
      { resourceVersion: 40, orphaned: true, deletionTimestamp: T0 + 330_000, deletionGracePeriodMs: 30_000 },
      300_100,
    );
    const gone = ["pod-orphaned", 59_950, 60_000, 60_100];
    expect(build(...owned, orphan("MODIFIED", 60_000))).toMatchObject({ gone, assumed: 0, one: { mechanism: "unknown" } });
    expect(
      build(
        ...owned,
        orphan("MODIFIED", 60_000),
        stamped,
        killing(300_200),
        podRow("DELETED", { resourceVersion: 50, orphaned: true }, 301_000),
      ).gone,
    ).toEqual(gone);
  });

  it("is told by the end of a range only where that is wider than a second, as when that row was held up", () => {
    const heldUp = (ms: number) => {
      const { gone, one } = build(...owned, { ...orphan("MODIFIED", 60_000), delayedSince: arrived(60_000 - ms) });
      return [...(gone ?? []), one?.gone?.bracket];
    };
    expect(heldUp(850)).toEqual(["pod-orphaned", 59_100, 60_000, 60_100, false]);
    expect(heldUp(851)).toEqual(["pod-orphaned", 59_099, 60_100, 60_100, true]);
  });

  it("went since the row before where the change itself is in no row", () => {
    expect(build(...owned, orphan("ADDED", 60_000)).gone).toEqual(["pod-orphaned", 11_950, 60_100, 60_100]);
  });

  it("went between the writes around that where rows have no time of arrival", () => {
    const untimed = [podRow("ADDED", { resourceVersion: 10 }), orphan("MODIFIED")];
    const writes = [
      clusterEvent("Scheduled", { kind: "Pod", name: "x", uid: "x" }, 58_000, { resourceVersion: 25 }),
      clusterEvent("Scheduled", { kind: "Pod", name: "y", uid: "y" }, 61_000, { resourceVersion: 35 }),
    ];
    expect(build(...untimed, ...writes).gone).toEqual(["pod-orphaned", 58_000, 61_200, 61_200]);
    // Gone, but nothing tells by when: no leak.
    const { one } = build(...untimed);
    expect(one).toMatchObject({ mechanism: "unknown", wentLater: true });
    expect(one?.gone).toBeUndefined();
  });

  it("did not wait for them although it was marked for deletion", () => {
    const rows = (change: JobObservation["change"], fields: Parameters<typeof job>[2]) =>
      job(NAME, "u1", { createdMs: 10_000, startTime: T0 + 10_000, ...fields }, { change });
    const jobRows = [
      rows("ADDED", { resourceVersion: 9 }),
      rows("MODIFIED", { resourceVersion: 28, deletionTimestamp: T0 + 59_900 }),
      rows("DELETED", { resourceVersion: 32, deletionTimestamp: T0 + 59_900 }),
    ];
    const { gone } = build(
      ...jobRows,
      ...owned,
      orphan("MODIFIED", 60_000),
      podRow("DELETED", { resourceVersion: 50, orphaned: true }, 301_000),
    );
    expect(gone?.[3]).toBe(60_100);
  });

  it("is neither open nor gone where no row shows its Pod with an owner", () => {
    const { one, gone } = build(
      orphan("ADDED", 60_000),
      orphan("MODIFIED", 80_000, 40),
      podRow("DELETED", { resourceVersion: 50, orphaned: true }, 301_000),
    );
    expect([gone, one?.mechanism]).toEqual([undefined, "unknown"]);
    expect(one?.censoredAt).toBeLessThan(T0 + 60_000);
  });
});
