import { describe, expect, it } from "vitest";
import type { Clock } from "../../../src/model/clock.js";
import type { ClusterEvent, JobObservation, TimelineEvent } from "../../../src/model/event.js";
import { creationOf, type DeletionContext, deleteRequestOf, deletionOf } from "../../../src/timeline/cluster/moments.js";
import { ResourceVersions } from "../../../src/timeline/cluster/resource-versions.js";
import { anchoredRunner, clusterEvent, fine, job, pod, T0 } from "../builders.js";

const collector = (fields: Partial<Clock> = {}): Clock => anchoredRunner({ id: "collector", ...fields });

/** A Job that was created 700 ms into the second at 42 s, whose first row arrives at that moment by its collector's clock. */
function created(arrivesMs: number, clock: Clock, events: readonly ClusterEvent[] = [], more: Partial<JobObservation> = {}) {
  const row = job("grpc-job-1-1", "j", { createdMs: 42_700 }, { received: fine(arrivesMs, "collector"), ...more });
  const history = { uid: "j", name: "grpc-job-1-1", namespace: "default", observations: [row], events, pods: [] };
  const moment = creationOf(
    history,
    new Map([
      [clock.id, clock],
      ["cluster", anchoredRunner({ id: "cluster" })],
    ]),
  );
  return moment === undefined ? undefined : { ...moment, at: moment.at - T0, lo: moment.lo - T0, hi: moment.hi - T0 };
}

describe("a creation by the arrival of its first row", () => {
  it("came at any moment of what the stamp leaves out, and counts from the middle of that", () => {
    const cut = (resolutionMs: number, atMs: number) => ({ received: { at: T0 + atMs, resolutionMs, clock: "collector" as const } });
    const whole = created(0, collector(), [], cut(1000, 42_000));
    expect(whole).toMatchObject({ how: "watch-received", at: 42_500, lo: 42_000, hi: 43_000 });
    expect(created(0, collector(), [], cut(100, 42_700))).toMatchObject({ at: 42_750, lo: 42_650, hi: 42_800 });
    expect(created(0, collector(), [], cut(1000, 44_000))?.how).toBe("creation-timestamp");
  });

  it("is off by what its collector's clock is off, whichever that is", () => {
    const clock = collector({ uncertaintyMs: 300 });
    expect(created(42_703, clock)?.stampedBy).toBe(clock);
  });

  it("came shortly before, and not before the second that the object prints", () => {
    expect(created(42_703, collector())).toMatchObject({ how: "watch-received", at: 42_703, lo: 42_653, hi: 42_703 });
    expect(created(42_020, collector())).toMatchObject({ lo: 42_000, hi: 42_020 });
    expect(created(43_012, collector())).toMatchObject({ lo: 42_962, hi: 43_012 });
  });

  it("may have come in all of the second that the object prints, and not when that is over", () => {
    expect(created(42_000, collector())).toMatchObject({ how: "watch-received", at: 42_000, lo: 42_000 });
    expect(created(41_999, collector())?.how).toBe("creation-timestamp");
    expect(created(43_049, collector())).toMatchObject({ how: "watch-received", at: 43_049, lo: 42_999 });
    expect(created(43_050, collector())?.how).toBe("creation-timestamp");
  });

  it.each([2_200, 6_000])("is none where the row was held up for %i ms: its second is", (lateMs) => {
    expect(created(42_703 + lateMs, collector())).toMatchObject({ how: "creation-timestamp", at: 42_500, lo: 42_000, hi: 43_000 });
  });

  it("is none where the row tells what was there when the watch began: its stamp is", () => {
    const suspended = { job: { ...job("grpc-job-1-1", "j").job, createdAt: T0 - 7_200_000 } };
    expect(created(42_703, collector(), [], suspended)).toMatchObject({ how: "creation-timestamp", lo: -7_200_000, hi: -7_199_000 });
  });

  it("gives way to the controller's Event where that has a finer time", () => {
    const made = clusterEvent("SuccessfulCreate", { kind: "Job", name: "grpc-job-1-1", uid: "j" }, 42_730, { first: fine(42_730) });
    expect(created(48_703, collector(), [made])).toMatchObject({ how: "event-name", at: 42_730, lo: 42_000 });
  });

  it("is told by that Event from the printed second until the controller has had its time after it, as a range that ends with the second", () => {
    const by = (ms: number) => {
      const made = clusterEvent("SuccessfulCreate", { kind: "Job", name: "grpc-job-1-1", uid: "j" }, ms, { first: fine(ms) });
      return created(48_703, collector(), [made]);
    };
    expect(by(42_000)).toMatchObject({ how: "event-name", at: 42_000, lo: 42_000, hi: 42_000, bracket: true });
    expect(by(43_249)).toMatchObject({ how: "event-name", at: 43_000, lo: 42_000, hi: 43_000, bracket: true });
    expect([by(41_999)?.how, by(43_250)?.how]).toEqual(["creation-timestamp", "creation-timestamp"]);
  });

  it("holds by a clock that is off, as far as that is known", () => {
    expect(created(42_703 + 7_000, collector({ offsetMs: 7_000, skewMs: 7_000 }))).toMatchObject({ at: 42_703, lo: 42_653 });
    const drifting = collector({ driftPpm: 100, originAt: T0 + 42_703 - 20_000_000 });
    expect(created(42_703 + 2_000, drifting)?.at).toBeCloseTo(42_703, 0);
  });

  it("holds as far as the clock is uncertain: that shifts deletions by the same", () => {
    expect(created(43_300, collector({ uncertaintyMs: 300 }))).toMatchObject({ how: "watch-received", at: 43_300 });
    expect(created(41_800, collector({ uncertaintyMs: 300 }))).toMatchObject({ how: "watch-received", at: 41_800 });
    expect(created(43_400, collector({ uncertaintyMs: 300 }))?.how).toBe("creation-timestamp");
    expect(created(41_600, collector({ uncertaintyMs: 300 }))?.how).toBe("creation-timestamp");
  });

  it("is none by a clock that nothing anchors", () => {
    expect(created(42_703, collector({ offsetMs: null, uncertaintyMs: null, method: "none" }))?.how).toBe("creation-timestamp");
  });
});

