import { describe, expect, it } from "vitest";
import { createRandom } from "../../src/model/statistics/random.js";
import { decideCleanup } from "../../src/simulate/cleanup-model.js";
import { AVERAGED_CLEANUP, POLLING_CLEANUP } from "../../src/simulate/options.js";

const job = { createdAt: 0, cleanupStartedAt: 2_000, disconnectedAt: null, until: 900_000 };

describe("the polling cleanup", () => {
  it("reads on a grid counted from the start of its Pod", () => {
    const { polls } = decideCleanup(POLLING_CLEANUP, { ...job, stream: null }, createRandom("grid"));
    expect(polls.map((poll) => Math.floor(poll.at / 1_000))).toEqual([12, 22, 32, 42, 52]);
  });

  it("starts to count anew after a busy reading", () => {
    const { polls } = decideCleanup(POLLING_CLEANUP, { ...job, stream: { from: 20_000, to: 26_000 } }, createRandom("busy"));
    expect(polls.map((poll) => poll.idle)).toEqual([true, false, true, true, true, true, true]);
  });

  it("misses a stream that fits between two readings", () => {
    const { polls } = decideCleanup(POLLING_CLEANUP, { ...job, stream: { from: 13_000, to: 19_500 } }, createRandom("missed"));
    expect(polls).toHaveLength(5);
  });

  it("sees a stream later where the metric lags", () => {
    const settings = { ...POLLING_CLEANUP, metricLagMs: 15_000 };
    const { polls } = decideCleanup(settings, { ...job, stream: { from: 13_000, to: 19_500 } }, createRandom("lag"));
    expect(polls.map((poll) => poll.idle)).toEqual([true, true, false, true, true, true, true, true]);
  });

  it("sees a stream for as long as its last sample shows it", () => {
    const settings = { ...POLLING_CLEANUP, metricEveryMs: 25_000 };
    const { polls } = decideCleanup(settings, { ...job, stream: { from: 0, to: 30_000 } }, createRandom("sampled"));
    const unsampled = decideCleanup(POLLING_CLEANUP, { ...job, stream: { from: 0, to: 30_000 } }, createRandom("sampled")).polls;
    const busy = (readings: typeof polls) => readings.filter(({ idle }) => !idle).length;
    expect(busy(unsampled)).toBe(2);
    expect(busy(polls)).toBeGreaterThan(2);
  });

  it("never asks while a stream goes on", () => {
    const { requestAt, polls } = decideCleanup(POLLING_CLEANUP, { ...job, stream: { from: 5_000, to: null } }, createRandom("on"));
    expect(requestAt).toBeNull();
    expect(polls.every((poll) => !poll.idle)).toBe(true);
  });

  it("reads a stream that just ended as busy when the metric is an average", () => {
    const stream = { from: 13_000, to: 19_500 };
    const single = decideCleanup(POLLING_CLEANUP, { ...job, stream }, createRandom("average")).polls;
    const averaged = decideCleanup(AVERAGED_CLEANUP, { ...job, stream }, createRandom("average")).polls;
    expect(single.filter((poll) => !poll.idle)).toHaveLength(0);
    expect(averaged.filter((poll) => !poll.idle)).toHaveLength(1);
  });
});
