import { describe, expect, it } from "vitest";
import type { ClusterEvent, JobObservation, PodObservation } from "../../../src/model/event.js";
import { finishStampOf } from "../../../src/timeline/cluster/job-mechanism.js";
import { lastPods } from "../../../src/timeline/cluster/pod-moments.js";
import { clusterEvent, fine, job, pod, T0 } from "../builders.js";

const JOB = { kind: "Job", name: "j", uid: "j" };

/** A Pod of two rows; the second of its deletion is asked for at `askedMs`, and never if that is undefined. */
function podOf(name: string, askedMs?: number, change: PodObservation["change"] = "MODIFIED", events: readonly ClusterEvent[] = []) {
  const mark = askedMs === undefined ? {} : { deletionTimestamp: T0 + askedMs + 30_000, deletionGracePeriodMs: 30_000 };
  const observations = [pod(name, name), pod(name, name, mark, { change })];
  return { uid: name, name, observations, events, removes: [] };
}

function told(
  pods: readonly ReturnType<typeof podOf>[],
  more: { events?: readonly ClusterEvent[]; observations?: readonly JobObservation[] } = {},
) {
  return lastPods({ pods, events: [], observations: [], ...more }).map(({ name }) => name);
}

describe("the Pods whose end may tell of that of their Job", () => {
  it("are not those that the controller says it took away, as where a Job failed", () => {
    const events = [clusterEvent("SuccessfulDelete", JOB, 20_000, { message: "Deleted pod: a" })];
    expect(told([podOf("a", 20_000)], { events })).toEqual([]);
    expect(told([podOf("a", 20_000)])).toEqual(["a"]);
  });

  it("are not those that were asked to go until the last of many such Events, which names one of them", () => {
    const message = "(combined from similar events): Deleted pod: a";
    const events = [clusterEvent("SuccessfulDelete", JOB, 15_000, { message, count: 4, last: fine(20_400) })];
    expect(told([podOf("a", 40_000), podOf("b", 20_000), podOf("c", 40_000)], { events })).toEqual(["c"]);
    const killedAt = (ms: number) => [clusterEvent("Killing", { kind: "Pod", name: "b", uid: "b" }, ms)];
    const known = (ms: number) => [{ uid: "b", name: "b", observations: [], events: killedAt(ms), removes: [] }];
    expect(told(known(21_000), { events })).toEqual([]);
    expect(told(known(40_000), { events })).toEqual(["b"]);
  });

  it("are not those that were killed when the Job finished, by its object or its Event", () => {
    const killing = clusterEvent("Killing", { kind: "Pod", name: "b", uid: "b" }, 21_500);
    const pods = [{ uid: "b", name: "b", observations: [], events: [killing], removes: [] }];
    const finished = clusterEvent("BackoffLimitExceeded", JOB, 20_400);
    expect(told(pods, { events: [finished] })).toEqual([]);
    expect(told(pods, { observations: [job("j", "j", { failedAt: T0 + 20_000 })] })).toEqual([]);
    expect(told(pods, { events: [clusterEvent("BackoffLimitExceeded", JOB, 17_400)] })).toEqual(["b"]);
  });

  it("are not those whose deletion was asked for by the second in which the Job finished", () => {
    const observations = [job("j", "j", { failedAt: T0 + 20_000 })];
    expect(told([podOf("a", 20_000)], { observations })).toEqual([]);
    expect(told([podOf("a", 21_000)], { observations })).toEqual(["a"]);
  });

  it("are those that go with the last of them, one right after the other", () => {
    expect(told([podOf("a", 20_000), podOf("b", 57_000), podOf("c", 60_000), podOf("d", 62_000)])).toEqual(["b", "c", "d"]);
  });

  it("are none where a watch shows one that stays: the others were taken by somebody else", () => {
    expect(told([podOf("a", 20_000), podOf("b")])).toEqual([]);
    // A list says nothing of later, and what is killed does not stay.
    expect(told([podOf("a", 20_000), podOf("b", undefined, "unknown")])).toEqual(["a", "b"]);
    const killing = clusterEvent("Killing", { kind: "Pod", name: "b", uid: "b" }, 20_100);
    expect(told([podOf("a", 20_000), podOf("b", undefined, "MODIFIED", [killing])])).toEqual(["a", "b"]);
  });
});

describe("an Event that a Job has finished", () => {
  it.each(["BackoffLimitExceeded", "DeadlineExceeded", "PodFailurePolicy", "FailedIndexes", "MaxFailedIndexesExceeded"])(
    "has the reason of its failure: %s",
    (reason) => {
      const history = { uid: "j", name: "j", namespace: "default", observations: [], pods: [] };
      const finish = (name: string) => finishStampOf({ ...history, events: [clusterEvent(name, JOB, 20_400)] }, new Map());
      expect(finish(reason)).toEqual({ at: T0 + 20_000, failed: true });
      expect(finish("SuccessfulCreate")).toBeUndefined();
    },
  );
});
