import { describe, expect, it } from "vitest";
import type { Report } from "../../src/model/report.js";
import { loadProfile } from "../../src/profiles/load-profile.js";
import { type SimulatedRun, type SimulationOptions, simulateRun } from "../../src/simulate/index.js";
import { analyzeFiles, analyzeSimulation, claimOf, diagnosticIds, FINE_CAPTURES } from "./simulated.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Events of the cluster at whole seconds only: nothing tells the offset finely. */
const COARSE_CAPTURES = ["jobs-watch.json", "events.json"];

const focusServer = await loadProfile("focus-server");
/** Its claim about the length of a run speaks of a run of any size. */
const anySize: typeof focusServer = {
  ...focusServer,
  claims: {
    ...focusServer.claims,
    claims: focusServer.claims.claims.map(({ appliesWhen, ...claim }) =>
      claim.id === "total-run-277" || appliesWhen === undefined ? claim : { ...claim, appliesWhen },
    ),
  },
};

/** Durations of a stage by job id. */
function durations(report: Report, stage: string): Map<string | null, number | null> {
  return new Map(
    report.investigations.flatMap((one) =>
      one.stages.filter((entry) => entry.stage === stage).map((entry) => [one.jobId, entry.durationMs] as const),
    ),
  );
}

/** The same run on a clock that nobody sets. */
async function undisturbed(settings: SimulationOptions, captures: readonly string[] = FINE_CAPTURES): Promise<Report> {
  return (await analyzeSimulation({ ...settings, clockChanges: [], zoneOffsetMinutes: 0 }, captures)).report;
}

describe("summer time that changes inside of a run", () => {
  const run: SimulationOptions = { seed: "dst", investigations: 40, zoneOffsetMinutes: 120, skewMs: -3_700, delayMs: 3_000 };

  it.each([
    ["begins", HOUR, FINE_CAPTURES],
    ["ends", -HOUR, FINE_CAPTURES],
    ["begins, seen from whole seconds", HOUR, COARSE_CAPTURES],
    ["ends, seen from whole seconds", -HOUR, COARSE_CAPTURES],
    ["ends by half an hour", -HOUR / 2, FINE_CAPTURES],
  ])("that %s leaves every duration as it is, on both sides and across", async (_, byMs, captures) => {
    const settings = { ...run, clockChanges: [{ afterMs: 5 * MINUTE, byMs }] };
    const { report, truth } = await analyzeSimulation(settings, captures);
    const expected = await undisturbed(settings, captures);
    for (const stage of ["configure", "connect", "frames", "disconnect", "delay", "cleanup"]) {
      for (const [jobId, duration] of durations(expected, stage)) {
        expect(Math.abs((durations(report, stage).get(jobId) ?? Number.NaN) - (duration ?? 0)), `${stage} of ${jobId}`).toBeLessThanOrEqual(
          1,
        );
      }
    }
    expect(report.stages.map(({ stage, n }) => [stage, n])).toEqual(expected.stages.map(({ stage, n }) => [stage, n]));
    const runner = report.clocks.find(({ id }) => id === "runner");
    expect(runner).toMatchObject({ zoneOffsetMinutes: 120, changes: [{ byMs, kind: "zone", settledBy: "bounds" }] });
    expect(Math.abs((runner?.skewMs ?? 0) + 3_700)).toBeLessThanOrEqual(runner?.uncertaintyMs ?? 0);
    expect(diagnosticIds(report)).toContain("clock-zone-changed");
    for (const [index, one] of report.investigations.entries()) {
      const start = truth.investigations[index]?.edges.configureStart ?? 0;
      expect(Math.abs(Date.parse(one.startedAt ?? "") - start)).toBeLessThanOrEqual((runner?.uncertaintyMs ?? 0) + 1);
    }
    expect(report.run.found).toBe(1);
  });
});

