import { describe, expect, it } from "vitest";
import { deletionOf } from "../../../src/timeline/cluster/moments.js";
import { ResourceVersions } from "../../../src/timeline/cluster/resource-versions.js";
import { anchoredRunner, clusterEvent, job, pod, T0 } from "../builders.js";

describe("a Job whose Pod was killed at 50 s", () => {
  const clocks = new Map([["cluster" as const, anchoredRunner({ id: "cluster" })]]);
  /** The numbers of the writes that marked the Pod and removed it; the Job went with number 20. */
  const gone = (marked: number, removed: number, ofJob: object = {}) => {
    const name = "grpc-job-1-1-x";
    const asked = { deletionTimestamp: T0 + 80_000, deletionGracePeriodMs: 30_000 };
    const rows = [
      pod(name, "p", { createdMs: 10_000, resourceVersion: 2 }),
      pod(name, "p", { createdMs: 10_000, resourceVersion: marked, ...asked }, { change: "MODIFIED" }),
      pod(name, "p", { createdMs: 10_000, resourceVersion: removed, ...asked }, { change: "DELETED" }),
    ];
    const killing = clusterEvent("Killing", { kind: "Pod", name, uid: "p" }, 50_200);
    const observations = [
      job("grpc-job-1-1", "j", { createdMs: 10_000, resourceVersion: 1 }),
      job("grpc-job-1-1", "j", { createdMs: 10_000, resourceVersion: 20, ...ofJob }, { change: "DELETED" }),
    ];
    const pods = [{ uid: "p", name, observations: rows, events: [killing], removes: [] }];
    const history = { uid: "j", name: "grpc-job-1-1", namespace: "default", observations, events: [], pods };
    const versions = new ResourceVersions([...observations, ...rows], clocks);
    const moment = deletionOf(history, { clocks, versions, waits: "no", isCrowded: () => false });
    return moment && { how: moment.how, lo: moment.lo - T0, hi: moment.hi - T0 };
  };

  it("went right before that, where the Pod was asked to go after it", () => {
    expect(gone(21, 22)).toMatchObject({ how: "pod-killing", hi: 50_200 });
  });

  it("went later where the Pod was asked to go first, and before the grace of a Pod ended that was there longer", () => {
    const moment = gone(19, 22);
    expect(moment).toMatchObject({ how: "pod-gone", hi: 51_000 + 30_000 + 2_000 + 100 });
    expect(moment?.lo).toBeLessThanOrEqual(50_200);
  });

  it("went at a time of which nothing tells, where the Pod was gone before it", () => {
    expect(gone(18, 19)).toBeUndefined();
  });

  it("is told by that however they are numbered, where it was marked itself", () => {
    expect(gone(19, 22, { deletionTimestamp: T0 + 50_000 })?.how).toBe("pod-killing");
  });
});
