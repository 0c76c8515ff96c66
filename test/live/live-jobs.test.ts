import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Alarms, alarmEnvironment } from "../../src/live/alarms.js";
import { type LiveJob, LiveJobs } from "../../src/live/live-jobs.js";
import { countOpen } from "../../src/model/statistics/step-function.js";

const T0 = Date.UTC(2025, 11, 7, 8, 51);
const job = (id: number, createdAt = T0): LiveJob => ({ uid: `u${id}`, name: `grpc-job-${id}-1`, namespace: "default", createdAt });

interface Row {
  readonly id: number;
  readonly gone: boolean;
  readonly at: number;
}
const play = (live: LiveJobs, rows: readonly Row[]): void => {
  for (const { id, gone, at } of rows) {
    if (gone) live.vanished(job(id), T0 + at);
    else live.seen(job(id), T0 + at);
  }
};
const rows = fc.array(fc.record({ id: fc.nat(8), gone: fc.boolean(), at: fc.nat(60_000) }), { maxLength: 60 });

describe("open Jobs", () => {
  it("are the created less the gone, whatever the order of rows, their repetitions and relists", () => {
    fc.assert(
      fc.property(rows, fc.array(fc.nat(59), { maxLength: 30 }), (sent, repeated) => {
        const all = [...sent, ...repeated.flatMap((index) => sent[index] ?? [])];
        const live = new LiveJobs();
        play(live, all);
        const seen = new Set(all.map(({ id }) => id));
        const gone = new Set(all.filter((row) => row.gone).map(({ id }) => id));
        const view = live.view();
        expect([view.created, view.gone]).toEqual([seen.size, gone.size]);
        expect(view.open).toBe(view.created - view.gone);
        expect(new Set(view.oldest.map(({ uid }) => uid))).toEqual(new Set([...seen].filter((id) => !gone.has(id)).map((id) => `u${id}`)));
      }),
    );
  });

  it("have the peak and the mean of the exact step function over the watch", () => {
    const lives = fc.array(fc.record({ from: fc.nat(50_000), length: fc.integer({ min: 1, max: 30_000 }) }), {
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(lives, (drawn) => {
        const end = 90_000;
        const events = drawn.flatMap(({ from, length }, id) => [
          { id, gone: false, at: from },
          { id, gone: true, at: from + length },
        ]);
        // Of one moment, the ends come first: two Jobs do not count together where one follows the other.
        events.sort((a, b) => a.at - b.at || Number(b.gone) - Number(a.gone));
        const live = new LiveJobs();
        live.advance(T0);
        play(live, events);
        live.advance(T0 + end);
        const truth = countOpen(
          drawn.map(({ from, length }, id) => ({ from: T0 + from, to: T0 + from + length, name: String(id) })),
          T0,
          T0 + end,
        );
        const view = live.view();
        expect(view.peak).toBe(truth.peak);
        expect(view.peakAt).toBe(truth.peakAt);
        expect(view.mean).toBeCloseTo(truth.mean, 9);
      }),
    );
  });

  it("are held against the documented life by the cluster's clock, not by ours", () => {
    const live = new LiveJobs(70_000);
    live.compareClocks({ sent: T0 + 90_000, received: T0 + 90_100, date: T0 });
    live.seen(job(1, T0), T0 + 90_000);
    live.advance(T0 + 90_000 + 60_000);
    expect(live.view()).toMatchObject({ open: 1, expected: 1, overdue: [] });
    live.advance(T0 + 90_000 + 72_000);
    expect(live.view()).toMatchObject({ expected: 0, overdue: [{ uid: "u1" }] });
    expect(live.view().oldest[0]?.ageMs).toBeCloseTo(72_000 - 1000 + 450, -2);
  });

  it("count as documented as long as they would live, also those that are gone early", () => {
    const live = new LiveJobs(50_000);
    live.seen(job(1), T0);
    live.vanished(job(1), T0 + 10_000);
    live.advance(T0 + 49_000);
    expect(live.view()).toMatchObject({ open: 0, expected: 1 });
    // Its stamp is cut to the second: on average it was created half a second later.
    live.advance(T0 + 50_400);
    expect(live.view()).toMatchObject({ expected: 1 });
    live.advance(T0 + 51_000);
    expect(live.view()).toMatchObject({ expected: 0 });
  });

  it("count as documented also where the first row of one tells that it is gone", () => {
    const live = new LiveJobs(50_000);
    live.vanished(job(1), T0 + 10_000);
    live.seen(job(1), T0 + 10_100);
    expect(live.view()).toMatchObject({ open: 0, created: 1, gone: 1, expected: 1 });
  });

  it("take no more memory after forty thousand of them than after fifteen thousand", () => {
    const live = new LiveJobs(1000);
    const held = (): number =>
      JSON.stringify(live, (_key, value) => (value instanceof Map || value instanceof Set ? [...value.keys()] : value)).length;
    let after = 0;
    for (let id = 0; id < 40_000; id += 1) {
      live.seen(job(id, T0 + id * 1000), T0 + id * 1000);
      live.vanished(job(id, T0 + id * 1000), T0 + id * 1000 + 500);
      live.view();
      if (id === 15_000) after = held();
    }
    expect(held()).toBeLessThan(after * 1.2);
  });
});

describe("alarms", () => {
  it("are raised once: for too many until there are few enough again, for a Job that is too old once", () => {
    const live = new LiveJobs();
    const alarms = new Alarms({ maxOpen: 1, maxAgeMs: 70_000 });
    const step = (at: number): string[] => {
      live.advance(T0 + at);
      return alarms.check(live.view()).map(({ kind }) => kind);
    };
    live.seen(job(1), T0);
    expect(step(0)).toEqual([]);
    live.seen(job(2, T0 + 1000), T0 + 1000);
    expect([step(1000), step(2000)]).toEqual([["max-open"], []]);
    expect([step(71_000), step(71_100), step(71_200)]).toEqual([[], ["max-age"], []]);
    live.vanished(job(1), T0 + 71_300);
    expect(step(71_300)).toEqual([]);
    live.seen(job(3, T0 + 71_400), T0 + 71_400);
    expect(step(71_400)).toEqual(["max-open"]);
  });

  it("give a hook their values in its environment alone, whatever a Job is called", () => {
    const evil = { ...job(1), name: "$(rm -rf /); `id`", ageMs: 71_500 };
    expect(alarmEnvironment({ kind: "max-age", at: T0, open: 3, limit: 70_000, job: evil })).toEqual({
      POSTRUN_ALARM: "max-age",
      POSTRUN_ALARM_AT: "2025-12-07T08:51:00.000Z",
      POSTRUN_ALARM_OPEN: "3",
      POSTRUN_ALARM_LIMIT: "70",
      POSTRUN_ALARM_JOB: "$(rm -rf /); `id`",
      POSTRUN_ALARM_NAMESPACE: "default",
      POSTRUN_ALARM_AGE: "71.5",
    });
  });
});