describe("a hole of an hour with Jobs on one side alone", () => {
  const run: SimulationOptions = {
    seed: "dst-one-side",
    investigations: 12,
    startAt: Date.UTC(2026, 2, 27, 0, 0),
    zoneOffsetMinutes: 120,
    skewMs: -3_700,
    delayMs: 3_000,
  };
  /** The clock is set in the middle between two edges of an investigation. */
  const setBetween = async (index: number, from: "configureStart" | "configured", to: "configured" | "connectStart") => {
    const { truth } = simulateRun({ ...run, files: [] });
    const edges = truth.investigations[index]?.edges;
    const afterMs = ((edges?.[from] ?? 0) + (edges?.[to] ?? 0)) / 2 - (run.startAt ?? 0);
    const { report } = await analyzeSimulation({ ...run, clockChanges: [{ afterMs, byMs: HOUR }] }, FINE_CAPTURES);
    const [runner] = report.clocks.filter(({ id }) => id === "runner");
    const isAt = (printed: string | null | undefined, at: number | null | undefined) =>
      expect(Math.abs(Date.parse(printed ?? "") - (at ?? 0))).toBeLessThanOrEqual((runner?.uncertaintyMs ?? 0) + 1);
    return { report, truth: truth.investigations, isAt };
  };
  const cleanups = (report: Report) => new Map(report.jobs.map(({ name, cleanupMs }) => [name, cleanupMs]));

  it("gives no place on the cluster's clock to what comes after it", async () => {
    const [{ report, truth, isAt }, expected] = [await setBetween(11, "configured", "connectStart"), await undisturbed(run)];
    expect(diagnosticIds(report)).toContain("clock-hole");
    expect(diagnosticIds(report)).not.toContain("gone-before-disconnect");
    const last = report.investigations.at(-1);
    isAt(last?.startedAt, truth[11]?.edges.configureStart);
    expect([last?.outcome, last?.endedAt]).toEqual(["ok", null]);
    expect(last?.endedAtLocal).toMatch(/^2026-03-27T03:/);
    expect(last?.stages.find(({ stage }) => stage === "frames")).toMatchObject({ from: null, fromLocal: expect.stringMatching(/T03:/) });
    for (const stage of ["configure", "frames", "disconnect"]) expect(durations(report, stage)).toEqual(durations(expected, stage));
    const job = report.jobs.find(({ uid }) => uid === last?.jobUid);
    for (const [name, cleanupMs] of cleanups(expected)) {
      const measured = cleanups(report).get(name);
      if (name === job?.name) expect(measured).toBeUndefined();
      else if (cleanupMs !== undefined) expect(Math.abs((measured ?? Number.NaN) - cleanupMs)).toBeLessThanOrEqual(200);
    }
    const [end, latest] = [Date.parse(report.window?.to ?? ""), Date.parse(expected.window?.to ?? "")];
    expect(end - latest).toBeLessThan(10 * MINUTE);
    expect([report.concurrency.connected, report.concurrency.documented?.fromDisconnect]).toEqual([undefined, undefined]);
    expect(report.concurrency.openJobs?.mean).toBeCloseTo(expected.concurrency.openJobs?.mean ?? Number.NaN, 1);
  });

  it("gives none to what comes before it", async () => {
    const { report, truth, isAt } = await setBetween(0, "configureStart", "configured");
    expect(diagnosticIds(report)).toContain("clock-hole");
    const [first, second] = report.investigations;
    expect([first?.startedAt, first?.startedAtLocal?.slice(0, 13)]).toEqual([null, "2026-03-27T01"]);
    isAt(first?.endedAt, truth[0]?.edges.disconnected);
    isAt(second?.startedAt, truth[1]?.edges.configureStart);
    expect(first?.jobUid).toBeDefined();
    expect(report.window).not.toBeNull();
  });
});

