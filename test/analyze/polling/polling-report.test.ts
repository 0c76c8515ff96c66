import { describe, expect, it } from "vitest";
import { polling } from "../../../src/analyze/polling/polling-metrics.js";
import { reportPolling } from "../../../src/analyze/polling/polling-report.js";
import type { Clock } from "../../../src/model/clock.js";
import type { PollingPart } from "../../../src/model/reports/polling.js";
import type { Investigation, Job, Pod } from "../../../src/model/timeline.js";
import { anchoredRunner } from "../../timeline/builders.js";
import { contextOf, investigation, job, moment, timeline } from "../builders.js";

const INTERVAL_MS = 10_000;
const CHECKS = 5;
/** From the end of a use to the first low reading, in the middle of the Jobs. */
const FIRST_CHECK_MS = 2_000;
/** By how much that differs from Job to Job, evenly. */
const VARIES_MS = [-1_200, -900, -600, -300, 0, 300, 600, 900, 1_200];
/** The builder's investigations stream until then. */
const STREAM_END_MS = 9_100;

interface Polled {
  readonly investigation: Investigation;
  readonly jobs: readonly Job[];
  readonly pod: Pod;
}

/** A Job that is deleted after `low` readings in use and then `CHECKS` low ones. `unopened`: nobody ever connected. */
function polled(number: number, inUse: number, variesMs: number, unopened = false): Polled {
  const at = number * 100_000;
  const firstLowMs = at + STREAM_END_MS + FIRST_CHECK_MS + variesMs;
  const podStartMs = firstLowMs - (1 + inUse) * INTERVAL_MS;
  const goneMs = firstLowMs + (CHECKS - 1) * INTERVAL_MS + 200;
  const used = investigation(number, at);
  const points = used.points.slice(0, 2);
  return {
    investigation: unopened ? { ...used, outcome: "unopened", points } : used,
    jobs: [
      job(number, at, goneMs),
      job(number, at, null, { name: `cleanup-job-1-${number}`, uid: `cleanup-${number}`, role: "cleanup", mechanism: "ttl" }),
    ],
    pod: { name: `cleanup-${number}`, uid: `pod-${number}`, jobUid: `cleanup-${number}`, started: moment(podStartMs) },
  };
}

describe("the parts of the way from the disconnect to the end of the Pod", () => {
  const used = [1, 2].flatMap((inUse) => VARIES_MS.map((variesMs) => ({ inUse, variesMs, unopened: false })));
  const unopened = [-300, 0, 300].map((variesMs) => ({ inUse: 0, variesMs, unopened: true }));
  const all = [...used, ...unopened].map(({ inUse, variesMs, unopened: none }, index) => polled(index + 1, inUse, variesMs, none));
  const run = (uncertaintyMs: number, fields: (job: Job) => Partial<Job> = () => ({})): PollingPart[] => {
    const line = timeline(
      all.map((one) => one.investigation),
      all.flatMap(({ jobs }) => jobs).map((one) => ({ ...one, ...(one.role === "serving" ? fields(one) : {}) })),
      { pods: all.map(({ pod }) => pod), jobCoverage: { lo: 0, hi: Number.MAX_SAFE_INTEGER } },
    );
    const clocks = line.clocks.map((clock) => (clock.id === "runner" ? { ...clock, uncertaintyMs } : clock));
    return [...(reportPolling(contextOf({ ...line, clocks }))?.parts ?? [])];
  };
  const intervalOf = (parts: readonly PollingPart[], name: PollingPart["part"]) => {
    const [lowMs = Number.NaN, highMs = Number.NaN] = parts.find(({ part }) => part === name)?.ci95Ms ?? [];
    return { lowMs, highMs };
  };

  it("hold what the shortest wait leaves open of the first check: all waits share it", () => {
    const { lowMs, highMs } = intervalOf(run(0), "first-check");
    expect(lowMs).toBeLessThanOrEqual(FIRST_CHECK_MS);
    expect(highMs).toBeGreaterThanOrEqual(FIRST_CHECK_MS);
  });

  it("hold what the offset between the clocks leaves open", () => {
    const requested = (one: Job) => (one.gone === undefined ? {} : { deleteRequested: one.gone });
    const [exact, doubtful] = [0, 150].map((uncertaintyMs) => intervalOf(run(uncertaintyMs, requested), "disconnected-requested"));
    expect(exact?.lowMs).toBeLessThan(exact?.highMs ?? Number.NaN);
    expect(doubtful?.lowMs).toBeCloseTo((exact?.lowMs ?? 0) - 150, 6);
    expect(doubtful?.highMs).toBeCloseTo((exact?.highMs ?? 0) + 150, 6);
  });

  it("hold all that two stamps allow, and nothing below zero", () => {
    const services = ({ gone }: Job) =>
      gone === undefined ? {} : { serviceGone: { ...gone, at: gone.at + 20, lo: gone.lo - 30, hi: gone.hi + 70 } };
    expect(intervalOf(run(0, services), "gone-service-gone")).toEqual({ lowMs: 0, highMs: 70 });
  });
});

