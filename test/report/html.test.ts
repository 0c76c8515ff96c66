import { createHash } from "node:crypto";
import fc from "fast-check";
import { beforeAll, describe, expect, it, vi } from "vitest";
import type { Report } from "../../src/model/report.js";
import { renderHtml } from "../../src/report/html.js";
import { parseReport } from "../../src/report/json.js";
import { path, phraseHtml } from "../../src/report/templates/markup.js";
import { ltr } from "../../src/report/words/phrase.js";
import { fixtureReport, VARIANTS } from "./fixture.js";
import { withEveryPart } from "./fixture-polling.js";

// The page draws all of its charts itself: whoever loads the canvas for it fails here.
vi.mock("../../src/report/charts/canvas.js", () => {
  throw new Error("the page needs no canvas");
});

const withoutPayload = (html: string): string =>
  html
    .replace(/<script[^>]*>[\s\S]*?<\/script>/g, "")
    // Sentences that the script fills keep their placeholders.
    .replace(/ data-(?:shown-text|at-text|unwatched-text|beyond-text|text|words)="[^"]*"/g, "");

describe("the page of a report", () => {
  let page: string;
  beforeAll(async () => {
    page = await renderHtml(fixtureReport());
  });

  it("is the same bytes for the same report", async () => {
    expect(await renderHtml(fixtureReport())).toBe(page);
  });

  it("gives back the report it was made from", () => {
    expect(parseReport(page)).toEqual(fixtureReport());
  });

  it("asks for nothing: every address in it is a place in the page, or the ticket", () => {
    const addresses = [...page.matchAll(/(?:src|href)="([^"]*)"/g)].map((match) => match[1] ?? "");
    const outside = addresses.filter((address) => !address.startsWith("#"));
    expect([...new Set(outside)]).toEqual(["https://jira.example.com/browse/PZ-15186"]);
  });

  it("allows exactly its own style and script, by hash", () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? "";
    const hash = (pattern: RegExp): string =>
      createHash("sha256")
        .update(pattern.exec(page)?.[1] ?? "", "utf8")
        .digest("base64");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`style-src 'sha256-${hash(/<style>([\s\S]*?)<\/style>/)}'`);
    expect(policy).toContain(`script-src 'sha256-${hash(/<script>([\s\S]*?)<\/script>/)}'`);
    expect(page).not.toMatch(/ style="| on[a-z]+="/);
  });

  it("has verdict counts that add up to the number of claims, in each language", () => {
    for (const language of ["en", "he"]) {
      const section = page.slice(page.indexOf(`<div class="document" id="${language}"`));
      const chips = section.slice(section.indexOf('class="chips"'), section.indexOf('data-filter="all"'));
      const counts = [...chips.matchAll(/<bdi dir="ltr">(\d+)<\/bdi>/g)].map((match) => Number(match[1]));
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(fixtureReport().claims.length);
    }
  });

  it("names every id once and links only to ids that exist", () => {
    const text = withoutPayload(page);
    const ids = [...text.matchAll(/ id="([^"]*)"/g)].map((match) => match[1] ?? "");
    expect(ids.length).toBe(new Set(ids).size);
    const links = [...text.matchAll(/href="#([^"]*)"/g)].map((match) => match[1] ?? "");
    expect(links.filter((link) => !ids.includes(link))).toEqual([]);
  });

  it("is made for every kind of run, with no placeholder or undefined left over", async () => {
    for (const variant of VARIANTS) {
      const text = withoutPayload(await renderHtml(fixtureReport(variant)));
      expect(text.replaceAll("{{title}}", "").match(/.{40}(?:\{\w+\}|undefined|NaN|\[object)/g), variant).toBeNull();
    }
  });

  it("keeps spaces outside of what it isolates, where they would part nothing", async () => {
    for (const variant of VARIANTS) {
      const text = withoutPayload(await renderHtml(withEveryPart(fixtureReport(variant))));
      expect(text.match(/.{0,40}(?:<bdi[^>]*>\s|[^>\s]\s+<\/bdi>)/g), variant).toBeNull();
    }
  });

  it("does not break a range at its dash", () => {
    expect(phraseHtml(ltr("3.28–3.62")).toString()).toBe('<bdi dir="ltr" class="nb">3.28–3.62</bdi>');
    expect(phraseHtml(ltr("10:54:57–11:05:51")).toString()).toContain('class="nb"');
    expect(phraseHtml(ltr("grpc-job-1–2 and others")).toString()).not.toContain('class="nb"');
  });

  it("names the file that a reader's diagnostic is about", async () => {
    const diagnostics = [{ id: "cut-document", severity: "warning" as const, count: 1, values: { path: "watch.json" }, examples: [] }];
    const text = await renderHtml({ ...fixtureReport("inconclusive"), diagnostics }, { languages: ["en"] });
    expect(text.includes('what stands around it was. <span class="where"><bdi dir="ltr" class="code">watch.json</bdi></span>')).toBe(true);
  });

  it("leads to the peak only where there is one", async () => {
    const control = 'data-range="to-peak"';
    expect(await renderHtml(fixtureReport(), { languages: ["en"] })).toContain(control);
    const { openJobs: _, ...rest } = fixtureReport().concurrency;
    expect(await renderHtml({ ...fixtureReport(), concurrency: rest }, { languages: ["en"] })).not.toContain(control);
  });

  it("says nothing of investigations, disconnects or relations in a run of Jobs alone", async () => {
    const report = fixtureReport();
    const jobLife = { documented: [], measured: [] };
    const html = await renderHtml({ ...report, investigations: [], consistency: [], jobLife, cleanup: {} }, { languages: ["en"] });
    for (const id of ["en-life", "en-survival", "en-consistency"]) expect(html, id).not.toContain(`id="${id}"`);
    expect(html).toContain("Every Job, on the same axis");
    expect(html).not.toMatch(/\b0<\/bdi> ok/);
  });

  it("says within what a relation between measured numbers holds", async () => {
    const report = fixtureReport();
    const measured = { left: [2.77, 2.77], right: [2.83, 3.1], holds: "yes", tolerance: 0.1 } as const;
    const consistency = report.consistency.slice(0, 1).map((relation) => ({ ...relation, measured }));
    const words = (await renderHtml({ ...report, consistency })).replace(/<[^>]*>/g, "");
    expect(words).toContain("2.77 against 2.83–3.10, holds (within 10%, our tolerance).");
    expect(words).toContain("2.77 מול 2.83–3.10, מתקיים (סטייה מותרת 10%, נקבעה כאן).");
  });

  it("keeps the time at which a Job went on one line, not the sentence in its place", async () => {
    const [job] = fixtureReport().jobs;
    if (job === undefined) throw new Error("the fixture has no Job");
    const { deletedAt: _, ...open } = job;
    const jobs = [
      { ...job, deletedAt: "2025-12-07T08:50:00.000Z" },
      { ...open, uid: "open", mechanism: "open" as const, censored: true },
    ];
    const html = await renderHtml({ ...fixtureReport(), jobs }, { languages: ["he"] });
    expect(html).toMatch(/<td class="nb two"[^>]*><bdi dir="ltr" class="code">10:50:00<\/bdi><\/td>/);
    expect(html).toMatch(/<td class="two"[^>]*>עדיין פתוח/);
  });

  it("names causes of a difference by their direction", async () => {
    const meanDifference = {
      ...{ documented: 2.5, documentedCurve: 0.87, measured: 1 },
      causes: [
        { cause: "arithmetic" as const, jobs: -1.63 },
        { cause: "cleanup" as const, jobs: 0.13 },
      ],
    };
    const words = (await renderHtml({ ...fixtureReport(), meanDifference }, { languages: ["en"] })).replace(/<[^>]*>/g, "");
    expect(words).toContain("the documents’ arithmetic makes 1.63 Jobs too many for this run");
    expect(words).toContain("0.13 Jobs from slower cleanup");
    const faster = { ...meanDifference, causes: [{ cause: "cleanup" as const, jobs: -0.37 }] };
    const fewer = (await renderHtml({ ...fixtureReport(), meanDifference: faster })).replace(/<[^>]*>/g, "");
    expect(fewer).toContain("0.37 Jobs fewer from faster cleanup");
    expect(fewer).toMatch(/ניקוי מהיר יותר מפחית 0\.37 Jobs/);
  });

  it("keeps the name of an option in one piece, left to right, also in Hebrew", () => {
    const option = (text: string) => phraseHtml([{ text }]).toString();
    expect(option("אפשר בעזרת --param.")).toBe('אפשר בעזרת <bdi dir="ltr" class="nb">--param</bdi>.');
    expect(option("לנתח אחת (--run N)")).toBe('לנתח אחת (<bdi dir="ltr" class="nb">--run N</bdi>)');
    expect(option("Give it with --param.")).toBe('Give it with <span class="nb">--param</span>.');
    // Within a command the whole runs left to right already.
    expect(option("הפקודה: kubectl get jobs -w --output-watch-events.")).not.toContain("bdi");
  });

  it("calls a number of open Jobs the usual one only where it lasted half of the run", async () => {
    const report = fixtureReport();
    const { openJobs } = report.concurrency;
    if (openJobs === undefined) throw new Error("the fixture has no curve");
    const shared = (timeAtLevelMs: Record<string, number>): Promise<string> =>
      renderHtml({ ...report, concurrency: { ...report.concurrency, openJobs: { ...openJobs, timeAtLevelMs } } }, { languages: ["en"] });
    expect(await shared({ 1: 40, 2: 60 })).toContain("Most of the time");
    const even = await shared({ 1: 30, 2: 40, 3: 30 });
    expect(even).not.toContain("Most of the time");
    expect(even).toContain("The commonest number of open Jobs was");
  });

  it("says of how many investigations a run that stopped early made", async () => {
    const html = await renderHtml(fixtureReport("stopped"));
    expect(html).toContain('<h1><bdi dir="ltr">143</bdi> of <bdi dir="ltr">277</bdi> investigations');
    expect(html).toContain('<h1><bdi dir="ltr">143</bdi> חקירות מתוך <bdi dir="ltr">277</bdi>');
  });

  it("gives a deployed setting the unit of its claim, and no interval to counts that were all the same", async () => {
    const report = fixtureReport();
    const base = report.claims.find((claim) => claim.measured !== undefined);
    if (base?.measured === undefined) throw new Error("the fixture has no measured claim");
    const measured = { ...base.measured, value: 4, ci95: null, unit: "count", statistic: "setting" } as const;
    const setting = { ...base, id: "setting", documented: { operator: "exactly", value: 4, unit: "millicores" }, measured } as const;
    const same = { ...base, id: "same", measured: { ...measured, value: 500, ci95: [500, 500], statistic: "median" } } as const;
    const html = await renderHtml({ ...report, claims: [setting, same] });
    expect(html).toContain('<b><bdi dir="ltr">4</bdi> millicores</b>');
    expect(html).toContain('<b><bdi dir="ltr">4</bdi> מיליקור</b>');
    expect(html).not.toContain("500–500");
  });

  it("leaves out the sign of a relation that its statement says in words, and one half of a range that is none", async () => {
    const report = fixtureReport();
    const consistency = report.consistency.map((relation) => ({
      ...relation,
      relation: "<=",
      measured: { left: [3.2701, 3.2702] as const, right: [3, 4] as const, holds: "yes" as const },
    }));
    const html = await renderHtml({ ...report, consistency });
    expect(html).not.toContain(">&lt;&#x3D;<");
    expect(html).not.toContain("3.27–3.27");
  });

  it("keeps the line numbers of a citation together", () => {
    expect(path("docs/LOAD_ANALYSIS.md:11-33").toString()).toContain('<span class="nb">ANALYSIS.md:11-33</span>');
    expect(path(`docs/${"x".repeat(60)}:11-33`).toString()).not.toContain("nb");
  });

  it("can be made in one language", async () => {
    const hebrew = await renderHtml(fixtureReport("inconclusive"), { languages: ["he"] });
    expect(hebrew).toContain('<html lang="he" dir="rtl">');
    expect(hebrew).not.toContain('id="en"');
  });
});

