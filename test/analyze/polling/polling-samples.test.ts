import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitPolling } from "../../../src/analyze/polling/polling.js";
import { type PollingSample, pollingSamples } from "../../../src/analyze/polling/polling-samples.js";
import type { Clock } from "../../../src/model/clock.js";
import type { Profile } from "../../../src/model/profile.js";
import type { Investigation, Job, Moment, Pod, Timeline } from "../../../src/model/timeline.js";
import { anchoredRunner, focusServer, T0 } from "../../timeline/builders.js";
import { investigation, job, moment, timeline } from "../builders.js";

/** One investigation from `ms` on, the Job that serves it, and the Job and the Pod of its cleanup. */
interface Polled {
  readonly investigation: Investigation;
  readonly serving: Job;
  readonly cleanup: Job;
  readonly pod: Pod;
}

/** The cleanup's Pod begins 1 s after the request, and the Job is gone 60 s after it; the client streams from 3.1 to 9.1 s and leaves after 10 s. */
function polled(number: number, fields: Partial<Job> = {}, of: Partial<Investigation> = {}): Polled {
  const ms = number * 100_000;
  return {
    investigation: investigation(number, ms, of),
    serving: job(number, ms, ms + 60_000, fields),
    cleanup: job(number, ms, null, { uid: `cleanup-${number}`, role: "cleanup", mechanism: "ttl" }),
    pod: { name: `cleanup-${number}`, uid: `pod-${number}`, jobUid: `cleanup-${number}`, started: moment(ms + 1_000) },
  };
}

function lineOf(all: readonly Polled[], fields: Partial<Timeline> = {}): Timeline {
  return timeline(
    all.map((one) => one.investigation),
    all.flatMap(({ serving, cleanup }) => [serving, cleanup]),
    { pods: all.map(({ pod }) => pod), ...fields },
  );
}

const seen = (all: readonly Polled[], fields: Partial<Timeline> = {}, profile: Profile = focusServer) =>
  pollingSamples(lineOf(all, fields), profile);

const uids = (samples: readonly PollingSample[]) => samples.map((sample) => sample.job.uid);

describe("one deletion", () => {
  it("is counted from the start of the cleanup's Pod, and so is the stream before it", () => {
    const { samples, podStarts } = seen([polled(1)]);
    expect(samples).toMatchObject([
      { endMs: 59_000, used: { fromMs: 2_100, toMs: 8_100 }, sinceDisconnectMs: 50_000, resolutionMs: 0, clock: "runner", clockWidthMs: 0 },
    ]);
    expect(podStarts).toEqual(new Map([["uid-1", T0 + 101_000]]));
  });

  it("is counted from the start of its own cleanup where an id is used again", () => {
    const again = (one: Polled): Polled => ({
      ...one,
      serving: { ...one.serving, jobId: "1-1" },
      cleanup: { ...one.cleanup, jobId: "1-1" },
    });
    const all = [polled(1), again(polled(2)), again(polled(3))];
    expect(seen(all).samples.map(({ endMs }) => endMs)).toEqual([59_000, 59_000, 59_000]);
  });

  it("follows a use from the connection to the disconnect where the profile has no stream", () => {
    const stages = focusServer.stages.filter(({ id }) => id !== "frames");
    expect(seen([polled(1)], {}, { ...focusServer, stages }).samples[0]?.used).toEqual({ fromMs: 2_000, toMs: 9_000 });
  });

  it("follows no use where nobody ever connected", () => {
    const points = investigation(1, 100_000).points.slice(0, 2);
    expect(seen([polled(1, {}, { outcome: "unopened", points })]).samples).toMatchObject([
      { endMs: 59_000, used: null, sinceDisconnectMs: null },
    ]);
  });

  it("may be off by what its stamps and that of the Pod leave open together", () => {
    const one = polled(1, { gone: moment(160_000, 30) });
    expect(seen([{ ...one, pod: { ...one.pod, started: moment(101_000, 12) } }]).samples[0]?.resolutionMs).toBe(42);
  });
});

describe("the end that counts", () => {
  const requested = (how: Moment["how"]) => ({ deleteRequested: moment(159_000, 0, how) });

  it("is the request that the audit log shows, if it shows that of half of the Jobs", () => {
    const two = [polled(1, requested("audit")), polled(2)];
    const { samples, asked } = seen(two);
    // The other has no request, so it tells nothing.
    expect([asked, uids(samples), samples[0]?.endMs]).toEqual([true, ["uid-1"], 58_000]);
  });

  it("is the Job gone where fewer are shown, or none", () => {
    const three = [polled(1, requested("audit")), polled(2), polled(3)];
    const { samples, asked } = seen(three);
    expect([asked, samples.map(({ endMs }) => endMs)]).toEqual([false, [59_000, 59_000, 59_000]]);
    expect(seen([polled(1)]).asked).toBe(false);
  });

  it("is the stamp of the deletion of a Job that only goes when its Pods have ended", () => {
    const { samples, asked } = seen([polled(1, requested("deletion-timestamp"))]);
    expect([asked, samples[0]?.endMs]).toEqual([false, 58_000]);
  });
});

