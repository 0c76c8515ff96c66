import { describe, expect, it } from "vitest";
import type { ClusterEvent, JobObservation, PodObservation } from "../../../src/model/event.js";
import { referenceClock } from "../../../src/timeline/clocks/clocks.js";
import type { JobHistory, PodHistory } from "../../../src/timeline/cluster/cluster-history.js";
import { finishMoment, jobPoints } from "../../../src/timeline/cluster/job-points.js";
import { clusterEvent, job, pod, T0 } from "../builders.js";

const clocks = new Map([["cluster", referenceClock]]);
const podOf = (uid: string, observations: readonly PodObservation[], events: readonly ClusterEvent[]): PodHistory => ({
  ...{ uid, name: uid, removes: [] },
  ...{ observations, events },
});
/** What Events tell of a Pod that was made at `ms`. */
const events = (uid: string, ms: number) =>
  [
    ["Scheduled", 50],
    ["Started", 2_050],
  ].map(([reason, after]) => clusterEvent(String(reason), { kind: "Pod", name: uid, uid }, ms + Number(after)));
/** A Job that began at 10 s. */
const pointsOf = (ended: number, pods: readonly PodHistory[]) => {
  const rows = [job("build-1", "j", { createdMs: 10_000 }), job("build-1", "j", { startTime: T0 + 10_000, active: 1, ended })];
  const history: JobHistory = { uid: "j", name: "build-1", namespace: "ci", observations: rows, events: [], pods };
  const { scheduled, started } = jobPoints(history, undefined, clocks);
  return [scheduled, started].map((moment) => moment && moment.at - T0);
};

describe("when the first Pod of a Job had a node, and ran", () => {
  const [first, second] = [podOf("a", [], events("a", 10_100)), podOf("b", [], events("b", 65_000))];

  it("is not known where only a later try is: the Events of the first may be forgotten", () => {
    expect(pointsOf(1, [second])).toEqual([undefined, undefined]);
    expect(pointsOf(1, [podOf("b", [pod("b", "b", { createdMs: 65_000 })], [])])).toEqual([undefined, undefined]);
  });

  it("is that of the first of several", () => {
    expect(pointsOf(1, [second, first])).toEqual([10_150, 12_150]);
    // Of three one is unknown, and one of the others began with the Job.
    expect(pointsOf(2, [second, first])).toEqual([10_150, 12_150]);
  });

  it("is not known where a Pod ran since nobody knows when: it was restarted more often than its state tells", () => {
    const ran = podOf("a", [pod("a", "a", { createdMs: 10_100, phase: "Running" })], []);
    expect(pointsOf(0, [ran])).toEqual([undefined, undefined]);
    expect(pointsOf(1, [second, ran])).toEqual([65_050, undefined]);
    expect(pointsOf(1, [second, podOf("a", [pod("a", "a", { createdMs: 10_100, phase: "Pending" })], [])])).toEqual([65_050, 67_050]);
  });

  it("is not known where more were at work at once than are known to have begun with it: any of the others may have been first", () => {
    const rows = [job("build-1", "j", { createdMs: 10_000 }), job("build-1", "j", { startTime: T0 + 10_000, active: 3 })];
    const of = (pods: readonly PodHistory[]) =>
      jobPoints({ uid: "j", name: "build-1", namespace: "ci", observations: rows, events: [], pods }, undefined, clocks).started?.at;
    const third = podOf("c", [], events("c", 10_200));
    const early = podOf("b", [], events("b", 10_150));
    expect(of([first, second, early])).toBe(T0 + 12_150);
    expect([of([first, early]), of([first, early, third])]).toEqual([undefined, T0 + 12_150]);
  });

  it("is not known where the controller's Events are folded and count more Pods than the input tells of", () => {
    const made = (message: string, count: number) =>
      clusterEvent("SuccessfulCreate", { kind: "Job", name: "build-1", uid: "j" }, 10_000, { message, count });
    const of = (...created: readonly ClusterEvent[]) =>
      jobPoints({ uid: "j", name: "build-1", namespace: "ci", observations: [], events: created, pods: [first, second] }, undefined, clocks)
        .started?.at;
    const folded = (count: number) => made("(combined from similar events): Created pod: build-1-b", count);
    expect(of(made("Created pod: build-1-a", 1), folded(2))).toBeUndefined();
    expect([of(made("Created pod: build-1-a", 1), folded(1)), of(made("Created pod: build-1-a", 3))]).toEqual([T0 + 12_150, T0 + 12_150]);
  });

  describe("of a Job that was resumed", () => {
    const resumed = { startTime: T0 + 60_000, active: 1 };
    const of = (rows: readonly JobObservation[], told: readonly ClusterEvent[] = [], pods = [second]) => {
      const history: JobHistory = { uid: "j", name: "build-1", namespace: "ci", observations: rows, events: told, pods };
      return jobPoints(history, undefined, clocks).started?.at;
    };
    const row = (fields: Parameters<typeof job>[2] = {}, more: Partial<JobObservation> = {}) =>
      job("build-1", "j", { createdMs: 10_000, ...fields }, more);
    const at = (ms: number) => ({ received: { at: T0 + ms, clock: "cluster" as const, resolutionMs: 1 } });
    const sent = (reason: string, ms: number) => clusterEvent(reason, { kind: "Job", name: "build-1", uid: "j" }, ms);

    it("is not known where nothing shows it before: it may have been at work and suspended midway", () => {
      expect(of([row(resumed)])).toBeUndefined();
      expect(of([row(resumed)], [sent("Suspended", 40_000), sent("Resumed", 60_000)])).toBeUndefined();
      expect(of([row({}, at(50_000)), row(resumed, at(60_100))])).toBeUndefined();
    });

    it("is known where it is shown as it was created, suspended", () => {
      expect(of([row(), row(resumed)])).toBe(T0 + 67_050);
      expect(of([row({}, at(10_200)), row(resumed, at(60_100))])).toBe(T0 + 67_050);
      expect(of([row(resumed)], [sent("Suspended", 10_300)])).toBe(T0 + 67_050);
    });

    it("is not known where it began before it was suspended, and the Pods of that are not there", () => {
      const begun = row({ startTime: T0 + 10_000, active: 1 });
      expect(of([row(), begun, row(resumed)])).toBeUndefined();
      expect(of([row(), begun, row(resumed)], [], [first, second])).toBe(T0 + 12_150);
    });
  });

  it("is that of the only one, however late the controller could make it", () => {
    expect(pointsOf(0, [second])).toEqual([65_050, 67_050]);
  });
});

describe("when a Job had finished", () => {
  const finishOf = (sentMs: number) => {
    const done = clusterEvent("Completed", { kind: "Job", name: "build-1", uid: "j" }, sentMs);
    const history: JobHistory = { uid: "j", name: "build-1", namespace: "ci", observations: [], events: [done], pods: [] };
    const { at, lo, hi } = finishMoment(history, T0 + 10_000, clocks);
    return [at, lo, hi].map((ms) => ms - T0);
  };

  it("is in the printed second, up to the Event that the controller sends right after it", () => {
    expect(finishOf(10_300)).toEqual([10_300, 10_000, 10_300]);
    expect(finishOf(11_800)).toEqual([11_000, 10_000, 11_000]);
  });

  it("is anywhere in that second where the Event is of another finish: sent before it, or long after", () => {
    expect(finishOf(9_999)).toEqual([10_500, 10_000, 11_000]);
    expect(finishOf(12_001)).toEqual([10_500, 10_000, 11_000]);
  });
});