describe("hostile text in a report", () => {
  const hostile = "</script><img src=x onerror=alert(1)>{{title}}{{{note}}}\u202E\u2066\"'`--><!--";
  const poisoned = (text: string): Report => {
    const report = fixtureReport("inconclusive");
    return {
      ...report,
      title: text,
      note: text,
      ticket: `javascript:alert(1)//${text}`,
      labels: { [text]: text },
      command: text,
      investigations: report.investigations.map((entry) => ({
        ...entry,
        id: entry.id,
        jobId: text,
        error: text,
        outcome: "failed" as const,
      })),
      jobs: report.jobs.map((job, index) => ({ ...job, name: text, uid: `${index}"><u>` })),
      sources: report.sources.map((source) => ({ ...source, path: text, format: text })),
      diagnostics: [{ id: text, severity: "warning", count: 1, values: { a: text }, examples: [{ source: 0, line: 1, text }] }],
      missing: [{ key: text, values: { a: text }, commands: [{ shell: "bash", text }] }],
    };
  };

  it("stays text: no element, handler, template or direction override comes of it", async () => {
    const page = await renderHtml(poisoned(hostile));
    const text = withoutPayload(page);
    expect(text.match(/<img src=x|<u>|href="javascript/gi)).toBeNull();
    expect(text.match(/[\u202A-\u202E\u2066]/g)).toBeNull();
    expect(text.includes("[U+202E]")).toBe(true);
    expect(parseReport(page)).toEqual(poisoned(hostile));
  });

  it("never throws and is always given back whole", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme" }), async (text) => {
        const report = { ...poisoned(hostile), title: text, note: text, cleanup: {}, concurrency: { window: null }, stages: [] };
        expect(parseReport(await renderHtml(report))).toEqual(report);
      }),
      { numRuns: 20 },
    );
  });
});