describe("summer time that changes in a log without cluster data", () => {
  /** The change falls between two investigations: nothing reports a duration across it. */
  const run: SimulationOptions = {
    seed: "dst-alone",
    investigations: 30,
    startAt: Date.UTC(2025, 2, 30, 0, 55),
    zoneOffsetMinutes: 60,
    skewMs: 0,
    delayMs: 20_000,
  };
  /** In the middle of the delay nearest to a moment of the run. */
  function inDelay(settings: SimulationOptions): number {
    const { truth } = simulateRun({ ...settings, files: [] });
    const startAt = settings.startAt ?? 0;
    const ends = truth.investigations.map(({ edges }) => (edges.disconnected ?? 0) + 10_000 - startAt);
    return ends.find((afterMs) => afterMs >= 5 * MINUTE) ?? 0;
  }
  const analyzeAlone = async (byMs: number, tz?: string, more: SimulationOptions = {}, afterMs?: number) => {
    const settings = { ...run, ...more };
    const clockChanges = [{ afterMs: afterMs ?? inDelay(settings), byMs }];
    const declared = tz === undefined ? {} : { declaredClock: { zoneName: tz } };
    return (await analyzeSimulation({ ...settings, clockChanges }, [], declared)).report;
  };
  const inside = ["configure", "connect", "frames", "disconnect"];

  it("keeps all durations where it goes back, and says that nothing else proves it", async () => {
    const [report, expected] = [await analyzeAlone(-HOUR), await undisturbed(run, [])];
    for (const stage of [...inside, "delay"]) expect(durations(report, stage)).toEqual(durations(expected, stage));
    expect(diagnosticIds(report)).toContain("clock-zone-assumed");
    expect(report.clocks.find(({ id }) => id === "runner")?.changes).toMatchObject([{ byMs: -HOUR, settledBy: "backwards" }]);
  });

  it("leaves out what lies across a hole of an hour, keeps all else as one run, and says so", async () => {
    const [report, expected] = [await analyzeAlone(HOUR), await undisturbed(run, [])];
    for (const stage of inside) expect(durations(report, stage)).toEqual(durations(expected, stage));
    const [measured, all] = [durations(report, "delay"), durations(expected, "delay")];
    expect(measured.size).toBe(all.size - 1);
    for (const [jobId, duration] of measured) expect(duration).toBe(all.get(jobId));
    expect(diagnosticIds(report)).toContain("clock-hole");
    expect([report.run.found, report.investigations.length]).toEqual([1, 30]);
  });

  it.each([
    ["Europe/Berlin", 1],
    ["Asia/Jerusalem", 2],
  ])("goes by the rules of %s", async (tz, runs) => {
    // Berlin set its clocks in that night, Jerusalem two days before: there an hour of silence parts two runs.
    const [report, expected] = [await analyzeAlone(HOUR, tz), await undisturbed(run, [])];
    expect(diagnosticIds(report)).not.toContain("clock-hole");
    expect(report.run.found).toBe(runs);
    const whole = durations(expected, "delay");
    const across = [...durations(report, "delay")].filter(([jobId, duration]) => duration !== whole.get(jobId));
    expect([across, durations(report, "delay").size === whole.size]).toEqual([[], runs === 1]);
  });

  it("puts both sides of the change where the rules of the zone put them", async () => {
    const autumn = { startAt: Date.UTC(2025, 9, 26, 0, 55), zoneOffsetMinutes: 120, skewMs: 0 };
    const report = await analyzeAlone(-HOUR, "Europe/Berlin", autumn);
    const { truth } = simulateRun({ ...run, ...autumn, files: [] });
    expect(report.investigations.map(({ startedAt }) => Date.parse(startedAt ?? ""))).toEqual(
      truth.investigations.map(({ edges }) => Math.floor(edges.configureStart)),
    );
    expect(report.clocks.find(({ id }) => id === "runner")?.changes).toMatchObject([{ byMs: -HOUR, settledBy: "zone-rules" }]);
  });

  it("believes the log's own duration across the change", async () => {
    const { truth } = simulateRun({ ...run, files: [] });
    const edges = truth.investigations[8]?.edges;
    const afterMs = ((edges?.streamStart ?? 0) + (edges?.streamEnd ?? 0)) / 2 - (run.startAt ?? 0);
    const report = await analyzeAlone(HOUR, undefined, {}, afterMs);
    const expected = await undisturbed(run, []);
    for (const stage of [...inside, "delay"]) expect(durations(report, stage)).toEqual(durations(expected, stage));
    expect(report.clocks.find(({ id }) => id === "runner")?.changes).toMatchObject([{ byMs: HOUR, settledBy: "reported-duration" }]);
  });

  it("believes HTTP dates on either side", async () => {
    const report = await analyzeAlone(HOUR, undefined, { logAnswers: true });
    const expected = await undisturbed({ ...run, logAnswers: true }, []);
    for (const stage of [...inside, "delay"]) expect(durations(report, stage)).toEqual(durations(expected, stage));
    expect(report.clocks.find(({ id }) => id === "runner")).toMatchObject({
      method: "http-date",
      zoneOffsetMinutes: 60,
      changes: [{ byMs: HOUR, settledBy: "http-date" }],
    });
  });

  it("takes no pause of an hour for a change where Jobs show that time passed", async () => {
    const { files } = simulateRun({ ...run, earlierRuns: [], investigations: 12, delayMs: HOUR + 30_000 });
    const report = await analyzeFiles(files, ["test-run.log", ...FINE_CAPTURES], { run: "all" });
    const starts = report.investigations.map(({ startedAt }) => Date.parse(startedAt ?? ""));
    const apart = starts.slice(1).map((start, index) => Math.round((start - (starts[index] ?? 0)) / MINUTE));
    expect(apart.length).toBeGreaterThan(5);
    expect(new Set(apart)).toEqual(new Set([61]));
  });
});

