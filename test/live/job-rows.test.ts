import { describe, expect, it } from "vitest";
import { readRow } from "../../src/live/job-rows.js";

const AT = "2025-12-07T08:51:00Z";
const metadata = (uid: string) => ({ uid, name: `job-${uid}`, namespace: "default", creationTimestamp: AT });
const job = (uid: string, apiVersion?: string) => ({ kind: "Job", ...(apiVersion && { apiVersion }), metadata: metadata(uid) });
const uids = (row: object) => readRow({ ...row }).jobs.map((news) => news.job.uid);

describe("a row", () => {
  it("tells of Jobs of Kubernetes alone, not of another group's", () => {
    expect(uids({ type: "ADDED", object: job("a", "batch/v1") })).toEqual(["a"]);
    expect(uids({ type: "ADDED", object: job("a") })).toEqual(["a"]);
    expect(uids({ type: "ADDED", object: job("a", "example.org/v1") })).toEqual([]);
    expect(uids({ type: "ADDED", object: { ...job("a", "batch/v1"), metadata: { name: "without uid" } } })).toEqual([]);
  });

  it("tells of each Job of a list, whose items need not say what they are", () => {
    expect(uids({ kind: "List", items: [job("a", "batch/v1"), { kind: "Pod", metadata: metadata("p") }] })).toEqual(["a"]);
    expect(uids({ kind: "JobList", items: [{ metadata: metadata("a") }, { metadata: metadata("b") }] })).toEqual(["a", "b"]);
    expect(uids({ kind: "PodList", items: [{ metadata: metadata("p") }] })).toEqual([]);
  });

  it("says when it arrived, whether a Job is gone, the capture over, or something missed", () => {
    const { jobs, ...deleted } = readRow({ received: AT, type: "DELETED", object: job("a", "batch/v1") });
    expect(jobs.map(({ gone }) => gone)).toEqual([true]);
    expect(deleted).toEqual({ at: Date.parse(AT), clocks: [], ended: false, gap: false });
    expect(readRow({ received: 5, type: "END" })).toEqual({ at: 5, jobs: [], clocks: [], ended: true, gap: false });
    expect(readRow({ received: "noon", type: "GAP" })).toEqual({ jobs: [], clocks: [], ended: false, gap: true });
  });

  it("bounds the clock with one sample or several, each whole", () => {
    const sample = { sent: 1, received: 2, date: 3 };
    expect(readRow({ clock: sample }).clocks).toEqual([sample]);
    expect(readRow({ clock: [sample, { sent: 1 }, sample] }).clocks).toEqual([sample, sample]);
  });
});
