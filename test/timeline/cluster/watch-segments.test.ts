import { describe, expect, it } from "vitest";
import type { Clock } from "../../../src/model/clock.js";
import type { JobObservation } from "../../../src/model/event.js";
import type { SourceSummary } from "../../../src/model/source.js";
import type { Instant } from "../../../src/model/time.js";
import type { SourceReach } from "../../../src/timeline/cluster/coverage.js";
import { type GapContext, watchGaps } from "../../../src/timeline/cluster/relists.js";
import { ResourceVersions } from "../../../src/timeline/cluster/resource-versions.js";
import { type WatchSegment, watchSegments } from "../../../src/timeline/cluster/watch-segments.js";
import { anchoredRunner, job, sources, T0 } from "../builders.js";

const [FIRST, SECOND, ENDS_MS] = [1, 2, 200_000];
const DEFAULT_CUT_MS = 1;

/** Rows of a Job: its number, what changed, when it arrived [ms], whether a controller had touched it. */
type Row = readonly [number: number, change: JobObservation["change"], ms: number, atWork: boolean];

function rowsOf(source: number, rows: readonly Row[], resolutionMs = DEFAULT_CUT_MS): JobObservation[] {
  return rows.map(([number, change, ms, atWork], index) => {
    const received: Instant = { at: T0 + ms, resolutionMs, clock: "collector" };
    const fields = { createdMs: number * 10_000, resourceVersion: ms, ...(atWork ? { startTime: T0 + number * 10_000 } : {}) };
    return job(`grpc-job-1-${number}`, `uid-${number}`, fields, { change, received, evidence: { source, line: index + 1 } });
  });
}

function contextOf(uncertaintyMs: number): GapContext {
  const collector: Clock = anchoredRunner({ id: "collector", uncertaintyMs });
  const clocks = new Map([["collector", collector]]);
  const of: SourceSummary[] = sources(ENDS_MS).map((source, index) =>
    index === 1 || index === 2 ? { ...source, clock: "collector" } : source,
  );
  const reach: SourceReach = {
    ends: new Map([FIRST, SECOND].map((source) => [source, T0 + ENDS_MS])),
    audit: null,
    auditIsWhole: true,
    logsCreations: false,
    namelessCreationsIn: new Set(),
    arrivalsFrom: new Map(),
    lostLines: new Map(),
    podsListedFrom: new Map(),
  };
  return { clocks, sources: of, reach, versions: new ResourceVersions([], clocks), naming: () => ({ role: "serving" }) };
}

/** A watch that began anew after 120 s, in the same file: Job 3, which nobody had touched yet, stands first in its list, or is the last one before that. */
const again: readonly Row[] = [
  [1, "ADDED", 10_010, false],
  [1, "MODIFIED", 10_020, true],
  [2, "ADDED", 20_010, false],
  [2, "MODIFIED", 20_020, true],
  [3, "ADDED", 120_000, false],
  [2, "ADDED", 120_010, true],
  [2, "MODIFIED", 130_000, true],
];

const segmentsOf = (rows: readonly Row[], uncertaintyMs = 0, resolutionMs = DEFAULT_CUT_MS) =>
  watchSegments(rowsOf(FIRST, rows, resolutionMs), contextOf(uncertaintyMs), 1) as readonly WatchSegment[];

describe("a stretch in which a watch was up", () => {
  it("shows that a Job went, whatever row of it a merged file has after that", () => {
    const rows: readonly Row[] = [
      [1, "ADDED", 10_010, false],
      [1, "DELETED", 60_000, true],
      [1, "MODIFIED", 60_010, true],
    ];
    expect(segmentsOf(rows).map(({ shown }) => shown.get("uid-1")?.change)).toEqual(["DELETED"]);
  });

  it("may begin with rows of Jobs that nobody had touched: they are not missing from its list, nor from what was there before", () => {
    const shown = segmentsOf(again).map((segment) => [...segment.shown.keys()]);
    expect(shown).toEqual([
      ["uid-1", "uid-2", "uid-3"],
      ["uid-3", "uid-2"],
    ]);
    const { gone } = watchGaps(rowsOf(FIRST, again), contextOf(0));
    expect([...gone.keys()]).toEqual(["uid-1"]);
  });

  it("was listed by the latest moment at which its first row can have come: by its clock, and in the second that is printed", () => {
    const listedBy = (...of: readonly number[]) => (segmentsOf(again, ...of)[1]?.listedBy ?? Number.NaN) - T0;
    expect(listedBy()).toBe(120_010);
    expect(listedBy(300)).toBe(120_310);
    expect(listedBy(300, 1000)).toBe(121_310);
  });

  it("was up until the earliest moment that its last row, or the end of its file, can tell of: rows arrive up to 50 ms late", () => {
    const upUntil = (uncertaintyMs: number) => segmentsOf(again, uncertaintyMs).map((segment) => segment.upUntil - T0);
    expect(upUntil(0)).toEqual([19_970, ENDS_MS - 50]);
    expect(upUntil(300)).toEqual([19_670, ENDS_MS - 350]);
  });

  it("was not up until rows that may be of the next list: what went meanwhile went at any time since", () => {
    expect(watchGaps(rowsOf(FIRST, again), contextOf(0)).gone.get("uid-1")).toMatchObject({ lo: T0 + 19_970, hi: T0 + 120_010 });
  });
});

describe("a gap between two stretches", () => {
  /** Two files of one watch, the second of which begins so much after the last moment that the first one tells of [ms]. */
  const gaps = (ms: number) => {
    const first: readonly Row[] = [
      [1, "ADDED", 10_010, false],
      [1, "MODIFIED", 100_050, true],
    ];
    const second: readonly Row[] = [
      [1, "ADDED", 100_000 + ms, true],
      [1, "MODIFIED", 150_000, true],
    ];
    const context = contextOf(0);
    const ends = new Map([
      [FIRST, T0 + 100_050],
      [SECOND, T0 + ENDS_MS],
    ]);
    const rows = [...rowsOf(FIRST, first), ...rowsOf(SECOND, second)];
    return [...watchGaps(rows, { ...context, reach: { ...context.reach, ends } }).unwatched.values()].flat();
  };

  it("is none where it is no longer than what the stamp of a whole second leaves open", () => {
    expect(gaps(1_000)).toEqual([]);
    expect(gaps(1_001)).toEqual([{ lo: T0 + 100_000, hi: T0 + 101_001 }]);
  });
});

describe("a row of a deletion that was held up", () => {
  const heldUp = (ms: number, resolutionMs = DEFAULT_CUT_MS) => {
    const [row] = rowsOf(FIRST, [[1, "DELETED", 90_000, true]], resolutionMs) as [JobObservation];
    const delayedSince: Instant = { at: T0 + 90_000 - ms, resolutionMs, clock: "collector" };
    return watchGaps([{ ...row, delayedSince }], contextOf(0)).gone.get("uid-1");
  };

  it("leaves a range only where that is wider than the stamp of a whole second, with what its own stamp leaves open", () => {
    expect(heldUp(1_000)).toBeUndefined();
    expect(heldUp(1_001)).toMatchObject({ lo: T0 + 88_999, hi: T0 + 90_000 });
    expect(heldUp(900, 100)).toBeUndefined();
    expect(heldUp(901, 100)).toMatchObject({ lo: T0 + 89_099, hi: T0 + 90_100 });
  });
});
