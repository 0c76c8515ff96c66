import { expect, it } from "vitest";
import { candidateJobs } from "../../../src/timeline/links/candidate-jobs.js";
import { unfoldLogs } from "../../../src/timeline/logs/unfold-logs.js";
import { focusServer, investigationMarks, sources } from "../builders.js";

const HOUR = 3_600_000;
const marks = [...investigationMarks(0, "1-1", "12301"), ...investigationMarks(HOUR + 20_400, "2-2", "12302")];

function holesOf(zoned: boolean) {
  const read = sources(2 * HOUR).map((source) => (zoned ? { ...source, zoneMinutes: 120, zoned: true as const } : source));
  return unfoldLogs(marks, [], { profile: focusServer, sources: read, candidates: candidateJobs([], focusServer), declared: {} }).holes
    .size;
}

it("takes a pause of an hour for a hole only in a log that does not name its zone on every line", () => {
  expect([holesOf(false), holesOf(true)]).toEqual([1, 0]);
});
