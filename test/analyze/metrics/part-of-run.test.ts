import { describe, expect, it } from "vitest";
import { partInLog, partOfJobs } from "../../../src/analyze/metrics/part-of-run.js";
import type { Investigation, Timeline } from "../../../src/model/timeline.js";
import { T0 } from "../../timeline/builders.js";
import { contextOf, investigation, job, regularRun, timeline } from "../builders.js";

/** Jobs 20 s apart, each gone 50 s after a disconnect: the last one is created after 140 s. */
const run = regularRun(8, () => 50_000);
const until = (ms: number) => ({ jobCoverage: { lo: T0, hi: T0 + ms } });
const ofJobs = (line: Timeline, fields: Partial<Timeline> = {}) => partOfJobs(contextOf({ ...line, ...fields }));
const inLog = (line: Timeline, fields: Partial<Timeline> = {}) => partInLog(contextOf({ ...line, ...fields }));

/** The Jobs of the others are in no capture; whether they had any nothing tells, for they never connected. */
function captured(isCaptured: (number: number) => boolean, changed: Partial<Investigation> = {}): Timeline {
  const bare = ({ jobUid: _, jobLink: __, ...one }: Investigation): Investigation => {
    const [request, answer] = one.points.map(({ at }) => at);
    const unseenCreation = { lo: request ?? Number.NaN, hi: answer ?? Number.NaN };
    return { ...one, points: one.points.slice(0, 3), outcome: "failed", unseenCreation, ...changed };
  };
  return {
    ...run,
    investigations: run.investigations.map((one) => (isCaptured(one.number) ? one : bare(one))),
    jobs: run.jobs.filter(({ investigation: number = 0 }) => isCaptured(number)),
  };
}

describe("a capture", () => {
  it("holds the whole run where it has all Jobs, however many of them it leaves open", () => {
    expect(ofJobs(run)).toBeUndefined();
    const open = regularRun(8, (index) => (index < 5 ? 50_000 : null));
    expect(ofJobs(open, until(150_000))).toBeUndefined();
  });

  it("holds a part of it where it ended before Jobs of it, or began after them", () => {
    expect(
      ofJobs(
        captured((number) => number <= 5),
        until(85_000),
      ),
    ).toBe("capture");
    expect(
      ofJobs(
        captured((number) => number > 2),
        { jobCoverage: { lo: T0 + 35_000, hi: T0 + 500_000 } },
      ),
    ).toBe("capture");
  });

  it("may hold a part of it where it ends between a request and its answer, within what the clocks leave open", () => {
    const last = captured((number) => number < 8);
    expect(ofJobs(last, until(140_200))).toBe("capture");
    expect(ofJobs(last, until(141_000))).toBeUndefined();
    const clocks = run.clocks.map((clock) => ({ ...clock, uncertaintyMs: 2_000 }));
    expect(ofJobs(last, { ...until(141_000), clocks })).toBe("capture");
    expect(ofJobs(captured((number) => number < 8, { unseenCreation: { lo: T0 + 140_000, hi: Number.POSITIVE_INFINITY } }))).toBe(
      "capture",
    );
  });

  it("may hold a part of it where no log tells of the run, and only Lists of what was there at some moments tell of its Jobs", () => {
    const jobs = run.jobs.map(({ investigation: _, ...one }) => one);
    expect(ofJobs({ ...run, investigations: [], jobs }, { jobCoverage: null })).toBe("capture");
    expect(ofJobs({ ...run, investigations: [], jobs })).toBeUndefined();
  });

  it("misses no Job that no investigation was given", () => {
    const refused = captured((number) => number <= 5, { jobId: null, outcome: "failed" });
    expect(ofJobs(refused, until(85_000))).toBeUndefined();
    const nameless = { ...refused, investigations: refused.investigations.map((one) => ({ ...one, jobId: null })) };
    expect(ofJobs(nameless, until(85_000))).toBe("capture");
  });

  describe("that goes on while an investigation connects of which it has no Job", () => {
    const connected = { outcome: "ok", points: investigation(8, 140_000).points } as const;
    const last = (changed: Partial<Investigation> = connected) => captured((number) => number < 8, changed);

    it("misses Jobs of the run", () => {
      expect(ofJobs(last())).toBe("capture");
      // The line that names its Job is not in the log.
      expect(ofJobs(last({ ...connected, jobId: null }))).toBe("capture");
      const brokeOff = { outcome: "running", points: connected.points.slice(0, 4) } as const;
      expect(ofJobs(last(brokeOff))).toBe("capture");
    });

    it("does not where the Job may have come and gone while no watch was up", () => {
      expect(ofJobs(last(), { unwatched: [{ lo: T0 + 140_200, hi: T0 + 220_000 }] })).toBeUndefined();
      expect(ofJobs(last(), { unwatched: [{ lo: T0 + 20_000, hi: T0 + 30_000 }] })).toBe("capture");
    });

    it("does not where another's line may have said so, or one of several Jobs is its own", () => {
      const another = connected.points.map((point) => ({ ...point, uncertain: true as const }));
      expect(ofJobs(last({ points: another, outcome: "ok", outcomeUncertain: true }))).toBeUndefined();
      const maybe = job(9, 140_150, 200_000, { jobId: "1-8", ofThisRun: false, mayBeOfThisRun: true });
      const line = last();
      expect(ofJobs({ ...line, jobs: [...line.jobs, maybe] })).toBeUndefined();
      const unnamed = last({ ...connected, jobId: null });
      expect(ofJobs({ ...unnamed, jobs: [...line.jobs, maybe] })).toBeUndefined();
      const ofOther = { ...maybe, jobId: "1-9" };
      expect(ofJobs({ ...line, jobs: [...line.jobs, ofOther] })).toBe("capture");
    });
  });

  it("alone holds a part of the run where Jobs were there before it began", () => {
    const alone = (lo: number, truncated: boolean) =>
      ofJobs(
        timeline(
          [],
          run.jobs.map((one, index) => ({ ...one, truncated: truncated && index < 2 })),
          { jobCoverage: { lo: T0 + lo, hi: T0 + 500_000 } },
        ),
      );
    expect(alone(0, false)).toBeUndefined();
    expect(alone(30_000, true)).toBe("capture");
  });
});

