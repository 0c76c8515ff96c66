import { describe, expect, it } from "vitest";
import { Handover } from "../../../src/model/collections/handover.js";
import type { ClusterEvent, TimelineEvent } from "../../../src/model/event.js";
import { buildTimeline } from "../../../src/timeline/build-timeline.js";
import { groupEvents } from "../../../src/timeline/cluster/event-groups.js";
import { senderClocks } from "../../../src/timeline/cluster/sender-clocks.js";
import { anchoredRunner, clusterEvent, fine, focusServer, job, pod, sources, T0 } from "../builders.js";

const COUNT = 12;
/** Odd moments of their seconds. */
const createdAt = (index: number) => index * 30_000 + ((index * 370) % 1000);
const nameOf = (index: number) => `grpc-job-1-${index}`;
const whole = (ms: number) => T0 + Math.floor(ms / 1000) * 1000;

/** An Event of a control plane whose clock is so far ahead; created `afterMs` after it was sent. */
function sent(reason: string, kind: "Job" | "Pod", index: number, ms: number, aheadMs: number, afterMs = 5): ClusterEvent {
  const involved = { kind, name: nameOf(index), uid: kind === "Job" ? `uid-${index}` : `pod-${index}` };
  return clusterEvent(reason, involved, ms + aheadMs, { first: fine(ms + aheadMs), createdAt: whole(ms + afterMs) });
}

const each = (make: (index: number) => readonly TimelineEvent[]) => Array.from({ length: COUNT }, (_, index) => make(index)).flat();
const told = (aheadMs: number, afterMs?: number) =>
  each((index) => [sent("SuccessfulCreate", "Job", index, createdAt(index) + 60, aheadMs, afterMs)]);
const objects = () => each((index) => [job(nameOf(index), `uid-${index}`, { createdMs: createdAt(index) }, { change: "listed" })]);
const found = (events: readonly TimelineEvent[]) =>
  senderClocks(groupEvents(events), new Map([["collector", anchoredRunner({ id: "collector", uncertaintyMs: 30 })]]));

describe("the clock of the job controller", () => {
  it.each([3_000, -3_000, 400])("is found by its Events where it is %i ms ahead, and what they tell is placed", (aheadMs) => {
    const { clocks, groups } = found([...told(aheadMs), ...objects()]);
    const [clock] = clocks;
    expect(clock).toMatchObject({ id: "controller", method: "bounds", anchors: COUNT });
    const uncertaintyMs = clock?.uncertaintyMs ?? Number.NaN;
    expect(uncertaintyMs).toBeLessThan(150);
    expect(Math.abs((clock?.offsetMs ?? Number.NaN) - aheadMs)).toBeLessThanOrEqual(uncertaintyMs);
    groups.clusterEvents.forEach(({ first, movedByMs }, index) => {
      expect(Math.abs(first.at - T0 - createdAt(index) - 60)).toBeLessThanOrEqual(uncertaintyMs);
      expect(movedByMs).toBe(clock?.offsetMs);
    });
  });

  it("dates Jobs that Events alone tell of, and is said", () => {
    const { jobs, clocks, diagnostics } = buildTimeline(new Handover(told(3_000)), sources(600_000), { profile: focusServer });
    expect(jobs).toHaveLength(COUNT);
    jobs.forEach(({ created }, index) => {
      expect(created.lo - T0).toBeLessThanOrEqual(createdAt(index));
      expect(created.hi - T0).toBeGreaterThanOrEqual(createdAt(index));
    });
    expect(clocks.find(({ id }) => id === "controller")?.skewMs).toBeCloseTo(3_000, -2);
    const values = { sender: "kube-controller-manager", seconds: 3, stamps: COUNT };
    expect(diagnostics.find(({ id }) => id === "sender-clock-ahead")).toMatchObject({ severity: "warning", values });
  });

  it("has stamped the end of a Job as well: its TTL counts from there", () => {
    // Completed at 20.4 s, at 23.4 s by the controller's clock, and removed when the TTL of 10 s is over by that.
    const ended = each((index) => {
      const at = createdAt(index) + 20_000;
      const status = { startTime: whole(createdAt(index) + 3_040), completedAt: whole(at + 3_000), ttlMsAfterFinished: 10_000 };
      const goneMs = whole(at + 3_000) - T0 - 3_000 + 10_020;
      const gone = { change: "DELETED", received: { at: T0 + goneMs, resolutionMs: 1, clock: "collector" } } as const;
      const fresh = { received: { at: T0 + createdAt(index) + 5, resolutionMs: 1, clock: "collector" } } as const;
      return [
        job(nameOf(index), `uid-${index}`, { createdMs: createdAt(index) }, fresh),
        job(nameOf(index), `uid-${index}`, { createdMs: createdAt(index), ...status }, gone),
      ];
    });
    const { jobs } = buildTimeline(new Handover([...told(3_000), ...ended]), sources(600_000), { profile: focusServer });
    for (const { finished, gone, mechanism } of jobs) {
      expect(finished?.stampedBy).toMatchObject({ id: "controller" });
      expect(Math.abs((gone?.at ?? 0) - (finished?.at ?? 0) - 10_020)).toBeLessThan(150);
      expect(mechanism).toBe("ttl");
    }
  });

  it("is the cluster's where they agree, where most Events are prompt, and where they may all have been held up", () => {
    expect(found([...told(0), ...objects()]).clocks).toEqual([]);
    expect(found([...told(0), ...told(3_000).slice(0, 1)]).clocks).toEqual([]);
    expect(found(told(0, 1_500)).clocks).toEqual([]);
    expect(found([...told(0, 1_500), ...objects()]).clocks).toEqual([]);
    expect(found(told(3_000).slice(0, 2)).clocks).toEqual([]);
  });
});

