import { describe, expect, it } from "vitest";
import type { Report } from "../../../src/model/report.js";
import { renderTerminal } from "../../../src/report/forms/terminal.js";
import { LANGUAGES, LOCALES } from "../../../src/report/locales/index.js";
import { misfitPhrases } from "../../../src/report/words/misfits.js";
import { toText } from "../../../src/report/words/phrase.js";
import { fixtureReport } from "../fixture.js";

const noted = (report: Report, ...ids: readonly string[]): Report => ({
  ...report,
  diagnostics: ids.map((id) => ({ id, severity: "warning", count: 1, values: { path: "run/given.txt", lines: 7 }, examples: [] })),
});
const said = (report: Report): readonly string[] => misfitPhrases(report, LOCALES.en).map(toText);

const otherJobs: Report = {
  ...fixtureReport("no-cluster"),
  diagnostics: [
    {
      id: "no-job-of-profile",
      severity: "warning",
      count: 16,
      values: { families: "grpc-job-{jobId}; jobId: \\d+-\\d+", example: "index-01, load-7" },
      examples: [],
    },
  ],
};

describe("what was given and does not fit", () => {
  it("is Jobs of other names: which were seen, which the profile expects, and what to do", () => {
    const [sentence] = said(otherJobs);
    expect(sentence).toContain("(grpc-job-{jobId}; jobId: \\d+-\\d+)");
    expect(sentence).toContain("seen: index-01, load-7. --profile names another; postrun init begins one.");
  });

  it("stands on the terminal in both languages, in so many lines at most", () => {
    for (const lang of LANGUAGES) {
      const text = renderTerminal(otherJobs, { lang, color: false, width: 120 });
      const [, rest = ""] = text.split("\n! ");
      expect(rest, lang).toMatch(/index-01/);
      expect(rest.slice(0, rest.indexOf("\n\n")).split("\n").length, lang).toBeLessThanOrEqual(2);
    }
  });

  it("is nothing where all of it fits", () => {
    expect(said(fixtureReport())).toEqual([]);
    expect(renderTerminal(fixtureReport(), { lang: "en", color: false, width: 120 })).not.toMatch(/^! /m);
  });

  it("is a file of which nothing was read, only where what it should have been is missing", () => {
    const [withJobs, withoutJobs] = [fixtureReport(), fixtureReport("no-cluster")];
    expect(said(noted(withJobs, "nothing-listed", "no-recognised-line", "empty-source"))).toEqual([]);
    expect(said(noted(withoutJobs, "nothing-listed"))).toEqual([
      expect.stringMatching(/^A file from the cluster .* postrun collect.*\(run\/given\.txt\)$/),
    ]);
    expect(said(noted(withoutJobs, "no-recognised-line"))).toEqual([]);
    const withoutLog: Report = { ...withJobs, missing: [{ key: "missing-log", values: {}, commands: [] }] };
    expect(said(noted(withoutLog, "no-recognised-line"))).toEqual([
      expect.stringMatching(/^No line of a log .* what the profile focus-server expects; .*\(run\/given\.txt\)$/),
    ]);
    expect(said(noted(withoutLog, "nothing-listed"))).toEqual([]);
  });

  it("is a file that was read in part, whatever else is there", () => {
    for (const report of [fixtureReport(), fixtureReport("no-cluster")]) {
      expect(said(noted(report, "cut-document", "damaged-gzip", "document-too-large"))).toEqual([
        expect.stringMatching(/breaks off .* Give the whole of it, or capture it again\. \(run\/given\.txt\)$/),
        expect.stringMatching(/is damaged.* Give the whole of it, or capture it again\. \(run\/given\.txt\)$/),
        expect.stringMatching(/too large .*\(run\/given\.txt\)$/),
      ]);
    }
  });

  it("names a file once", () => {
    const [sentence = ""] = said(noted(fixtureReport("no-cluster"), "table-source"));
    expect(sentence.split("run/given.txt")).toHaveLength(2);
  });
});
