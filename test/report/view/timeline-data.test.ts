import { describe, expect, it } from "vitest";
import type { Report } from "../../../src/model/report.js";
import { isoFromEpoch } from "../../../src/model/time.js";
import { renderHtml } from "../../../src/report/html.js";
import { loadDrawing } from "../../../src/report/templates/page-script.js";
import { drawnTimeline } from "../../../src/report/view/timeline.js";
import { fixtureReport } from "../fixture.js";

it("draws of an investigation that has no place on the cluster's time its Job alone", async () => {
  const drawing = await loadDrawing();
  const report = fixtureReport();
  const [one] = report.investigations.filter(({ jobUid }) => jobUid !== undefined);
  const job = report.jobs.find(({ uid }) => uid === one?.jobUid);
  const local = { startedAt: null, endedAt: null, startedAtLocal: "2030-01-01T00:00:00", endedAtLocal: "2030-01-01T00:00:09" };
  const stages = (one?.stages ?? []).map((stage) => ({ ...stage, from: null, to: null, fromLocal: "2030-01-01T00:00:00" }));
  const investigations = report.investigations.map((entry) => (entry === one ? { ...entry, ...local, stages } : entry));
  const drawn = drawing.timelineOf({ ...report, investigations });
  const createdAt = Date.parse(job?.createdAt ?? "");
  expect(drawn.rows.find((row) => "id" in row && row.id === one?.id)).toMatchObject({
    from: createdAt,
    stages: [],
    job: { from: createdAt },
  });
  expect(drawn.rows).toHaveLength(drawing.timelineOf(report).rows.length);
});

const TEN_MINUTES_MS = 600_000;

/** The log goes on for so long after the curve has ended, or begins as long before it. */
function withLog(report: Report, { beforeMs = 0, afterMs = 0 }: { beforeMs?: number; afterMs?: number }): Report {
  const { window } = report.concurrency;
  if (window === null) throw new Error("the fixture has no window");
  const [from, to] = [Date.parse(window.from) - beforeMs, Date.parse(window.to) + afterMs];
  return { ...report, window: { from: isoFromEpoch(from), to: isoFromEpoch(to) } };
}

/** Ends of each line of a curve that is drawn over its whole axis, as parts of it; and the shades, in percent. */
async function drawnCurve(report: Report) {
  const drawing = await loadDrawing();
  const timeline = drawnTimeline(drawing, report)?.timeline;
  if (timeline === undefined) throw new Error("the report has no axis");
  const { from, to } = timeline;
  const view = { from, to, offsetMinutes: 0, locale: "en", peakText: "peak", limitText: "limit", axisText: "time" };
  const markup = drawing.curveMarkup(timeline, view);
  const ends = (name: string): readonly number[] => {
    const d = new RegExp(`class="${name}" d="([^"]+)"`).exec(markup)?.[1] ?? "";
    const places = [...d.matchAll(/[MLH]([\d.]+)/g)].map((match) => Number(match[1]) / 10000);
    return [Math.min(...places), Math.max(...places)];
  };
  const shades = [...markup.matchAll(/class="unwatched" x="([\d.]+)%" width="([\d.]+)%"/g)].map((match) => [
    Number(match[1]),
    Number(match[2]),
  ]);
  return { timeline, ends, shades };
}

describe("the curve of open Jobs on an axis that is longer than what was captured", () => {
  it("ends where the capture does while Jobs are open", async () => {
    const report = withLog(fixtureReport("capture-ended"), { afterMs: TEN_MINUTES_MS });
    const { timeline, ends, shades } = await drawnCurve(report);
    const end = Date.parse(report.concurrency.window?.to ?? "");
    expect(timeline.known).toEqual({ from: timeline.from, to: end });
    expect(timeline.to).toBe(end + TEN_MINUTES_MS);
    const share = (end - timeline.from) / (timeline.to - timeline.from);
    for (const name of ["measured-line", "expected"]) {
      expect(ends(name)[1]).toBeLessThanOrEqual(share + 0.0001);
      expect(ends(name)[1]).toBeGreaterThan(share - 0.02);
    }
    expect(shades).toEqual([[expect.closeTo(share * 100, 1), expect.closeTo((1 - share) * 100, 1)]]);
  });

  it("goes on at 0 after the last Job is gone, but does not foretell what the documents expect", async () => {
    const report = withLog(fixtureReport("confirmed"), { afterMs: TEN_MINUTES_MS });
    const { timeline, ends, shades } = await drawnCurve(report);
    expect(timeline.known).toEqual({ from: timeline.from, to: timeline.to });
    expect(shades).toEqual([]);
    expect(ends("measured-line")[1]).toBeGreaterThan(0.98);
    expect(ends("expected")[1]).toBeLessThan(1 - TEN_MINUTES_MS / (timeline.to - timeline.from) + 0.01);
  });

  it("is not known before a capture that began when Jobs were open, and is 0 before the first of them otherwise", async () => {
    const report = withLog(fixtureReport(), { beforeMs: TEN_MINUTES_MS });
    const whole = await drawnCurve(report);
    expect(whole.timeline.known.from).toBe(whole.timeline.from);
    const jobs = report.jobs.map((job, index) => (index === 0 ? { ...job, truncated: true } : job));
    const late = await drawnCurve({ ...report, jobs });
    expect(late.timeline.known.from).toBe(Date.parse(report.concurrency.window?.from ?? ""));
    const share = TEN_MINUTES_MS / (late.timeline.to - late.timeline.from);
    expect(late.ends("measured-line")[0]).toBeGreaterThanOrEqual(share - 0.0001);
    expect(late.shades).toEqual([[0, expect.closeTo(share * 100, 1)]]);
  });

  it("is not known after the last deletion where an investigation begun since has no Job in the capture", async () => {
    const report = withLog(fixtureReport("confirmed"), { afterMs: TEN_MINUTES_MS });
    const { to } = (await drawnCurve(report)).timeline;
    const last = report.investigations.at(-1);
    if (last === undefined) throw new Error("the fixture has no investigation");
    const { jobUid: _, ...unserved } = { ...last, startedAt: isoFromEpoch(to - 1000) };
    const investigations = [...report.investigations, unserved];
    const missed = await drawnCurve({ ...report, investigations, concurrency: { ...report.concurrency, part: "capture" } });
    expect(missed.timeline.known.to).toBe(to - TEN_MINUTES_MS);
  });
});