describe("runners with clocks of their own", () => {
  const run: SimulationOptions = {
    seed: "two-runners",
    investigations: 40,
    overlap: 2,
    zoneOffsetMinutes: 120,
    skewMs: -3_700,
    otherRunners: [{ zoneOffsetMinutes: -300, skewMs: 41_000 }],
  };
  const LOGS = ["test-run.log", "test-run-2.log"];

  it("are told apart, each with its zone and skew, and their investigations stand on one time", async () => {
    const { files, truth } = simulateRun(run);
    const report = await analyzeFiles(files, [...LOGS, ...FINE_CAPTURES]);
    const clocks = report.clocks.filter(({ id }) => id.startsWith("runner"));
    expect(clocks.map(({ id }) => id)).toEqual(["runner", "runner:2"]);
    for (const [zone, skew] of [
      [120, -3_700],
      [-300, 41_000],
    ] as const) {
      const clock = clocks.find(({ zoneOffsetMinutes }) => zoneOffsetMinutes === zone);
      expect(Math.abs((clock?.skewMs ?? 0) - skew)).toBeLessThanOrEqual(clock?.uncertaintyMs ?? 0);
    }
    expect(report.investigations.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 40 }, () => "ok"));
    const widest = Math.max(...clocks.map(({ uncertaintyMs }) => uncertaintyMs ?? 0));
    for (const { jobId, edges } of truth.investigations) {
      const found = report.investigations.find((one) => one.jobId === jobId);
      expect(Math.abs(Date.parse(found?.startedAt ?? "") - edges.configureStart)).toBeLessThanOrEqual(widest + 1);
    }
    const starts = report.investigations.map(({ startedAt }) => startedAt);
    expect(starts).toEqual([...starts].sort());
    const ofLogs = report.sources.filter(({ format }) => format === "python-log").map(({ clock }) => clock);
    expect(ofLogs.sort()).toEqual(["runner", "runner:2"]);
    expect(diagnosticIds(report)).toContain("several-runners");
    expect(report.concurrency.openJobs?.peak).toBe(truth.openJobs.peak);
  });

  it("tell the length of the run from both clocks, and only as finely as these are known", async () => {
    const { files, truth } = simulateRun(run);
    const measured = claimOf(await analyzeFiles(files, [...LOGS, ...FINE_CAPTURES], { profile: anySize }), "total-run-277").measured;
    const edges = truth.investigations.map((one) => one.edges);
    const start = Math.min(...edges.map(({ configureStart }) => configureStart));
    const trueLength = (Math.max(...edges.map(({ disconnected }) => disconnected ?? 0)) - start) / 1000;
    const [low, high] = measured?.ci95 ?? [0, 0];
    expect([low <= trueLength, high >= trueLength, high - low < 1]).toEqual([true, true, true]);
  });

  it("give the same report in any order", async () => {
    const { files } = simulateRun(run);
    const [one, other] = [
      await analyzeFiles(files, [...LOGS, ...FINE_CAPTURES]),
      await analyzeFiles(files, [...FINE_CAPTURES, ...[...LOGS].reverse()]),
    ];
    expect(other.stages).toEqual(one.stages);
    expect(other.clocks).toEqual(one.clocks);
    expect(other.investigations.map(({ id, jobId, startedAt }) => [id, jobId, startedAt])).toEqual(
      one.investigations.map(({ id, jobId, startedAt }) => [id, jobId, startedAt]),
    );
  });

  it("stay apart where nothing ties one of them to the cluster, and it is said", async () => {
    const { files, truth } = simulateRun(run);
    const others = new Set(truth.investigations.filter((_, index) => index % 2 === 1).map(({ jobId }) => jobId));
    const watch = (files.get("audit.log") ?? "").split("\n").filter((line) => ![...others].some((id) => line.includes(id)));
    const partial = new Map(files).set("audit.log", watch.join("\n"));
    const report = await analyzeFiles(partial, [...LOGS, "audit.log"], { profile: anySize });
    expect(diagnosticIds(report)).toContain("log-not-aligned");
    expect(claimOf(report, "total-run-277")).toMatchObject({ verdict: "not-measured", reason: { key: "clock-unanchored" } });
    const apart = report.investigations.filter(({ startedAt }) => startedAt === null);
    expect(new Set(apart.map(({ jobId }) => jobId))).toEqual(others);
    expect(apart.every(({ startedAtLocal, stages }) => startedAtLocal !== undefined && stages.length > 0)).toBe(true);
    expect(report.concurrency.connected).toBeUndefined();
  });
});