describe("the process of a cleanup whose requests the audit log shows", () => {
  const used = [1, 2].flatMap((inUse) => VARIES_MS.map((variesMs) => ({ inUse, variesMs })));
  const all = used.map(({ inUse, variesMs }, index) => polled(index + 1, inUse, variesMs, false));
  const later = ({ gone, ...one }: Job, ms: number): Job =>
    gone === undefined ? one : { ...one, gone: { ...gone, at: gone.at + ms, lo: gone.lo + ms, hi: gone.hi + ms }, deleteRequested: gone };
  const measured = (jobs: readonly Job[]) => {
    const fields = { pods: all.map(({ pod }) => pod), jobCoverage: { lo: 0, hi: Number.MAX_SAFE_INTEGER } };
    return polling(
      "process",
      contextOf(
        timeline(
          all.map((one) => one.investigation),
          jobs,
          fields,
        ),
      ),
    );
  };
  /** Jobs that are gone 200 ms less, or more, than `ms` after the request for that, beside others. */
  const process = (ms: number, others: readonly Job[] = []) => {
    const jobs = all.flatMap((one, index) =>
      one.jobs.map((own) => (own.role === "serving" ? later(own, ms + (index % 2 === 0 ? -200 : 200)) : own)),
    );
    return measured([...jobs, ...others]);
  };
  const numbersOf = (found: ReturnType<typeof process>) => {
    if ("notMeasured" in found) throw new Error(found.notMeasured.key);
    const { value, interval = [Number.NaN, Number.NaN] } = found.measurement;
    return [value, ...interval];
  };
  const plus = (ms: number) => numbersOf(process(200)).map((value) => expect.closeTo(value + (ms - 200) / 1000, 3));

  it("goes on from the request until the Job is gone", () => {
    expect(numbersOf(process(600))).toEqual(plus(600));
  });

  it("takes that from the run's own serving Jobs alone, and from no request that is known by its second", () => {
    const slow = Array.from({ length: 17 }, (_, index) => later(job(101 + index, 0, 1_000), 60_000));
    const foreign = [...slow, ...slow].map((one, index) => ({ ...one, uid: `f-${index}`, ofThisRun: false }));
    const cleanups = slow.map((one) => ({ ...one, uid: `c-${one.uid}`, role: "cleanup" as const }));
    const stamped = slow.map((one) => ({ ...one, deleteRequested: moment(0, 0, "deletion-timestamp") }));
    for (const others of [foreign, cleanups, stamped]) expect(numbersOf(process(600, others))).toEqual(plus(600));
  });

  it("ends with the Job gone, and nothing is added, where only some requests are known", () => {
    const jobs = all.flatMap((one) => one.jobs);
    const someAsked = jobs.map((one, index) => (index < 12 ? later(one, 60_000) : one));
    const asGone = someAsked.map((one, index) => ({ ...one, gone: jobs[index]?.gone }) as Job);
    expect(numbersOf(measured(asGone))).toEqual(numbersOf(measured(jobs)));
  });

  it("is not known where none of the Jobs is gone yet", () => {
    const asked = all.flatMap((one) =>
      one.jobs.map(
        ({ gone, ...own }): Job =>
          gone === undefined ? own : { ...own, deleteRequested: gone, mechanism: "open", censoredAt: gone.at + 1 },
      ),
    );
    expect(measured(asked)).toEqual({ notMeasured: { key: "end-not-seen", values: {} } });
  });
});

