import { beforeAll, describe, expect, it } from "vitest";
import { renderHtml } from "../../src/report/html.js";
import { LOCALES, type MessageKey } from "../../src/report/locales/index.js";
import { phraseHtml } from "../../src/report/templates/markup.js";
import { loadDrawing } from "../../src/report/templates/page-script.js";
import { formatNumber } from "../../src/report/words/numbers.js";
import { plain, say, toText } from "../../src/report/words/phrase.js";
import { fixtureReport } from "./fixture.js";

const { he, en } = LOCALES;
const keys = Object.keys(he.catalog) as MessageKey[];

/** The page of one language, without script, style and the embedded report. */
function documentOf(html: string, language: string): string {
  const from = html.indexOf(`<div class="document" id="${language}"`);
  const next = html.indexOf('<div class="document"', from + 1);
  return html.slice(from, next < 0 ? html.indexOf('<script type="application/json"') : next);
}

describe("Hebrew and right-to-left in the page", () => {
  let hebrew: string;
  let english: string;
  beforeAll(async () => {
    const html = await renderHtml(fixtureReport());
    hebrew = documentOf(html, "he");
    english = documentOf(html, "en");
  });

  it("keeps a Hebrew prefix and its Latin word on one line", () => {
    expect(phraseHtml(plain("ה-Job נשאר פתוח")).toString()).toBe('<span class="nb">ה-Job</span> נשאר פתוח');
    const words = hebrew
      .replace(/<text[\s\S]*?<\/text>/g, "")
      .replace(/ [\w-]+="[^"]*"/g, (attribute) => (attribute.startsWith(" class") ? attribute : ""));
    expect(words.replace(/<span class="nb">[^<]*<\/span>/g, "").match(/[\u05D0-\u05EA]-(?:Jobs?|cluster)/g)).toBeNull();
  });

  it("keeps the dashes of an option before it", () => {
    const optionsIn = (key: MessageKey) =>
      phraseHtml(say(he, key))
        .toString()
        .match(/<bdi dir="ltr">--[a-z][^<]*<\/bdi>/g);
    expect(optionsIn("reason.parameter-unknown")).toEqual(['<bdi dir="ltr">--param</bdi>']);
    expect(optionsIn("reason.several-runs")).toEqual(['<bdi dir="ltr">--run N</bdi>']);
    for (const key of keys) {
      const bare = say(he, key).filter(({ isolate }) => isolate === undefined);
      expect(bare.filter(({ text }) => /--[a-z]/.test(text))).toEqual([]);
    }
    expect(toText(say(he, "reason.several-runs"))).toMatch(/ --run N\.$/);
  });

  it("shows ids, paths and log lines from left to right", () => {
    const codes = hebrew.match(/<bdi[^>]*class="code"[^>]*>/g) ?? [];
    expect(codes.length).toBeGreaterThan(100);
    expect(codes.filter((code) => !code.includes('dir="ltr"'))).toEqual([]);
    expect(hebrew.match(/<pre(?! dir="ltr")/g)).toBeNull();
  });

  it("runs every chart from left to right, its words as runs of their own", () => {
    const charts = (hebrew.match(/<svg[^>]*role="img"[^>]*>/g) ?? []).filter((chart) => !chart.includes('direction="ltr"'));
    expect(charts).toEqual([]);
    const words = [...hebrew.matchAll(/<text[^>]*>([^<]*[\u05D0-\u05EA][^<]*)<\/text>/g)].map((match) => match[1] ?? "");
    expect(words.length).toBeGreaterThan(5);
    // A word alone needs no order.
    for (const word of words.filter((text) => text.includes(" "))) expect(word).toMatch(/^\u2067.*\u2069$/);
  });

  it("names every row above the start of its bar, in both languages alike", async () => {
    const drawing = await loadDrawing();
    const timeline = drawing.timelineOf({ ...fixtureReport(), investigations: fixtureReport().investigations.slice(0, 20) });
    const view = {
      from: timeline.from,
      to: timeline.from + 600_000,
      offsetMinutes: 0,
      locale: "he-IL",
      peakText: "",
      limitText: "",
      axisText: "",
    };
    const { markup } = drawing.ganttMarkup(timeline, view);
    const labels = [...markup.matchAll(/class="row-label" x="([\d.]+)%" y="([\d.]+)" text-anchor="start"/g)].map((found) =>
      found.slice(1).map(Number),
    );
    const bars = [...markup.matchAll(/M(\d+) ([\d.]+)h/g)].map((found) => found.slice(1).map(Number));
    expect(labels.length).toBeGreaterThan(5);
    for (const [x = 0, y = 0] of labels)
      expect(
        bars.some(([left = 0, top = 0]) => Math.abs(left / 100 - x) < 0.1 && top > y && top - y < 8),
        `${x} ${y}`,
      ).toBe(true);
  });

  it("writes formulas in an isolated run only", () => {
    for (const relation of fixtureReport().consistency)
      expect(hebrew).toContain(
        `<bdi dir="ltr" class="code">${relation.relation.replaceAll("=", "&#x3D;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("'", "&#x27;")}`,
      );
  });

  it("says the same facts in both languages: the same numbers, isolated", () => {
    const facts = (page: string): string[] => {
      const isolated = [...page.matchAll(/<bdi dir="ltr"[^>]*>([^<]*\d[^<]*)<\/bdi>/g)].map((match) => match[1] ?? "");
      return [...new Set(isolated)].sort();
    };
    // One and two are words in Hebrew, where English has a numeral or a word.
    const beyondTwo = (fact: string): boolean => !["1", "2"].includes(fact);
    expect(facts(hebrew).filter(beyondTwo)).toEqual(facts(english).filter(beyondTwo));
  });

  it("keeps the numeral of a measured value, and uses number words for whole counts only", () => {
    expect(toText(say(he, "unit.s", { x: formatNumber(he, 2, 0) }))).toBe("2 שנ׳");
    expect(toText(say(he, "missing.none"))).not.toMatch(/\d/);
    expect(toText(say(he, "left.open", { n: 2 }))).toContain("שני Jobs");
    const measured = keys.filter((key) => /^(?:unit|operator|statistic|scale)\./.test(key));
    for (const key of measured) expect(typeof he.catalog[key], key).toBe("string");
  });

  it("writes negative numbers with a real minus", () => {
    expect(formatNumber(he, -3.7, 1)).toBe("\u22123.7");
    expect(formatNumber(en, -3.7, 1)).toBe("\u22123.7");
  });
});
