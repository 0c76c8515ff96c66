import { describe, expect, it } from "vitest";
import type { JobObservation } from "../../../src/model/event.js";
import type { Moment } from "../../../src/model/timeline.js";
import type { JobHistory } from "../../../src/timeline/cluster/cluster-history.js";
import { mechanismOf } from "../../../src/timeline/cluster/job-mechanism.js";
import { job, T0 } from "../builders.js";

const at = (seconds: number) => T0 + seconds * 1000;

/** Gone between these seconds; the value is the later one. */
function gone(lo: number, hi = lo, how: Moment["how"] = "watch-received"): Moment {
  return { at: at(hi), lo: at(lo), hi: at(hi), how, bracket: hi - lo > 1 };
}

/** The cleanup Job, which finishes in this second. */
function cleanup(stamps: Pick<JobObservation["job"], "completedAt"> | Pick<JobObservation["job"], "failedAt">): JobHistory {
  const observations = [job("cleanup-job-1-1", "c", stamps)];
  return { uid: "c", name: "cleanup-job-1-1", namespace: "default", observations, events: [], pods: [] };
}

const completes = (second: number) => cleanup({ completedAt: at(second) });

type End = Parameters<typeof mechanismOf>[0];

function mechanism(end: Partial<End>): string {
  const nothing = {
    gone: undefined,
    requested: undefined,
    finished: undefined,
    deletedBy: undefined,
    ttlMs: undefined,
    cleanup: undefined,
    clocks: new Map(),
  };
  return mechanismOf({ ...nothing, isCleanupUser: (user) => user === "cleaner", ...end });
}

describe("who ended a Job", () => {
  it("is what the audit log says, whatever else there is", () => {
    const by = (deletedBy: string) => mechanism({ gone: gone(60), deletedBy, cleanup: completes(60) });
    expect(by("cleaner")).toBe("idle-cleanup");
    expect(by("jane")).toBe("other");
    expect(by("system:serviceaccount:kube-system:ttl-after-finished-controller")).toBe("ttl");
    expect(mechanism({})).toBe("open");
  });

  describe("without an audit log", () => {
    it("is the cleanup if its Job completed right after, wherever in its second", () => {
      const completed = (second: number) => mechanism({ gone: gone(60.2), cleanup: completes(second) });
      expect([60, 61, 62].map(completed)).toEqual(["idle-cleanup", "idle-cleanup", "idle-cleanup"]);
      // The next check finds the Job gone, and completes too.
      expect([63, 65, 70].map(completed)).toEqual(["unknown", "unknown", "unknown"]);
      expect([50, 59].map(completed)).toEqual(["unknown", "unknown"]);
      expect(mechanism({ gone: gone(60.2), cleanup: cleanup({ failedAt: at(60) }) })).toBe("unknown");
      expect(mechanism({ gone: gone(60.2) })).toBe("unknown");
    });

    it("is not known of a Job that had finished and may have gone by a TTL, where no row of it tells of one", () => {
      const finished = { at: at(50), failed: true };
      const end = { gone: gone(60.2), cleanup: completes(60), finished };
      expect([mechanism(end), mechanism({ ...end, ttlUntold: true })]).toEqual(["idle-cleanup", "unknown"]);
      expect(mechanism({ gone: gone(60.2), cleanup: completes(60), ttlUntold: true })).toBe("idle-cleanup");
    });

    it("is the cleanup only if its Job completed so soon after every moment at which the Job may have gone", () => {
      const within = (lo: number, hi: number) => mechanism({ gone: gone(lo, hi), cleanup: completes(60) });
      expect([within(58, 60.5), within(57.9, 60.5)]).toEqual(["idle-cleanup", "unknown"]);
      expect([within(60, 63), within(60, 63.1)]).toEqual(["idle-cleanup", "unknown"]);
    });

    it("counts from what the deletion caused at once, not from what the cleanup Job itself shows of it", () => {
      const shown = (how: Moment["how"]) => mechanism({ gone: gone(20, 60.5, how), cleanup: completes(60) });
      expect(shown("pod-killing")).toBe("idle-cleanup");
      expect(shown("cleanup-completion")).toBe("unknown");
      expect(shown("resource-version")).toBe("unknown");
    });

    it("is the cleanup too if its Job completed right after the request for a deletion that took long", () => {
      const requested = gone(60, 61, "deletion-timestamp");
      expect(mechanism({ gone: gone(90), requested, cleanup: completes(61) })).toBe("idle-cleanup");
      expect(mechanism({ gone: gone(90), requested, cleanup: completes(90) })).toBe("idle-cleanup");
      expect(mechanism({ gone: gone(90), requested, cleanup: completes(70) })).toBe("unknown");
    });
  });

  describe("of a finished Job with a TTL", () => {
    // Due at 60 s.
    const due = { finished: { at: at(30), failed: false }, ttlMs: 30_000 };

    it("is told by when its deletion was asked for, however long it then stayed", () => {
      const asked = (second: number, end: Partial<End> = {}) =>
        mechanism({ ...due, gone: gone(second, second + 40), requested: gone(second, second + 1, "deletion-timestamp"), ...end });
      expect([58, 59, 60, 63, 64].map((second) => asked(second))).toEqual(["unknown", "unknown", "ttl", "ttl", "unknown"]);
      expect(asked(59, { cleanup: completes(60) })).toBe("idle-cleanup");
    });

    it("is its TTL if it goes when that is over", () => {
      expect(mechanism({ ...due, gone: gone(60.1) })).toBe("ttl");
      expect(mechanism({ ...due, gone: gone(60.1), cleanup: completes(60) })).toBe("ttl");
      expect(mechanism({ ...due, gone: gone(59, 62), cleanup: completes(61) })).toBe("ttl");
    });

    it("is not its TTL if it goes before that, in the second before too", () => {
      const stamped = { ...gone(59, 60, "deletion-timestamp"), bracket: false };
      expect(mechanism({ ...due, gone: stamped })).toBe("unknown");
      expect(mechanism({ ...due, gone: { ...stamped, lo: at(60), hi: at(61) } })).toBe("ttl");
    });

    it("is the cleanup if it goes before that", () => {
      expect(mechanism({ ...due, gone: gone(50.2), cleanup: completes(50) })).toBe("idle-cleanup");
    });

    it("is not known if it may have gone when that was over, or well before", () => {
      expect(mechanism({ ...due, gone: gone(20, 60.5, "pod-killing"), cleanup: completes(60) })).toBe("unknown");
      // Nor is it the cleanup whose Job completes on finding it gone.
      expect(mechanism({ ...due, gone: gone(58, 67.5), cleanup: completes(67) })).toBe("unknown");
    });
  });
});
