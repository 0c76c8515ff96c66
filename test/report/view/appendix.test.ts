import { expect, it } from "vitest";
import type { Report } from "../../../src/model/report.js";
import { renderMarkdown } from "../../../src/report/forms/markdown.js";
import { renderHtml } from "../../../src/report/html.js";
import { fixtureReport } from "../fixture.js";

const wordsOf = async (report: Report): Promise<string> =>
  (await renderHtml(report, { languages: ["en"] })).replace(/<script[\s\S]*?<\/script>/g, "").replace(/<[^>]*>/g, "");

it("a parameter of zero has its value, one that is not known has none", async () => {
  const words = await wordsOf({
    ...fixtureReport(),
    parameters: { delay: { value: 0, origin: "given" }, test: { value: null, origin: "unknown" } },
  });
  expect(words).toMatch(/delay=0 \(given\)/);
  expect(words).toMatch(/test \(unknown\)/);
});

it("only the clocks of runners are bound by requests and Jobs", async () => {
  const clock = { zoneOffsetMinutes: 0, skewMs: 104, uncertaintyMs: 54, method: "bounds", anchors: 9 } as const;
  const words = await wordsOf({
    ...fixtureReport(),
    clocks: [
      { id: "runner", ...clock },
      { id: "runner:2", ...clock },
      { id: "node:worker-01", ...clock },
    ],
  });
  expect(words).toMatch(/runner\s*UTC\s*0\.1 s ahead \(±0\.05\)\s*bounds from requests and Jobs/);
  expect(words).toMatch(/runner:2\s*UTC\s*0\.1 s ahead \(±0\.05\)\s*bounds from requests and Jobs/);
  expect(words).toMatch(/node:worker-01\s*UTC\s*0\.1 s ahead \(±0\.05\)\s*bounds from stamps beside the cluster’s/);
});

it("an investigation that still ran is not among those that did not end well", async () => {
  const [first, second, ...rest] = fixtureReport().investigations;
  if (first === undefined || second === undefined) throw new Error("the fixture has lost its investigations");
  const ended = rest.map((one) => ({ ...one, outcome: "ok" as const }));
  const failedAnd = (outcome: "ok" | "running"): Report => ({
    ...fixtureReport(),
    investigations: [{ ...first, outcome: "timeout" }, ...ended, { ...second, outcome }],
  });
  for (const words of [await wordsOf(failedAnd("running")), renderMarkdown(failedAnd("running"), "en")])
    expect(words).toContain("1 investigation did not end well");
  expect(renderMarkdown({ ...failedAnd("running"), investigations: [{ ...first, outcome: "running" }] }, "en")).not.toContain(
    "did not end well",
  );
});

it("the lines of a claim that was not measured are not said to be those of the whole run", async () => {
  const [claim] = fixtureReport().claims;
  if (claim === undefined) throw new Error("the fixture has lost its claims");
  const { measured, ...unmeasured } = { ...claim, evidence: [] };
  const told = async (claims: Report["claims"]) => (await wordsOf({ ...fixtureReport(), claims })).includes("No single line");
  expect(await told([{ ...unmeasured, verdict: "not-measured" }])).toBe(false);
  expect(await told(measured === undefined ? [] : [{ ...unmeasured, measured }])).toBe(measured !== undefined);
});

it("a log alone is not said to show how Jobs ended", async () => {
  const words = await wordsOf({ ...fixtureReport(), jobs: [] });
  expect(words).toContain("of their Jobs the input says nothing");
  expect(words).not.toContain("Jobs whose end was not seen");
});

it("Jobs of which only the creation is known are among those whose end was not seen", async () => {
  const report = fixtureReport();
  const jobs = report.jobs.map(({ deletedAt, deletedAtRange, openMs, ...job }) => ({
    ...job,
    mechanism: "unknown" as const,
    censored: false,
  }));
  const own = jobs.filter(({ ofThisRun, role }) => ofThisRun && role === "serving");
  expect(own.length).toBeGreaterThan(0);
  expect(await wordsOf({ ...report, jobs })).toContain(`Jobs whose end was not seen: ${own.length}.`);
});

it("only a Job that the capture would have shown going is said to be still open when it ended", async () => {
  const report = fixtureReport("capture-ended");
  const open = report.jobs.filter(({ mechanism }) => mechanism === "open").length;
  expect(open).toBeGreaterThan(0);
  const saidOf = async (jobs: Report["jobs"]) =>
    (await wordsOf({ ...report, jobs })).match(/still open when the capture ended; time of deletion unknown/g)?.length ?? 0;
  expect(await saidOf(report.jobs)).toBe(open);
  expect(await saidOf(report.jobs.map((job) => (job.mechanism === "open" ? { ...job, mechanism: "unknown" } : job)))).toBe(0);
});

it("how the runner’s clock is tied to the cluster’s is said where it is", async () => {
  const report = fixtureReport();
  const tied = "tied to the cluster’s by bounds";
  expect(report.clocks.some(({ id, method }) => id === "runner" && method === "bounds")).toBe(true);
  expect(await wordsOf(report)).toContain(tied);
  expect(await wordsOf({ ...report, clocks: report.clocks.filter(({ id }) => id !== "runner") })).not.toContain(tied);
});
