import { describe, expect, it } from "vitest";
import { deletionRowOf, newestStamp, printedFinish } from "../../../src/timeline/cluster/printed-stamps.js";
import { job, T0 } from "../builders.js";

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

describe("the row of a Job's deletion", () => {
  const row = (change: "unknown" | "MODIFIED" | "DELETED", resourceVersion: number, stamps: object) => ({
    ...job("grpc-job-1-1", "j", { resourceVersion }, { change }),
    job: { ...job("grpc-job-1-1", "j", { resourceVersion }).job, ...stamps },
  });
  const finished = { completedAt: at(9) };
  const marked = { ...finished, deletionTimestamp: at(19) };

  it("is DELETED, or without types the copy of a finished Job that follows the one that marks it", () => {
    const deleted = row("DELETED", 7, marked);
    expect(deletionRowOf([row("MODIFIED", 6, marked), deleted])).toBe(deleted);
    const copy = row("unknown", 7, marked);
    expect(deletionRowOf([row("unknown", 5, finished), row("unknown", 6, marked), copy])).toBe(copy);
  });

  it("is none where it is only marked, or where it was at work and its status may still have changed", () => {
    expect(deletionRowOf([row("unknown", 6, marked), row("unknown", 6, marked)])).toBeUndefined();
    expect(deletionRowOf([row("MODIFIED", 6, marked), row("MODIFIED", 7, marked)])).toBeUndefined();
    const atWork = { deletionTimestamp: at(19) };
    expect(deletionRowOf([row("unknown", 6, atWork), row("unknown", 7, atWork)])).toBeUndefined();
  });

  it("is not the one that takes one of several finalizers off, but the copy after it", () => {
    const both = row("unknown", 6, { ...marked, finalizers: "archive.example/kept foregroundDeletion" });
    const one = row("unknown", 7, { ...marked, finalizers: "archive.example/kept" });
    const copy = row("unknown", 8, { ...marked, finalizers: "archive.example/kept" });
    expect(deletionRowOf([both, one])).toBeUndefined();
    expect(deletionRowOf([both, one, copy])).toBe(copy);
  });
});
