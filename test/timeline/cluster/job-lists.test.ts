import { describe, expect, it } from "vitest";
import { Handover } from "../../../src/model/collections/handover.js";
import type { JobObservation, TimelineEvent } from "../../../src/model/event.js";
import type { JobWatch, SourceSummary } from "../../../src/model/source.js";
import { buildTimeline } from "../../../src/timeline/build-timeline.js";
import { clusterEvent, fine, focusServer, job, pod, sources, T0 } from "../builders.js";

/** Source 1 watches the Jobs, but for a gap; all other sources go on. */
const [GAP_MS, AGAIN_MS, LASTS_MS] = [175_000, 235_000, 800_000];

const stretch = (from: number, to: number, more: Partial<JobWatch> = {}): JobWatch => ({
  namespace: "default",
  from: T0 + from,
  to: T0 + to,
  line: 1,
  ...more,
});
const interrupted = [stretch(0, GAP_MS), stretch(AGAIN_MS, LASTS_MS, { line: 77 })];

const created = (number: number, ms: number, message = "") =>
  clusterEvent("SuccessfulCreate", { kind: "Job", name: `grpc-job-1-${number}`, uid: `uid-${number}` }, ms, { message });
const killed = (number: number, ms: number) =>
  clusterEvent("Killing", { kind: "Pod", name: `grpc-job-1-${number}-p`, uid: `pod-${number}` }, ms);

/** A Job that the watch sees come and go, 50 s later. */
function watched(number: number, ms: number, more: Partial<JobObservation> = {}): TimelineEvent[] {
  const row = (change: JobObservation["change"], at: number) =>
    job(
      `grpc-job-1-${number}`,
      `uid-${number}`,
      { createdMs: ms, resourceVersion: at },
      { change, received: fine(at, "collector"), ...more },
    );
  return [row("ADDED", ms + 10), row("DELETED", ms + 50_000)];
}

const ordinary = [60_300, 120_300, 240_300].flatMap((ms, index) => watched(index + 11, ms));

/** At the time of a list: the collector's clock is known to within a second. */
const listedAt = (ms: number) => expect.closeTo(T0 + ms, -3.3);

function build(events: readonly TimelineEvent[], of: Partial<SourceSummary>) {
  const [log, jobs, ...others] = sources(LASTS_MS) as [SourceSummary, SourceSummary, ...SourceSummary[]];
  const all = [log, { ...jobs, clock: "collector" as const, ...of }, ...others];
  const timeline = buildTimeline(new Handover(events), all, { profile: focusServer });
  const [one] = timeline.jobs.filter(({ uid }) => uid === "uid-1");
  return { one, ids: timeline.diagnostics.map(({ id }) => id) };
}

const capture = (jobWatches: readonly JobWatch[], more: Partial<SourceSummary> = {}) => ({
  selfDescribing: true as const,
  jobWatches,
  ...more,
});

