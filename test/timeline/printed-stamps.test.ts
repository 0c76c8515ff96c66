import { describe, expect, it } from "vitest";
import { newestStamp, printedFinish } from "../../src/timeline/printed-stamps.js";
import { job, T0 } from "./builders.js";

const at = (seconds: number) => T0 + seconds * 1000;
const state = (stamps: object) => ({ ...job("grpc-job-1-1", "j").job, createdAt: at(0), ...stamps });

describe("the stamps of a Job", () => {
  it("tell when it finished by its conditions, which a TTL counts from, else by its completionTime", () => {
    expect(printedFinish(state({ completedAt: at(9), completionTime: at(8) }))).toEqual({ at: at(9), failed: false });
    expect(printedFinish(state({ completionTime: at(8) }))).toEqual({ at: at(8), failed: false });
    expect(printedFinish(state({ failedAt: at(7) }))).toEqual({ at: at(7), failed: true });
    expect(printedFinish(state({ startTime: at(1) }))).toBeUndefined();
  });

  it("tell since when nobody can have written it", () => {
    expect(newestStamp(state({}))).toBe(at(0));
    expect(newestStamp(state({ startTime: at(1) }))).toBe(at(1));
    expect(newestStamp(state({ startTime: at(1), completionTime: at(8) }))).toBe(at(8));
    expect(newestStamp(state({ deletionTimestamp: at(60), deletionGracePeriodMs: 30_000 }))).toBe(at(0));
  });
});
