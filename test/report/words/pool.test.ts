import { beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../../src/model/report.js";
import { pool } from "../../../src/pool-runs.js";
import { renderJira } from "../../../src/report/forms/jira.js";
import { renderMarkdown } from "../../../src/report/forms/markdown.js";
import { renderTerminal } from "../../../src/report/forms/terminal.js";
import { renderHtml } from "../../../src/report/html.js";
import { parseReport } from "../../../src/report/json.js";
import { LANGUAGES } from "../../../src/report/locales/index.js";
import { fixtureReport } from "../fixture.js";

/** Another run: with files and Jobs of its own. */
const onDay = (report: Report, day: string, title: string | null): Report => ({
  ...report,
  title,
  sources: report.sources.map((source) => ({ ...source, sha256: `${source.sha256}-${day}` })),
  jobs: report.jobs.map((job) => ({ ...job, uid: `${job.uid}-${day}` })),
  window: { from: `${day}T08:50:00.000Z`, to: `${day}T10:20:00.000Z` },
});

describe("a report of several runs", () => {
  let report: Report;
  let page: string;
  beforeAll(async () => {
    const reports = [onDay(fixtureReport("contradicted"), "2025-12-01", null), onDay(fixtureReport("confirmed"), "2025-12-02", "nightly")];
    const { tool, generatedAt, command } = fixtureReport();
    report = await pool({ reports, frame: { tool, generatedAt, command, title: null, labels: {} } });
    page = await renderHtml(report);
  });

  it("is named after the number of its runs, and counts the investigations of all", () => {
    const text = page.replace(/<[^>]+>/g, "");
    expect(text).toContain("2 runs taken together");
    expect(text).toContain("שתי ריצות יחד");
    expect(text).toContain("540 of 554 investigations ended well");
  });

  it("shows each run and what it says of each claim, and no part that only a single run can have", () => {
    const section = page.slice(page.indexOf('id="en-pool"'), page.indexOf("</section>", page.indexOf('id="en-pool"')));
    const text = section.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");
    expect(text).toMatch(/1 1 December 2025 277 270 3\.\d\d 4/);
    expect(text).toMatch(/2 : nightly 2 December 2025 277 270 2\.\d\d 4/);
    expect(section).toMatch(/>5\d\.\d<\/bdi> <span class="verdict contradicted".*>5\d\.\d<\/bdi> <span class="verdict confirmed"/);
    expect(text).toMatch(/The runs differ by more than chance in: .*disconnect/);
    for (const id of ["curve", "timeline", "investigations", "jobs", "load", "clocks"]) expect(page).not.toContain(`id="en-${id}"`);
    for (const rows of ["investigations", "jobs"]) expect(page).not.toContain(`data-download="${rows}"`);
    expect(page).toContain('data-download="claims"');
    expect(page).not.toContain("interval of a median comes from order statistics");
    expect(page).not.toContain("Connecting, over the run");
    for (const id of ["claims", "stages", "consistency"]) expect(page).toContain(`id="en-${id}"`);
  });

  it("has no id twice, no link to nothing and no placeholder left over", () => {
    const markup = page.replace(/data:image\/png;base64,[^"]*/g, "").replace(/<script[^>]*>[\s\S]*?<\/script>/g, "");
    const ids = [...markup.matchAll(/ id="([^"]*)"/g)].map((match) => match[1] ?? "");
    expect(ids.length).toBe(new Set(ids).size);
    const links = [...markup.matchAll(/href="#([^"]*)"/g)].map((match) => match[1] ?? "");
    expect(links.filter((link) => !ids.includes(link))).toEqual([]);
    const shown = markup.replace(/ data-[\w-]+="[^"]*"/g, "");
    expect(shown.match(/.{40}(?:\{\w+\}|undefined|NaN|Infinity|\[object)/g)).toBeNull();
  });

  it("gives back the report it was made from", () => {
    expect(parseReport(page)).toEqual(report);
  });

  it.each(LANGUAGES)("stands in the text forms in %s", (lang) => {
    for (const text of [renderMarkdown(report, lang), renderJira(report, lang)]) {
      expect(text).toContain("nightly");
      expect(text).not.toMatch(/\{\w+\}(?!\})(?<!\{anchor:postrun\}|\{noformat\}|\{code\}|\{panel\})|undefined|NaN/);
    }
    expect(renderTerminal(report, { lang, color: false, width: 100 })).not.toMatch(/undefined|NaN/);
  });
});
