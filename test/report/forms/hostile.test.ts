import { SaxesParser } from "saxes";
import { describe, expect, it } from "vitest";
import { renderJira } from "../../../src/report/forms/jira.js";
import { renderJunit } from "../../../src/report/forms/junit.js";
import { renderMarkdown } from "../../../src/report/forms/markdown.js";
import { renderPngs } from "../../../src/report/forms/png.js";
import { renderTerminal } from "../../../src/report/forms/terminal.js";
import { workbookWords } from "../../../src/report/forms/workbook-words.js";
import { parseReport, serializeReport } from "../../../src/report/json.js";
import { LANGUAGES } from "../../../src/report/locales/index.js";
import { reportWorkbook } from "../../../src/table/report-workbook.js";
import { cellsOf } from "../../table/spreadsheet.js";
import { HOSTILE, hostileReport } from "./hostile.js";

/** What a character that acts on its surroundings looks like. */
const SHOWN = "[U+202E]";
const ACTING = /(?![\t\n])[\p{Cc}\p{Cf}]/u;
const report = hostileReport();

describe("hostile text", () => {
  it.each(LANGUAGES)("stays text in Markdown (%s)", (language) => {
    const markdown = renderMarkdown(report, language);
    expect(markdown).not.toMatch(ACTING);
    const outside = markdown
      .replace(/^(`{3,})[^`\n]*\n[\s\S]*?\n\1$/gm, "")
      .replace(/(`+)(?!`)(?:(?!\1).)+\1(?!`)/g, "")
      .replace(/\\./g, "")
      .replace("<!-- postrun -->", "")
      .replaceAll("<!-- -->", "\u00A6");
    expect(outside).not.toMatch(/<|`|\[|@octocat|#12|javascript:|http:/);
    expect(markdown).toContain("\\<img src=x onerror=alert(1)\\>");
    expect(markdown.replaceAll("\\", "")).toContain(SHOWN);
  });

  it.each(LANGUAGES)("stays text in Jira markup (%s)", (language) => {
    const jira = renderJira(report, language);
    expect(jira).not.toMatch(ACTING);
    const outside = jira
      .replace(/^\{code\}\n[\s\S]*?\n\{code\}$/gm, "")
      .replace(/\\[{}[\]|*_^~!?:;(+#-]/g, "")
      .replace(/\{\{[^{}]*\}\}/g, "");
    expect(outside.match(/\{[^{}]*\}/g)?.filter((macro) => !/^\{(?:anchor:postrun|panel(?::title=[^{}]*)?|)\}$/.test(macro)) ?? []).toEqual(
      [],
    );
    expect(outside).not.toMatch(/\[|!pic!|javascript:|http:/);
    expect(jira).toContain("</script><img src=x onerror=alert(1)>");
    expect(jira.replaceAll("\\", "")).toContain(SHOWN);
  });

  it.each(LANGUAGES)("stays text in JUnit XML, which stays XML (%s)", (language) => {
    const parser = new SaxesParser();
    const elements = new Set<string>();
    const attributes: string[] = [];
    const texts: string[] = [];
    parser.on("opentag", (tag) => {
      elements.add(tag.name);
      attributes.push(...Object.values(tag.attributes));
    });
    parser.on("text", (text) => texts.push(text));
    parser.on("error", (error) => {
      throw error;
    });
    parser.write(renderJunit(report, language)).close();
    expect([...elements].sort()).toEqual(["failure", "properties", "property", "skipped", "testcase", "testsuite", "testsuites"]);
    expect([...attributes, ...texts].some((text) => text.includes("</script><img src=x onerror=alert(1)>"))).toBe(true);
    expect([...attributes, ...texts].filter((text) => ACTING.test(text))).toEqual([]);
  });

  it.each(LANGUAGES)("stays text in a workbook: not one cell is a formula or a link (%s)", async (language) => {
    const cells = cellsOf(await reportWorkbook(report, workbookWords(report, language)));
    expect(cells.filter((cell) => cell.isFormula || cell.isLink)).toEqual([]);
    const texts = cells.flatMap(({ value }) => (typeof value === "string" ? [value] : []));
    expect(texts.filter((text) => text.startsWith('=HYPERLINK("http://evil.example","x") </script><img')).length).toBeGreaterThan(10);
    expect(texts.filter((text) => ACTING.test(text))).toEqual([]);
  });

  it.each(LANGUAGES)("stays text on the terminal (%s)", (language) => {
    const text = renderTerminal(report, { lang: language, color: false, width: 80 });
    expect(text).not.toMatch(ACTING);
    expect(text).toContain(SHOWN);
  });

  it("is drawn into pictures without harm", async () => {
    const names = [...(await renderPngs(report)).keys()].sort();
    expect(names).toEqual(
      ["cleanup", "connect-over-run", "first-screen", "job-life", "open-jobs-share", "open-jobs"].flatMap((name) => [
        `${name}.en.png`,
        `${name}.he.png`,
      ]),
    );
  }, 60_000);

  it("comes back from JSON as it was", () => {
    expect(parseReport(serializeReport(report)).title).toBe(HOSTILE);
  });
});
