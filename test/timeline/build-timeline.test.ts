import { describe, expect, it } from "vitest";
import { Handover } from "../../src/model/collections/handover.js";
import type { TimelineEvent } from "../../src/model/event.js";
import { buildTimeline, type TimelineOptions } from "../../src/timeline/build-timeline.js";
import { cpuClock } from "../cpu-clock.js";
import {
  clusterEvent,
  fine,
  focusServer,
  httpDate,
  investigationMarks,
  job,
  mark,
  pod,
  received,
  request,
  sources,
  T0,
} from "./builders.js";

const HOUR = 3_600_000;

function build(events: readonly TimelineEvent[], options: Partial<TimelineOptions> = {}, lastsMs = 600_000) {
  return buildTimeline(new Handover(events), sources(lastsMs), { profile: focusServer, ...options });
}

/** A run of `n` investigations 20 s apart on a runner whose clock is `offset` ahead; Jobs are made 150 ms after the request. */
function run(n: number, offset: number, id = (index: number) => `${index % 30}-${index}`): TimelineEvent[] {
  return Array.from({ length: n }, (_, index) => {
    const at = index * 20_000 + index * 37;
    const marks = investigationMarks(at + offset, id(index), String(12_300 + (index % 30)));
    return [...marks, job(`grpc-job-${id(index)}`, `uid-${index}`, { createdMs: at + 150, resourceVersion: 10 * index + 1 })];
  }).flat();
}