describe("a Job that no watch of Jobs has shown", () => {
  it("went between its last sign of life and the next list, where only an Event tells of it", () => {
    const { one } = build([...ordinary, created(1, 180_320)], capture(interrupted));
    expect(one?.gone).toMatchObject({ how: "watch-restarted", bracket: true, evidence: { source: 1, line: 77 } });
    expect([one?.gone?.lo, one?.gone?.hi]).toEqual([T0 + 180_320, listedAt(AGAIN_MS)]);
    expect([one?.mechanism, one?.ofThisRun, one?.censoredAt]).toEqual(["unknown", true, undefined]);
  });

  it("did so where its Pod tells of it, also if that was gone in a gap itself", () => {
    const owner = { createdMs: 180_000, ownerUid: "uid-1", ownerName: "grpc-job-1-1" };
    const pods = [pod("p", "pod-1", owner), pod("p", "pod-1", owner, { change: "DELETED" })];
    const { one } = build([...ordinary, ...pods], capture(interrupted));
    expect([one?.gone?.lo, one?.gone?.hi]).toEqual([T0 + 180_000, listedAt(AGAIN_MS)]);
    // Without a list nobody knows until when it was there: nothing follows a Pod that is gone.
    expect(build([...ordinary, ...pods], capture([])).one).toMatchObject({ mechanism: "unknown", censoredAt: T0 + 180_500 });
  });

  it("went when its Pod was killed, where that is known", () => {
    const made = created(1, 180_320, "Created pod: grpc-job-1-1-p");
    const { one } = build([...ordinary, made, killed(1, 220_000)], capture(interrupted));
    expect(one?.gone).toMatchObject({ at: T0 + 220_000, how: "pod-killing" });
  });

  it("was gone before the capture, and is not the run's, where the first list lacks it", () => {
    const { one, ids } = build([...ordinary, created(1, -600_000)], capture([stretch(0, LASTS_MS)]));
    expect(one?.gone?.hi).toEqual(listedAt(0));
    expect([one?.ofThisRun, ids.includes("jobs-of-others")]).toEqual([false, true]);
  });

  it("went by the next list after its last sign of life, not by one before", () => {
    const thrice = [stretch(0, 170_000), stretch(175_000, 177_000), stretch(AGAIN_MS, LASTS_MS)];
    expect(build([...ordinary, created(1, 180_320)], capture(thrice)).one?.gone?.hi).toEqual(listedAt(AGAIN_MS));
  });

  it.each([
    ["of another namespace", capture(interrupted.map((one) => ({ ...one, namespace: "tenant-b" })))],
    ["of a capture with rows that could not be read", capture(interrupted, { lostLine: 50 })],
    ["of which the source says nothing", capture([])],
  ])("is not told of by lists %s", (_, of) => {
    expect(build([...ordinary, created(1, 180_320)], of).one).toMatchObject({ mechanism: "open", censoredAt: T0 + LASTS_MS });
  });

  it("is told of by lists of all namespaces, and with a selector by those of a watch that shows such Jobs", () => {
    const everywhere = capture(interrupted.map((one) => ({ ...one, namespace: "" })));
    expect(build([...ordinary, created(1, 180_320)], everywhere).one?.gone?.hi).toEqual(listedAt(AGAIN_MS));
    const selected = capture(interrupted.map((one) => ({ ...one, selected: true })));
    expect(build([...ordinary, created(1, 180_320)], selected).one?.gone?.hi).toEqual(listedAt(AGAIN_MS));
    expect(build([created(1, 180_320)], selected).one?.gone).toBeUndefined();
  });

  it("is not told of by a list behind which another such Job was created unseen", () => {
    const events = [...ordinary, created(1, 180_320), created(2, 400_000)];
    expect(build(events, capture(interrupted)).one).toMatchObject({ mechanism: "open", censoredAt: T0 + LASTS_MS });
  });

  it("went by the list with which another watch began again, but only if that can be seen", () => {
    const again = (startTime: number | undefined) =>
      job(
        "grpc-job-1-14",
        "uid-14",
        { createdMs: 200_000, resourceVersion: 235_000, ...(startTime === undefined ? {} : { startTime }) },
        { received: fine(AGAIN_MS, "collector") },
      );
    const shown = [...ordinary.slice(0, 4), again(T0 + 200_000), ...ordinary.slice(4)];
    const inOrder = shown.map((event, index) => ({ ...event, evidence: { source: 1, line: index + 1 } }) as TimelineEvent);
    const { one } = build([...inOrder, created(1, 180_320)], {});
    expect([one?.gone?.how, one?.gone?.lo, one?.gone?.hi]).toEqual(["watch-restarted", T0 + 180_320, listedAt(AGAIN_MS)]);
    // A watch that begins with a Job just made had an empty list, or none.
    expect(build([...ordinary, created(1, -600_000)], {}).one?.gone).toBeUndefined();
  });
});