describe("a log", () => {
  const running = { ...run, investigations: [...run.investigations.slice(0, -1), investigation(8, 140_000, { outcome: "running" })] };

  it("holds the whole run where nothing says that more is missing", () => {
    expect(inLog(run)).toBeUndefined();
    expect(inLog(run, { run: { ...run.run, announced: 8 } })).toBeUndefined();
  });

  it("holds a part of it where it ends in an investigation, or begins in one", () => {
    expect([inLog(running), ofJobs(running, until(160_000))]).toEqual(["log", "log"]);
    const [first, ...others] = run.investigations;
    const begun = { ...(first as Investigation), points: first?.points.slice(3) ?? [] };
    const line = { ...run, investigations: [begun, ...others] };
    expect([inLog(line), ofJobs(line)]).toEqual(["log", "log"]);
  });

  it("holds all investigations where it ends in the last that it announces", () => {
    expect(inLog(running, { run: { ...run.run, announced: 8 } })).toBeUndefined();
    expect(ofJobs(running, { run: { ...run.run, announced: 8 }, ...until(160_000) })).toBeUndefined();
  });

  it("that ends in an investigation misses no Jobs where the capture goes on and no more came", () => {
    expect(ofJobs(running, until(200_000))).toBeUndefined();
  });

  it("looks at each of several runs", () => {
    const twice = (last: Timeline): Timeline => ({
      ...run,
      investigations: [...run.investigations.map((one) => ({ ...one, run: 1 })), ...last.investigations.map((one) => ({ ...one, run: 2 }))],
    });
    expect([inLog(twice(run)), inLog(twice(running))]).toEqual([undefined, "log"]);
  });

  describe("that has fewer investigations than it announces", () => {
    const short = { ...run, run: { ...run.run, announced: 12 } };

    it("holds a part of the run, as far as it tells", () => {
      expect(inLog(short)).toBe("log");
      expect(ofJobs(short, until(160_000))).toBe("log");
    });

    it("misses no Jobs where the capture goes on and no more came", () => {
      expect(ofJobs(short, until(200_000))).toBeUndefined();
      const stranger = job(9, 160_000, 170_000, { ofThisRun: false });
      expect(ofJobs(short, { ...until(200_000), jobs: [...run.jobs, stranger] })).toBe("log");
    });
  });
});