describe("linking investigations with Jobs", () => {
  it("goes by the job id, and finds zone and skew on the way", () => {
    const timeline = build(run(40, 2 * HOUR - 3_700));
    expect(timeline.investigations.map((one) => [one.jobUid, one.jobLink])).toEqual(
      timeline.investigations.map((_, index) => [`uid-${index}`, "job-id"]),
    );
    const runner = timeline.clocks.find((clock) => clock.id === "runner");
    expect([runner?.zoneOffsetMinutes, Math.abs((runner?.skewMs ?? 0) + 3_700) < 400]).toEqual([120, true]);
  });

  it("goes by the slot of the port where no line names the id", () => {
    const events = run(60, 5 * HOUR).filter((event) => event.type !== "log-mark" || event.groups.jobId === undefined);
    const timeline = build(events);
    expect(timeline.investigations.map((one) => [one.jobUid, one.jobLink])).toEqual(
      timeline.investigations.map((_, index) => [`uid-${index}`, "alias"]),
    );
  });

  it("goes by the time where there is neither", () => {
    const bare = run(30, 0).filter((event) => event.type !== "log-mark" || !("port" in event.groups || "jobId" in event.groups));
    const timeline = build(bare);
    expect(new Set(timeline.investigations.map((one) => one.jobLink))).toEqual(new Set(["time"]));
    expect(timeline.investigations.map((one) => one.jobUid)).toEqual(timeline.investigations.map((_, index) => `uid-${index}`));
  });

  describe("by the time", () => {
    const isBare = (event: TimelineEvent) => event.type !== "log-mark" || !("port" in event.groups || "jobId" in event.groups);
    /** Created in the audit log, so the clock is known to a few hundred milliseconds. */
    const exact = (starts: readonly number[], missing: readonly number[] = []) =>
      starts.flatMap((at, index) => [
        ...investigationMarks(at, `1-${index}`, "12301").filter(isBare),
        ...(missing.includes(index) ? [] : [request("create", `grpc-job-1-${index}`, at + 150, { uid: `uid-${index}` })]),
      ]);
    const starts = [0, 13_000, 29_000, 47_000, 60_500, 61_600, 83_000, 100_000];

    it("links no Job that another's request fits as well as the clock is known, though it is the only one near", () => {
      const { investigations, jobs, clocks } = build(exact(starts, [4]));
      expect(clocks.find(({ id }) => id === "runner")?.uncertaintyMs).toBeLessThan(400);
      expect(investigations.map(({ jobUid }) => jobUid)).toEqual(starts.map((_, index) => (index === 4 ? undefined : `uid-${index}`)));
      expect(jobs.every(({ ofThisRun }) => ofThisRun)).toBe(true);
    });

    it("leaves open which of two requests at once a Job serves: it may be of the run, and is not another's", () => {
      const together = [...starts.slice(0, 4), 60_500, 60_600, 83_000, 100_000];
      const { investigations, jobs, diagnostics } = build(exact(together));
      expect(investigations.filter(({ jobUid }) => jobUid === undefined).length).toBeGreaterThanOrEqual(2);
      const open = jobs.filter(({ ofThisRun }) => !ofThisRun);
      expect(open.length).toBeGreaterThanOrEqual(2);
      expect(open.every(({ mayBeOfThisRun }) => mayBeOfThisRun === true)).toBe(true);
      expect(diagnostics.find(({ id }) => id === "jobs-undecided")?.count).toBe(open.length);
      expect(diagnostics.map(({ id }) => id)).not.toContain("jobs-of-others");
    });

    it("counts each request once as an anchor", () => {
      const runner = build(exact(starts)).clocks.find(({ id }) => id === "runner");
      expect(runner?.anchors).toBe(starts.length);
      expect(Math.abs(runner?.offsetMs ?? 9e9)).toBeLessThanOrEqual(runner?.uncertaintyMs ?? 0);
    });
  });

  it("counts every serving Job with an id that the log names, and measures at the family that the profile names first", () => {
    const families = [{ role: "serving" as const, name: "feed-{jobId}" }, ...focusServer.jobs];
    const feeds = Array.from({ length: 20 }, (_, index) =>
      job(`feed-${index}-${index}`, `feed-${index}`, { createdMs: index * 20_037 + 400, resourceVersion: 10 * index + 2 }),
    );
    const old = job("feed-0-0", "feed-old", { createdMs: -20 * HOUR });
    const both = [old, ...run(20, 0), ...feeds];
    const last = build(both, { profile: { ...focusServer, jobs: [...focusServer.jobs, ...families.slice(0, 1)] } });
    expect(last.jobs.filter(({ ofThisRun }) => ofThisRun)).toHaveLength(40);
    expect(last.jobs.find(({ uid }) => uid === "feed-old")?.ofThisRun).toBe(false);
    const besides = last.jobs.filter(({ companionOf }) => companionOf !== undefined);
    expect(besides.map(({ uid, companionOf }) => [uid, companionOf])).toEqual(feeds.map((_, index) => [`feed-${index}`, index + 1]));
    expect(besides.every(({ investigation }) => investigation === undefined)).toBe(true);
    expect(last.investigations.map(({ jobUid }) => jobUid)).toEqual(last.investigations.map((_, index) => `uid-${index}`));
    expect(last.clocks.find(({ id }) => id === "runner")?.anchors).toBeLessThanOrEqual(20);
    const first = build(both, { profile: { ...focusServer, jobs: families } });
    expect(first.investigations.map(({ jobUid }) => jobUid)).toEqual(first.investigations.map((_, index) => `feed-${index}`));
    expect(first.jobs.filter(({ investigation }) => investigation !== undefined)).toHaveLength(20);
  });

  describe("with several Jobs of one id", () => {
    const profile: TimelineOptions["profile"] = { ...focusServer, jobs: [{ role: "serving", name: "grpc-job-{jobId}*" }] };
    const own = ({ jobs }: ReturnType<typeof build>) => jobs.filter(({ ofThisRun }) => ofThisRun).map(({ uid }) => uid);
    const again = (ms: number, uid = "uid-again") => job("grpc-job-3-3", uid, { createdMs: ms, resourceVersion: 35 });
    /** The fourth investigation begins here. */
    const fourth = 3 * 20_037;
    const retry = (lines: readonly TimelineEvent[]) => run(8, 0).concat(lines);

    it("counts all that the name of their family allows", () => {
      const batch = run(12, 0).concat(
        Array.from({ length: 36 }, (_, index) => {
          const at = Math.floor(index / 3) * 20_037;
          const id = Math.floor(index / 3);
          return job(`grpc-job-${id}-${id}-part-${index % 3}`, `part-${index}`, {
            createdMs: at + 200 + 2_000 * (index % 3),
            resourceVersion: 10 * id + 2,
          });
        }),
      );
      const timeline = build(batch, { profile });
      expect(own(timeline)).toHaveLength(48);
      expect(timeline.investigations.map(({ jobUid }) => jobUid)).toEqual(timeline.investigations.map((_, index) => `uid-${index}`));
      expect(timeline.clocks.find(({ id }) => id === "runner")).toMatchObject({ method: "bounds", anchors: 12 });
    });

    it("takes the one of the last try for the one that served, and counts that of the first", () => {
      const timeline = build(
        retry([
          mark("connect-failed", fourth + 5_000, { port: "12303" }),
          mark("connecting", fourth + 6_000, { port: "12303" }),
          again(fourth + 6_500),
        ]),
      );
      expect(timeline.investigations[3]?.jobUid).toBe("uid-again");
      expect(own(timeline)).toHaveLength(9);
      expect(timeline.jobs.find(({ uid }) => uid === "uid-3")?.companionOf).toBe(4);
      expect(timeline.diagnostics.map(({ id }) => id)).not.toContain("clock-bounds-disagree");
    });

    it("leaves open which served where one was made again though nothing was tried again, and counts both", () => {
      const timeline = build(retry([again(fourth + 8_000)]));
      expect(timeline.investigations[3]?.jobUid).toBeUndefined();
      expect(own(timeline)).toHaveLength(9);
      expect(timeline.jobs.filter(({ companionOf }) => companionOf === 4)).toHaveLength(2);
      expect(timeline.diagnostics.map(({ id }) => id)).toContain("job-not-linked");
    });

    it("counts none that was made after the end of the investigation", () => {
      const timeline = build(retry([again(fourth + 16_000)]));
      expect(timeline.investigations[3]?.jobUid).toBe("uid-3");
      expect(own(timeline)).toHaveLength(8);
    });

    it("gives each of two investigations with one id the Job of its own time", () => {
      const twice = Array.from({ length: 8 }, (_, index) => {
        const [at, id] = [index * 20_037, index === 4 ? "3-3" : `${index}-${index}`];
        const [request, ...rest] = investigationMarks(at, id, String(12_300 + Number(id.split("-")[0])));
        // The request names the Job.
        const asked = { ...(request ?? mark("configure-start", at)), groups: { jobId: id } };
        return [asked, ...rest, job(`grpc-job-${id}`, `uid-${index}`, { createdMs: at + 150, resourceVersion: 10 * index + 1 })];
      }).flat();
      const timeline = build(twice);
      expect(timeline.investigations.map(({ jobUid }) => jobUid)).toEqual(timeline.investigations.map((_, index) => `uid-${index}`));
    });

    it("says that the others may be of the run where no clock tells when they were made", () => {
      const scattered = Array.from({ length: 12 }, (_, index) => {
        const at = index * 20_037;
        const moved = at + 150 + ((index * 7) % 12) * 17_000;
        return [
          ...investigationMarks(at, `${index}-${index}`, String(12_300 + index)),
          job(`grpc-job-${index}-${index}`, `uid-${index}`, { createdMs: moved, resourceVersion: moved / 10 }),
        ];
      }).flat();
      const timeline = build([...scattered, again(fourth + 30_000)], { declaredClock: { zoneOffsetMinutes: 0 } });
      expect(timeline.clocks.find(({ id }) => id === "runner")?.uncertaintyMs).toBeNull();
      expect(own(timeline)).toHaveLength(12);
      expect(timeline.jobs.filter(({ mayBeOfThisRun }) => mayBeOfThisRun === true)).toHaveLength(1);
    });
  });

  it("does not take a line for the answer that is logged while the request waits", () => {
    const patterns = focusServer.patterns.map((pattern) => ({ ...pattern, answers: false }));
    const slow = Array.from({ length: 20 }, (_, index) => {
      const at = index * 60_000 + index * 37;
      const marks = investigationMarks(at, `1-${index}`, "12301");
      const late = marks.slice(2).map((one) => ({ ...one, at: { ...one.at, at: one.at.at + 20_000 } }));
      return [
        ...marks.slice(0, 2),
        ...late,
        job(`grpc-job-1-${index}`, `uid-${index}`, { createdMs: at + 20_100, resourceVersion: 10 * index + 1 }),
      ];
    }).flat();
    const { clocks, investigations } = build(slow, { profile: { ...focusServer, patterns } }, 1_300_000);
    const { offsetMs = null, uncertaintyMs = null } = clocks.find(({ id }) => id === "runner") ?? {};
    expect(Math.abs(offsetMs ?? 9e9)).toBeLessThanOrEqual(uncertaintyMs ?? 0);
    expect(investigations.every(({ jobUid }, index) => jobUid === `uid-${index}`)).toBe(true);
  });

  it("does not take the Job of the same id of another time", () => {
    const old = job("grpc-job-0-0", "uid-old", { createdMs: -20 * HOUR });
    const timeline = build([old, ...run(20, 0)]);
    expect(timeline.investigations[0]?.jobUid).toBe("uid-0");
    expect(timeline.jobs.find((one) => one.uid === "uid-old")?.ofThisRun).toBe(false);
    expect(timeline.diagnostics.map((note) => note.id)).toContain("jobs-of-others");
  });

  it("does without cluster data that only list others of one moment: the Jobs of the run are gone by then", () => {
    const listed = job("grpc-job-9-9", "old", { createdMs: 0 }, { change: "listed" });
    const captured = sources(200_000).map((source) => ({ ...source, clock: source.clock === "runner" ? source.clock : null }));
    const marks = [...investigationMarks(1_000, "1-1", "12301"), ...investigationMarks(21_000, "1-2", "12302")];
    const { diagnostics, jobs } = buildTimeline(new Handover<readonly TimelineEvent[]>([...marks, listed]), captured, {
      profile: focusServer,
    });
    expect(diagnostics).toContainEqual(expect.objectContaining({ id: "no-job-of-run", values: { ids: 2, jobs: 1 } }));
    expect(jobs.map(({ ofThisRun }) => ofThisRun)).toEqual([false]);
  });

  it("says that no Job is named as the profile has it, with one of them", () => {
    const found = (events: readonly TimelineEvent[], profile = focusServer) =>
      build(events, { profile }).diagnostics.find(({ id }) => id === "no-job-of-profile");
    const narrow = { ...focusServer, jobId: "[0-9a-f]{8}" };
    expect([found(run(3, 0)), found(run(3, 0), { ...narrow, jobs: [] })]).toEqual([undefined, undefined]);
    expect(found(run(3, 0), narrow)).toMatchObject({
      severity: "warning",
      count: 3,
      values: { families: "grpc-job-{jobId}; jobId: [0-9a-f]{8}", example: "grpc-job-0-0" },
    });
  });

  it("ties an id that the log prints in capitals to the Job that Kubernetes names in small letters", () => {
    const events = run(8, 0, (index) => `${index}-B${index}`).map((event) =>
      event.type === "job" ? { ...event, job: { ...event.job, name: event.job.name.toLowerCase() } } : event,
    );
    const { investigations } = build(events, { profile: { ...focusServer, jobId: "(?<slot>\\d+)-[bB]\\d+" } });
    expect(investigations.map(({ jobUid, jobLink }) => [jobUid, jobLink])).toEqual(
      events.filter(({ type }) => type === "job").map((_, index) => [`uid-${index}`, "job-id"]),
    );
  });

  it("refuses cluster data in which none of the ids occurs", () => {
    const marks = run(8, 0).filter((event) => event.type === "log-mark");
    const foreign = Array.from({ length: 5 }, (_, index) => job(`grpc-job-9-9${index}`, `f-${index}`, { createdMs: index * 20_000 }));
    expect(() => build([...marks, ...foreign])).toThrow(/do not belong together/);
  });

  it.each([-98 * 24, -24, -15, 20])("refuses the Jobs of the same ids of another time, %i h from the log", (hours) => {
    expect(() => build(run(20, -hours * HOUR))).toThrow(/grpc-job-0-0 was created at .* no zone explains/);
  });

  it.each([-12, 0, 14])("takes them where a zone explains it: %i h", (hours) => {
    expect(build(run(20, hours * HOUR)).investigations.every(({ jobUid }) => jobUid !== undefined)).toBe(true);
  });

  it("takes them where the zone is declared: then the clock was wrong", () => {
    const { clocks, investigations } = build(run(20, 98 * 24 * HOUR), { declaredClock: { zoneOffsetMinutes: 0 } });
    expect(investigations.every(({ jobUid }) => jobUid !== undefined)).toBe(true);
    expect(clocks.find(({ id }) => id === "runner")?.skewMs).toBeCloseTo(98 * 24 * HOUR, -3);
  });

  it("takes them where the log has no dates", () => {
    const undated = sources(600_000).map((source) => (source.clock === "runner" ? { ...source, undated: "day" as const } : source));
    const events = new Handover(run(20, 98 * 24 * HOUR));
    const { investigations } = buildTimeline(events, undated, { profile: focusServer });
    expect(investigations.every(({ jobUid }) => jobUid !== undefined)).toBe(true);
  });

  it("takes thousands of investigations without ids in seconds", () => {
    const events = run(6_000, 0).filter((event) => event.type !== "log-mark" || event.groups.jobId === undefined);
    const cpuMs = cpuClock();
    const timeline = build(events, {}, 6_000 * 21_000);
    expect(cpuMs()).toBeLessThan(8_000);
    expect(timeline.investigations.filter((one, index) => one.jobUid === `uid-${index}`).length).toBeGreaterThan(5_900);
  });
});

