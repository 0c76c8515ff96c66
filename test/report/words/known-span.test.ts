import { describe, expect, it } from "vitest";
import type { Report } from "../../../src/model/report.js";
import { isoFromEpoch } from "../../../src/model/time.js";
import { knownSpan } from "../../../src/report/words/known-span.js";
import { fixtureReport } from "../fixture.js";

const windowOf = ({ concurrency }: Report) =>
  [Date.parse(concurrency.window?.from ?? ""), Date.parse(concurrency.window?.to ?? "")] as const;

/** With one more investigation, without a Job, begun so long after the window of the curve. */
function withUnserved(report: Report, afterMs: number | null, part: Report["concurrency"]["part"]): Report {
  const [last] = report.investigations.slice(-1);
  if (last === undefined) throw new Error("the fixture has no investigation");
  const { jobUid: _, ...unserved } = last;
  const startedAt = afterMs === null ? null : isoFromEpoch(windowOf(report)[1] + afterMs);
  return {
    ...report,
    investigations: [...report.investigations, { ...unserved, startedAt }],
    concurrency: { ...report.concurrency, ...(part === undefined ? {} : { part }) },
  };
}

describe("the span in which open Jobs are known", () => {
  it("has no end where the last Job is gone, and none before the first was created", () => {
    expect(knownSpan(fixtureReport("confirmed"))).toEqual({ from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY });
  });

  it("ends with the window of the curve while a Job is open, and begins with it where one was open before", () => {
    const report = fixtureReport("capture-ended");
    const [from, to] = windowOf(report);
    expect(knownSpan(report)?.to).toBe(to);
    const jobs = report.jobs.map((job, index) => (index === 0 ? { ...job, truncated: true } : job));
    expect(knownSpan({ ...report, jobs })).toEqual({ from, to });
  });

  it("ends with it where an investigation begun since may have a Job in no capture, whatever else is missing", () => {
    const report = fixtureReport("confirmed");
    const [, to] = windowOf(report);
    for (const part of ["capture", "log"] as const) {
      expect(knownSpan(withUnserved(report, 1000, part))?.to).toBe(to);
      expect(knownSpan(withUnserved(report, null, part))?.to).toBe(to);
      expect(knownSpan(withUnserved(report, -1000, part))?.to).toBe(Number.POSITIVE_INFINITY);
    }
    expect(knownSpan(withUnserved(report, 1000, undefined))?.to).toBe(Number.POSITIVE_INFINITY);
  });

  it("is no more than that window where Jobs are in no capture at all", () => {
    const report = fixtureReport("confirmed");
    const [from, to] = windowOf(report);
    expect(knownSpan({ ...report, concurrency: { ...report.concurrency, unseenJobs: 2 } })).toEqual({ from, to });
  });

  it("is not known without a window", () => {
    const report = fixtureReport();
    expect(knownSpan({ ...report, concurrency: { ...report.concurrency, window: null } })).toBeNull();
  });
});
