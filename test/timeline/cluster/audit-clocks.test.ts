import { describe, expect, it } from "vitest";
import { Handover } from "../../../src/model/collections/handover.js";
import type { ApiRequest, JobObservation, TimelineEvent } from "../../../src/model/event.js";
import { buildTimeline } from "../../../src/timeline/build-timeline.js";
import { auditClocks } from "../../../src/timeline/cluster/audit-clocks.js";
import { clusterEvent, focusServer, job, request, sources, T0 } from "../builders.js";

/** Jobs at odd moments of their seconds, of which objects and an audit log tell whose clock is `offMs` ahead. */
const COUNT = 12;
const createdAt = (index: number) => index * 30_000 + ((index * 370) % 1000);
const nameOf = (index: number) => `grpc-job-1-${index}`;
const objects = (): JobObservation[] =>
  Array.from({ length: COUNT }, (_, index) =>
    job(nameOf(index), `uid-${index}`, { createdMs: createdAt(index) }, { change: "listed", evidence: { source: 1, line: index + 1 } }),
  );
const logged = (offMs: number, verb: "create" | "delete", more: Partial<ApiRequest> = {}): ApiRequest[] =>
  Array.from({ length: COUNT }, (_, index) =>
    request(verb, nameOf(index), createdAt(index) + offMs + (verb === "create" ? 0 : 20_000), {
      evidence: { source: 3, line: 2 * index + (verb === "create" ? 1 : 2) },
      ...more,
    }),
  );

describe("an audit log whose stamps are not of the cluster's clock", () => {
  it("is found by the creations that the objects date as well, and placed", () => {
    const { clocks, requests } = auditClocks({ clusterEvents: [], jobs: objects(), requests: logged(-7_000, "create") });
    expect([...clocks.keys()]).toEqual([3]);
    const clock = clocks.get(3);
    expect(clock).toMatchObject({ id: "audit", anchors: COUNT, method: "bounds" });
    const { offsetMs, uncertaintyMs } = clock ?? { offsetMs: null, uncertaintyMs: null };
    expect(Math.abs((offsetMs ?? 0) + 7_000)).toBeLessThanOrEqual(uncertaintyMs ?? 0);
    expect(uncertaintyMs).toBeLessThan(150);
    requests.forEach((placed, index) => {
      expect(placed.stampedBy).toBe(clock);
      expect(Math.abs(placed.completed.at - T0 - createdAt(index))).toBeLessThanOrEqual(uncertaintyMs ?? 0);
    });
  });

  it("places the Jobs, and what its clock leaves open stands beside them", () => {
    const events: TimelineEvent[] = [...objects(), ...logged(-7_000, "create"), ...logged(-7_000, "delete")];
    const { jobs, clocks, logs, diagnostics } = buildTimeline(new Handover(events), sources(600_000), { profile: focusServer });
    const audit = clocks.find(({ id }) => id === "audit");
    jobs.forEach(({ created, gone }, index) => {
      expect(Math.abs(created.at - T0 - createdAt(index))).toBeLessThanOrEqual(audit?.uncertaintyMs ?? 0);
      expect((gone?.at ?? 0) - created.at).toBeCloseTo(20_000, 0);
      expect([created.stampedBy?.id, gone?.stampedBy?.id]).toEqual(["audit", "audit"]);
    });
    expect(logs?.get(3)?.clock).toBe("audit");
    expect(diagnostics.find(({ id }) => id === "audit-clock-behind")).toMatchObject({ values: { seconds: 7, creations: COUNT } });
  });

  it("is found by the controller's Events of Jobs that no row shows, as closely as these follow", () => {
    const events = objects().map(({ job: { name, uid } }, index) =>
      clusterEvent("SuccessfulCreate", { kind: "Job", name, uid }, createdAt(index) + 70),
    );
    const of = (offMs: number) => auditClocks({ clusterEvents: events, jobs: [], requests: logged(offMs, "create") }).clocks.get(3);
    const { offsetMs, uncertaintyMs } = of(-7_000) ?? { offsetMs: null, uncertaintyMs: null };
    expect(Math.abs((offsetMs ?? Number.NaN) + 7_000)).toBeLessThanOrEqual(uncertaintyMs ?? 0);
    expect([of(0), of(-1_500), of(1_000)?.id]).toEqual([undefined, undefined, "audit"]);
  });

  it("is none where they agree, or differ by less than a request takes", () => {
    expect(auditClocks({ clusterEvents: [], jobs: objects(), requests: logged(0, "create") }).clocks.size).toBe(0);
    expect(auditClocks({ clusterEvents: [], jobs: objects(), requests: logged(40, "create") }).clocks.size).toBe(0);
  });

  it("is none by Jobs that may be others of the same names", () => {
    const [hour, jobs] = [3_600_000, objects()];
    expect(auditClocks({ clusterEvents: [], jobs, requests: logged(hour, "create") }).clocks.size).toBe(0);
    expect(auditClocks({ clusterEvents: [], jobs, requests: logged(60_000, "create", { uid: "another" }) }).clocks.size).toBe(0);
    expect(auditClocks({ clusterEvents: [], jobs, requests: [...logged(-7_000, "create"), ...logged(60_000, "create")] }).clocks.size).toBe(
      0,
    );
    expect(auditClocks({ clusterEvents: [], jobs: jobs.slice(0, 2), requests: logged(-7_000, "create") }).clocks.size).toBe(0);
  });

  it("is each of several, by its own creations", () => {
    const [first, second] = [logged(-7_000, "create").slice(0, 6), logged(3_000, "create").slice(6)];
    const other = second.map((one) => ({ ...one, evidence: { ...one.evidence, source: 0 } }));
    const { clocks } = auditClocks({ clusterEvents: [], jobs: objects(), requests: [...first, ...other] });
    expect([...clocks].map(([source, { id, offsetMs }]) => [source, id, Math.round((offsetMs ?? 0) / 1000)])).toEqual([
      [3, "audit", -7],
      [0, "audit:2", 3],
    ]);
  });
});