/** How a runner's clock is, and how it is taken to be. */
interface Runner extends Pick<Clock, "id"> {
  readonly aheadMs: number;
  /** By how much more it is taken to be ahead. */
  readonly offMs: number;
  readonly uncertaintyMs: number;
}

describe("the polling that two runners saw", () => {
  /** From the end of a use to the first low reading: evenly over the interval. */
  const firstsMs = Array.from({ length: 15 }, (_, index) => 100 + 700 * index);
  const used = [1, 2, 3].flatMap((inUse) => firstsMs.map((firstMs) => ({ inUse, variesMs: firstMs - FIRST_CHECK_MS, unopened: false })));
  const all = [...used, { inUse: 0, variesMs: 0, unopened: true }].map(({ inUse, variesMs, unopened }, index) =>
    polled(index + 1, inUse, variesMs, unopened),
  );
  const MEDIAN_MS = 5_000;
  /** The first one saw every fourth Job. */
  const reported = (first: Runner, second: Runner) => {
    const investigations = all.map((one, index): Investigation => {
      const { id, aheadMs } = index % 4 === 0 ? first : second;
      const points = one.investigation.points.map((point) => ({ ...point, at: point.at + aheadMs }));
      return { ...one.investigation, points, ...(id === "runner" ? {} : { clock: id }) };
    });
    const jobs = all.flatMap((one) => one.jobs).map((one) => (one.gone === undefined ? one : { ...one, deleteRequested: one.gone }));
    const clocks = [first, second].map(({ id, aheadMs, offMs, uncertaintyMs }) =>
      anchoredRunner({ id, offsetMs: aheadMs + offMs, uncertaintyMs }),
    );
    const fields = { pods: all.map(({ pod }) => pod), jobCoverage: { lo: 0, hi: Number.MAX_SAFE_INTEGER }, clocks };
    return reportPolling(contextOf(timeline(investigations, jobs, fields)));
  };
  const exact: Runner = { id: "runner", aheadMs: 0, offMs: 0, uncertaintyMs: 0 };

  it("is the same as if one had, however far their clocks are apart", () => {
    const one = reported(exact, exact);
    expect(one?.parts.find(({ part }) => part === "first-check")?.medianMs).toBeCloseTo(MEDIAN_MS, -3);
    expect(reported(exact, { ...exact, id: "runner:2", aheadMs: 7_203_700 })).toEqual(one);
  });

  it.each([
    ["farther ahead than it is taken to be", -900],
    ["less far ahead", 900],
  ])("has the first check of each Job by the clock that saw it: of one that is %s", (_, offMs) => {
    const first: Runner = { id: "runner", aheadMs: -3_600, offMs: 40, uncertaintyMs: 50 };
    const found = reported(first, { id: "runner:2", aheadMs: 3_700, offMs, uncertaintyMs: 1_000 });
    const { medianMs = Number.NaN, resolutionMs = Number.NaN } = found?.parts.find(({ part }) => part === "first-check") ?? {};
    expect(Math.abs(medianMs - MEDIAN_MS)).toBeLessThanOrEqual(resolutionMs / 2);
    // What so many waits leave open of the shortest, and what the second clock may be off.
    expect(resolutionMs).toBeLessThan(0.03 * INTERVAL_MS + 2_000);
  });
});
