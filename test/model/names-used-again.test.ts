import { describe, expect, it } from "vitest";
import { cleanupsByJob, lastCreatedBy } from "../../src/model/names-used-again.js";

const job = (uid: string, createdMs: number, jobId = "1-1", namespace = "default", widthMs = 0) => ({
  uid,
  jobId,
  namespace,
  created: { lo: createdMs - widthMs, hi: createdMs },
});

describe("what only names a Job", () => {
  it("belongs to the last Job of that name that may have been created by then", () => {
    const find = lastCreatedBy([job("b", 100, "1-1", "default", 10), job("a", 0), job("other", 50, "2-2")], ({ jobId }) => jobId);
    expect([-1, 0, 89, 90, 500].map((at) => find("1-1", at)?.uid)).toEqual([undefined, "a", "a", "b", "b"]);
    expect(find("3-3", 500)).toBeUndefined();
  });

  it("is a cleanup Job of the serving one of its id in its namespace", () => {
    const serving = [job("a", 0), job("b", 100), job("elsewhere", 50, "1-1", "other")];
    const pairs = cleanupsByJob(serving, [job("of-b", 101), job("of-a", 1), job("of-a-again", 60), job("of-one-before", -50)]);
    expect([...pairs].map(([of, cleanups]) => [of?.uid, cleanups.map(({ uid }) => uid)])).toEqual([
      ["b", ["of-b"]],
      ["a", ["of-a", "of-a-again"]],
      [undefined, ["of-one-before"]],
    ]);
  });
});