describe("a creation of which only the first Pod tells", () => {
  const history = { uid: "j", name: "grpc-job-1-1", namespace: "default", observations: [], events: [], pods: [] };
  const clocks = new Map([["cluster" as const, anchoredRunner({ id: "cluster" })]]);

  it("may have come as long before the second of the Pod as a controller takes", () => {
    const row = pod("grpc-job-1-1-x", "p", { createdMs: 42_000 });
    const pods = [{ uid: "p", name: "grpc-job-1-1-x", observations: [row], events: [], removes: [] }];
    const moment = creationOf({ ...history, pods }, clocks);
    expect(moment).toMatchObject({ how: "creation-timestamp", at: T0 + 42_500, lo: T0 + 41_750, hi: T0 + 43_000 });
  });

  it("and so before the second of the controller's Event", () => {
    const made = clusterEvent("SuccessfulCreate", { kind: "Job", name: "grpc-job-1-1", uid: "j" }, 42_000);
    const event = { ...made, first: { ...made.first, at: T0 + 42_000, resolutionMs: 1000 } };
    expect(creationOf({ ...history, events: [event] }, clocks)).toMatchObject({ how: "event-time", lo: T0 + 41_750, hi: T0 + 43_000 });
  });

  it("is told by the Event of a Pod up to 3 s after the second in which that was made: its sender has a clock of its own", () => {
    const row = pod("grpc-job-1-1-x", "p", { createdMs: 42_000 });
    const pods = [{ uid: "p", name: "grpc-job-1-1-x", observations: [row], events: [], removes: [] }];
    const by = (ms: number) => {
      const made = clusterEvent("SuccessfulCreate", { kind: "Job", name: "grpc-job-1-1", uid: "j" }, ms, { first: fine(ms) });
      return creationOf({ ...history, events: [made], pods }, clocks)?.how;
    };
    expect([by(45_000), by(45_001)]).toEqual(["event-name", "creation-timestamp"]);
  });

  it("but not of a Pod that another came before", () => {
    const row = pod("grpc-job-1-1-x", "p", { createdMs: 42_000 });
    const pods = [{ uid: "p", name: "grpc-job-1-1-x", observations: [row], events: [], removes: [] }];
    const next = clusterEvent("SuccessfulCreate", { kind: "Job", name: "grpc-job-1-1", uid: "j" }, 52_300, { first: fine(52_300) });
    expect(creationOf({ ...history, events: [next], pods }, clocks)).toMatchObject({ how: "creation-timestamp", at: T0 + 42_500 });
    const made = clusterEvent("SuccessfulCreate", { kind: "Job", name: "grpc-job-1-1", uid: "j" }, 42_300, { first: fine(42_300) });
    expect(creationOf({ ...history, events: [next, made], pods }, clocks)).toMatchObject({ how: "event-name", at: T0 + 42_300 });
  });
});