describe("several runs in logs of different clocks", () => {
  const run: SimulationOptions = { seed: "runs", earlierRuns: [12, 9, 10], investigations: 14, zoneOffsetMinutes: 120 };

  /** The runs of the log in turn on two clocks, the second ahead by a few seconds. */
  function onTwoClocks(files: ReadonlyMap<string, string>): Map<string, string> {
    const runs = (files.get("test-run.log") ?? "").split(/^(?=.*Investigation 1\/)/m);
    const [head = "", ...own] = runs;
    const later = (line: string) => {
      const printed = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d),(\d{3})/.exec(line);
      if (printed === null) return line;
      const at = new Date(Date.parse(`${printed[1]}T${printed[2]}.${printed[3]}Z`) + 7_300).toISOString();
      return at.slice(0, -1).replace("T", " ").replace(".", ",") + line.slice(printed[0].length);
    };
    const ofClock = (clock: number) => own.filter((_, index) => index % 2 === clock).join("");
    return new Map(files).set("a.log", head + ofClock(0)).set("b.log", ofClock(1).split("\n").map(later).join("\n"));
  }

  it.each([
    ["an hour and more", 70 * MINUTE],
    ["some minutes", 10 * MINUTE],
  ])("are told apart as in one log, with %s between them", async (_, runGapMs) => {
    const { files } = simulateRun({ ...run, runGapMs });
    const split = onTwoClocks(files);
    const [one, two] = [
      await analyzeFiles(files, ["test-run.log", ...FINE_CAPTURES], { run: "all" }),
      await analyzeFiles(split, ["a.log", "b.log", ...FINE_CAPTURES], { run: "all" }),
    ];
    expect(two.clocks.filter(({ id }) => id.startsWith("runner"))).toHaveLength(2);
    expect(two.run).toEqual(one.run);
    expect(two.run).toMatchObject({ selected: "all", found: 4, announced: 45 });
    expect(two.concurrency.pauses).toHaveLength(3);
    expect(two.concurrency.pauses).toEqual(one.concurrency.pauses);
    expect(two.concurrency.openJobs?.mean).toBe(one.concurrency.openJobs?.mean);
    expect([one.runDuration, two.runDuration]).toEqual([undefined, undefined]);
    // No delay reaches from a run into the next, on whichever clock that is.
    expect(durations(two, "delay")).toEqual(durations(one, "delay"));
  });

  it("are chosen one by one, by their place among all", async () => {
    const { files } = simulateRun({ ...run, runGapMs: 10 * MINUTE });
    const split = onTwoClocks(files);
    const sizes = [12, 9, 10, 14];
    for (const [index, size] of [...sizes, 14].entries()) {
      const chosen = index < sizes.length ? { run: index + 1 } : {};
      const report = await analyzeFiles(split, ["b.log", "a.log", ...FINE_CAPTURES], chosen);
      expect([report.run, report.investigations.length]).toEqual([
        { selected: Math.min(index + 1, sizes.length), found: 4, announced: size },
        size,
      ]);
    }
  });

  it("are one each where two runners were at work at once", async () => {
    const otherRunners = [{ zoneOffsetMinutes: -300, skewMs: 41_000 }];
    const { files } = simulateRun({ ...run, overlap: 2, otherRunners, runGapMs: 70 * MINUTE });
    const read = (options: { run?: "all" }) =>
      analyzeFiles(files, ["test-run.log", "test-run-2.log", ...FINE_CAPTURES], { ...options, profile: anySize });
    const [all, last] = [await read({ run: "all" }), await read({})];
    expect(all.run).toEqual({ selected: "all", found: 4, announced: 45 });
    expect([all.concurrency.pauses?.length, all.runDuration]).toEqual([3, undefined]);
    expect(last.run).toEqual({ selected: 4, found: 4, announced: 14 });
    expect([last.investigations.length, last.runDuration === undefined]).toEqual([14, false]);
  });
});