describe("runs", () => {
  it("hold investigations that say nothing for longer than an hour whole", () => {
    const slow = Array.from({ length: 4 }, (_, index) => {
      const marks = investigationMarks(index * 4 * HOUR, `${index}-${index}`, String(12_300 + index));
      // While the stream goes on.
      return marks.map((one, place) => (place < 6 ? one : { ...one, at: { ...one.at, at: one.at.at + 2 * HOUR } }));
    });
    const { run: selection, investigations } = build(slow.flat(), {}, 16 * HOUR);
    expect(selection).toMatchObject({ selected: 4, found: 4 });
    expect(investigations.map(({ outcome }) => outcome)).toEqual(["ok"]);
    const close = slow.map((marks, index) =>
      marks.map((one) => ({ ...one, at: { ...one.at, at: one.at.at - index * (2 * HOUR - 70_000) } })),
    );
    const { run: whole, investigations: all } = build(close.flat(), {}, 12 * HOUR);
    expect(whole).toMatchObject({ selected: 1, found: 1 });
    expect(all.map(({ outcome }) => outcome)).toEqual(["ok", "ok", "ok", "ok"]);
  });

  const log = (source: number, ms: number, index: string) => [
    mark("run-start", ms, {}, { evidence: { source, line: 1 } }),
    mark("investigation-header", ms + 5, { index, total: "2" }, { evidence: { source, line: 2 } }),
    mark("configure-start", ms + 10, {}, { evidence: { source, line: 9 } }),
  ];

  it("takes the last run, or the one that was asked for, and refuses one that is not there", () => {
    const events = [...log(0, 0, "1"), ...log(0, 2 * HOUR, "1")];
    expect(build(events).run).toMatchObject({ selected: 2, found: 2, announced: 2 });
    expect(build(events, { run: 1 }).logSpan?.lo).toBe(T0);
    expect(build(events, { run: "all" }).investigations).toHaveLength(2);
    expect(() => build(events, { run: 3 })).toThrow(/run 3 was asked for/);
  });

  it("gives no line of a log of another run to this one", () => {
    const timeline = build([...log(0, 0, "1"), ...log(1, 2 * HOUR, "1")]);
    const lines = timeline.runLines.get(0);
    expect(lines !== undefined && lines.lo > lines.hi).toBe(true);
    expect(timeline.runLines.get(1)).toEqual({ lo: 1, hi: Number.POSITIVE_INFINITY });
  });
});

