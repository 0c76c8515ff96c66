import { describe, expect, it } from "vitest";
import { HOUR_MS, MINUTE_MS } from "../../../src/model/time.js";
import type { DeclaredClock } from "../../../src/timeline/clocks/clocks.js";
import { candidateJobs, type LinkableJob } from "../../../src/timeline/links/candidate-jobs.js";
import { unfoldLogs } from "../../../src/timeline/logs/unfold-logs.js";
import { focusServer, investigationMarks, sources, T0 } from "../builders.js";

/** 22:00 by the log's clock, in the night in which summer time begins in Europe. */
const EVENING = Date.UTC(2026, 2, 28, 22) - T0;
const NIGHT_MS = 8 * HOUR_MS;

/** Investigations by the log's clock, in ms after that; of each the Job, if it is known, made so many minutes before what the log says. */
function unfolded(
  investigations: readonly (readonly [ms: number, aheadMinutes?: number])[],
  declared: DeclaredClock = {},
  begin = EVENING,
) {
  const marks = investigations.flatMap(([ms], index) => investigationMarks(begin + ms, `${index}-1`, String(12_300 + index)));
  const jobs = investigations.flatMap(([ms, ahead], index): LinkableJob[] => {
    if (ahead === undefined) return [];
    const at = T0 + begin + ms - ahead * MINUTE_MS + 100;
    const created = { at, lo: at - 100, hi: at + 100, how: "event-name", bracket: false } as const;
    return [{ uid: `u${index}`, name: `grpc-job-${index}-1`, namespace: "default", role: "serving", jobId: `${index}-1`, created }];
  });
  const candidates = candidateJobs(jobs, focusServer);
  const { changes, holes } = unfoldLogs(marks, [], { profile: focusServer, sources: sources(9 * HOUR_MS), candidates, declared });
  const change = changes.get(0);
  return { change: change && [change.byMs / MINUTE_MS, change.settledBy], isOpen: holes.has(0), holes: holes.get(0) ?? [] };
}

describe("a silence of hours over the night in which summer time begins", () => {
  const alone = [[0], [NIGHT_MS]] as const;

  it("leaves open whether the clock was set, where nothing tells", () => {
    expect(unfolded(alone)).toMatchObject({ change: undefined, isOpen: true });
    expect(unfolded([[0, 60], [NIGHT_MS]])).toMatchObject({ change: undefined, isOpen: true });
    expect(unfolded([[0], [NIGHT_MS, 120]])).toMatchObject({ change: undefined, isOpen: true });
  });

  it("is settled by the rules of the zone that is named", () => {
    expect(unfolded(alone, { zoneName: "Europe/Berlin" })).toMatchObject({ change: [60, "zone-rules"], isOpen: false });
    expect(unfolded(alone, { zoneName: "UTC" })).toMatchObject({ change: undefined, isOpen: false });
  });

  it("is settled by Jobs on either side", () => {
    expect(
      unfolded([
        [0, 60],
        [NIGHT_MS, 120],
      ]),
    ).toMatchObject({ change: [60, "bounds"], isOpen: false });
    expect(
      unfolded([
        [0, 60],
        [NIGHT_MS, 60],
      ]),
    ).toMatchObject({ change: undefined, isOpen: false });
  });

  it("is nothing in a zone without such a change, nor in another night", () => {
    expect(unfolded([[0, 330], [NIGHT_MS]])).toMatchObject({ change: undefined, isOpen: false });
    expect(unfolded(alone, {}, Date.UTC(2026, 1, 10, 22) - T0)).toMatchObject({ change: undefined, isOpen: false });
    expect(unfolded([[0], [30 * MINUTE_MS]], {}, EVENING)).toMatchObject({ change: undefined, isOpen: false });
  });
});

it("knows the end of summer time as well", () => {
  const autumn = Date.UTC(2026, 9, 24, 22) - T0;
  expect(unfolded([[0], [NIGHT_MS]], { zoneName: "Europe/Berlin" }, autumn)).toMatchObject({ change: [-60, "zone-rules"], isOpen: false });
  expect(unfolded([[0, 120], [NIGHT_MS]], {}, autumn)).toMatchObject({ change: undefined, isOpen: true });
});

describe("several silences", () => {
  it("are a hole each: what lies between two of them is measured", () => {
    const nights = unfolded(
      [[0], [NIGHT_MS], [NIGHT_MS + 2 * HOUR_MS], [24 * HOUR_MS], [24 * HOUR_MS + NIGHT_MS]],
      {},
      EVENING - 24 * HOUR_MS,
    );
    for (const { lo, hi } of nights.holes) expect(hi - lo).toBeLessThanOrEqual(14 * HOUR_MS);
    expect(nights.holes.length).toBeGreaterThan(0);
  });

  it("that lie years apart, as damaged stamps do, are not looked into", () => {
    const year = 366 * 24 * HOUR_MS;
    expect(unfolded([[0], [NIGHT_MS], [1000 * year], [1000 * year + NIGHT_MS]]).holes).toEqual([]);
  });
});
