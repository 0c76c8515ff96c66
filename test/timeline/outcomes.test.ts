import { describe, expect, it } from "vitest";
import type { LogMark } from "../../src/model/event.js";
import { correlate } from "../../src/timeline/correlate.js";
import { endings } from "../../src/timeline/outcomes.js";
import { ResourceVersions } from "../../src/timeline/resource-versions.js";
import { clusterEvent, focusServer, investigationMarks, mark, T0 } from "./builders.js";

function outcome(marks: readonly LogMark[], endMs: number): (string | number | undefined)[] {
  const { drafts } = correlate(marks, focusServer);
  const [first] = endings(drafts, true, { lo: T0, hi: T0 + endMs }, focusServer);
  return [first?.outcome, first?.attempts];
}

describe("how an investigation ended", () => {
  const whole = investigationMarks(0, "1-1", "12301");
  const key = { host: "h", port: "12301" };
  const refused = (ms: number, error: string) => mark("connect-failed", ms, { ...key, error }, { message: `Failed to connect: ${error}` });

  it.each([
    ["well", whole, 20_000, ["ok", 1]],
    ["not yet", whole.slice(0, 7), 20_000, ["running", 1]],
    ["long ago, without a word", whole.slice(0, 7), 400_000, ["failed", 1]],
    ["without anyone connecting", whole.slice(0, 3), 400_000, ["unopened", 0]],
    ["in an error", [...whole.slice(0, 4), refused(3_000, "refused")], 20_000, ["failed", 1]],
    ["in a timeout", [...whole.slice(0, 4), refused(32_000, "channel not ready after 30s")], 40_000, ["timeout", 1]],
    [
      "well at the second attempt",
      [...whole.slice(0, 4), refused(2_100, "refused"), mark("connecting", 2_200, key), ...whole.slice(4)],
      20_000,
      ["ok", 2],
    ],
  ] as const)("%s", (_, marks, endMs, expected) => {
    expect(outcome(marks, endMs)).toEqual(expected);
  });
});

describe("the neighbours of a write", () => {
  const write = (version: number, ms: number, more = {}) =>
    clusterEvent("Scheduled", { kind: "Pod", name: "p", uid: "p" }, ms, { resourceVersion: version, ...more });
  const versions = (...events: readonly LogMark[] | ReturnType<typeof write>[]) =>
    new ResourceVersions(events, new Map([["cluster", { offsetMs: 0, uncertaintyMs: 0 } as never]]));

  it("bracket it in any order of reading", () => {
    const events = [write(30, 9_300), write(10, 1_200), write(20, 5_400)];
    const found = versions(...events).neighbourhood(15);
    expect(found.lo).toBeGreaterThanOrEqual(T0 + 1_200);
    expect(found.hi - T0 - 5_400).toBeLessThanOrEqual(100);
    expect(versions(...[...events].reverse()).neighbourhood(15)).toEqual(found);
  });

  it("are open where there is none", () => {
    expect(versions(write(10, 1_200)).neighbourhood(5).lo).toBe(Number.NEGATIVE_INFINITY);
    expect(versions(write(10, 1_200)).neighbourhood(50).hi).toBe(Number.POSITIVE_INFINITY);
    expect(versions().neighbourhood(1)).toEqual({ lo: Number.NEGATIVE_INFINITY, hi: Number.POSITIVE_INFINITY, fine: false });
  });

  it("are not narrowed by an Event that was sent late", () => {
    const late = write(40, 2_000, { createdAt: T0 + 60_000 });
    const found = versions(write(30, 50_000), late).neighbourhood(35);
    expect(found.hi).toBeGreaterThanOrEqual(found.lo);
    expect(found.hi).toBeGreaterThanOrEqual(T0 + 50_000);
  });
});
