import { describe, expect, it } from "vitest";
import type { Report, ReportJob } from "../../../src/model/report.js";
import { LOCALES } from "../../../src/report/locales/index.js";
import { toText } from "../../../src/report/words/phrase.js";
import { afterwordPhrase } from "../../../src/report/words/title.js";
import { fixtureReport } from "../fixture.js";

const base = fixtureReport("confirmed");
const leftOver = (report: Report) => toText(afterwordPhrase(report, LOCALES.en));
const withoutEnds = (fields: Partial<ReportJob>): Report => ({
  ...base,
  jobs: base.jobs.map(({ deletedAt: _, ...job }) => ({ ...job, ...fields })),
});

describe("what a run has left over", () => {
  it("is nothing where every Job was seen to go", () => {
    const report = { ...base, jobs: base.jobs.map((job) => ({ ...job, censored: false, deletedAt: "2025-12-07T10:00:00.000Z" })) };
    expect(leftOver(report)).toMatch(/^No Job was left undeleted at the end\./);
  });

  it("is not known of a part of the run", () => {
    const jobs = base.jobs.map((job) => ({ ...job, censored: false, deletedAt: "2025-12-07T10:00:00.000Z" }));
    const of = (part: "log" | "capture") => leftOver({ ...base, jobs, concurrency: { ...base.concurrency, part } });
    expect(of("log")).toMatch(/^Whether a Job was left undeleted is unknown: the log does not hold the whole run\./);
    expect(of("capture")).toMatch(/^Whether a Job was left undeleted is unknown: the capture does not show/);
  });

  it("is not known where nothing shows how Jobs ended", () => {
    expect(leftOver(withoutEnds({ censored: false, mechanism: "unknown" }))).toMatch(
      /^Whether a Job was left undeleted is unknown: the capture/,
    );
  });

  it("says nothing of Jobs that are not known to have served the run", () => {
    const jobs = base.jobs.map((job) => ({ ...job, role: "other" as const }));
    expect(leftOver({ ...base, jobs })).toMatch(/^None of the Jobs in the input is known to have served this run\./);
  });

  it("are those that were left, and beside them those that were open for too short to tell", () => {
    const [first, second, third, ...rest] = base.jobs.map((job) => ({ ...job, censored: false, deletedAt: "2025-12-07T10:00:00.000Z" }));
    if (first === undefined || second === undefined || third === undefined) throw new Error("the fixture has too few Jobs");
    const open = [first, second, third].map(({ deletedAt: _, ...job }) => ({ ...job, mechanism: "open" as const, censored: true }));
    const leaked = (count: number): Report => ({
      ...base,
      jobs: [...open, ...rest],
      diagnostics: [{ id: "leaked-jobs", severity: "warning", count, values: { count }, examples: [] }],
    });
    expect(leftOver(leaked(3))).toMatch(/^3 Jobs were left undeleted at the end\. (?!.*capture ended)/);
    expect(leftOver(leaked(1))).toMatch(/^1 Job was left undeleted at the end\. 2 more were still open when the capture ended\. /);
    expect(toText(afterwordPhrase(leaked(2), LOCALES.he))).toMatch(
      /^בסוף הריצה נשארו שני Jobs שלא נמחקו\. עוד Job אחד היה פתוח כשאיסוף הנתונים הסתיים\. /,
    );
  });

  it("are the Jobs that were open, not those that went later than the capture tells", () => {
    expect(leftOver(withoutEnds({ censored: true, mechanism: "open" }))).toMatch(/were still open when the capture ended\./);
    const went = withoutEnds({ censored: true, mechanism: "unknown" });
    const count = went.jobs.filter((job) => job.ofThisRun && job.role === "serving").length;
    const diagnostics = [{ id: "deletion-unbounded", severity: "warning", count, values: { count }, examples: [] } as const];
    expect(leftOver({ ...went, diagnostics })).toMatch(/^No Job was left undeleted at the end\./);
  });
});