describe("what the documents expect of open Jobs", () => {
  it("is a line by their time after the disconnect, and one by their own arithmetic, as long as each other", async () => {
    const report = fixtureReport();
    const { ends } = await drawnCurve(report);
    expect(ends("expected")).toEqual(ends("counted"));
    expect(ends("counted")[1]).toBeGreaterThan(0.9);
    const { documented, ...concurrency } = report.concurrency;
    const { ends: without } = await drawnCurve({ ...report, concurrency });
    expect(documented?.fromCreation).toBeDefined();
    expect(without("counted")).toEqual([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
  });
});

describe("the documented limit of open Jobs", () => {
  const limited = (documentedLimit: number): Report => {
    const report = fixtureReport();
    return { ...report, concurrency: { ...report.concurrency, documentedLimit } };
  };

  it("is a line at its level, named on the side where the peak is not", async () => {
    const drawing = await loadDrawing();
    const timeline = drawnTimeline(drawing, limited(9))?.timeline;
    if (timeline === undefined) throw new Error("the report has no axis");
    const { from, to } = timeline;
    const view = { from, to, offsetMinutes: 0, locale: "en", peakText: "peak", limitText: "limit", axisText: "time" };
    const drawn = (at: number) => drawing.curveMarkup({ ...timeline, peak: { at, level: 5 } }, view);
    const [, level] = /<line class="expected" x1="0" x2="100%" y1="([\d.]+)"/.exec(drawn(from)) ?? [];
    expect(Number(level)).toBeGreaterThan(0);
    expect(Number(level)).toBeLessThan(40);
    expect(drawn(from)).toContain('text-anchor="end">limit<');
    expect(drawn(to)).toContain('text-anchor="start">limit<');
  });

  it("is only said where a line would press the curve flat", async () => {
    const near = await renderHtml(limited(9));
    expect(near).toContain('data-limit="9"');
    expect(near).toContain("documented limit 9");
    expect(near).toContain("לפי התיעוד עד 9");
    const far = await renderHtml(limited(200));
    expect(far).not.toContain("data-limit");
    expect(far.replace(/<[^>]*>/g, "")).toContain("The documented limit, 200 open Jobs at once, is far above this chart.");
    expect(await renderHtml(fixtureReport())).not.toMatch(/ data-limit=/);
  });
});

describe("single steps of the curve", () => {
  it("are shown as far as the screen tells them apart", async () => {
    const drawing = await loadDrawing();
    const timeline = drawnTimeline(drawing, fixtureReport("stopped"))?.timeline;
    if (timeline === undefined) throw new Error("the report has no axis");
    const { from, to } = timeline;
    expect(drawing.curveBinSeconds(timeline, from, to)).toBe(0);
    expect(drawing.curveBinSeconds(timeline, from, to, 320)).toBeGreaterThan(0);
    expect(drawing.curveBinSeconds(timeline, from, from + (to - from) / 10, 320)).toBe(0);
    const view = { from, to, offsetMinutes: 0, locale: "en", peakText: "", limitText: "", axisText: "" };
    expect(drawing.curveMarkup(timeline, view)).not.toContain('class="band"');
    expect(drawing.curveMarkup(timeline, { ...view, width: 320 })).toContain('class="band"');
  });
});

it("gives a stage its place in the profile, whichever stages a run has", async () => {
  const drawing = await loadDrawing();
  const report = fixtureReport();
  const known = ["configure", "connect", "frames", "disconnect", "delay"];
  const fewer = {
    ...report,
    profile: { ...report.profile, stages: known },
    stages: report.stages.filter(({ stage }) => stage !== "configure"),
  };
  expect(drawing.timelineOf(fewer).order).toEqual(known);
});

it("draws a Job whose end was not seen for as long as anything showed it open", async () => {
  const drawing = await loadDrawing();
  const report = withLog(fixtureReport("capture-ended"), { afterMs: TEN_MINUTES_MS });
  const open = report.jobs.filter(({ censored }) => censored);
  const { rows } = drawing.timelineOf(report);
  expect(open.length).toBeGreaterThan(0);
  for (const job of open)
    expect(rows).toContainEqual(
      expect.objectContaining({
        job: expect.objectContaining({ name: job.name, openEnd: true, to: Date.parse(job.createdAt) + (job.openMs ?? 0) }),
      }),
    );
});

it("counts investigations between two moments, and Jobs where no log tells of investigations", async () => {
  const drawing = await loadDrawing();
  const report = fixtureReport("confirmed");
  const counted = (of: Report) => {
    const timeline = drawing.timelineOf(of);
    return drawing.countedBetween(timeline, timeline.from, timeline.to + 1);
  };
  expect(counted(report)).toBe(report.investigations.length);
  const own = report.jobs.filter(({ ofThisRun, role }) => ofThisRun && role === "serving");
  expect(counted({ ...report, investigations: [] })).toBe(own.length);
});
