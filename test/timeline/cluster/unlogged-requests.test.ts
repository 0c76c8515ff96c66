import { describe, expect, it } from "vitest";
import { Handover } from "../../../src/model/collections/handover.js";
import type { TimelineEvent } from "../../../src/model/event.js";
import { buildTimeline } from "../../../src/timeline/build-timeline.js";
import { arrived, clusterEvent, focusServer, job, pod, request, sources, T0 } from "../builders.js";

const LASTS_MS = 600_000;
const NAME = "grpc-job-1-1";

const created = request("create", NAME, 10_000);
const made = clusterEvent("SuccessfulCreate", { kind: "Job", name: NAME, uid: "u1" }, 10_030, { message: `Created pod: ${NAME}-a` });
const killing = (ms = 60_000) => clusterEvent("Killing", { kind: "Pod", name: `${NAME}-a`, uid: "p" }, ms);
const said = (reason: string, ms: number) => clusterEvent(reason, { kind: "Job", name: NAME, uid: "u1" }, ms);
const cleaned = (ms: number) => clusterEvent("Completed", { kind: "Job", name: "cleanup-job-1-1", uid: "c1" }, ms);
const podRow = (change: "ADDED" | "DELETED", ms: number) =>
  pod(`${NAME}-a`, "p", { createdMs: 10_000, ownerUid: "u1", ownerName: NAME }, { change, received: arrived(ms) });
const podGone = [podRow("ADDED", 10_050), podRow("DELETED", 62_000)];

/** Another Job of the same kind of which the log tells all, or only that it was there. */
const other = [request("create", "grpc-job-2-2", 20_000), request("delete", "grpc-job-2-2", 90_000)];

function build(...events: readonly TimelineEvent[]) {
  const { jobs, diagnostics } = buildTimeline(new Handover(events), sources(LASTS_MS), { profile: focusServer });
  const one = jobs.find(({ name }) => name === NAME);
  return {
    one,
    gone: one?.gone && [one.gone.how, one.gone.hi - T0],
    unlogged: diagnostics.filter(({ id }) => id === "unlogged-requests").map(({ count }) => count),
  };
}

const stays = { one: { mechanism: "open", censoredAt: T0 + LASTS_MS }, gone: undefined, unlogged: [] };

