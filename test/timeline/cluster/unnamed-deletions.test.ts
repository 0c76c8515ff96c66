import { describe, expect, it } from "vitest";
import { Handover } from "../../../src/model/collections/handover.js";
import type { ApiRequest, TimelineEvent } from "../../../src/model/event.js";
import { buildTimeline } from "../../../src/timeline/build-timeline.js";
import { focusServer, job, request, sources, T0 } from "../builders.js";

const LASTS_MS = 600_000;
const NAME = "grpc-job-1-1";
const GARBAGE_COLLECTOR = { user: "system:serviceaccount:kube-system:generic-garbage-collector" };
const STATUS = { subresource: "status", uid: "u1", user: "system:serviceaccount:kube-system:job-controller" };

/** A delete of several Jobs that takes from `ms` on for `lastsMs`. */
const ofSeveral = (ms: number, more: Partial<ApiRequest> = {}, lastsMs = 100) => {
  const received = { at: T0 + ms, resolutionMs: 0.001, clock: "cluster" } as const;
  return request("deletecollection", "", ms, { user: "admin", received, completed: { ...received, at: T0 + ms + lastsMs }, ...more });
};
const all = { takesAll: true } as const;
const created = request("create", NAME, 10_000);

function build(...events: readonly TimelineEvent[]) {
  const { jobs, diagnostics } = buildTimeline(new Handover(events), sources(LASTS_MS), { profile: focusServer });
  const [first] = jobs;
  return {
    first,
    gone: first?.gone && [first.gone.lo - T0, first.gone.hi - T0, first.gone.bracket],
    until: (first?.censoredAt ?? Number.NaN) - T0,
    unnamed: diagnostics.filter(({ id }) => id === "unnamed-deletions").map(({ count }) => count),
  };
}

describe("a delete of all Jobs of a namespace", () => {
  it("is that of each that was there, while it lasted", () => {
    const { first, gone, unnamed } = build(created, ofSeveral(60_000, all));
    expect(gone).toEqual([60_000, 60_100, false]);
    expect(first).toMatchObject({ deletedBy: "admin", mechanism: "other", deleteRequested: { at: T0 + 60_000 } });
    expect(unnamed).toEqual([]);
  });

  it("tells nothing finer than a range where it took long", () => {
    expect(build(created, ofSeveral(60_000, all, 9_000)).gone).toEqual([60_000, 69_000, true]);
    // A second is as fine as a stamp that is cut to it.
    expect(build(created, ofSeveral(60_000, all, 1_000)).gone).toEqual([60_000, 61_000, false]);
    expect(build(created, ofSeveral(60_000, all, 1_001)).gone).toEqual([60_000, 61_001, true]);
  });

  it("is that of a Job, too, of which the log only tells that it was there", () => {
    // With the creation of another, so that the log is known to have creations.
    const { first, gone } = build(request("update", NAME, 10_000, STATUS), request("create", "other", 20_000), ofSeveral(60_000, all));
    expect(first?.name).toBe(NAME);
    expect(gone).toEqual([60_000, 60_100, false]);
  });

  it("marks a Job that stays for its Pods, until the garbage collector lets it go", () => {
    const { gone } = build(created, ofSeveral(60_000, all), request("patch", NAME, 75_000, GARBAGE_COLLECTOR));
    expect(gone).toEqual([74_990, 75_000, false]);
  });

  it("marks a Job that somebody else's finalizer holds, until that is taken off", () => {
    const archiver = { user: "system:serviceaccount:video:archiver" };
    const held = [request("patch", NAME, 61_000, GARBAGE_COLLECTOR), request("patch", NAME, 95_000, archiver)];
    expect(build(created, ofSeveral(60_000), ...held).gone).toEqual([94_990, 95_000, false]);
    expect(build(created, ofSeveral(60_000, all), request("patch", NAME, 95_000, archiver)).gone).toEqual([94_990, 95_000, false]);
    expect(build(created, request("delete", NAME, 60_000), ...held).gone).toEqual([94_990, 95_000, false]);
  });

  it("says no more than a delete of the Job alone, or a row that shows it going", () => {
    expect(build(created, request("delete", NAME, 40_000), ofSeveral(60_000, all)).gone).toEqual([39_990, 40_000, false]);
    const row = job(NAME, "u1", { createdMs: 10_000, resourceVersion: 5 }, { change: "DELETED" });
    const received = { at: T0 + 50_000, resolutionMs: 1, clock: "cluster" } as const;
    const { first } = build(created, { ...row, received }, ofSeveral(60_000, all));
    expect(first?.gone).toMatchObject({ how: "watch-received", at: T0 + 50_000 });
    expect(first?.deletedBy).toBeUndefined();
  });

  it("is not that of a Job in another namespace, of one created later, or of the next of the same name", () => {
    for (const later of [ofSeveral(60_000, { ...all, namespace: "other" }), ofSeveral(5_000, all)]) {
      expect(build(created, later)).toMatchObject({ first: { mechanism: "open" }, gone: undefined, until: LASTS_MS, unnamed: [] });
    }
    const again = request("create", NAME, 90_000);
    const { jobs } = buildTimeline(new Handover([created, ofSeveral(60_000, all), again]), sources(LASTS_MS), { profile: focusServer });
    expect(jobs.map(({ gone, mechanism }) => [gone?.at, mechanism])).toEqual([
      [T0 + 60_100, "other"],
      [undefined, "open"],
    ]);
  });
});

describe("a delete of some Jobs of a namespace", () => {
  it("ends what the audit log proves of each: it is neither open nor gone from then on", () => {
    const unknown = { first: { mechanism: "unknown" }, gone: undefined, unnamed: [1] };
    expect(build(created, ofSeveral(60_000))).toMatchObject({ ...unknown, until: 60_000 });
    // What may be gone already is not known to be there for a delete of all.
    expect(build(created, ofSeveral(60_000), ofSeveral(80_000, all))).toMatchObject({ ...unknown, until: 60_000 });
    // One that was created while a delete of all was done may be among those that it took.
    expect(build(created, ofSeveral(9_995, all))).toMatchObject({ ...unknown, until: 10_000 });
  });

  it("is forgotten where the Job was there after it: proven up to its last sign, and taken by the next delete of all", () => {
    const sign = request("update", NAME, 70_000, STATUS);
    expect(build(created, ofSeveral(60_000), sign)).toMatchObject({ first: { mechanism: "unknown" }, until: 70_000 });
    expect(build(created, ofSeveral(60_000), sign, ofSeveral(80_000, all)).gone).toEqual([80_000, 80_100, false]);
    expect(build(created, ofSeveral(60_000), request("delete", NAME, 90_000)).gone).toEqual([89_990, 90_000, false]);
  });

  it("took the Job that the garbage collector let go after it", () => {
    const { gone, unnamed } = build(created, ofSeveral(60_000), request("patch", NAME, 75_000, GARBAGE_COLLECTOR));
    expect(gone).toEqual([74_990, 75_000, false]);
    expect(unnamed).toEqual([]);
  });

  it("leaves a Job open of which a watch shows that it stayed", () => {
    const { first, unnamed } = build(created, job(NAME, "u1", { createdMs: 10_000 }), ofSeveral(60_000));
    expect(first).toMatchObject({ mechanism: "open", censoredAt: T0 + LASTS_MS });
    expect(unnamed).toEqual([]);
  });
});
