import { expect, it } from "vitest";
import { type Bounds, MINUTE_MS } from "../../../src/model/time.js";
import { candidateJobs, type LinkableJob } from "../../../src/timeline/links/candidate-jobs.js";
import { runnerLogs } from "../../../src/timeline/logs/runner-logs.js";
import { withReading } from "../../../src/timeline/logs/shifts.js";
import { unfoldLogs } from "../../../src/timeline/logs/unfold-logs.js";
import { focusServer, investigationMarks, sources, T0 } from "../builders.js";

const HOUR = 3_600_000;
const marks = [...investigationMarks(0, "1-1", "12301"), ...investigationMarks(HOUR + 20_400, "2-2", "12302")];

function holesOf(zoned: boolean) {
  const read = sources(2 * HOUR).map((source) => (zoned ? { ...source, zoneMinutes: 120, zoned: true as const } : source));
  return unfoldLogs(marks, [], { profile: focusServer, sources: read, candidates: candidateJobs([], focusServer), declared: {} }).holes
    .size;
}

it("takes a pause of an hour for a hole only in a log that does not name its zone on every line", () => {
  expect([holesOf(false), holesOf(true)]).toEqual([1, 0]);
});

/** Investigations that begin at these minutes by the log, and whose stream then lasts as long; each has its Job, made at the minute on the cluster's clock. */
function settled(...investigations: readonly { readonly minute: number; readonly lasts: number; readonly madeAt: number }[]) {
  const jobs = investigations.map(({ madeAt }, index): LinkableJob => {
    const at = T0 + madeAt * MINUTE_MS + 100;
    const created = { at, lo: at - 100, hi: at + 100, how: "event-name", bracket: false } as const;
    return { uid: `u${index}`, name: `grpc-job-${index}-1`, namespace: "default", role: "serving", jobId: `${index}-1`, created };
  });
  const logged = investigations.flatMap(({ minute, lasts }, index) =>
    [...investigationMarks(0, `${index}-1`, String(12_300 + index)).entries()].map(([place, one]) =>
      withReading(one, { ...one.at, at: one.at.at + (minute + (place > 5 ? lasts : 0)) * MINUTE_MS }),
    ),
  );
  const candidates = candidateJobs(jobs, focusServer);
  const { changes, holes } = unfoldLogs(logged, [], { profile: focusServer, sources: sources(9 * HOUR), candidates, declared: {} });
  const minutesOf = (stretch: Bounds | undefined) => stretch && [stretch.lo, stretch.hi].map((at) => Math.round((at - T0) / MINUTE_MS));
  return [minutesOf(changes.get(0)?.between), minutesOf(holes.get(0)?.[0])];
}

it("tells only between which requests the clock was set forward where the log was silent for longer than an hour more than once", () => {
  const begin = [
    { minute: 0, lasts: 5, madeAt: 0 },
    { minute: 10, lasts: 62, madeAt: 10 },
  ];
  const end = [
    { minute: 240, lasts: 5, madeAt: 180 },
    { minute: 250, lasts: 5, madeAt: 190 },
  ];
  // Only the stream of 62 minutes looks like a change, but that of 92 hides it.
  expect(settled(...begin, { minute: 80, lasts: 92, madeAt: 80 }, ...end)).toEqual([
    [10, 180],
    [10, 180],
  ]);
  expect(settled(...begin, { minute: 80, lasts: 50, madeAt: 20 }, ...end)).toEqual([[10, 12], undefined]);
  // One that is set back shows it where the log goes back.
  const back = [0, 10, 80, 21, 30].map((minute, index) => ({ minute, lasts: 0, madeAt: minute + (index > 2 ? 60 : 0) }));
  expect(settled(...back)).toEqual([[80, 81], undefined]);
});

it("takes of several silences that could be a change the one that requests and their Jobs prove", () => {
  const silent = [0, 63, 190].map((minute, index) => ({ minute, lasts: index === 1 ? 30 : 61, madeAt: minute - (index > 1 ? 60 : 0) }));
  const short = [260, 270].map((minute) => ({ minute, lasts: 0, madeAt: minute - 60 }));
  expect(settled(...silent, ...short)).toEqual([[93, 130], undefined]);
});

it("looks for the change between the parts of a rotated log as well", () => {
  const [template] = sources(9 * HOUR);
  if (template === undefined) throw new Error("no source");
  const before = investigationMarks(HOUR, "1-1", "12301");
  const lines = before.map(({ evidence }) => evidence.line);
  const after = investigationMarks(30_000, "2-2", "12302").map((one) => ({ ...one, evidence: { ...one.evidence, source: 1 } }));
  const parts = [
    { ...template, path: "run.log.1", lines: Math.max(...lines), from: T0 + HOUR, to: T0 + HOUR + 10_000 },
    { ...template, path: "run.log", lines: 1_000_000, from: T0 + 30_000 },
  ];
  const context = { profile: focusServer, sources: parts, candidates: candidateJobs([], focusServer), declared: {} };
  const [log, ...others] = runnerLogs([...before, ...after], [], context);
  expect(others).toEqual([]);
  expect(log?.changes.map(({ byMs }) => byMs)).toEqual([-HOUR]);
  expect(log?.marks.map(({ at }) => at.at - T0).slice(-1)).toEqual([HOUR + 40_000]);
});