describe("a deletion of which the end of the cleanup Job tells", () => {
  const clocks = new Map([["cluster" as const, anchoredRunner({ id: "cluster" })]]);
  const started = clusterEvent("SuccessfulCreate", { kind: "Job", name: "grpc-job-1-1", uid: "j" }, 10_000);
  const finished = clusterEvent("Completed", { kind: "Job", name: "grpc-job-1-1", uid: "j" }, 40_000);
  const history = { uid: "j", name: "grpc-job-1-1", namespace: "default", observations: [], events: [started, finished], pods: [] };
  const gone = (resolutionMs: number) => {
    const event = clusterEvent("Completed", { kind: "Job", name: "cleanup-job-1-1", uid: "c" }, 60_000);
    const completed = { ...event, first: { ...event.first, resolutionMs } };
    const cleanup = { ...history, uid: "c", name: "cleanup-job-1-1", events: [completed] };
    const moment = deletionOf(history, { clocks, versions: new ResourceVersions([], clocks), cleanup, isCrowded: () => false });
    return moment && { ...moment, at: moment.at - T0, lo: moment.lo - T0, hi: moment.hi - T0 };
  };

  it("came at any time since the last sign of life: that Job ends too when it finds the other gone", () => {
    expect(gone(0.001)).toMatchObject({ how: "cleanup-completion", lo: 40_000, at: 60_000, hi: 60_000, bracket: true });
    expect(gone(1000)).toMatchObject({ how: "cleanup-completion", lo: 40_000, at: 60_500, hi: 61_000, bracket: true });
  });
});

