import { describe, expect, it } from "vitest";
import { Handover } from "../../../src/model/collections/handover.js";
import type { JobObservation, TimelineEvent } from "../../../src/model/event.js";
import { buildTimeline } from "../../../src/timeline/build-timeline.js";
import { blindFor } from "../../../src/timeline/cluster/relists.js";
import type { WatchSegment } from "../../../src/timeline/cluster/watch-segments.js";
import { clusterEvent, fine, focusServer, investigationMarks, job, request, sources, T0 } from "../builders.js";

/** Two watches of the Jobs: source 1 ends after 100 s, source 5 begins after 120 s and lasts to the end. */
const FIRST = 1;
const SECOND = 5;
const [ENDS_MS, BEGINS_MS, LASTS_MS] = [100_000, 120_000, 600_000];

type Row = readonly [source: number, change: JobObservation["change"], number: number, createdMs: number, ms: number];

/** Rows in the order of their files, with or without times of arrival; each but that of a creation shows a Job at work. */
function rowsOf(given: readonly Row[], stamped: boolean): JobObservation[] {
  return given.map(([source, change, number, createdMs, ms], index) => {
    const isFresh = change === "ADDED" && ms - createdMs < 50;
    const fields = {
      createdMs,
      resourceVersion: change === "ADDED" && !isFresh ? createdMs + 20 : ms,
      ...(isFresh ? {} : { startTime: started(createdMs) }),
    };
    const received = stamped ? { received: fine(ms, "collector") } : {};
    return job(`grpc-job-1-${number}`, `uid-${number}`, fields, { change, evidence: { source, line: index + 1 }, ...received });
  });
}

const started = (createdMs: number) => T0 + Math.floor(createdMs / 1000) * 1000;

/** A Job that a watch sees from its creation on. */
const begun = (source: number, number: number, createdMs: number): Row[] => [
  [source, "ADDED", number, createdMs, createdMs + 10],
  [source, "MODIFIED", number, createdMs, createdMs + 20],
];

function build(given: readonly Row[], stamped = true, more: readonly TimelineEvent[] = []) {
  const files = sources(LASTS_MS);
  const jobs = { ...(files[1] as (typeof files)[number]), clock: stamped ? ("collector" as const) : ("cluster" as const) };
  const second = { ...jobs, from: T0 + BEGINS_MS };
  const all = [files[0], { ...jobs, to: T0 + ENDS_MS }, ...files.slice(2), second].map((file) => file as (typeof files)[number]);
  const {
    jobs: found,
    diagnostics,
    unwatched,
    continued,
  } = buildTimeline(new Handover([...rowsOf(given, stamped), ...more]), all, {
    profile: focusServer,
  });
  const jobOf = (number: number) => found.find(({ uid }) => uid === `uid-${number}`);
  return { jobOf, ids: diagnostics.map(({ id }) => id), unwatched, continued };
}

/** 1 goes before the gap, 2 in it, 3 after it, 4 never; 5 is new after it. */
const twoFiles: Row[] = [
  ...begun(FIRST, 1, 10_000),
  ...begun(FIRST, 2, 20_000),
  ...begun(FIRST, 3, 30_000),
  ...begun(FIRST, 4, 40_000),
  [FIRST, "DELETED", 1, 10_000, 90_000],
  [SECOND, "ADDED", 3, 30_000, BEGINS_MS],
  [SECOND, "ADDED", 4, 40_000, BEGINS_MS],
  ...begun(SECOND, 5, 125_000),
  [SECOND, "DELETED", 3, 30_000, 150_000],
];

describe("a watch without types that goes on in another file", () => {
  const untyped = (given: readonly Row[]): Row[] => given.map(([source, , ...rest]) => [source, "unknown", ...rest]);
  const listed = (given: readonly Row[]): Row[] => given.map(([source, , ...rest]) => [source, "listed", ...rest]);
  const continuedIn = (given: readonly Row[]) => build(given, false).continued;
  const first = twoFiles.filter(([source]) => source === FIRST);
  const second = twoFiles.filter(([source]) => source === SECOND);

  it("is one capture: the first file has not ended early, whether or not the other one tells types", () => {
    expect(continuedIn(untyped(twoFiles))).toEqual(new Set([FIRST]));
    expect(continuedIn([...untyped(first), ...second])).toEqual(new Set([FIRST]));
  });

  it("does not go on after one with types, which tells more, and a list goes on after none", () => {
    expect(continuedIn([...first, ...untyped(second)])).toBeUndefined();
    expect(continuedIn([...untyped(first), ...listed(second)])).toBeUndefined();
  });

  it("goes on after a list, as another list does", () => {
    expect(continuedIn([...listed(first), ...untyped(second)])).toEqual(new Set([FIRST]));
    expect(continuedIn([...listed(first), ...listed(second)])).toEqual(new Set([FIRST]));
  });
});

