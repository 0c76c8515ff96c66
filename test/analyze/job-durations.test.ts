import { describe, expect, it } from "vitest";
import { exchangeableDisconnectAt, startPoints } from "../../src/analyze/job-durations.js";
import { closingMarks } from "../../src/analyze/job-populations.js";
import { pollingSamples } from "../../src/analyze/polling-samples.js";
import type { Job } from "../../src/model/timeline.js";
import { focusServer, T0 } from "../timeline/builders.js";
import { investigation, job, moment, timeline } from "./builders.js";

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