describe("a finished Job that was deleted in the foreground", () => {
  const clocks = new Map([["cluster" as const, anchoredRunner({ id: "cluster" })]]);
  const context = (rows: readonly TimelineEvent[]) => ({ clocks, versions: new ResourceVersions(rows, clocks), isCrowded: () => false });
  const historyOf = (rows: readonly JobObservation[]) => {
    return { uid: "j", name: "grpc-job-1-1", namespace: "default", observations: rows, events: [], pods: [] };
  };
  const goneAmong = (others: readonly TimelineEvent[], rows: readonly JobObservation[]) =>
    deletionOf(historyOf(rows), context([...rows, ...others]));
  const gone = (...rows: readonly JobObservation[]) => goneAmong([], rows);
  const row = (resourceVersion: number, fields: object) =>
    job("grpc-job-1-1", "j", { createdMs: 10_000, completedAt: T0 + 40_000, resourceVersion, ...fields }, { change: "unknown" });

  it("went in the second of its stamp, also where the watch prints no types", () => {
    const deletionTimestamp = T0 + 50_000;
    const rows = [row(5, {}), row(6, { deletionTimestamp }), row(7, { deletionTimestamp })];
    expect(gone(...rows)).toMatchObject({ how: "deletion-timestamp", lo: T0 + 50_000, hi: T0 + 51_000 });
    expect(gone(...rows.slice(0, 2))).toBeUndefined();
  });

  it("went in that second however far the next write is, which bounds it from above", () => {
    const deletionTimestamp = T0 + 50_000;
    const next = clusterEvent("Completed", { kind: "Job", name: "build-2", uid: "k" }, 95_000, { resourceVersion: 9 });
    const rows = [row(5, {}), row(6, { deletionTimestamp }), row(7, { deletionTimestamp })];
    const bounds = { lo: T0 + 50_000, at: T0 + 50_500, bracket: true };
    const moment = goneAmong([next], rows);
    expect(moment).toMatchObject({ how: "deletion-timestamp", ...bounds });
    expect(moment?.hi).toBeCloseTo(T0 + 95_100, -3);
  });

  it("went some moments after it was last seen, also where that is beyond the second", () => {
    const deletionTimestamp = T0 + 50_000;
    const before = clusterEvent("Completed", { kind: "Job", name: "build-2", uid: "k" }, 50_990, { resourceVersion: 5 });
    const rows = [row(4, {}), row(6, { deletionTimestamp }), row(7, { deletionTimestamp })];
    expect(goneAmong([before], rows)).toMatchObject({ lo: T0 + 50_990, hi: T0 + 51_290, bracket: false });
  });

  it("went later where another write shows it after that: a finalizer of somebody else held it", () => {
    const deletionTimestamp = T0 + 50_000;
    const deleted = { ...row(9, { deletionTimestamp }), change: "DELETED" as const };
    const before = job("build-2", "k", { createdMs: 80_000, resourceVersion: 8 }, { change: "unknown" });
    const after = clusterEvent("Completed", { kind: "Job", name: "build-3", uid: "l" }, 95_000, { resourceVersion: 10 });
    const moment = goneAmong([before, after], [row(5, {}), row(6, { deletionTimestamp }), deleted]);
    expect(moment).toMatchObject({ how: "resource-version", lo: T0 + 80_000, bracket: true });
    expect(moment?.at).toBeGreaterThan(T0 + 94_000);
  });

  it("is known by a range only where that is wider than the second of its stamp", () => {
    const rows = [row(5, {}), { ...row(6, { deletionTimestamp: T0 + 50_000 }), change: "DELETED" as const }];
    const killedAt = (ms: number) => {
      const events = [clusterEvent("Killing", { kind: "Pod", name: "p", uid: "p" }, ms)];
      const pods = [{ uid: "p", name: "p", observations: [], events, removes: [] }];
      return deletionOf({ ...historyOf(rows), pods }, context(rows));
    };
    expect(gone(...rows)).toMatchObject({ at: T0 + 50_500, hi: T0 + 51_000, bracket: false });
    expect(killedAt(51_000)).toMatchObject({ at: T0 + 50_500, hi: T0 + 51_000, bracket: false });
    expect(killedAt(51_001)).toMatchObject({ at: T0 + 50_500, hi: T0 + 51_001, bracket: true });
  });
});