describe("clocks", () => {
  it("come from HTTP dates where there are no Jobs, and are open where there is nothing", () => {
    const marks = investigationMarks(2 * HOUR, "1-1", "12301");
    const dates = Array.from({ length: 30 }, (_, index) => httpDate(2 * HOUR + index * 333, index * 333 - 20));
    const runner = (events: readonly TimelineEvent[]) => build(events).clocks.find((clock) => clock.id === "runner");
    expect(runner([...marks, ...dates])).toMatchObject({ method: "http-date", zoneOffsetMinutes: 120 });
    expect(runner(marks)).toMatchObject({ method: "none", offsetMs: null });
    expect(build(marks).diagnostics.map((note) => note.id)).toContain("clock-unanchored");
  });

  it("keep nodes apart and take those that show no difference for the cluster's", () => {
    const events = [300, 0].flatMap((skew, node) =>
      Array.from({ length: 30 }, (_, index) => {
        const at = index * 1_000 + ((index * 37) % 100) * 10;
        return clusterEvent("Started", { kind: "Pod", name: "p", uid: "p" }, at, {
          first: fine(at + skew, `node:n${node}`),
          createdAt: T0 + Math.floor(at / 1000) * 1000,
        });
      }),
    );
    const offset = (id: string) => build(events).clocks.find((clock) => clock.id === id)?.offsetMs ?? Number.NaN;
    expect(Math.abs(offset("node:n0") - 300)).toBeLessThan(60);
    expect(offset("node:n1")).toBe(0);
  });
});

