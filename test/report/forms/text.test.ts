import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeMarkdown, renderMarkdown } from "../../../src/report/forms/markdown.js";
import { renderTerminal } from "../../../src/report/forms/terminal.js";
import { LANGUAGES } from "../../../src/report/locales/index.js";
import { fixtureReport, VARIANTS } from "../fixture.js";

describe("the summary on the terminal", () => {
  const text = renderTerminal(fixtureReport(), { lang: "en", color: false, width: 100 });

  it("leads with the answer, then verdicts, contradicted claims with their proposed wording, and stages", () => {
    expect(text).toMatch(/^277 investigations, staging\n\nThe Job stays open 59\.2 s/);
    expect(text).toMatch(/✕ 2 contradicted {3}✓ 4 confirmed/);
    expect(text).toMatch(/Proposed wording: The Job is deleted about 59 s/);
    expect(text).toMatch(/Connecting to gRPC +270 +11\.5/);
  });

  it("says of every stage what its stamps leave open, as the page and the Markdown do", () => {
    const [stage] = fixtureReport().stages;
    if (stage === undefined) throw new Error("the fixture has no stage");
    const minutes = { ...stage, n: 9, p50Ms: 0, ci95Ms: [0, 0] as const, maxMs: 0, resolutionMs: 60_000, failed: 0, censored: 0 };
    const { p95Ms: _, ...short } = minutes;
    const report = { ...fixtureReport(), stages: [short] };
    expect(renderTerminal(report, { lang: "en", color: false, width: 100 })).toMatch(/ 9 +0 +0–0 +- +0 +60 s +0\n/);
    expect(renderMarkdown(report, "en")).toContain("| 9 | 0 | 0–0 | - | 0 | 60 s | 0 |");
    expect(renderMarkdown(report, "he")).toContain("60 שנ׳");
  });

  it("writes a band in words, for a dash between numbers would turn beside a Hebrew word", () => {
    const [first] = fixtureReport().claims;
    if (first?.measured === undefined) throw new Error("the fixture has no claim");
    const measured = { ...first.measured, value: 39.6, ci95: [38.9, 40.2] as const, intervalKind: "band" as const };
    const report = { ...fixtureReport(), claims: [{ ...first, measured, reason: { key: "interval-inside", values: {} } }] };
    expect(renderMarkdown(report, "he")).toContain("| תחום בין 38.9 ל-40.2 |");
    expect(renderMarkdown(report, "en")).toContain("| band 38.9 to 40.2 |");
  });

  it("says what the count of left out durations is, in every form, where there are some", () => {
    const caption = { en: "Left out: durations of investigations or Jobs that failed", he: "הושמטו: משכים של חקירות או Jobs שנכשלו" };
    const none = { ...fixtureReport(), stages: fixtureReport().stages.map((stage) => ({ ...stage, failed: 0 })) };
    for (const lang of LANGUAGES) {
      const forms = (report: ReturnType<typeof fixtureReport>) => [
        renderTerminal(report, { lang, color: false, width: 100 }),
        renderMarkdown(report, lang),
      ];
      for (const form of forms(fixtureReport())) expect(form).toContain(caption[lang]);
      for (const form of forms(none)) expect(form).not.toContain(caption[lang]);
    }
  });

  it("ends with what is missing and the commands that bring it, unbroken", () => {
    const noCluster = renderTerminal(fixtureReport("no-cluster"), { lang: "en", color: false, width: 60 });
    expect(noCluster.trimEnd().split("\n").at(-1)).toContain(
      "powershell: while ($true) { kubectl get jobs -n panda -w -o json --output-watch-events >> jobs.json }",
    );
  });

  it("has no colour without being asked, and colour when asked", () => {
    expect(text).not.toContain("\u001B");
    expect(renderTerminal(fixtureReport(), { lang: "en", color: true, width: 100 })).toContain("\u001B[31m");
  });

  it("keeps sentences within the width", () => {
    const lines = renderTerminal(fixtureReport("capture-ended"), { lang: "he", color: false, width: 72 }).split("\n");
    const sentences = lines.slice(0, 6);
    expect(Math.max(...sentences.map((line) => line.length))).toBeLessThanOrEqual(72);
  });

  it("cannot be steered by control characters in the data", () => {
    const report = { ...fixtureReport("inconclusive"), title: "\u001B[2Jgone\u202E" };
    expect(renderTerminal(report, { lang: "en", color: false, width: 80 })).toMatch(/^\[U\+001B\]\[2Jgone\[U\+202E\]/);
  });
});

describe("the report as Markdown", () => {
  it("is made for every kind of run in each language, without direction marks or placeholders", () => {
    for (const variant of VARIANTS) {
      for (const language of LANGUAGES) {
        const text = renderMarkdown(fixtureReport(variant), language);
        expect(text, variant).not.toMatch(/[\p{Cf}]/u);
        expect(text.replace(/```[\s\S]*?```/g, ""), variant).not.toMatch(/\{\w+\}|undefined|NaN/);
      }
    }
  });

  it("says under its title when the run was, how long it took, how it ended and what was tested, and the reader's own note", () => {
    const report = { ...fixtureReport(), ticket: "PZ-15186", note: "Second try." };
    for (const [language, ok] of [
      ["en", "ok"],
      ["he", "הצליחו"],
    ] as const) {
      const facts = renderMarkdown(report, language).split("\n\n")[2] ?? "";
      expect(facts).toContain("10:50");
      expect(facts).toContain(ok);
      for (const [name, value] of Object.entries(report.labels)) expect(facts.replaceAll("\\", "")).toContain(`${name} ${value}`);
      expect(facts).toContain("PZ");
      expect(renderMarkdown(report, language)).toContain("\n\nSecond try");
    }
  });

  it("has tables whose rows all have as many cells as their heading", () => {
    const text = renderMarkdown({ ...fixtureReport(), title: "a | b" }, "en");
    const rows = text.split("\n").filter((line) => line.startsWith("| "));
    const cells = (row: string): number => row.replace(/\\\|/g, "").split("|").length;
    expect(new Set(rows.map(cells)).size).toBeLessThanOrEqual(2);
    expect(text).toMatch(/^# a \\\| b/);
  });

  it("lets no markup arise from text", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(escapeMarkdown(text).replace(/\\./g, "").replaceAll("<!-- -->", "")).not.toMatch(/[`*_[\]<>|~\n]/);
      }),
    );
  });

  it("mentions nobody and refers to no issue or request", () => {
    expect(escapeMarkdown("thanks @octocat, see #12 and group/project!7")).toBe(
      "thanks @<!-- -->octocat, see \\#<!-- -->12 and group/project!7",
    );
    expect(escapeMarkdown("see !7, $3")).toBe("see !<!-- -->7, $<!-- -->3");
  });

  it("makes no link of an address and no sign of an entity", () => {
    expect(escapeMarkdown("https://a.example www.b.example javascript:alert(1) &lt;")).toBe(
      "https\\://a.example www\\.b.example javascript\\:alert(1) &amp;lt;",
    );
  });

  it("tells its maker where a reader does not see it, so that it may be written again", () => {
    expect(renderMarkdown(fixtureReport(), "he").split("\n")[2]).toBe("<!-- postrun -->");
  });

  it("fits a job summary: long tables say how many rows they leave out", () => {
    const report = fixtureReport("every-failed");
    const entry = report.investigations[0];
    if (entry === undefined) throw new Error("the fixture has no investigation");
    const investigations = Array.from({ length: 30_000 }, (_, index) => ({ ...entry, id: String(index + 1) }));
    for (const language of LANGUAGES) {
      const text = renderMarkdown({ ...report, investigations }, language);
      expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024);
      expect(text).toMatch(language === "en" ? /29,000 more are left out here/ : /עוד 29,000 שורות הושמטו/);
    }
  });

  it("fences commands that hold backticks themselves", () => {
    const report = { ...fixtureReport("no-claims"), command: "echo ```" };
    expect(renderMarkdown(report, "en")).toContain("````\necho ```\n````");
  });
});