describe("an audit log that goes on in another file", () => {
  it("has not ended early in the first, also where nothing happens any more in some namespace", () => {
    const files = sources(LASTS_MS).map((file, index) => (index === 3 ? { ...file, to: T0 + ENDS_MS } : file));
    const of = (source: number, namespace: string, ms: number) =>
      request("create", `job-${ms}`, ms, { namespace, evidence: { source, line: ms } });
    const events = [of(3, "default", 1_000), of(3, "other", 2_000), of(4, "default", BEGINS_MS)];
    expect(buildTimeline(new Handover(events), files, { profile: focusServer }).continued).toEqual(new Set([3]));
  });
});

describe.each([
  ["with times of arrival", true],
  ["without them", false],
])("a watch that ended and was started again into another file (%s)", (_, stamped) => {
  it("took a Job with it that its new list no longer has", () => {
    const { jobOf, ids } = build(twoFiles, stamped);
    const gone = jobOf(2)?.gone;
    expect(gone?.how).toBe("watch-restarted");
    // Without times of arrival the last moment that the first one tells of is the creation of Job 4.
    expect((gone?.lo ?? 0) - T0).toBeGreaterThan(stamped ? 98_000 : 39_000);
    expect((gone?.lo ?? 0) - T0).toBeLessThanOrEqual(ENDS_MS);
    expect((gone?.hi ?? 0) - T0).toBeGreaterThanOrEqual(BEGINS_MS);
    expect((gone?.hi ?? 0) - T0).toBeLessThan(127_000);
    expect(jobOf(4)).toMatchObject({ mechanism: "open", censoredAt: T0 + LASTS_MS });
    expect(ids).toEqual(expect.arrayContaining(["watch-gaps", "watch-interrupted"]));
  });

  it("says nothing of Jobs that are not the profile's: whether the new watch is of those too is not known", () => {
    const strangers = rowsOf(twoFiles, stamped).map((row) => ({
      ...row,
      job: { ...row.job, name: row.job.name.replace("grpc-job", "build") },
    }));
    expect(build([], stamped, strangers).jobOf(2)?.gone).toBeUndefined();
  });

  it("leaves open what its list still has, and what a later row shows", () => {
    const { jobOf } = build([...twoFiles, [SECOND, "MODIFIED", 2, 20_000, 200_000], [SECOND, "ADDED", 2, 20_000, BEGINS_MS]], stamped);
    expect(jobOf(2)).toMatchObject({ mechanism: "open", censoredAt: T0 + LASTS_MS });
  });

  it("is one capture: the first file has not ended early", () => {
    const { continued, unwatched } = build(twoFiles, stamped);
    expect(continued).toEqual(new Set([FIRST]));
    expect(unwatched).toHaveLength(1);
  });

  /** A watch of another namespace, which shows a Job created at each of these times. */
  const elsewhere = (source: number, times: readonly number[]): TimelineEvent[] =>
    times.map((createdMs, index) => {
      const received = stamped ? { received: fine(createdMs + 10, "collector") } : {};
      const fields = { createdMs, namespace: "tenant-b", resourceVersion: createdMs + 10 };
      return job(`grpc-job-2-${createdMs}`, `other-${createdMs}`, fields, { evidence: { source, line: index + 1 }, ...received });
    });

  it("was interrupted although a watch of other Jobs was up, and not because such a one was", () => {
    const alone = build(twoFiles, stamped);
    const beside = build(twoFiles, stamped, elsewhere(3, [15_000, 60_000, 110_000, 160_000]));
    // Its rows are writes with a time too, so the ends may be known better.
    expect(beside.unwatched).toHaveLength(1);
    expect(beside.unwatched?.[0]?.lo).toBeGreaterThanOrEqual(alone.unwatched?.[0]?.lo ?? Number.NaN);
    expect(beside.unwatched?.[0]?.hi).toBeLessThanOrEqual(alone.unwatched?.[0]?.hi ?? Number.NaN);
    expect(beside.ids).toContain("watch-interrupted");
    const ofThisRun = investigationMarks(10_000, "1-1", "12301");
    const twoWatches = [...elsewhere(3, [15_000, 30_000]), ...elsewhere(4, [90_000, 95_000])];
    const others = build(begun(FIRST, 1, 10_100), stamped, [...ofThisRun, ...twoWatches]);
    expect([others.unwatched, others.ids.includes("watch-interrupted")]).toEqual([undefined, false]);
    // Without a log every Job may be the run's.
    expect(build(begun(FIRST, 1, 10_100), stamped, twoWatches).unwatched).toHaveLength(1);
  });

  it("says nothing where the second one watches other Jobs, or only some: the Job is censored where its own ended", () => {
    const others = twoFiles.filter(([source]) => source === FIRST);
    const foreign = job("cleanup-job-1-9", "cleanup", { createdMs: 130_000 }, { evidence: { source: SECOND, line: 99 } });
    expect(build(others, stamped, [foreign]).jobOf(2)).toMatchObject({ mechanism: "open", censoredAt: T0 + ENDS_MS });
    // Job 7 was there all the time, as the first file shows, and the second one does not have it.
    const some: Row[] = [
      ...begun(FIRST, 6, 50_000),
      [SECOND, "ADDED", 6, 50_000, 60_000],
      ...begun(SECOND, 8, 62_000),
      ...begun(FIRST, 7, 70_000),
    ];
    const late: Row[] = [[FIRST, "MODIFIED", 7, 70_000, 95_000], ...begun(SECOND, 9, 140_000)];
    const found = build([...some, ...late], stamped);
    expect(found.jobOf(7)).toMatchObject({ mechanism: "open", censoredAt: T0 + ENDS_MS });
    expect(found.ids).not.toContain("watch-gaps");
  });

  it("says nothing where the second one began without a list", () => {
    const withoutList = twoFiles.filter(([source, change]) => source === FIRST || change !== "ADDED");
    expect(build(withoutList, stamped).jobOf(2)).toMatchObject({ mechanism: "open", censoredAt: T0 + ENDS_MS });
  });
});

