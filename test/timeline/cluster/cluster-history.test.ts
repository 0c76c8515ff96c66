import { describe, expect, it } from "vitest";
import { gatherHistories } from "../../../src/timeline/cluster/cluster-history.js";
import { groupEvents } from "../../../src/timeline/cluster/event-groups.js";
import { job, request, T0 } from "../builders.js";

const NAME = "grpc-job-1-1";

/** Two Jobs of one name, created in the seconds at 10 s and 60 s; the second one's create, which has no uid, was done at `ms`. */
function createdAt(ms: number): readonly (number | undefined)[] {
  const rows = [10_000, 60_000].map((createdMs) => job(NAME, `u${createdMs}`, { createdMs }));
  const groups = groupEvents([...rows, request("create", NAME, ms)]);
  const histories = gatherHistories(groups, groups.requests).filter(({ observations }) => observations.length > 0);
  return histories.map(({ audit }) => audit?.create && audit.create.completed.at - T0);
}

describe("a create of the audit log without a uid", () => {
  it("is that of the Job whose printed second it falls into, give or take a second that the request may have taken", () => {
    expect(createdAt(60_400)).toEqual([undefined, 60_400]);
    expect(createdAt(59_000)).toEqual([undefined, 59_000]);
    expect(createdAt(61_999)).toEqual([undefined, 61_999]);
  });

  it("is that of none outside of that", () => {
    expect(createdAt(58_999)).toEqual([undefined, undefined]);
    expect(createdAt(62_000)).toEqual([undefined, undefined]);
  });
});

describe("a Job that was deleted twice in the audit log", () => {
  it("went by the first: whoever asked again found it marked, or waited with it", () => {
    const rows = [request("create", NAME, 10_100), request("delete", NAME, 20_000), request("delete", NAME, 30_000)];
    const groups = groupEvents(rows);
    const [history] = gatherHistories(groups, groups.requests);
    expect(history?.audit?.remove?.completed.at).toBe(T0 + 20_000);
  });

  it("lived again where its name was created in between", () => {
    const again = [request("create", NAME, 25_000), request("delete", NAME, 30_000)];
    const groups = groupEvents([request("create", NAME, 10_100), request("delete", NAME, 20_000), ...again]);
    const removals = gatherHistories(groups, groups.requests).map(({ audit }) => (audit?.remove?.completed.at ?? 0) - T0);
    expect(removals).toEqual([20_000, 30_000]);
  });
});