describe("Jobs", () => {
  const only = (events: readonly TimelineEvent[], lastsMs = 600_000) => build(events, {}, lastsMs).jobs;

  it("keep their identity though 25 of them have one name", () => {
    const many = Array.from({ length: 25 }, (_, index) => [
      job(
        "grpc-job-1-1",
        `uid-${index}`,
        { createdMs: index * 10_000, resourceVersion: index * 10 },
        { received: received(index * 10_000 + 9) },
      ),
      job(
        "grpc-job-1-1",
        `uid-${index}`,
        { createdMs: index * 10_000, resourceVersion: index * 10 + 5 },
        { change: "DELETED", received: received(index * 10_000 + 5_000) },
      ),
    ]).flat();
    expect(new Set(only(many).map((one) => one.uid)).size).toBe(25);
    expect(only(many)).toHaveLength(25);
  });

  it("are told apart in the audit log by create and delete of a name that is used again", () => {
    const user = "system:serviceaccount:default:job-cleanup";
    const jobs = only([
      request("create", "grpc-job-1-1", 1_000),
      request("delete", "grpc-job-1-1", 61_000, { user }),
      request("create", "grpc-job-1-1", 90_000),
      request("delete", "grpc-job-1-1", 150_000, { user: "admin" }),
    ]);
    expect(jobs.map((one) => [one.created.at - T0, (one.gone?.at ?? 0) - T0, one.mechanism])).toEqual([
      [1_000, 61_000, "idle-cleanup"],
      [90_000, 150_000, "other"],
    ]);
  });

  it("find their create without a uid by its second", () => {
    const jobs = only([
      job("grpc-job-1-1", "a", { createdMs: 1_400 }, { change: "listed" }),
      job("grpc-job-1-1", "b", { createdMs: 90_200 }, { change: "listed" }),
      request("create", "grpc-job-1-1", 1_450),
      request("create", "grpc-job-1-1", 90_250),
    ]);
    expect(jobs.map((one) => [one.uid, one.created.at - T0, one.created.how])).toEqual([
      ["a", 1_450, "audit"],
      ["b", 90_250, "audit"],
    ]);
  });

  it("of which only the deletion was logged were there before: their creation has no lower bound", () => {
    const [found] = only([request("delete", "grpc-job-1-1", 20_000), request("create", "grpc-job-2-2", 500)]).filter(
      (one) => one.name === "grpc-job-1-1",
    );
    expect(found).toMatchObject({ truncated: true, created: { lo: Number.NEGATIVE_INFINITY, at: T0 } });
  });

  it("of which only the deletion was logged may be any whose creation has no name in the log: when they began is not known", () => {
    const deleted = request("delete", "grpc-job-1-1", 20_000);
    const nameless = (namespace: string) => request("create", "", 5_000, { namespace });
    expect(only([deleted, nameless("default")])).toEqual([]);
    expect(only([deleted, nameless("elsewhere")])).toMatchObject([{ name: "grpc-job-1-1", truncated: true, created: { at: T0 } }]);
  });
});