describe("logs of one clock", () => {
  const run: SimulationOptions = { seed: "one-clock", investigations: 30, zoneOffsetMinutes: 120, skewMs: 900 };

  it("stay what they are when they are split in two, at any line", async () => {
    const { files } = simulateRun(run);
    const whole = await analyzeFiles(files, ["test-run.log", ...FINE_CAPTURES]);
    const lines = (files.get("test-run.log") ?? "").split("\n").filter((line) => line !== "");
    for (const share of [0.02, 0.31, 0.5, 0.77, 0.99]) {
      const at = Math.floor(lines.length * share);
      const split = new Map(files).set("a.log", `${lines.slice(0, at).join("\n")}\n`).set("b.log", `${lines.slice(at).join("\n")}\n`);
      const report = await analyzeFiles(split, ["b.log", "a.log", ...FINE_CAPTURES]);
      expect(report.stages, `split at ${share}`).toEqual(whole.stages);
      expect(report.clocks).toEqual(whole.clocks);
    }
  });

  it("are counted once when the same records stand in two zones", async () => {
    const { files } = simulateRun(run);
    const inUtc = simulateRun({ ...run, zoneOffsetMinutes: 0 }).files.get("test-run.log") ?? "";
    const whole = await analyzeFiles(files, ["test-run.log", ...FINE_CAPTURES]);
    for (const captures of [FINE_CAPTURES, []]) {
      const report = await analyzeFiles(new Map(files).set("ci.log", inUtc), ["test-run.log", "ci.log", ...captures]);
      expect(report.investigations).toHaveLength(30);
      expect(report.stages.find(({ stage }) => stage === "connect")).toEqual(whole.stages.find(({ stage }) => stage === "connect"));
    }
  });
});

describe("stamps without a date", () => {
  /** Over new year on the runner's clock. */
  const run: SimulationOptions = {
    seed: "new-year",
    investigations: 30,
    startAt: Date.UTC(2025, 11, 31, 21, 55),
    zoneOffsetMinutes: 120,
    skewMs: 0,
  };
  const cut = (from: number) => {
    const { files } = simulateRun(run);
    const log = (files.get("test-run.log") ?? "").replace(/^\d{4}-\d\d-\d\d /gm, (date) => date.slice(from));
    return new Map(files).set("test-run.log", log);
  };

  it.each([
    ["year", 5],
    ["day", 11],
  ])("go over midnight and new year, and take the %s from the Jobs", async (_, from) => {
    const whole = (await analyzeSimulation(run)).report;
    const report = await analyzeFiles(cut(from), ["test-run.log", ...FINE_CAPTURES]);
    expect(report.stages).toEqual(whole.stages);
    expect(report.investigations.map(({ startedAt }) => startedAt)).toEqual(whole.investigations.map(({ startedAt }) => startedAt));
    const end = ({ sources }: Report) => sources.find(({ format }) => format === "python-log")?.to;
    expect(end(report)).toEqual(end(whole));
  });

  it.each([
    ["year", 5, "year-from-file"],
    ["day", 11, "date-from-file"],
  ])("keep their durations where nothing tells the %s, and it is said", async (_, from, diagnostic) => {
    const whole = (await analyzeSimulation(run, [])).report;
    const report = await analyzeFiles(cut(from), ["test-run.log"]);
    expect(report.stages).toEqual(whole.stages);
    expect([report.run.found, report.window]).toEqual([1, null]);
    expect(diagnosticIds(report)).toContain(diagnostic);
  });
});

