import { describe, expect, it } from "vitest";
import { Handover } from "../../src/model/collections/handover.js";
import type { JobObservation, TimelineEvent } from "../../src/model/event.js";
import { buildTimeline, type TimelineOptions } from "../../src/timeline/build-timeline.js";
import { focusServer, investigationMarks, job, request, sources } from "./builders.js";

const HOUR = 3_600_000;
/** A runner's clock that is declared to be the cluster's. */
const right = { zoneOffsetMinutes: 0, skewMs: 0 };
const build = (events: readonly TimelineEvent[], options: Partial<TimelineOptions> = {}) =>
  buildTimeline(new Handover(events), sources(600_000), { profile: focusServer, ...options });

/** Jobs that have been there for 1 to 3 s when the first line about them is logged, by a clock that is 2 h and 700 ms ahead. */
function pickedUp(jobOf: (id: string, uid: string, createdMs: number) => TimelineEvent): TimelineEvent[] {
  return Array.from({ length: 20 }, (_, index) => {
    const at = index * 20_000 + 5_000;
    const id = `1-${index}`;
    return [...investigationMarks(at + 2 * HOUR + 700, id, "12301"), jobOf(id, `uid-${index}`, at - 1_000 - ((index * 7) % 20) * 100)];
  }).flat();
}
const ofCronJob = (id: string, uid: string, createdMs: number): JobObservation =>
  job(`grpc-job-${id}`, uid, { createdMs, bySchedule: true });

describe("Jobs that a CronJob made", () => {
  it.each([
    ["by the object", ofCronJob],
    [
      "by the audit log alone",
      (id: string, uid: string, ms: number) =>
        request("create", `grpc-job-${id}`, ms, { uid, user: "system:serviceaccount:kube-system:cronjob-controller" }),
    ],
  ] as const)("show the zone of the runner's clock and not how far it is off, for no request led to them: %s", (_, jobOf) => {
    const { clocks, diagnostics, investigations } = build(pickedUp(jobOf));
    expect(clocks.find(({ id }) => id === "runner")).toMatchObject({ zoneOffsetMinutes: 120, skewMs: null, uncertaintyMs: null });
    expect(diagnostics.map(({ id }) => id)).toContain("clock-by-schedule");
    expect(investigations.map(({ jobUid }) => jobUid)).toEqual(investigations.map((_one, index) => `uid-${index}`));
  });

  it("leave the clock to those that were asked for", () => {
    const asked = Array.from({ length: 8 }, (_, index) => {
      const at = 450_000 + index * 15_000;
      const marks = investigationMarks(at + 2 * HOUR + 700, `2-${index}`, "12302");
      return [...marks, request("create", `grpc-job-2-${index}`, at + 150, { uid: `asked-${index}` })];
    }).flat();
    const runner = build([...pickedUp(ofCronJob), ...asked]).clocks.find(({ id }) => id === "runner");
    expect(runner?.method).toBe("bounds");
    expect(Math.abs((runner?.skewMs ?? 0) - 700)).toBeLessThanOrEqual(runner?.uncertaintyMs ?? 0);
  });

  it("are found by their ids, however long they have been there, where the clock is declared", () => {
    const waited = [...investigationMarks(400_000, "1-1", "12301"), ofCronJob("1-1", "waiting", 1_000)];
    expect(build(waited, { declaredClock: right }).investigations.map(({ jobUid }) => jobUid)).toEqual(["waiting"]);
  });
});

describe("Jobs of one name in two namespaces", () => {
  const inNamespace = (namespace: string, createdMs: number) => {
    const row = job("grpc-job-1-1", `uid-${namespace}`, { createdMs });
    return { ...row, job: { ...row.job, namespace } };
  };
  const marks = investigationMarks(100_000, "1-1", "12301");

  it("are told apart by when they were made", () => {
    const { investigations } = build([...marks, inNamespace("a", 100_150), inNamespace("b", 300_000)], { declaredClock: right });
    expect(investigations[0]?.jobUid).toBe("uid-a");
  });

  it("may both be of the run where they were made at once, and none is taken for the investigation's", () => {
    const { investigations, diagnostics } = build([...marks, inNamespace("a", 100_150), inNamespace("b", 100_180)]);
    expect(investigations[0]?.jobUid).toBeUndefined();
    expect(diagnostics.find(({ id }) => id === "jobs-undecided")?.count).toBe(2);
  });
});