describe("a deletion that says nothing of the polling", () => {
  const whole = investigation(1, 100_000);
  const withoutStart: Investigation = {
    ...whole,
    points: whole.points.flatMap((one) => {
      if (one.mark === "stream-start") return [];
      return one.mark === "connected" ? [{ ...one, uncertain: true }] : [one];
    }),
  };
  it.each<[string, Partial<Polled>]>([
    ["the start of the cleanup's Pod is not known", { pod: { name: "cleanup-1", uid: "pod-1", jobUid: "cleanup-1" } }],
    ["there is no cleanup for the Job", { cleanup: job(1, 0, null, { uid: "cleanup-1", role: "cleanup", jobId: "other" }) }],
    ["the Job is still there", { serving: job(1, 100_000, null) }],
    ["its own time to live ended the Job", { serving: job(1, 100_000, 160_000, { mechanism: "ttl" }) }],
    ["somebody else deleted it", { serving: job(1, 100_000, 160_000, { mechanism: "other" }) }],
    ["it is another run's", { serving: job(1, 100_000, 160_000, { ofThisRun: false }) }],
    ["it serves no investigation", { serving: job(9, 100_000, 160_000, { jobId: "1-1" }) }],
    ["its client failed", { investigation: investigation(1, 100_000, { outcome: "failed" }) }],
    ["nothing tells since when its client used it", { investigation: withoutStart }],
  ])("is left out: %s", (_, fields) => {
    const { samples, coarse } = seen([{ ...polled(1), ...fields }, polled(2)]);
    expect([uids(samples), coarse]).toEqual([["uid-2"], 0]);
  });

  describe("of somebody unknown", () => {
    const finishes = polled(2);
    const others = { ...finishes, cleanup: { ...finishes.cleanup, finished: { at: T0 + 261_000, failed: false } } };
    const kept = (fields: Partial<Job>, mechanism: Job["mechanism"] = "unknown", other: Polled = others) => {
      const one = polled(1, { mechanism });
      return uids(seen([{ ...one, cleanup: { ...one.cleanup, ...fields } }, other]).samples).includes("uid-1");
    };
    const finished = (ms: number, failed = false) => ({ finished: { at: T0 + ms, failed }, gone: moment(170_000) });

    it("is left out where the cleanup was over before it", () => {
      expect([kept(finished(158_000, true)), kept(finished(158_000)), kept({ gone: moment(150_000) })]).toEqual([false, false, false]);
      // The stamp is cut: it may have ended right then.
      expect([kept(finished(159_000)), kept(finished(161_000)), kept({})]).toEqual([true, true, true]);
      expect(kept(finished(158_000), "idle-cleanup")).toBe(true);
    });

    it("is left out where the cleanup was deleted with its Job before it had ended", () => {
      expect([kept({ gone: moment(160_200) }), kept({ gone: moment(163_100) })]).toEqual([false, true]);
      // No row tells of any end of a cleanup.
      expect(kept({ gone: moment(160_200) }, "unknown", finishes)).toBe(true);
    });
  });

  it("is that of a Job that was used several times: nothing tells which use a reading saw last", () => {
    const again = whole.points.flatMap((one) => (one.mark === "stream-start" ? [one, { ...one, at: one.at + 4_000 }] : [one]));
    const found = seen([polled(1, {}, { points: again })]);
    expect(found.samples).toEqual([]);
    // The Pods were seen, so it is not them that are missing.
    expect(fitPolling(found)).toEqual({ notIdentified: "polling-few" });
    expect(fitPolling(seen([{ ...polled(1), pod: { name: "cleanup-1", uid: "pod-1", jobUid: "cleanup-1" } }]))).toEqual({
      notIdentified: "polling-no-pods",
    });
  });

  it("is counted where its stamps are too coarse: wider than half a second", () => {
    const one = polled(2);
    const pods = (widthMs: number) => ({ ...one, pod: { ...one.pod, started: moment(201_000, widthMs) } });
    expect(seen([polled(1, { gone: moment(160_000, 500) }), pods(500)])).toMatchObject({ samples: [{}, {}], coarse: 0 });
    expect(seen([polled(1, { gone: moment(160_000, 501) }), pods(501)])).toMatchObject({ samples: [], coarse: 2 });
  });

  it("is fine all the same where what it caused at once shows it, however far its last sign of life is", () => {
    expect(seen([polled(1, { gone: moment(160_000, 20_000, "pod-killing") })])).toMatchObject({
      samples: [{ resolutionMs: 400 }],
      coarse: 0,
    });
    // The cleanup's Job completes up to 3 s after the deletion that it asked for.
    expect(seen([polled(1, { gone: moment(160_000, 20_000, "cleanup-completion") })])).toMatchObject({ samples: [], coarse: 1 });
    expect(seen([polled(1, { gone: moment(160_000, 20_000, "resource-version") })])).toMatchObject({ samples: [], coarse: 1 });
  });

  it("is left out where the Job waited for its Pods: the decision came before", () => {
    expect(seen([polled(1, { gone: moment(160_000, 100, "pod-gone") })])).toMatchObject({ samples: [], coarse: 0 });
  });
});

