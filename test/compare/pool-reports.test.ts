import { describe, expect, it } from "vitest";
import type { Report, ReportClaim } from "../../src/model/report.js";
import { pool } from "../../src/pool-runs.js";
import { loadProfile } from "../../src/profiles/load-profile.js";
import { renderHtml } from "../../src/report/html.js";
import { parseReport, serializeReport } from "../../src/report/json.js";
import { LOCALES } from "../../src/report/locales/index.js";
import { toText } from "../../src/report/words/phrase.js";
import { claimCells, runCells } from "../../src/report/words/pool.js";
import { fixedCleanup } from "../../src/simulate/index.js";
import { fixedFrame } from "../postrun/frame.js";
import { claimOf } from "../postrun/simulated.js";
import { simulatedReport } from "./reports.js";

const DAY_MS = 86_400_000;
const START = Date.UTC(2025, 11, 7, 8, 50);

/** Runs on one day after the other whose cleanup takes so long, with a second of spread inside each. */
function runs(cleanupsMs: readonly number[], investigations = 30): Promise<Report[]> {
  return Promise.all(
    cleanupsMs.map((ms, day) =>
      simulatedReport({ seed: `run ${day} ${ms}`, investigations, startAt: START + day * DAY_MS, cleanup: fixedCleanup(ms, 1_000) }),
    ),
  );
}

/** The same reports with another row of a claim. */
function withClaim(reports: readonly Report[], id: string, change: (claim: ReportClaim, run: number) => ReportClaim): Report[] {
  return reports.map((report, run) => ({
    ...report,
    claims: report.claims.map((claim) => (claim.id === id ? change(claim, run) : claim)),
  }));
}

function measuredOf({ id, measured }: ReportClaim): NonNullable<ReportClaim["measured"]> {
  if (measured === undefined) throw new Error(`${id} was not measured`);
  return measured;
}

const pooledOf = (report: Report, id: string) => report.pooled?.claims.find((claim) => claim.id === id);

