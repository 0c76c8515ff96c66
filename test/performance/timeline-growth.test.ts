import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { buildReport } from "../../src/analyze/build-report.js";
import { readInputs } from "../../src/ingest/index.js";
import { Handover } from "../../src/model/collections/handover.js";
import type { LogMark, TimelineEvent } from "../../src/model/event.js";
import type { SourceSummary } from "../../src/model/source.js";
import type { Timeline } from "../../src/model/timeline.js";
import { loadProfile } from "../../src/profiles/load-profile.js";
import { simulateRun } from "../../src/simulate/index.js";
import { buildTimeline } from "../../src/timeline/build-timeline.js";
import { fixedFrame } from "../postrun/frame.js";

const NAMES = ["test-run.log", "audit.log", "jobs-watch.json", "events.json"];
/** Four times the investigations take four times as long, and sixteen times as long where each is held against each. */
const MOST_GROWTH = 8;
const { profile, claims } = await loadProfile("focus-server");

interface Read {
  readonly events: readonly TimelineEvent[];
  readonly sources: readonly SourceSummary[];
}

async function simulated(investigations: number): Promise<Read> {
  const folder = mkdtempSync(join(tmpdir(), "postrun-growth-"));
  try {
    const { files } = simulateRun({ seed: "growth", investigations });
    for (const name of NAMES) writeFileSync(join(folder, name), files.get(name) ?? "");
    const { events, sources } = await readInputs([folder], { profile });
    return { events, sources };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function timelineOf({ events, sources }: Read): Timeline {
  return buildTimeline(new Handover(events), sources, { profile });
}

function reportOf({ sources }: Read, timeline: Timeline): unknown {
  return buildReport({ timeline, profile, claims, sources, diagnostics: [], hints: [], given: {} }, fixedFrame);
}

/** Processor time of this process that the work takes [ms]: the least of some tries, so that what else runs on the machine counts little. */
function processorMs(work: () => unknown, tries = 4): number {
  const times = Array.from({ length: tries }, () => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return Math.min(...times);
}

function growth(small: Read, large: Read, work: (read: Read) => unknown): number {
  processorMs(() => work(small));
  return processorMs(() => work(large)) / processorMs(() => work(small));
}

/** The log without anything that names a Job: every request is held against the Jobs of its time. */
function withoutNames({ events, sources }: Read): Read {
  const nameless = ({ groups: { jobId, port, ...groups }, ...mark }: LogMark): LogMark => ({ ...mark, groups });
  return { events: events.map((event) => (event.type === "log-mark" ? nameless(event) : event)), sources };
}

describe("joining and measuring", () => {
  test("take time in proportion to the investigations, with and without the names of Jobs in the log", async () => {
    const [small, large] = [await simulated(250), await simulated(1000)];
    expect(growth(small, large, timelineOf)).toBeLessThan(MOST_GROWTH);
    const timelines = new Map([small, large].map((read) => [read, timelineOf(read)]));
    // A copy each time: what was worked out of a timeline once is not worked out again.
    const measure = (read: Read) => reportOf(read, { ...(timelines.get(read) as Timeline) });
    expect(growth(small, large, measure)).toBeLessThan(MOST_GROWTH);
    expect(growth(withoutNames(small), withoutNames(large), timelineOf)).toBeLessThan(MOST_GROWTH);
  }, 240_000);

  test("keep nothing of rows that tell nothing new: ten times the rows of a watch leave the same timeline", async () => {
    const read = await simulated(30);
    const events = read.events.flatMap((event) =>
      event.type === "job" && event.change === "MODIFIED" ? Array.from({ length: 10 }, () => event) : [event],
    );
    expect(events.length).toBeGreaterThan(read.events.length * 1.5);
    expect(JSON.stringify(timelineOf({ ...read, events }))).toBe(JSON.stringify(timelineOf(read)));
  });
});