describe("a correction of the runner's clock inside of a run", () => {
  it.each([5_000, -5_000, 900, -900])("by %i ms is found, and every start is where it is said to be", async (byMs) => {
    const settings: SimulationOptions = {
      seed: `step${byMs}`,
      investigations: 60,
      zoneOffsetMinutes: 120,
      clockChanges: [{ afterMs: 9 * MINUTE, byMs }],
    };
    const { report, truth } = await analyzeSimulation(settings);
    const runner = report.clocks.find(({ id }) => id === "runner");
    const [change] = runner?.changes ?? [];
    expect([runner?.changes?.length, change?.kind]).toEqual([1, "step"]);
    expect(Math.abs((change?.byMs ?? 0) - byMs)).toBeLessThanOrEqual(2 * (runner?.uncertaintyMs ?? 0));
    expect(diagnosticIds(report)).toContain("clock-step");
    const expected = await undisturbed(settings);
    for (const stage of ["configure", "connect", "frames", "disconnect", "delay"]) {
      const all = durations(expected, stage);
      const found = durations(report, stage);
      expect(found.size).toBeGreaterThan(all.size - 4);
      for (const [jobId, duration] of found)
        expect(Math.abs((duration ?? 0) - (all.get(jobId) ?? 0)), `${stage} of ${jobId}`).toBeLessThanOrEqual(1);
    }
    expect(truth.investigations.length).toBe(report.investigations.length);
  });

  /** A run with a correction, its size, place and captures spread without a random number: by multiples of irrational ones. */
  function corrected(seed: number): { settings: SimulationOptions & { files: readonly string[] }; byMs: number } {
    const share = (factor: number) => (seed * factor) % 1;
    const byMs = Math.round((share(Math.SQRT2) < 0.5 ? -1 : 1) * 10 ** (1.5 + 2.5 * share(Math.sqrt(3))));
    const investigations = 6 + (seed % 4) * 5;
    const clockChanges = [{ afterMs: share(Math.sqrt(5)) * investigations * 24_000, byMs }];
    const files = seed % 2 === 0 ? ["audit.log"] : COARSE_CAPTURES;
    return { settings: { seed: `steps-${seed}`, investigations, zoneOffsetMinutes: 120, skewMs: -3_700, clockChanges, files }, byMs };
  }

  /** How far the starts of a report are off, at most; those inside of the stretch in which the clock was set measure nothing. */
  function worstStart(report: Report, truth: SimulatedRun["truth"]): number {
    const [change] = report.clocks.find(({ id }) => id === "runner")?.changes ?? [];
    const errors = truth.investigations.flatMap(({ jobId, edges }) => {
      const startedAt = report.investigations.find((one) => one.jobId === jobId)?.startedAt ?? null;
      if (startedAt === null || (change !== undefined && startedAt > change.from && startedAt < change.to)) return [];
      return [Math.abs(Date.parse(startedAt) - edges.configureStart)];
    });
    return Math.max(...errors);
  }

  it("never makes the stated uncertainty false where any bound tells of it, whatever its size and place", async () => {
    const said = new Map<string, number>();
    for (let seed = 0; seed < 100; seed += 1) {
      const { settings, byMs } = corrected(seed);
      const { report, truth } = await analyzeSimulation(settings, settings.files);
      const ids = diagnosticIds(report);
      const seen = ["clock-step", "clock-widened", "clock-drift", "clock-bounds-disagree"].find((id) => ids.includes(id));
      said.set(seen ?? "nothing", (said.get(seen ?? "nothing") ?? 0) + 1);
      // One that contradicts no bound cannot be seen: it adds no more than itself.
      const uncertainty = report.clocks.find(({ id }) => id === "runner")?.uncertaintyMs ?? 0;
      const allowed = uncertainty + (seen === undefined ? Math.abs(byMs) : 0) + 1;
      expect(worstStart(report, truth), `seed ${seed}, ${byMs} ms: ${seen}`).toBeLessThanOrEqual(allowed);
    }
    expect([said.get("clock-step") ?? 0, said.get("clock-widened") ?? 0].every((count) => count > 10)).toBe(true);
  }, 300_000);
});
