import { describe, expect, it } from "vitest";
import type { ClusterEvent } from "../../../src/model/event.js";
import { gatherHistories } from "../../../src/timeline/cluster/cluster-history.js";
import { groupEvents } from "../../../src/timeline/cluster/event-groups.js";
import { creationOf } from "../../../src/timeline/cluster/moments.js";
import { anchoredRunner, clusterEvent, fine, job, pod, T0 } from "../builders.js";

const NAME = "grpc-job-1-1";
const clocks = new Map([["cluster" as const, anchoredRunner({ id: "cluster" })]]);
const history = { uid: "j", name: NAME, namespace: "default", observations: [], pods: [] };
const told = (reason: string, ms: number): ClusterEvent =>
  clusterEvent(reason, { kind: "Job", name: NAME, uid: "j" }, ms, { first: fine(ms) });
const podsFrom = (createdMs: number) => [
  { uid: "p", name: `${NAME}-a`, observations: [pod(`${NAME}-a`, "p", { createdMs })], events: [], removes: [] },
];

describe("a creation of which the controller's Events tell", () => {
  it("is that of a Job that was created suspended, not that of its first Pod", () => {
    const events = [told("SuccessfulCreate", 20_040), told("Resumed", 20_010), told("Suspended", 10_020)];
    expect(creationOf({ ...history, events }, clocks)).toMatchObject({ how: "event-name", at: T0 + 10_020, lo: T0 + 9_770 });
    expect(creationOf({ ...history, events, pods: podsFrom(20_040) }, clocks)).toMatchObject({ how: "event-name", at: T0 + 10_020 });
  });

  it("is finer than the second that the object prints", () => {
    const observations = [job(NAME, "j", { createdMs: 10_000 }, { change: "listed" })];
    const events = [told("Suspended", 10_420), told("Resumed", 20_010), told("SuccessfulCreate", 20_040)];
    expect(creationOf({ ...history, observations, events }, clocks)).toMatchObject({ how: "event-name", at: T0 + 10_420, lo: T0 + 10_000 });
  });

  it("is that of a Job whose first Pod was refused", () => {
    const events = [told("SuccessfulCreate", 40_000), told("FailedCreate", 10_020)];
    expect(creationOf({ ...history, events }, clocks)).toMatchObject({ how: "event-name", at: T0 + 10_020 });
  });

  it("is that of the first Pod of a Job that was suspended later", () => {
    const events = [told("SuccessfulCreate", 10_020), told("SuccessfulDelete", 20_000), told("Suspended", 20_010)];
    expect(creationOf({ ...history, events }, clocks)).toMatchObject({ how: "event-name", at: T0 + 10_020 });
  });

  it("is open where the first Event speaks of a Job that was there before", () => {
    const resumed = [told("Resumed", 20_010), told("SuccessfulCreate", 20_040)];
    expect(creationOf({ ...history, events: resumed }, clocks)).toMatchObject({ at: T0 + 20_010, lo: Number.NEGATIVE_INFINITY });
    const suspended = [told("SuccessfulDelete", 20_000), told("Suspended", 20_010)];
    expect(creationOf({ ...history, events: suspended }, clocks)).toMatchObject({ at: T0 + 20_000, lo: Number.NEGATIVE_INFINITY });
  });

  it("is not that of an Event of a later time than its first Pod", () => {
    const events = [told("SuccessfulDelete", 50_000), told("Suspended", 50_010)];
    expect(creationOf({ ...history, events, pods: podsFrom(10_040) }, clocks)).toMatchObject({
      how: "creation-timestamp",
      at: T0 + 10_500,
    });
  });

  it("is open where only a Pod tells of the Job, and others of its namespace are suspended", () => {
    const pods = podsFrom(20_040);
    expect(creationOf({ ...history, events: [], pods }, clocks)?.lo).toBe(T0 + 19_750);
    const [made] = gatherHistories(
      {
        ...groupEvents([pod(`${NAME}-a`, "p", { createdMs: 20_040, ownerUid: "j", ownerName: NAME })]),
        clusterEvents: [clusterEvent("Resumed", { kind: "Job", name: "grpc-job-2-2", uid: "other" }, 30_000)],
      },
      [],
    ).filter(({ uid }) => uid === "j");
    expect(made && creationOf(made, clocks)).toMatchObject({ at: T0 + 21_000, lo: Number.NEGATIVE_INFINITY });
  });
});