/** Another Job, whose row arrives as it is created: it bounds the clock of the arrivals. */
const arrived = job("grpc-job-7-7", "other", { createdMs: 1_500 }, { received: received(1_510) });

describe("the deletion of a Job", () => {
  const base = job("grpc-job-1-1", "j", { createdMs: 1_200, resourceVersion: 10 });
  const deleted = (version: number, more = {}) =>
    job("grpc-job-1-1", "j", { createdMs: 1_200, resourceVersion: version, active: 1 }, { change: "DELETED", ...more });
  const owned = { ownerUid: "j", ownerName: "grpc-job-1-1" };
  const killing = (ms: number) => clusterEvent("Killing", { kind: "Pod", name: "p", uid: "p" }, ms, { resourceVersion: ms });
  const goneOf = (events: readonly TimelineEvent[]) => build([base, ...events]).jobs.find((one) => one.uid === "j")?.gone;

  const goneOfListed = (events: readonly TimelineEvent[]) =>
    build([{ ...base, change: "listed" }, ...events]).jobs.find((one) => one.uid === "j")?.gone;

  it("is the audit log's where there is one", () => {
    expect(
      goneOf([
        deleted(90, { received: received(61_030) }),
        request("create", "grpc-job-1-1", 1_250),
        request("delete", "grpc-job-1-1", 61_000),
      ]),
    ).toMatchObject({
      how: "audit",
      at: T0 + 61_000,
      lo: T0 + 60_990,
    });
  });

  it("ends with the garbage collector where it was deleted in the foreground", () => {
    const collector = { user: "system:serviceaccount:kube-system:generic-garbage-collector" };
    const gone = goneOf([
      request("create", "grpc-job-1-1", 1_250),
      request("delete", "grpc-job-1-1", 61_000, { user: "system:serviceaccount:kube-system:ttl-after-finished-controller" }),
      request("patch", "grpc-job-1-1", 61_400, collector),
    ]);
    expect(gone?.at).toBe(T0 + 61_400);
  });

  it("is the arrival of its last row, less what the way takes", () => {
    expect(goneOf([arrived, deleted(90, { received: received(61_030) })])).toMatchObject({ how: "watch-received", hi: T0 + 61_030 });
  });

  it("is no arrival by a clock of which nothing tells how far it is off, and that is said", () => {
    const captured = sources(200_000).map((source, index) => (index === 1 ? { ...source, clock: "collector" as const } : source));
    const events = new Handover([base, deleted(90, { received: received(61_030) })]);
    const { jobs, diagnostics } = buildTimeline(events, captured, { profile: focusServer });
    expect(jobs[0]?.gone?.how).not.toBe("watch-received");
    expect(diagnostics.map(({ id }) => id)).toContain("arrivals-unplaced");
  });

  it("is the next write, as the upper end of a range", () => {
    const after = clusterEvent("Scheduled", { kind: "Pod", name: "q", uid: "q" }, 61_300, { resourceVersion: 95 });
    const before = clusterEvent("Scheduled", { kind: "Pod", name: "o", uid: "o" }, 40_000, { resourceVersion: 80 });
    const gone = goneOf([before, deleted(90), after]);
    expect(gone).toMatchObject({ how: "resource-version", bracket: true });
    expect(gone?.lo).toBeGreaterThanOrEqual(T0 + 40_000);
    expect(Math.abs((gone?.at ?? 0) - T0 - 61_300)).toBeLessThanOrEqual(100);
  });

  it("is the Killing of its Pod, but not one that came before the Job was last seen", () => {
    const itsPod = pod("p", "p", { createdMs: 1_300, ...owned }, { change: "listed" });
    // A watch that went on without a DELETED row would prove the opposite.
    const gone = goneOfListed([itsPod, killing(61_200)]);
    expect([gone?.how, (gone?.hi ?? 0) - T0]).toEqual(["pod-killing", 61_200]);
    const later = job("grpc-job-1-1", "j", { createdMs: 1_200, resourceVersion: 70, startTime: T0 + 70_000 }, { change: "MODIFIED" });
    expect(goneOfListed([itsPod, killing(61_200), later])?.how).not.toBe("pod-killing");
    expect(goneOf([itsPod, killing(61_200)])).toBeUndefined();
  });

  it("lies in the second of a Killing whose stamp is cut, or as much before as that may come late", () => {
    const itsPod = pod("p", "p", { createdMs: 1_300, ...owned }, { change: "listed" });
    const cut = { at: T0 + 61_000, resolutionMs: 1000, clock: "cluster" } as const;
    const gone = goneOfListed([itsPod, { ...killing(61_000), first: cut }]);
    expect(gone).toMatchObject({ how: "pod-killing", bracket: false, lo: T0 + 60_600, at: T0 + 61_500, hi: T0 + 62_000 });
  });

  it("is the second of the Pod's own request, which is its stamp less the grace", () => {
    const stamp = { createdMs: 1_300, ...owned, deletionTimestamp: T0 + 91_000, deletionGracePeriodMs: 30_000, resourceVersion: 91 };
    const gone = goneOfListed([pod("p", "p", stamp, { change: "MODIFIED" })]);
    expect([gone?.how, (gone?.at ?? 0) - T0]).toEqual(["pod-deletion-timestamp", 61_500]);
  });

  it("holds its value inside its range and never before the creation", () => {
    const bare = [pod("p", "p", { createdMs: 1_300, ...owned }, { change: "listed" }), killing(61_200)];
    const [found] = build(bare).jobs;
    expect(found?.gone?.lo).toBeGreaterThanOrEqual(T0 + 1_000);
    expect(found?.gone?.at).toBeLessThanOrEqual(found?.gone?.hi ?? 0);
  });

  it("is not known without a trace: the Job is censored at the end of what was covered", () => {
    const [found] = build([base]).jobs;
    expect([found?.gone, found?.censoredAt, found?.mechanism]).toEqual([undefined, T0 + 600_000, "open"]);
    const [listed] = build([{ ...base, change: "listed" }]).jobs;
    expect([listed?.gone, listed?.censoredAt]).toEqual([undefined, undefined]);
  });

  it("has no upper end where the last thing known is a row without a time: the last stamp of a capture is not its end", () => {
    const before = clusterEvent("Scheduled", { kind: "Pod", name: "o", uid: "o" }, 40_000, { resourceVersion: 80 });
    const { jobs, diagnostics } = build([...investigationMarks(1_000, "1-1", "12301"), base, before, deleted(90)]);
    expect(jobs[0]).toMatchObject({ wentLater: true, censoredAt: T0 + 40_000, mechanism: "unknown" });
    expect(jobs[0]?.gone).toBeUndefined();
    expect(diagnostics).toContainEqual(expect.objectContaining({ id: "deletion-unbounded", count: 1 }));
    expect(diagnostics.map(({ id }) => id)).not.toContain("job-censored");
  });

  it("comes before the creation by no stamp, however coarse that is", () => {
    const late = job("grpc-job-1-1", "j", { createdMs: 1_200, startTime: T0 + 1_000 });
    const [found] = build([late, deleted(90, { received: received(1_200) }), arrived]).jobs;
    expect(found?.gone?.hi).toBe(T0 + 1_200);
    expect([found?.created.at, found?.created.hi]).toEqual([T0 + 1_100, T0 + 1_200]);
  });
});

