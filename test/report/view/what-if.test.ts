import { beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../../src/model/report.js";
import { predictRun } from "../../../src/predict/predict.js";
import { renderHtml } from "../../../src/report/html.js";
import { parseReport, serializeReport } from "../../../src/report/json.js";
import { LOCALES } from "../../../src/report/locales/index.js";
import { say, toText } from "../../../src/report/words/phrase.js";
import { predictionFinding, predictionLimit, predictionTable, refusalText } from "../../../src/report/words/prediction-words.js";
import { fixtureReport } from "../fixture.js";

/** A report with its run under other delays, as an analysis writes it. */
function reportWithWhatIf(maxOpen?: number): Report {
  const report = fixtureReport();
  const whatIf = predictRun(report, { replicates: 200, ...(maxOpen === undefined ? {} : { maxOpen }) });
  if ("notPredictable" in whatIf) throw new Error(whatIf.notPredictable.key);
  return { ...report, whatIf };
}

it("one investigation and one open Job are told as one", () => {
  const prediction = predictRun(fixtureReport(), { replicates: 50, n: 1, maxOpen: 1 });
  if ("notPredictable" in prediction) throw new Error(prediction.notPredictable.key);
  const said = (language: "en" | "he") =>
    [predictionFinding(LOCALES[language], prediction), predictionLimit(LOCALES[language], prediction) ?? []].map(toText).join(" ");
  expect(said("en")).toMatch(/, 1 investigation would take .* at or under 1 open Job[,:]/);
  expect(said("he")).toMatch(/ריצה של חקירה אחת תימשך .* Job פתוח אחד לכל היותר/);
  expect(refusalText("too-few", { n: 1, needed: 6 })).toBe("finished investigations in the report: 1, and at least 6 are needed");
});

it("means of open Jobs under each other have the same decimals, as the first sentence has", () => {
  const { whatIf } = reportWithWhatIf();
  if (whatIf === undefined) throw new Error("the report has a prediction");
  const delays = whatIf.delays.map((delay, index) =>
    index > 0 || delay.openJobs === undefined
      ? delay
      : { ...delay, openJobs: { ...delay.openJobs, mean: { ...delay.openJobs.mean, pi90: [3.1, 4.3] as const } } },
  );
  const prediction = { ...whatIf, delays };
  const { headings, rows } = predictionTable(LOCALES.en, prediction, false);
  const column = headings.findIndex((heading) => toText(heading) === toText(say(LOCALES.en, "prediction.mean")));
  const decimals = rows.map((row) => /\.(\d+)/.exec(toText(row[column] ?? []))?.[1]?.length);
  expect(decimals).toEqual(rows.map(() => 1));
  expect(toText(predictionFinding(LOCALES.en, prediction))).toMatch(/a mean of \d\.\d open Jobs/);
});

describe("the what-if section of the page", () => {
  const sections = new Map<string, string>();
  beforeAll(async () => {
    const page = await renderHtml(reportWithWhatIf(4));
    for (const language of ["en", "he"]) {
      const from = page.indexOf(`<section id="${language}-what-if"`);
      sections.set(language, page.slice(from, page.indexOf("</section>", from)));
    }
  });
  const section = (language: "en" | "he") => sections.get(language) ?? "";

  it("stands in both languages with the same numbers", () => {
    const numbers = (text: string) => [...text.matchAll(/<bdi dir="ltr">([^<]*)<\/bdi>/g)].map((match) => match[1]).sort();
    expect(numbers(section("en")).length).toBeGreaterThan(30);
    expect(numbers(section("he"))).toEqual(numbers(section("en")));
  });

  it("says its assumptions, and where it goes beyond the data", () => {
    expect(section("en")).toContain("What this rests on");
    expect(section("en")).toContain("shorter delay");
    expect(section("he")).toContain("השהיה קצרה יותר");
  });

  it("draws a chart that runs from left to right, with the limit and words that are runs of their own", () => {
    expect(section("he")).toMatch(/<svg class="plot"[^>]* direction="ltr">/);
    const words = [...section("he").matchAll(/<text[^>]*>([^<]*[\u05D0-\u05EA][^<]*)<\/text>/g)].map((match) => match[1] ?? "");
    expect(words.length).toBeGreaterThanOrEqual(5);
    for (const word of words) expect(word).toMatch(/^\u2067.*\u2069$/);
    expect(section("en")).toContain('class="expected"');
  });

  it("is left out where there is nothing to say", async () => {
    expect(await renderHtml(fixtureReport())).not.toContain('id="en-what-if"');
  });

  it("survives being saved and read back", () => {
    const report = reportWithWhatIf();
    expect(parseReport(serializeReport(report))).toEqual(report);
  });
});
