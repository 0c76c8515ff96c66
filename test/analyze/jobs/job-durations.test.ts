import { describe, expect, it } from "vitest";
import { type EndPoint, exchangeableDisconnectAt, jobDurations, startPoints } from "../../../src/analyze/jobs/job-durations.js";
import { closingMarks } from "../../../src/analyze/jobs/job-populations.js";
import { pollingSamples } from "../../../src/analyze/polling/polling-samples.js";
import type { Job, Moment, Timeline } from "../../../src/model/timeline.js";
import { anchoredRunner, focusServer, T0 } from "../../timeline/builders.js";
import { investigation, job, moment, timeline } from "../builders.js";

const closing = closingMarks(focusServer);

describe("a disconnect that may be another's", () => {
  const [certain, blurred] = [investigation(1, 0), investigation(2, 20_000)];
  const points = blurred.points.map((point) => (closing.has(point.mark) ? { ...point, uncertain: true as const } : point));
  const uncertain = { ...blurred, points };
  const jobs = [job(1, 100, 60_000), job(2, 20_100, 80_000)];
  const line = timeline([certain, uncertain], jobs);

  it("begins no life", () => {
    const { disconnected } = startPoints(line, closing);
    expect(jobs.map((one) => disconnected(one)?.at ?? null)).toEqual([T0 + 10_000, null]);
  });

  it("counts among those of all", () => {
    expect(exchangeableDisconnectAt(line, uncertain, closing)).toBe(T0 + 30_000);
  });

  it("tells nothing of the polling", () => {
    const cleanups: Job[] = [1, 2].map((number) => ({
      ...job(number, number * 20_000 - 19_900, 900_000, { role: "cleanup", investigation: number }),
      uid: `cleanup-${number}`,
    }));
    const pods = cleanups.map(({ uid }) => ({ name: uid, uid: `pod-${uid}`, jobUid: uid, started: moment(1_000) }));
    const { samples } = pollingSamples({ ...line, jobs: [...jobs, ...cleanups], pods }, focusServer);
    expect(samples.map((sample) => sample.job.uid)).toEqual(["uid-1"]);
  });
});

describe("what the ends leave open of a duration", () => {
  const clocks = [{ ...anchoredRunner(), id: "cluster" }, anchoredRunner({ uncertaintyMs: 300 })] as Timeline["clocks"];
  const durationTo = (gone: Moment, resolutionMs = 1, end: EndPoint = "gone", more: Partial<Job> = {}) => {
    const own = investigation(1, 0);
    const points = own.points.map((one) => ({ ...one, resolutionMs }));
    const line = timeline([{ ...own, points }], [job(1, 100, 60_000, { gone, ...more })], { clocks });
    return jobDurations(line, line.jobs, startPoints(line, closing).disconnected, end)[0];
  };

  it("is a step of what the coarser stamp cuts off, without what the clocks leave open", () => {
    expect(durationTo(moment(60_000, 50))).toMatchObject({ durationMs: 50_000, stepMs: 50, resolutionMs: 651, clockMs: 300 });
    expect(durationTo(moment(60_000, 50), 100)).toMatchObject({ stepMs: 100, resolutionMs: 750 });
    expect(durationTo({ ...moment(60_500, 500), hi: T0 + 61_000 })).toMatchObject({ stepMs: 1_000, resolutionMs: 1_601 });
  });

  it("is a step of a second at most: no stamp is cut to more, however wide its range", () => {
    const bracket = moment(60_000, 20_000, "resource-version");
    expect(durationTo(bracket)).toMatchObject({ stepMs: 1_000, resolutionMs: 601, range: { loMs: 30_000, hiMs: 50_000 } });
  });

  it("is nothing for another end that was never seen of a Job that is gone", () => {
    expect(durationTo(moment(60_000), 1, "pod-gone")).toBeUndefined();
    expect(durationTo(moment(60_000), 1, "requested")).toBeUndefined();
    expect(durationTo(moment(60_000), 1, "pod-gone", { podGone: moment(62_000) })).toMatchObject({ durationMs: 52_000 });
  });
});
