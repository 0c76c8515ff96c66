import { describe, expect, it } from "vitest";
import { Handover } from "../../../src/model/collections/handover.js";
import type { JobObservation, TimelineEvent } from "../../../src/model/event.js";
import { buildTimeline } from "../../../src/timeline/build-timeline.js";
import { focusServer, job, pod, sources } from "../builders.js";

const LASTS_MS = 600_000;
const at = (line: number, source = 1) => ({ evidence: { source, line } });
const gone = (name: string, uid: string, line: number): JobObservation =>
  job(name, uid, { resourceVersion: line }, { change: "DELETED", ...at(line), received: undefined });

/** A watch whose row in line 3 could not be read. */
const rows = [
  job("grpc-job-1-1", "lost", { createdMs: 1000, resourceVersion: 1 }, at(1)),
  job("grpc-job-2-2", "seen", { createdMs: 2000, resourceVersion: 2 }, at(2)),
  job("grpc-job-2-2", "seen", { createdMs: 2000, resourceVersion: 4 }, { change: "MODIFIED", ...at(4) }),
  job("grpc-job-3-3", "later", { createdMs: 3000, resourceVersion: 5 }, at(5)),
];

function build(events: readonly TimelineEvent[], lostLine?: number) {
  const all = sources(LASTS_MS).map((source, index) => (index === 1 && lostLine !== undefined ? { ...source, lostLine } : source));
  const { jobs, diagnostics } = buildTimeline(new Handover(events), all, { profile: focusServer });
  return {
    mechanisms: Object.fromEntries(jobs.map(({ uid, mechanism }) => [uid, mechanism])),
    censored: Object.fromEntries(jobs.map(({ uid, censoredAt, created }) => [uid, (censoredAt ?? Number.NaN) - created.at])),
    lost: diagnostics.filter(({ id }) => id === "lost-rows").map(({ count }) => count),
  };
}

describe("a row of a watch that could not be read", () => {
  it("may have told the end of each Job of which no later row tells: that is unknown, and not open", () => {
    const { mechanisms, censored, lost } = build(rows, 3);
    expect(mechanisms).toEqual({ lost: "unknown", seen: "open", later: "open" });
    expect(censored.lost).toBeLessThan(10_000);
    expect(censored.seen).toBeGreaterThan(LASTS_MS - 10_000);
    expect(lost).toEqual([1]);
  });

  it("changes nothing where all rows could be read", () => {
    expect(build(rows)).toMatchObject({ mechanisms: { lost: "open", seen: "open", later: "open" }, lost: [] });
  });

  it("changes nothing where another watch, or a later row, shows the Job", () => {
    const podRow = pod("grpc-job-1-1-x", "pod", { ownerUid: "lost" }, at(1, 2));
    expect(build([...rows, podRow], 3).mechanisms.lost).toBe("open");
    expect(build([...rows, gone("grpc-job-1-1", "lost", 6)], 3).lost).toEqual([]);
  });
});
