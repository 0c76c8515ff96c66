import { describe, expect, it } from "vitest";
import type { ApiRequest } from "../../../src/model/event.js";
import type { Job } from "../../../src/model/timeline.js";
import { serviceFinder } from "../../../src/timeline/cluster/service-removals.js";
import { job } from "../../analyze/builders.js";
import { T0 } from "../builders.js";

function removal(name: string, atMs: number, fields: Partial<ApiRequest> = {}): ApiRequest {
  const stamp = (ms: number) => ({ at: T0 + ms, resolutionMs: 0.001, clock: "cluster" as const });
  return {
    type: "api-request",
    auditId: name + atMs,
    verb: "delete",
    resource: "services",
    namespace: "default",
    name,
    user: "job-cleanup",
    received: stamp(atMs - 2),
    completed: stamp(atMs),
    answeredStatus: true,
    evidence: { source: 0, line: 1 },
    ...fields,
  };
}

function goneAt(of: Job, events: readonly ApiRequest[]): number | undefined {
  const moment = serviceFinder(events)(of);
  return moment && moment.at - T0;
}

describe("the service of a Job", () => {
  it("is the one whose name ends with its id, and no longer id that ends alike", () => {
    const events = [removal("grpc-service-11-7", 60_000), removal("grpc-service-1-7", 61_000), removal("grpc-service-1-17", 62_000)];
    expect(goneAt(job(7, 0, 50_000), events)).toEqual(61_000);
  });

  it("is the first removed after the Job was made: ids are reused", () => {
    const events = [removal("grpc-service-1-7", 90_000), removal("grpc-service-1-7", 5_000)];
    expect(goneAt(job(7, 10_000, 50_000), events)).toEqual(90_000);
  });

  it("is unknown without its removal, in another namespace, and for Jobs that serve nobody", () => {
    const events = [removal("grpc-service-1-7", 60_000)];
    expect(goneAt(job(8, 0, 50_000), events)).toEqual(undefined);
    expect(goneAt(job(7, 0, 50_000, { namespace: "other" }), events)).toEqual(undefined);
    expect(goneAt(job(7, 0, 50_000, { role: "cleanup" }), events)).toEqual(undefined);
    expect(goneAt(job(7, 0, 50_000), [removal("grpc-service-1-7", 60_000, { verb: "create" })])).toEqual(undefined);
  });
});
