import { describe, expect, it } from "vitest";
import { Handover } from "../../../src/model/collections/handover.js";
import type { JobObservation, TimelineEvent } from "../../../src/model/event.js";
import { buildTimeline } from "../../../src/timeline/build-timeline.js";
import { clusterEvent, fine, focusServer, job, pod, sources, T0 } from "../builders.js";

/** Jobs of which a watch saw the beginning, 20 s apart; the watch begins at T0. */
const fresh = (stamped: boolean): TimelineEvent[] =>
  [20_000, 40_000, 60_000, 80_000].flatMap((ms, index) => [
    row(`grpc-job-2-${index}`, "ADDED", ms, ms + 10, stamped, { resourceVersion: ms }),
    row(`grpc-job-2-${index}`, "MODIFIED", ms, ms + 40, stamped, { resourceVersion: ms + 1, startTime: T0 + ms }),
  ]);

type Fields = Partial<Omit<JobObservation["job"], "createdAt">>;

function row(name: string, change: JobObservation["change"], createdMs: number, ms: number, stamped: boolean, fields: Fields = {}) {
  const received = stamped ? { received: fine(ms, "collector") } : {};
  return job(name, `uid-${name}`, { createdMs, ...fields }, { change, ...received });
}

/** Names of the Jobs and Pods that were there when the watch began, by a watch with or without times of arrival. */
function truncated(events: readonly TimelineEvent[], stamped: boolean, beginsMs = 0): readonly string[] {
  const clock = stamped ? ("collector" as const) : ("cluster" as const);
  const files = sources(200_000).map((source) =>
    source.path === "source-1" || source.path === "source-2" ? { ...source, from: T0 + beginsMs, clock } : source,
  );
  const { jobs } = buildTimeline(new Handover([...fresh(stamped), ...events]), files, { profile: focusServer });
  return jobs.filter((one) => one.truncated).map(({ name }) => name);
}

describe.each([
  ["with times of arrival", true],
  ["without them", false],
])("a Job was there when its watch began (%s)", (_, stamped) => {
  const startTime = T0 - 29_000;

  it.each(["ADDED", "MODIFIED", "DELETED"] as const)("if its first row, %s, shows it at work", (change) => {
    expect(truncated([row("grpc-job-1-1", change, -30_000, 5_000, stamped, { startTime })], stamped)).toEqual(["grpc-job-1-1"]);
  });

  it("if its first row is of its deletion, although no controller ever touched it", () => {
    expect(truncated([row("grpc-job-1-1", "DELETED", -30_000, 5_000, stamped)], stamped)).toEqual(["grpc-job-1-1"]);
  });

  it("but not if the controller's Event or no watch at all tells of it", () => {
    const made = clusterEvent("SuccessfulCreate", { kind: "Job", name: "grpc-job-1-1", uid: "uid-grpc-job-1-1" }, -29_900);
    expect(truncated([made, row("grpc-job-1-1", "MODIFIED", -30_000, 5_000, stamped, { startTime })], stamped)).toEqual([]);
    expect(truncated([row("grpc-job-1-1", "listed", -30_000, 5_000, stamped, { startTime })], stamped)).toEqual([]);
    expect(truncated([row("grpc-job-1-1", "unknown", -30_000, 5_000, stamped, { startTime })], stamped)).toEqual([]);
  });

  it.each(["ADDED", "MODIFIED", "DELETED"] as const)("if the first row of its Pod, %s, shows that at work", (change) => {
    const received = stamped ? { received: fine(5_000, "collector") } : {};
    const owned = { ownerUid: "uid-1", ownerName: "grpc-job-1-1", createdMs: -30_000, phase: "Running" };
    expect(truncated([pod("grpc-job-1-1-a", "p", owned, { change, ...received })], stamped)).toEqual(["grpc-job-1-1"]);
    const pending = pod("grpc-job-1-1-a", "p", { ...owned, createdMs: 5_000, phase: "Pending" }, received);
    expect(truncated([pending], stamped)).toEqual([]);
  });
});

describe("a watch that was on before the Job was created", () => {
  const startTime = T0 + 30_000;

  it("has lost its beginning, which times of arrival show", () => {
    const lost = (stamped: boolean) => row("grpc-job-1-1", "MODIFIED", 30_000, 50_000, stamped, { startTime });
    expect(truncated([lost(true)], true)).toEqual([]);
    const itsPod = { ownerUid: "uid-1", ownerName: "grpc-job-1-1", createdMs: 30_000, phase: "Running" };
    expect(truncated([pod("grpc-job-1-1-a", "p", itsPod, { change: "MODIFIED", received: fine(50_000, "collector") })], true)).toEqual([]);
  });

  it("may have brought its first row late", () => {
    expect(truncated([row("grpc-job-1-1", "ADDED", 30_000, 36_000, true)], true)).toEqual([]);
  });
});

describe("a Job that no controller had touched when it was listed", () => {
  const suspended = (stamped: boolean) => row("grpc-job-1-1", "ADDED", -7_200_000, 0, stamped, { resourceVersion: 1 });

  it("was there before by its stamp, where the watch tells when it began", () => {
    expect(truncated([suspended(true)], true)).toEqual(["grpc-job-1-1"]);
    expect(truncated([suspended(false)], false)).toEqual([]);
  });

  it("may have come in the second in which the watch began, of which its stamp is cut: nothing tells that it was there before", () => {
    // The collector's clock is known to within about a second: by so much later the watch may have begun.
    expect(truncated([suspended(true)], true, -7_200_500)).toEqual([]);
    expect(truncated([suspended(true)], true, -7_200_000)).toEqual(["grpc-job-1-1"]);
  });

  it("is none of those that the watch saw created, of which the first row is the first of all", () => {
    expect(truncated([row("grpc-job-1-1", "ADDED", -400, 0, true)], true)).toEqual([]);
    expect(truncated([row("grpc-job-1-1", "ADDED", 0, 10, true)], true)).toEqual([]);
  });
});