describe("an audit log without the deletion of a Job", () => {
  it("proves that it stayed where nothing contradicts that", () => {
    expect(build(created, ...other)).toMatchObject(stays);
    // Evicted, or its cleanup failed to delete it: the log has every deletion of the others.
    expect(build(created, ...other, made, killing())).toMatchObject(stays);
    expect(build(created, ...other, made, cleaned(61_000))).toMatchObject(stays);
  });

  it("proves nothing where its Pod was killed, and gone or cleaned up after", () => {
    expect(build(created, ...other, made, ...podGone, killing())).toMatchObject({ gone: ["pod-killing", 60_000], unlogged: [1] });
    expect(build(created, ...other, made, killing(), cleaned(61_000))).toMatchObject({ gone: ["pod-killing", 60_000], unlogged: [1] });
  });

  it("proves nothing where a watch shows that it went", () => {
    const rows = [
      job(NAME, "u1", { createdMs: 10_000, resourceVersion: 5 }, { received: arrived(10_010) }),
      job(NAME, "u1", { createdMs: 10_000, resourceVersion: 9 }, { change: "DELETED", received: arrived(60_010) }),
    ];
    expect(build(created, ...other, ...rows)).toMatchObject({ gone: ["watch-received", 60_010], unlogged: [1] });
  });

  it("does not lack a creation that it may have without a name", () => {
    const row = job("grpc-job-4-4", "u4", { createdMs: 30_000, resourceVersion: 5 }, { received: arrived(30_010) });
    expect(build(created, ...other, row).unlogged).toEqual([1]);
    expect(build(created, ...other, row, request("create", "", 30_000)).unlogged).toEqual([]);
    expect(build(created, ...other, row, request("create", "", 30_000, { namespace: "demo" })).unlogged).toEqual([1]);
  });

  it("need not lack it where a request deleted several Jobs without naming them, all of a namespace or some of it", () => {
    const rows = [
      job(NAME, "u1", { createdMs: 10_000, resourceVersion: 5 }, { received: arrived(10_010) }),
      job(NAME, "u1", { createdMs: 10_000, resourceVersion: 9 }, { change: "DELETED", received: arrived(60_010) }),
    ];
    const unlogged = (ms: number, more: { takesAll?: true; namespace?: string }, ...events: readonly TimelineEvent[]) =>
      build(...events, ...other, ...rows, request("deletecollection", "", ms, more)).unlogged;
    expect(unlogged(60_000, { takesAll: true }, created)).toEqual([]);
    expect(unlogged(60_000, {}, created)).toEqual([]);
    // Made before the log began; in the foreground it goes long after.
    expect(build(...other.slice(1), ...rows, request("deletecollection", "", 40_000)).unlogged).toEqual([]);
    // Elsewhere, before the Job was there, or when it was gone.
    expect(unlogged(60_000, { namespace: "demo" }, created)).toEqual([1]);
    expect(unlogged(5_000, {}, created)).toEqual([1]);
    expect(unlogged(70_000, {}, created)).toEqual([1]);
  });

  it("says nothing of the others, either, of which no other source tells", () => {
    const second = request("create", "grpc-job-3-3", 30_000);
    const events = [created, ...other, second, made, ...podGone, killing()];
    const { jobs } = buildTimeline(new Handover(events), sources(LASTS_MS), { profile: focusServer });
    const third = jobs.find(({ name }) => name === "grpc-job-3-3");
    expect(third).toMatchObject({ mechanism: "unknown", censoredAt: T0 + 30_000 });
    expect(third?.gone).toBeUndefined();
  });

  it.each(["BackoffLimitExceeded", "Suspended", "SuccessfulDelete"])(
    "proves that it stayed where its Pod went and the controller then said %s",
    (reason) => {
      expect(build(created, ...other, made, ...podGone, killing(), said(reason, 60_400)).unlogged).toEqual([]);
    },
  );

  it("proves that it stayed where the controller made another Pod", () => {
    const again = clusterEvent("SuccessfulCreate", { kind: "Job", name: NAME, uid: "u1" }, 63_000, { message: `Created pod: ${NAME}-b` });
    expect(build(created, ...other, made, ...podGone, killing(), again)).toMatchObject(stays);
  });

  it("may end before the Job went", () => {
    expect(
      build(created, ...other, made, killing(LASTS_MS - 200), podRow("ADDED", 10_050), podRow("DELETED", LASTS_MS - 100)).unlogged,
    ).toEqual([]);
  });
});

describe("an audit log without the creation of a Job", () => {
  it("is not whole if it has those of others like it", () => {
    expect(build(made, ...podGone, killing(), ...other).unlogged).toEqual([1]);
    // A policy that leaves creations out, other Jobs, and the time before it began.
    expect(build(made, ...podGone, killing(), request("delete", NAME, 60_000), request("delete", "grpc-job-2-2", 90_000)).unlogged).toEqual(
      [],
    );
    expect(build(...podGone, killing(), request("delete", NAME, 60_000), request("create", "report", 5_000)).unlogged).toEqual([]);
    const before = job(NAME, "u1", { createdMs: -30_000, startTime: T0 - 30_000 });
    expect(build(before, request("delete", NAME, 60_000), ...other).unlogged).toEqual([]);
  });

  it("does not tell then that a Job was there before it began", () => {
    const rows = [job("grpc-job-3-3", "u3", { createdMs: 30_000 }, { received: arrived(30_010) })];
    const deleted = request("delete", NAME, 60_000);
    expect(build(deleted, ...other).one?.created).toMatchObject({ at: T0 });
    // Nothing tells when it was created, so it is left out.
    expect(build(deleted, ...other, ...rows)).toMatchObject({ one: undefined, unlogged: [1] });
  });
});
