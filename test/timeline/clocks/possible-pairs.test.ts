import { describe, expect, it } from "vitest";
import { boundsOfNamed, boundsOfRequests, explainingOffsets } from "../../../src/timeline/clocks/possible-pairs.js";

/** Every request against every Job: sent and answered in these moments (the clock is `offset` ahead), the Jobs created at these [s]. */
function pairs(requests: readonly (readonly [number, number])[], jobs: readonly number[], offset = 0) {
  return requests.flatMap(([sent, answered], request) =>
    jobs.map((created, job) => ({
      request,
      job,
      at: (sent + offset) * 1000,
      lo: (sent + offset - created) * 1000,
      hi: (answered + offset - created) * 1000,
    })),
  );
}

/** Irregular: no shift makes them look like themselves. */
const STARTS = [0, 7, 9, 20, 26, 41, 44, 58, 71, 75];
const requests = STARTS.map((at) => [at, at + 1] as const);
const jobs = STARTS.map((at) => at + 0.5);

describe("offsets without job ids", () => {
  it("explain requests and Jobs, not pairs: one request votes once, however many Jobs fit", () => {
    // Ten Jobs at once fit the last request, and would outvote the ten true pairs.
    const crowd = Array.from({ length: 12 }, (_, index) => 300 + index / 100);
    const found = explainingOffsets(pairs(requests, [...jobs, ...crowd], 3));
    expect(found).toEqual({ lo: 2_500, hi: 3_500, explained: 10, total: 10 });
  });

  it("are held together where several explain as much", () => {
    const regular = Array.from({ length: 10 }, (_, index) => [index * 20, index * 20 + 1] as const);
    // The first Job is missing: the others may be those of the requests before them as well.
    const found = explainingOffsets(
      pairs(
        regular,
        regular.slice(1).map(([sent]) => sent + 0.5),
      ),
    );
    expect([found?.lo, found?.hi, found?.explained]).toEqual([-20_500, 500, 9]);
  });

  it("are held where they leave no more than twice as many unexplained as the best", () => {
    const foreign = [200, 207, 209, 220, 226, 241, 244, 258];
    const found = explainingOffsets(pairs(requests, [...jobs.slice(2), ...foreign.map((at) => at + 0.5)]));
    // Eight of ten at the true offset, as many at that of the others.
    expect(found?.explained).toBe(8);
    expect([(found?.lo ?? 0) <= -200_000, (found?.hi ?? 0) >= 0]).toEqual([true, true]);
  });

  it("are held up to twice as many unexplained as the best, and no farther", () => {
    const truth = (seen: number) => jobs.slice(0, seen);
    // Nine of ten at the offset of the others.
    const foreign = STARTS.slice(0, 9).map((at) => at + 200.5);
    const held = (seen: number) => explainingOffsets(pairs(requests, [...truth(seen), ...foreign]));
    expect(held(8)).toMatchObject({ explained: 9, total: 10, hi: 500 });
    expect(held(7)?.hi).toBeLessThan(-100_000);
  });

  it("give one bound of each request, which no false pair makes narrower", () => {
    const bounds = boundsOfRequests(pairs(requests, jobs, 3), 0.5);
    expect(bounds).toHaveLength(10);
    expect(bounds?.every(({ lo, hi }) => lo <= 2_500 && hi >= 3_500)).toBe(true);
  });

  it("follow a clock that drifts as a working one may", () => {
    const far = STARTS.map((at) => at * 1_000);
    const drifting = far.map((at) => [at * (1 + 40e-6) - 0.5, at * (1 + 40e-6) + 0.5] as const);
    const bounds = boundsOfRequests(pairs(drifting, far), 0.5) ?? [];
    expect(bounds.length).toBeGreaterThanOrEqual(9);
    for (const { at, lo, hi } of bounds) expect(Math.abs((lo + hi) / 2 - at * 40e-6)).toBeLessThan(300);
  });

  it("say nothing where they explain little", () => {
    const others = Array.from({ length: 10 }, (_, index) => index * index * 1_000 + 10_000);
    expect(boundsOfRequests(pairs(requests, others), 0.5)).toBeUndefined();
  });
});

describe("bounds of requests whose Jobs have an id", () => {
  it("are those of the pairs where each request has one Job", () => {
    const own = requests.flatMap((_, index) => pairs(requests, jobs, 3).filter((pair) => pair.request === index && pair.job === index));
    expect(boundsOfNamed(own)).toEqual(own.map(({ at, lo, hi }) => ({ at, lo, hi })));
  });

  it("are one for a request whose Job was made again later, and the Job of that time does not count", () => {
    const again = pairs(requests, jobs, 3).filter((pair) => pair.request === pair.job);
    const later = again.slice(0, 5).map((pair) => ({ ...pair, job: pair.job + 100, lo: pair.lo - 6_000, hi: pair.hi - 6_000 }));
    expect(boundsOfNamed([...again, ...later])).toEqual(again.map(({ at, lo, hi }) => ({ at, lo, hi })));
  });

  it("are one for each request on either side of where the clock was set, where names are used again and again", () => {
    // Four names in turn, each again and again; the clock is set back by 2.6 s in between.
    const times = Array.from({ length: 40 }, (_, index) => index * 20 + (index % 7));
    const all = times.flatMap((sent, request) => {
      const offset = request < 24 ? 1.9 : -0.7;
      const jobs = times.map((at) => at + 0.1).filter((_, job) => job % 4 === request % 4);
      return pairs([[sent, sent + 0.2]], jobs, offset).map((pair) => ({ ...pair, request, job: pair.job * 4 + (request % 4) }));
    });
    const own = all.filter((pair) => pair.request === pair.job).map(({ at, lo, hi }) => ({ at, lo, hi }));
    expect(boundsOfNamed(all)).toEqual(own);
  });

  it("hold what any of several Jobs allows that were made at once: the answer may have waited for one alone", () => {
    const [first, second] = [
      { request: 1, job: 1, at: 0, lo: 0, hi: 500 },
      { request: 1, job: 2, at: 0, lo: -200, hi: 300 },
    ];
    expect(boundsOfNamed([first, second])).toEqual([{ at: 0, lo: -200, hi: 500 }]);
  });

  it("are those of all pairs where nothing explains any of them", () => {
    const lie = [
      { request: 50, job: 50, at: 9, lo: 90_000, hi: 91_000 },
      { request: 50, job: 51, at: 9, lo: 95_000, hi: 96_000 },
    ];
    const own = pairs(requests, jobs, 3).filter((pair) => pair.request === pair.job);
    expect(boundsOfNamed([...own, ...lie]).slice(-2)).toEqual(lie.map(({ at, lo, hi }) => ({ at, lo, hi })));
  });
});
