import { describe, expect, it } from "vitest";
import type { Draft } from "../../../src/timeline/investigations/draft.js";
import { MarkPoint } from "../../../src/timeline/investigations/mark-point.js";
import { limitJobs, limitRun } from "../../../src/timeline/logs/limit-run.js";
import { job } from "../../analyze/builders.js";
import { anchoredRunner, mark, T0 } from "../builders.js";

const HOUR = 3_600_000;
const at = (ms: number, zoned = true) => ({ at: T0 + ms, zoned });
const drafts = [0, 10_000, 20_000, 30_000].map(
  (ms): Draft => ({ jobId: null, port: null, announcedIndex: null, points: [new MarkPoint(mark("configure-start", ms))] }),
);
const span = { lo: T0, hi: T0 + 40_000 };
/** Places of the investigations that are left. */
const left = (kept: readonly Draft[]) => kept.map((draft) => drafts.indexOf(draft));

describe("--from and --to", () => {
  it("leave what begins from the first on and before the second, up to where the next begins", () => {
    const limited = limitRun(drafts, span, anchoredRunner(), { from: at(10_000), to: at(30_000) }, false);
    expect(left(limited.drafts)).toEqual([1, 2]);
    expect(limited).toMatchObject({ span: { lo: T0 + 10_000, hi: T0 + 30_000 }, goesOn: true });
  });

  it("leave the log to its end where nothing that is left out follows", () => {
    const limited = limitRun(drafts, span, anchoredRunner(), { from: at(30_000) }, false);
    expect(limited).toEqual({ drafts: drafts.slice(3), span: { lo: T0 + 30_000, hi: T0 + 40_000 } });
  });

  it("with a zone are moments, and without one the log's own time", () => {
    const ahead = anchoredRunner({ offsetMs: HOUR, zoneOffsetMinutes: 60 });
    const later = drafts.map((draft) => ({ ...draft, points: draft.points.map((point) => ({ ...point, at: point.at + HOUR })) }));
    const of = (zoned: boolean) => limitRun(later, span, ahead, { to: at(zoned ? 10_000 : HOUR + 10_000, zoned) }, false).drafts.length;
    expect([of(true), of(false)]).toEqual([1, 1]);
  });

  it("that leave nothing are refused, and say when the investigations begin", () => {
    expect(() => limitRun(drafts, span, anchoredRunner(), { from: at(30_001) }, false)).toThrow(
      expect.objectContaining({ code: "usage", hint: expect.stringContaining("from 2025-12-07T08:00:00 to 2025-12-07T08:00:30") }),
    );
  });

  it("need a clock for a time with a zone", () => {
    expect(() => limitRun(drafts, span, undefined, { from: at(0) }, false)).toThrow(/nothing ties the runner's clock/);
  });

  it("take Jobs that were created in between for the run's where there is no log", () => {
    const jobs = [0, 10_000, 20_000].map((ms, index) => job(index + 1, ms, ms + 5_000));
    const [first, second] = jobs.map(({ created }) => ({ at: created.at, zoned: true }));
    const ofRun = limitJobs(jobs, { ...(second === undefined ? {} : { to: second }), ...(first === undefined ? {} : { from: first }) });
    expect(ofRun.map(({ ofThisRun }) => ofThisRun)).toEqual([true, false, false]);
    expect(() => limitJobs(jobs, { from: at(0, false) })).toThrow(/need a zone/);
  });
});