describe("the deletion of a Job in the foreground, while its Pod takes its time", () => {
  const fields = { createdMs: 1_200, active: 1 };
  const base = job("grpc-job-1-1", "j", { ...fields, resourceVersion: 10 });
  const marked = { ...fields, deletionTimestamp: T0 + 61_000 };
  const waiting = job("grpc-job-1-1", "j", { ...marked, resourceVersion: 85 }, { change: "MODIFIED" });
  const deleted = (more = {}) => job("grpc-job-1-1", "j", { ...marked, resourceVersion: 90 }, { change: "DELETED", ...more });
  const write = (ms: number, resourceVersion: number) =>
    clusterEvent("Scheduled", { kind: "Pod", name: "q", uid: `q-${ms}` }, ms, { resourceVersion });
  const itsPod = pod("p", "p", { createdMs: 1_300, ownerUid: "j", ownerName: "grpc-job-1-1" }, { change: "listed" });
  const killing = clusterEvent("Killing", { kind: "Pod", name: "p", uid: "p" }, 61_400, { resourceVersion: 86 });
  const goneOf = (events: readonly TimelineEvent[]) => build([base, waiting, ...events]).jobs.find((one) => one.uid === "j")?.gone;

  it("is not the Killing of its Pod, nor the end of the cleanup that asked for it: both come first", () => {
    const cleanup = job("cleanup-job-1-1", "c", { createdMs: 1_200 });
    const completed = clusterEvent("Completed", { kind: "Job", name: "cleanup-job-1-1", uid: "c" }, 61_800, { resourceVersion: 87 });
    const gone = goneOf([itsPod, killing, cleanup, completed, write(63_000, 89), deleted(), write(65_000, 95)]);
    expect(gone?.how).toBe("resource-version");
    expect(gone?.lo).toBeGreaterThanOrEqual(T0 + 62_900);
    expect(gone?.hi).toBeGreaterThanOrEqual(T0 + 65_000);
  });

  it("is not the request in the audit log, but the arrival of the last row", () => {
    const events = [request("create", "grpc-job-1-1", 1_250), request("delete", "grpc-job-1-1", 61_000)];
    expect(goneOf([...events, arrived, deleted({ received: received(86_000) })])).toMatchObject({ how: "watch-received", hi: T0 + 86_000 });
  });

  it("is the request where the Job had finished: then no Pod keeps it", () => {
    const finished = job("grpc-job-1-1", "j", { ...marked, resourceVersion: 84, completedAt: T0 + 50_000 }, { change: "MODIFIED" });
    expect(goneOf([finished, request("create", "grpc-job-1-1", 1_250), request("delete", "grpc-job-1-1", 61_000)])).toMatchObject({
      how: "audit",
      at: T0 + 61_000,
    });
  });
});