describe("the clock of the job controller without its Events", () => {
  /** Rows of Jobs that the controller took up 40 ms after their creation, or so much later. */
  const taken = (aheadMs: number, { arrives = true, afterMs = 40 } = {}) =>
    each((index) => {
      const startTime = whole(createdAt(index) + afterMs + aheadMs);
      const received = { at: T0 + createdAt(index) + afterMs + 10, resolutionMs: 1, clock: "collector" as const };
      const more = arrives ? { received } : {};
      return [job(nameOf(index), `uid-${index}`, { createdMs: createdAt(index), startTime }, { change: "MODIFIED", ...more })];
    });

  it.each([2_500, -2_500])(
    "is found where rows arrive before it says, or it says that they came before the Job did (%i ms ahead)",
    (aheadMs) => {
      const { clocks, groups } = found(taken(aheadMs));
      const { offsetMs, uncertaintyMs } = clocks[0] ?? { offsetMs: null, uncertaintyMs: null };
      expect(clocks).toHaveLength(1);
      expect(Math.abs((offsetMs ?? Number.NaN) - aheadMs)).toBeLessThanOrEqual(uncertaintyMs ?? 0);
      groups.jobs.forEach(({ job: { startTime = Number.NaN } }, index) => {
        expect(startTime - T0).toBeLessThanOrEqual(createdAt(index) + 40);
        expect(startTime - T0).toBeGreaterThan(createdAt(index) + 40 - 1000 - 2 * (uncertaintyMs ?? 0));
      });
    },
  );

  it("is not told from one that is busy where nothing says when its rows came, unless it is behind", () => {
    expect(found(taken(2_500, { arrives: false })).clocks).toEqual([]);
    expect(found(taken(0, { afterMs: 2_500 })).clocks).toEqual([]);
    expect(found(taken(0)).clocks).toEqual([]);
    expect(found(taken(-2_500, { arrives: false })).clocks).toHaveLength(1);
  });
});

describe("the clock of the scheduler", () => {
  it("is another", () => {
    const scheduled = each((index) => [sent("Scheduled", "Pod", index, createdAt(index) + 90, -2_000)]);
    const pods = each((index) => [pod(nameOf(index), `pod-${index}`, { createdMs: createdAt(index) + 30 })]);
    const { clocks } = found([...told(3_000), ...scheduled, ...pods]);
    expect(clocks.map(({ id, offsetMs }) => [id, Math.round((offsetMs ?? 0) / 1000)])).toEqual([
      ["controller", 3],
      ["scheduler", -2],
    ]);
  });
});