describe("a finished Job that was marked for deletion and may have stayed", () => {
  const clocks = new Map([["cluster" as const, anchoredRunner({ id: "cluster" })]]);
  const mark = { deletionTimestamp: T0 + 50_000, completedAt: T0 + 40_000 };
  const next = clusterEvent("Completed", { kind: "Job", name: "build-2", uid: "k" }, 95_000, { resourceVersion: 20, first: fine(95_000) });
  const ended = pod("p", "p", { ...mark, deletionGracePeriodMs: 0, resourceVersion: 7 });
  function gone(finalizers: string, { isCrowded = false, pods = [ended], others = [next] as readonly TimelineEvent[] } = {}) {
    const marked = job("j", "j", { createdMs: 10_000, resourceVersion: 6, ...mark, finalizers });
    const deleted = job("j", "j", { createdMs: 10_000, resourceVersion: 9, ...mark, finalizers }, { change: "DELETED" });
    const history = { uid: "j", name: "j", namespace: "default", observations: [marked, deleted], events: [] };
    const versions = new ResourceVersions([marked, deleted, ...pods, ...others], clocks);
    const own = pods.map((row) => ({ uid: "p", name: "p", observations: [row], events: [], removes: [] }));
    return deletionOf({ ...history, pods: own }, { clocks, versions, waits: "yes", isCrowded: () => isCrowded });
  }
  const byNextWrite = { how: "resource-version", lo: T0 + 50_000, hi: T0 + 95_100, bracket: true };

  it("went in the second of its mark where the garbage collector alone holds it", () => {
    expect(gone("foregroundDeletion")).toMatchObject({ how: "deletion-timestamp", at: T0 + 50_500 });
  });

  it("went at any time before the next write where a finalizer of somebody else holds it, also where its Pod went long before", () => {
    expect(gone("archive.example/kept foregroundDeletion")).toMatchObject(byNextWrite);
    expect(gone("archive.example/kept", { others: [] })).toBeUndefined();
  });

  it("went at any time before its Pod's mark where it left in the background with so many that their Pods wait their turn", () => {
    const row = job("j", "j", { createdMs: 10_000, completedAt: T0 + 40_000 }, { change: "unknown" });
    const later = pod("p", "p", { deletionTimestamp: T0 + 59_000, deletionGracePeriodMs: 0 });
    const pods = [{ uid: "p", name: "p", observations: [later], events: [], removes: [] }];
    const history = { uid: "j", name: "j", namespace: "default", observations: [row], events: [], pods };
    const moment = (isCrowded: boolean) =>
      deletionOf(history, { clocks, versions: new ResourceVersions([], clocks), waits: "no", isCrowded: () => isCrowded });
    expect(moment(false)).toMatchObject({ how: "pod-deletion-timestamp", lo: T0 + 58_900, hi: T0 + 60_000, bracket: false });
    expect(moment(true)).toMatchObject({ how: "pod-deletion-timestamp", lo: T0 + 40_000, hi: T0 + 60_000, bracket: true });
  });

  it("did so where so many were marked at once that the garbage collector had others to do first", () => {
    expect(gone("foregroundDeletion", { isCrowded: true })).toMatchObject(byNextWrite);
    expect(gone("foregroundDeletion", { isCrowded: true, others: [] })).toBeUndefined();
  });
});

describe("a request for a deletion of which only the object tells", () => {
  it("came in the second of its stamp less the grace that it was granted", () => {
    const row = (fields: object) => job("grpc-job-1-1", "j", { createdMs: 10_000, ...fields });
    const asked = (...observations: readonly JobObservation[]) =>
      deleteRequestOf({ uid: "j", name: "grpc-job-1-1", namespace: "default", observations, events: [], pods: [] });
    const deletionTimestamp = T0 + 80_000;
    expect(asked(row({}), row({ deletionTimestamp }))).toMatchObject({ how: "deletion-timestamp", lo: T0 + 80_000, hi: T0 + 81_000 });
    expect(asked(row({ deletionTimestamp, deletionGracePeriodMs: 30_000 }))).toMatchObject({ lo: T0 + 50_000, hi: T0 + 51_000 });
    expect(asked(row({}))).toBeUndefined();
  });
});

describe("a deletion whose row was held up", () => {
  const clocks = new Map<string, Clock>([["collector", collector()]]);
  const gone = (heldUpMs: number, gap?: DeletionContext["gap"]) => {
    const delayedSince = fine(60_000 - heldUpMs, "collector");
    const row = job("grpc-job-1-1", "j", { createdMs: 10_000 }, { change: "DELETED", received: fine(60_000, "collector"), delayedSince });
    const history = { uid: "j", name: "grpc-job-1-1", namespace: "default", observations: [row], events: [], pods: [] };
    return deletionOf(history, { clocks, versions: new ResourceVersions([], clocks), gap, isCrowded: () => false });
  };

  it("came at any time since the watch was interrupted, up to its arrival", () => {
    expect(gone(800)).toMatchObject({ how: "watch-received", at: T0 + 60_000, lo: T0 + 59_150, hi: T0 + 60_000, bracket: false });
  });

  it("came in the gap of the watch, where that is one, as one of which no row tells", () => {
    const gap = { lo: T0 + 55_000, hi: T0 + 60_000, evidence: { source: 1, line: 9 } };
    expect(gone(5_000, gap)).toMatchObject({ how: "watch-restarted", lo: T0 + 55_000, hi: T0 + 60_000, bracket: true });
  });
});
