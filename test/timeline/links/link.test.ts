import { describe, expect, it } from "vitest";
import type { Clock } from "../../../src/model/clock.js";
import type { LogMark } from "../../../src/model/event.js";
import { creationSpans, creationWindows } from "../../../src/timeline/investigations/creation-windows.js";
import type { Draft } from "../../../src/timeline/investigations/draft.js";
import { changedPoint, MarkPoint } from "../../../src/timeline/investigations/mark-point.js";
import { candidateJobs, type LinkableJob } from "../../../src/timeline/links/candidate-jobs.js";
import { linkJobs } from "../../../src/timeline/links/link.js";
import { slackOf } from "../../../src/timeline/links/link-slack.js";
import { anchoredRunner, focusServer, mark } from "../builders.js";
import { linkableJob } from "./linkable.js";

const draft = (jobId: string | null, ...marks: readonly LogMark[]): Draft => ({
  jobId,
  port: null,
  points: marks.map((one) => new MarkPoint(one)),
  announcedIndex: null,
});

/** The uids of the Jobs that serve these investigations. */
function served(drafts: readonly Draft[], jobs: readonly LinkableJob[], clock: Clock = anchoredRunner()): (string | undefined)[] {
  const windows = creationWindows(drafts, focusServer);
  const [links] = linkJobs([{ drafts, windows, clock, isDated: true }], candidateJobs(jobs, focusServer), creationSpans(focusServer));
  return drafts.map((one) => links?.get(one)?.jobUid);
}

describe("a Job whose id several investigations have", () => {
  const asking = (ms: number) => draft("1-1", mark("configure-start", ms), mark("tracked", ms + 300, { jobId: "1-1" }));

  it("served the one whose request it is nearest to", () => {
    expect(served([asking(0), asking(20_000)], [linkableJob("1-1", 150)])).toEqual(["uid-1-1", undefined]);
    expect(served([asking(0), asking(20_000)], [linkableJob("1-1", 20_150)])).toEqual([undefined, "uid-1-1"]);
  });

  it("served the later one where it fits the requests of both", () => {
    expect(served([asking(0), asking(100)], [linkableJob("1-1", 200)])).toEqual([undefined, "uid-1-1"]);
  });
});

describe("a Job that nothing but the time ties to an investigation", () => {
  const asked = draft(null, mark("configure-start", 0), mark("configured", 300));

  it("served it if it is the only one of its request", () => {
    expect(served([asked], [linkableJob("9-9", 150)])).toEqual(["uid-9-9"]);
    expect(served([asked], [linkableJob("9-9", 150), linkableJob("8-8", 160)])).toEqual([undefined]);
    expect(served([asked], [linkableJob("9-9", 301 + 2_000)])).toEqual([undefined]);
  });

  it("served nobody for certain where the answer may be another's", () => {
    const [request, answer] = asked.points;
    const points = [request, answer && changedPoint(answer, { uncertain: true })].flatMap((point) => point ?? []);
    expect(served([{ ...asked, points }], [linkableJob("9-9", 150)])).toEqual([undefined]);
  });
});

describe("how far outside of its request a Job may seem to lie", () => {
  it("is what the clock leaves open where the Jobs themselves bound it, and more where they do not, or an id proves it", () => {
    const bounded = anchoredRunner({ uncertaintyMs: 100 });
    expect(slackOf(bounded, "time")).toBe(100);
    expect(slackOf(bounded, "job-id")).toBe(2_100);
    expect(slackOf({ ...bounded, method: "declared" }, "time")).toBe(2_100);
  });

  it("is half a zone for an id, and unknown for all else, by a clock that is not tied to the cluster's", () => {
    const untied = anchoredRunner({ uncertaintyMs: null });
    expect([slackOf(untied, "job-id"), slackOf(undefined, "job-id")]).toEqual([450_000, 450_000]);
    expect([slackOf(untied, "time"), slackOf(anchoredRunner({ method: "http-date" }), "alias")]).toEqual([null, null]);
  });
});