describe("a watch that was started again into the same file", () => {
  /** The gap outlives all that were open before it: what comes after is ADDED at work, but nothing a second time. */
  const oneFile: Row[] = [
    ...begun(SECOND, 1, 10_000),
    ...begun(SECOND, 2, 20_000),
    [SECOND, "ADDED", 3, 130_000, 180_000],
    [SECOND, "ADDED", 4, 140_000, 180_000],
    ...begun(SECOND, 5, 185_000),
    [SECOND, "DELETED", 3, 130_000, 190_000],
  ];

  it.each([true, false])("is seen by Jobs that are added although they are at work already (arrivals: %s)", (stamped) => {
    const { jobOf, unwatched } = build(oneFile, stamped);
    for (const number of [1, 2]) {
      expect(jobOf(number)?.gone?.how).toBe("watch-restarted");
      expect((jobOf(number)?.gone?.hi ?? 0) - T0).toBeGreaterThanOrEqual(180_000);
      expect((jobOf(number)?.gone?.hi ?? 0) - T0).toBeLessThan(187_000);
    }
    expect(jobOf(4)?.mechanism).toBe("open");
    expect(unwatched).toHaveLength(1);
  });

  it("is not where rows stand twice", () => {
    const rows = [[SECOND, "ADDED", 8, 1_000, 5_000], [SECOND, "ADDED", 9, 2_000, 5_000], ...oneFile.slice(0, 4)] as Row[];
    expect(build([...rows, ...rows]).ids).not.toContain("watch-gaps");
    expect(build(rows.flatMap((row) => [row, row])).ids).not.toContain("watch-gaps");
    expect(
      build(
        rows.flatMap((row) => [row, row]),
        false,
      ).ids,
    ).not.toContain("watch-gaps");
  });

  it("dates a deletion in the gap by what it caused: since the gap began, not since that", () => {
    const pod = { kind: "Pod", name: "grpc-job-1-2-abcde", uid: "pod-2" };
    const made = clusterEvent("SuccessfulCreate", { kind: "Job", name: "grpc-job-1-2", uid: "uid-2" }, 20_010, {
      message: "Created pod: grpc-job-1-2-abcde",
    });
    const killing = clusterEvent("Killing", pod, 60_300, { first: fine(60_300, "node:n"), createdAt: T0 + 60_000 });
    const gone = build(oneFile, true, [made, killing]).jobOf(2)?.gone;
    expect(gone?.how).toBe("pod-killing");
    expect((gone?.lo ?? 0) - T0).toBeLessThan(60_000);
  });
});

describe("a watch that shows only some of the Jobs of a kind", () => {
  /** A Job that a watch from 120 s to 150 s does not show, although others tell that it was created and was there. */
  const isTold = (createdMs: number, lastAliveMs: number) => {
    const segment: WatchSegment = {
      source: SECOND,
      evidence: { source: SECOND, line: 1 },
      listedBy: T0 + 120_000,
      upUntil: T0 + 150_000,
      shown: new Map(),
      firstChange: undefined,
      tellsAbsence: true,
      showsList: true,
    };
    const known = { key: "default/serving", createdAt: T0 + createdMs, lastAlive: T0 + lastAliveMs, version: 1, deleted: false };
    const jobs = new Map([["uid-1", { ...known, lines: new Map([[FIRST, 9]]) }]]);
    return blindFor(segment, new Set(["default/serving"]), jobs).has("default/serving");
  };

  it("is told by a Job that was there for longer than a second of its time, by a stamp that is cut to the second", () => {
    expect(isTold(60_000, 121_001)).toBe(true);
    expect(isTold(60_000, 121_000)).toBe(false);
    expect(isTold(148_000, 170_000)).toBe(true);
    expect(isTold(149_000, 170_000)).toBe(false);
  });
});