describe("several runs taken together", () => {
  it("give one verdict for each claim, by the rules of a single run", async () => {
    const reports = await runs([58_000, 58_300, 57_900, 58_100]);
    const report = await pool({ reports, frame: fixedFrame });
    const cleanup = claimOf(report, "cleanup-after-disconnect");
    expect(cleanup).toMatchObject({
      verdict: "contradicted",
      reason: { key: "interval-outside" },
      measured: { n: 120, statistic: "median" },
    });
    expect(cleanup.suggestion?.en).toContain("58");
    const [low, high] = cleanup.measured?.ci95 ?? [0, 0];
    expect(low).toBeLessThan(58.1);
    expect(high).toBeGreaterThan(58);
    expect(high - low).toBeLessThan(2);
    expect(report.claims.map(({ id }) => id)).toEqual(reports[0]?.claims.map(({ id }) => id));
    expect(report.pooled?.runs.map(({ investigations }) => investigations)).toEqual([30, 30, 30, 30]);
  });

  it("tell what the claims contradict each other in, as the report of one run does", async () => {
    const reports = await runs([58_000, 58_300]);
    expect((await pool({ reports, frame: fixedFrame })).diagnostics).toEqual([]);
    const loaded = await loadProfile("focus-server");
    const claims = loaded.claims.claims.flatMap((claim) => {
      const { id, documented } = claim;
      if (id !== "cleanup-after-disconnect" || documented === undefined || !("value" in documented)) return [claim];
      return [claim, { ...claim, id: "cleanup-elsewhere", documented: { ...documented, value: documented.value * 10 } }];
    });
    const report = await pool({ reports, profile: { ...loaded, claims: { ...loaded.claims, claims } }, frame: fixedFrame });
    expect(report.diagnostics).toEqual([
      {
        id: "claims-opposed",
        severity: "warning",
        count: 1,
        values: { claim: "cleanup-after-disconnect", other: "cleanup-elsewhere" },
        examples: [],
      },
    ]);
    expect(await renderHtml(report)).toContain("cleanup-elsewhere");
  });

  it("know the stages that the profile of any of them does, also where the first is of old and does not tell", async () => {
    const [first, second] = (await runs([58_000, 58_300])) as [Report, Report];
    const stagesOf = async (...stages: readonly (readonly string[] | undefined)[]) => {
      const reports = [first, second].map((report, index) => {
        const { stages: _, ...profile } = report.profile;
        const own = stages[index];
        return { ...report, profile: own === undefined ? profile : { ...profile, stages: own } };
      });
      return (await pool({ reports, frame: fixedFrame })).profile.stages;
    };
    expect(await stagesOf(["ask", "work"], ["ask", "work"])).toEqual(["ask", "work"]);
    expect(await stagesOf(undefined, ["ask", "work"])).toEqual(["ask", "work"]);
    expect(await stagesOf(["ask"], ["ask", "work"])).toEqual(["ask", "work"]);
    expect(await stagesOf(undefined, undefined)).toBeUndefined();
  });

  it("correct no document by a mean of open Jobs where fewer than six investigations of one ended well", async () => {
    const reports = await runs([58_000, 58_300]);
    const isContradicted = (claim: ReportClaim) => ({
      ...claim,
      verdict: "contradicted" as const,
      measured: { ...measuredOf(claim), value: 9, ci95: [8.9, 9.1] as const },
    });
    const [mean] = ["mean-open-jobs", "mean-open-jobs-delay-5"].filter((id) =>
      reports.every((report) => claimOf(report, id).measured !== undefined),
    );
    const high = withClaim(reports, mean ?? "", isContradicted);
    const of = async (given: readonly Report[]) => claimOf(await pool({ reports: given, frame: fixedFrame }), mean ?? "");
    expect(await of(high)).toMatchObject({ verdict: "contradicted", suggestion: {} });
    const failed = high.map((report, run) => ({
      ...report,
      investigations: report.investigations.map((one, index) => (run === 0 || index < 5 ? one : { ...one, outcome: "failed" as const })),
    }));
    const few = await of(failed);
    expect([few.verdict, few.suggestion]).toEqual(["contradicted", undefined]);
  });

  it("that differ have an interval that holds what lies between them, and not one as if all samples were of one run", async () => {
    const reports = await runs([48_000, 50_000, 52_500, 50_500]);
    const report = await pool({ reports, frame: fixedFrame });
    const cleanup = claimOf(report, "cleanup-after-disconnect");
    const pooled = pooledOf(report, "cleanup-after-disconnect");
    expect(pooled).toMatchObject({ by: "estimate", runsDiffer: true });
    expect(pooled?.betweenRuns ?? 0).toBeGreaterThan(1);
    const [low, high] = cleanup.measured?.ci95 ?? [0, 0];
    const medians = reports.map((run) => claimOf(run, "cleanup-after-disconnect").measured?.value ?? 0);
    expect(high - low).toBeGreaterThan((Math.max(...medians) - Math.min(...medians)) * 0.9);
    // Three of the runs are confirmed and the middle of all is documented, but four such runs do not confirm it for others.
    expect(cleanup).toMatchObject({ verdict: "inconclusive", reason: { key: "pooled-crosses-limit", values: { runs: 4 } } });
  });

  it("count a run of many investigations no more than a small one where the runs differ", async () => {
    const [large] = await runs([48_000], 120);
    const reports = [large as Report, ...(await runs([48_000, 56_000, 56_000], 20)).slice(1)];
    const report = await pool({ reports, frame: fixedFrame });
    const value = claimOf(report, "cleanup-after-disconnect").measured?.value ?? 0;
    expect(value).toBeGreaterThan(52.5);
    expect(value).toBeLessThan(54.5);
  });

  it("do not make smaller what ends known only as ranges leave open, in the stage as in the claim", async () => {
    const [p50Ms, p50RangeMs, ci95Ms] = [64_854, [43_951, 64_953], [43_331, 65_575]] as const;
    const seconds = ([low, high]: readonly [number, number]) => [low / 1000, high / 1000] as const;
    const ranged = withClaim(await runs([58_000, 58_300, 57_900, 58_100]), "cleanup-after-disconnect", (claim) => ({
      ...claim,
      measured: { ...measuredOf(claim), value: p50Ms / 1000, range: seconds(p50RangeMs), ci95: seconds(ci95Ms) },
    })).map((report) => ({
      ...report,
      stages: report.stages.map((stage) => (stage.stage === "cleanup" ? { ...stage, p50Ms, p50RangeMs, ci95Ms } : stage)),
    }));
    const report = await pool({ reports: ranged, frame: fixedFrame });
    const stage = report.stages.find((one) => one.stage === "cleanup");
    expect(stage).toMatchObject({ p50Ms, p50RangeMs });
    expect(stage?.ci95Ms?.[0]).toBeLessThanOrEqual(p50RangeMs[0]);
    expect(stage?.ci95Ms?.[1]).toBeGreaterThanOrEqual(p50RangeMs[1]);
    const measured = claimOf(report, "cleanup-after-disconnect").measured;
    for (const end of [0, 1] as const) expect((measured?.ci95?.[end] ?? 0) * 1000).toBeCloseTo(stage?.ci95Ms?.[end] ?? 0, 1);
  });

  it("have the shortest and the longest of a stage only where each of them knows its own", async () => {
    const reports = await runs([58_000, 58_300]);
    const ofStage = (stages: Report["stages"]) => stages.find(({ stage }) => stage === "cleanup");
    const pooled = async (change: (stage: Report["stages"][number]) => Report["stages"][number]) => {
      const [first, second] = reports as [Report, Report];
      const stages = first.stages.map((stage) => (stage.stage === "cleanup" ? change(stage) : stage));
      const { minMs, maxMs } = ofStage((await pool({ reports: [{ ...first, stages }, second], frame: fixedFrame })).stages) ?? {};
      return [minMs, maxMs];
    };
    const [one, other] = reports.map(({ stages }) => ofStage(stages));
    const ofBoth = [Math.min(one?.minMs ?? 0, other?.minMs ?? 0), Math.max(one?.maxMs ?? 0, other?.maxMs ?? 0)];
    expect(await pooled((stage) => stage)).toEqual(ofBoth);
    expect(await pooled(({ maxMs, ...stage }) => stage)).toEqual([ofBoth[0], undefined]);
    expect(await pooled(({ minMs, maxMs, ...stage }) => stage)).toEqual([undefined, undefined]);
    // A run that never came to the stage says nothing of it.
    expect(await pooled(({ stage, title }) => ({ stage, title, n: 0, failed: 0, censored: 0, resolutionMs: 0, samplesMs: [] }))).toEqual([
      other?.minMs,
      other?.maxMs,
    ]);
  });

  describe("of which the reports hold only some samples", () => {
    const KEPT = Array.from({ length: 300 }, () => 500);
    /** Each run says that 150 of its 600 differ; none of the kept ones does. */
    const abridged = async (): Promise<Report[]> =>
      withClaim(await runs([50_000, 50_200]), "frames-count", (claim) => ({
        ...claim,
        measured: { ...measuredOf(claim), n: 600, samples: KEPT, outliers: 20 },
        reason: { key: "exactly-with-exceptions", values: { value: 500, n: 600, differing: 150 } },
      }));

    it("add up what each run counted among all of its own", async () => {
      const { verdict, reason, measured } = claimOf(await pool({ reports: await abridged(), frame: fixedFrame }), "frames-count");
      expect([verdict, reason]).toEqual(["confirmed", { key: "exactly-with-exceptions", values: { value: 500, n: 1200, differing: 300 } }]);
      expect(measured).toMatchObject({ n: 1200, outliers: 40 });
      expect(measured?.samples).toHaveLength(300);
    });

    it("and say nothing of exceptions where one of them did not", async () => {
      const untold = withClaim(await abridged(), "frames-count", (claim, run) =>
        run === 0 ? claim : { ...claim, verdict: "inconclusive", reason: { key: "interval-crosses-limit", values: {} } },
      );
      expect(claimOf(await pool({ reports: untold, frame: fixedFrame }), "frames-count").reason.key).toBe("interval-inside");
    });

    it("take part in a relation with their extremes, or not at all", async () => {
      const id = "peak-within-life-over-period";
      const peak = { value: 4, ci95: null, intervalKind: "none", n: 30, failed: 0, censored: 0, statistic: "peak", unit: "jobs" } as const;
      const whole = withClaim(await runs([50_000, 50_200]), "peak-open-jobs", (claim) => ({
        ...claim,
        verdict: "confirmed",
        measured: { ...peak, samples: [], resolution: 0 },
      }));
      const relationOf = async (reports: readonly Report[]) =>
        (await pool({ reports, frame: fixedFrame })).consistency.find((relation) => relation.id === id)?.measured;
      const known = await relationOf(whole);
      expect(known).toBeDefined();
      const part = (extremes: boolean) =>
        withClaim(whole, "investigation-duration", (claim) => {
          const { samples } = measuredOf(claim);
          const ends = extremes ? { extremes: [Math.min(...samples), Math.max(...samples)] as const } : {};
          return { ...claim, measured: { ...measuredOf(claim), samples: [20, 20], ...ends } };
        });
      expect(await relationOf(part(true))).toEqual(known);
      expect(await relationOf(part(false))).toBeUndefined();
    });
  });

  it("list the numbers of the whole run with their range", async () => {
    const reports = await runs([50_000, 58_000, 54_000]);
    const report = await pool({ reports, frame: fixedFrame });
    const means = reports.map((run) => run.concurrency.openJobs?.mean ?? 0);
    expect(report.pooled?.runs.map(({ meanOpenJobs }) => meanOpenJobs)).toEqual(means);
    const mean = claimOf(report, "mean-open-jobs-delay-5").measured;
    expect(mean).toMatchObject({ intervalKind: "band", n: 3, statistic: "mean" });
    expect(mean?.ci95?.[0] ?? 9).toBeLessThanOrEqual(Math.min(...means));
    expect(mean?.ci95?.[1] ?? 0).toBeGreaterThanOrEqual(Math.max(...means));
    expect(pooledOf(report, "mean-open-jobs-delay-5")).toMatchObject({ by: "range" });
    expect(report.pooled?.runs.map(({ meanOpenJobsRange }) => meanOpenJobsRange)).toEqual(
      reports.map((run) => run.concurrency.openJobs?.meanRange),
    );
    expect(pooledOf(report, "mean-open-jobs-delay-5")?.runs.map(({ band }) => band)).toEqual(
      reports.map((run) => run.concurrency.openJobs?.meanRange),
    );
  });

  it("leave a number of a part of a run out of the range, and say what that run has at least", async () => {
    const reports = await runs([50_000, 58_000]);
    const partly = withClaim(reports, "mean-open-jobs-delay-5", (claim, run) =>
      run === 0 ? claim : { ...claim, verdict: "contradicted", measured: { ...measuredOf(claim), value: 40, atLeast: 39 } },
    ).map((report, run): Report => (run === 0 ? report : { ...report, concurrency: { ...report.concurrency, part: "capture" } }));
    const report = await pool({ reports: partly, frame: fixedFrame });
    expect(pooledOf(report, "mean-open-jobs-delay-5")).toMatchObject({ by: "verdicts", runs: [{ run: 0 }, { run: 1, atLeast: 39 }] });
    const [whole, part] = runCells(report, LOCALES.en).map((cells) => cells.slice(4, 6).map(toText));
    expect(whole?.join(" ")).not.toMatch(/least|–/);
    expect(part).toEqual(["–", expect.stringMatching(/^at least \d+$/)]);
    const row = claimCells(report, LOCALES.en).find((cells) => cells.some(({ text }) => toText(text) === "at least 39"));
    expect(row).toBeDefined();
  });

  it("agree or do not on settings, which have no mean", async () => {
    const reports = await runs([50_000, 58_000]);
    const report = await pool({ reports, frame: fixedFrame });
    expect(claimOf(report, "cleanup-backoff")).toMatchObject({
      verdict: "confirmed",
      reason: { key: "pooled-verdicts-agree", values: { runs: 2 } },
    });
    const turned = reports.map((run, index) => ({
      ...run,
      claims: run.claims.map((claim) =>
        claim.id === "cleanup-backoff" && index === 1 ? { ...claim, verdict: "contradicted" as const } : claim,
      ),
    }));
    const differing = await pool({ reports: turned, frame: fixedFrame });
    expect(claimOf(differing, "cleanup-backoff")).toMatchObject({ verdict: "inconclusive", reason: { key: "pooled-verdicts-differ" } });
  });

  it("leave out a run that documents another value, or has too few values, and say so", async () => {
    const reports = await runs([50_000, 50_200, 50_100]);
    const few = await simulatedReport({ seed: "few", investigations: 4, startAt: START + 9 * DAY_MS });
    const changed = reports.map((run, index) => ({
      ...run,
      claims: run.claims.map((claim) =>
        claim.id === "configure-duration" && index === 0 ? { ...claim, documented: { ...claim.documented, value: 0.5 } } : claim,
      ),
    }));
    const report = await pool({ reports: [...changed, few], frame: fixedFrame });
    expect(pooledOf(report, "configure-duration")?.runs.map(({ leftOut }) => leftOut)).toEqual([
      "documented-differently",
      undefined,
      undefined,
      "too-few",
    ]);
    expect(claimOf(report, "configure-duration").measured?.n).toBe(60);
  });

  it("tell what is documented now where all of them documented something else", async () => {
    const reports = await runs([50_000, 58_000]);
    const then = withClaim(reports, "configure-duration", (claim) => ({ ...claim, documented: { ...claim.documented, value: 77 } }));
    const [now, pooled] = [claimOf(reports[0] as Report, "configure-duration"), await pool({ reports: then, frame: fixedFrame })];
    const { verdict, documented } = claimOf(pooled, "configure-duration");
    expect([verdict, documented.value, documented.unit]).toEqual(["not-measured", now.documented.value, now.documented.unit]);
  });

  it("are judged by their own profile", async () => {
    const reports = await runs([50_000, 58_000]);
    await expect(pool({ reports, profile: "batch-jobs", frame: fixedFrame })).rejects.toMatchObject({
      code: "input",
      message: 'the reports are of profile "focus-server", not of "batch-jobs"',
    });
    const own = reports.map((report) => ({ ...report, profile: { ...report.profile, id: "my-server" } }));
    await expect(pool({ reports: own, frame: fixedFrame })).rejects.toMatchObject({
      message: expect.stringMatching(/^the reports are of profile "my-server": /),
      hint: "name the file of that profile with --profile",
    });
  });

  it("are the same report in whatever order they are named, and survive being saved", async () => {
    const reports = await runs([50_000, 58_000, 54_000]);
    const report = await pool({ reports, frame: fixedFrame });
    expect(serializeReport(await pool({ reports: reports.toReversed(), frame: fixedFrame }))).toBe(serializeReport(report));
    expect(parseReport(serializeReport(report))).toEqual(report);
  });

  it("point to the lines of the right run", async () => {
    const reports = await runs([50_000, 58_000]);
    const report = await pool({ reports, frame: fixedFrame });
    const { evidence } = claimOf(report, "configure-duration");
    const own = reports[0]?.sources.length ?? 0;
    expect(evidence.some(({ source }) => source < own) && evidence.some(({ source }) => source >= own)).toBe(true);
    for (const { source } of evidence) expect(report.sources[source]?.path).toContain("test-run.log");
  });

  it("keep only labels and parameters that they share", async () => {
    const [one, two] = await runs([50_000, 58_000]);
    const report = await pool({
      reports: [
        { ...(one as Report), labels: { build: "1", branch: "main" } },
        { ...(two as Report), labels: { build: "2", branch: "main" } },
      ],
      frame: { ...fixedFrame, labels: { purpose: "release" } },
    });
    expect(report.labels).toEqual({ branch: "main", purpose: "release" });
  });

  it.each([
    ["one report", (reports: readonly Report[]) => reports.slice(0, 1), "usage", /at least two/],
    ["the same run twice", ([one]: readonly Report[]) => [one, one], "input", /same run/],
    [
      "another profile",
      ([one, two]: readonly Report[]) => [one, { ...two, profile: { ...two?.profile, id: "batch-jobs" } }],
      "input",
      /do not belong together/,
    ],
    [
      "a report of several runs",
      ([one, two]: readonly Report[]) => [one, { ...two, run: { selected: "all", found: 3 } }],
      "input",
      /takes 3 runs together/,
    ],
    ["a pooled report", ([one, two]: readonly Report[]) => [one, { ...two, pooled: { runs: [], claims: [] } }], "input", /pooled already/],
  ] as const)("are refused with %s", async (_, make, code, message) => {
    const reports = make(await runs([50_000, 58_000])) as readonly Report[];
    await expect(pool({ reports, profile: "focus-server", frame: fixedFrame })).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });
});