/** The same investigation as another runner's log has it, whose clock is ahead by so much. */
function onClock(one: Polled, clock: Clock): Polled {
  const points = one.investigation.points.map((point) => ({ ...point, at: point.at + (clock.offsetMs ?? 0) }));
  return { ...one, investigation: { ...one.investigation, points, ...(clock.id === "runner" ? {} : { clock: clock.id }) } };
}

describe("several runners", () => {
  const aheadMs = 7_203_700;
  const first = anchoredRunner({ offsetMs: -3_600, uncertaintyMs: 150 });
  const second = anchoredRunner({ id: "runner:2", offsetMs: aheadMs, uncertaintyMs: 40 });
  const clocks = [first, second];

  it("have their uses placed each by its own clock, and as well as that clock is known", () => {
    const { samples } = seen([onClock(polled(1), first), onClock(polled(2), second)], { clocks });
    const one = { endMs: 59_000, used: { fromMs: 2_100, toMs: 8_100 }, sinceDisconnectMs: 50_000 };
    expect(samples).toMatchObject([
      { ...one, clock: "runner", clockWidthMs: 300 },
      { ...one, clock: "runner:2", clockWidthMs: 80 },
    ]);
  });

  it("leave out those whose clock nothing anchors, but for Jobs that nobody used", () => {
    const unanchored = { ...second, offsetMs: null, uncertaintyMs: null };
    const unopened = polled(3, {}, { outcome: "unopened", points: investigation(3, 300_000).points.slice(0, 2) });
    const all = [onClock(polled(1), first), onClock(polled(2), second), onClock(unopened, second)];
    expect(uids(seen(all, { clocks: [first, unanchored] }).samples)).toEqual(["uid-1", "uid-3"]);
  });

  it("leave out uses in which their own clock may have been set", () => {
    const all = [onClock(polled(1), first), onClock(polled(2), second)];
    const doubtfulOn = ({ id, offsetMs }: Clock, fromMs: number, toMs: number) => ({
      doubtful: [{ clock: id, lo: T0 + (offsetMs ?? 0) + fromMs, hi: T0 + (offsetMs ?? 0) + toMs }],
    });
    const left = (fields: Partial<Timeline>) => uids(seen(all, { clocks, ...fields }).samples);
    // At the disconnect; in the middle of the stream; before the connection, and after the disconnect.
    expect(left(doubtfulOn(second, 209_900, 210_100))).toEqual(["uid-1"]);
    expect(left(doubtfulOn(second, 205_000, 206_000))).toEqual(["uid-1"]);
    expect(left(doubtfulOn(second, 200_000, 202_900))).toEqual(["uid-1", "uid-2"]);
    expect(left(doubtfulOn(second, 210_000, 290_000))).toEqual(["uid-1", "uid-2"]);
    // The same readings of the other runner's clock.
    expect(left({ doubtful: [{ clock: "runner", lo: T0 + aheadMs + 205_000, hi: T0 + aheadMs + 206_000 }] })).toEqual(["uid-1", "uid-2"]);
  });

  it("show the same however far their clocks are off", () => {
    const offsets = fc.array(fc.integer({ min: -40_000_000, max: 40_000_000 }), { minLength: 1, maxLength: 4 });
    const all = [1, 2, 3, 4, 5, 6].map((number) => polled(number));
    const read = (samples: readonly PollingSample[]) =>
      samples.map(({ endMs, used, sinceDisconnectMs }) => ({ endMs, used, sinceDisconnectMs }));
    const expected = read(seen(all).samples);
    fc.assert(
      fc.property(offsets, (offsetsMs) => {
        const runners = offsetsMs.map((offsetMs, index) =>
          anchoredRunner({ id: index === 0 ? "runner" : `runner:${index + 1}`, offsetMs }),
        );
        const dealt = all.map((one, index) => onClock(one, runners[index % runners.length] as Clock));
        expect(read(seen(dealt, { clocks: runners }).samples)).toEqual(expected);
      }),
    );
  });
});
