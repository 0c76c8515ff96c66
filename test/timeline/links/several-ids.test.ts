import { describe, expect, it } from "vitest";
import type { LogMark } from "../../../src/model/event.js";
import { correlate } from "../../../src/timeline/investigations/correlate.js";
import { creationBounds, creationSpans, creationWindows } from "../../../src/timeline/investigations/creation-windows.js";
import { candidateJobs, type LinkableJob } from "../../../src/timeline/links/candidate-jobs.js";
import { linkJobs } from "../../../src/timeline/links/link.js";
import { anchoredRunner, focusServer, mark, T0 } from "../builders.js";
import { linkableJob } from "./linkable.js";

const of = (investigation: string, id: string, ms: number, groups: LogMark["groups"] = {}) => mark(id, ms, { investigation, ...groups });
const asked = (ms: number, jobId: string, name = "7") => [
  of(name, "configure-start", ms),
  of(name, "configured", ms + 300),
  of(name, "tracked", ms + 310, { jobId }),
];

/** Of each investigation of the log: its Job, those beside it, and between which readings of its clock its Job was created. */
function told(marks: readonly LogMark[], ...jobs: readonly LinkableJob[]) {
  const { drafts } = correlate(marks, focusServer);
  const windows = creationWindows(drafts, focusServer);
  const run = { drafts, windows, clock: anchoredRunner(), isDated: true };
  const [links] = linkJobs([run], candidateJobs(jobs, focusServer), creationSpans(focusServer));
  return drafts.map((draft) => {
    const { jobUid, companions } = links?.get(draft) ?? {};
    const window = windows.find((one) => one.draft === draft);
    return [draft.jobId, jobUid, companions, window && window.from.at - T0, (creationBounds(focusServer)(draft)?.lo ?? 0) - T0];
  });
}

describe("an investigation whose lines tell several job ids", () => {
  const failed = of("7", "connect-failed", 4_000, { jobId: "1-1", error: "refused" });
  const retried = [...asked(0, "1-1"), failed, ...asked(9_000, "2-2")];

  it("was served by the first Job of its last try, and those of tries before were made for it as well", () => {
    expect(told(retried, linkableJob("1-1", 150), linkableJob("2-2", 9_150))).toEqual([["2-2", "uid-2-2", ["uid-1-1"], 9_000, 9_000]]);
    const withoutFailure = [...asked(0, "1-1"), ...asked(9_000, "2-2")];
    expect(told(withoutFailure, linkableJob("1-1", 150), linkableJob("2-2", 9_150))).toEqual([
      ["2-2", "uid-2-2", ["uid-1-1"], 9_000, 9_000],
    ]);
  });

  it("has the Jobs of tries before also where that of the last one was not seen, and none that served it", () => {
    expect(told(retried, linkableJob("1-1", 150))).toEqual([["2-2", undefined, ["uid-1-1"], 9_000, 9_000]]);
  });

  it("was served by the first one where all are of one try", () => {
    const parts = [...asked(0, "1-1"), of("7", "tracked", 500, { jobId: "2-2" }), of("7", "tracked", 700, { jobId: "3-3" })];
    const jobs = [linkableJob("1-1", 150), linkableJob("2-2", 450), linkableJob("3-3", 650)];
    expect(told(parts, ...jobs)).toEqual([["1-1", "uid-1-1", ["uid-2-2", "uid-3-3"], 0, 0]]);
  });

  it("has no Job of another that goes on, though a line of its own tells of it", () => {
    const both = [...asked(0, "1-1", "7"), ...asked(1_000, "2-2", "8"), of("8", "investigation-created", 2_000, { jobId: "1-1" })];
    expect(told(both, linkableJob("1-1", 150), linkableJob("2-2", 1_150))).toEqual([
      ["1-1", "uid-1-1", undefined, 0, 0],
      ["2-2", "uid-2-2", undefined, 1_000, 1_000],
    ]);
  });
});
