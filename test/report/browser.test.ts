/// <reference lib="dom" />
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../src/model/report.js";
import { renderHtml } from "../../src/report/html.js";
import { launchBrowser } from "../browser.js";
import { fixtureReport } from "./fixture.js";
import { withEveryPart } from "./fixture-polling.js";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let browser: Browser;
let directory: string;
let address: string;

/** All sections, but tables short enough for a thorough look at every row. */
function shortReport(): Report {
  const report = withEveryPart(fixtureReport());
  return { ...report, investigations: report.investigations.slice(0, 60), jobs: report.jobs.slice(0, 60), run: { selected: 1, found: 1 } };
}

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "postrun-page-"));
  const file = join(directory, "report.html");
  writeFileSync(file, await renderHtml(shortReport()));
  address = pathToFileURL(file).href;
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  rmSync(directory, { recursive: true, force: true });
});

/** Opens the page, hands it over, and says what it printed and asked for. */
async function visit(
  options: BrowserContextOptions & { readonly hash?: string },
  look: (page: Page) => Promise<void>,
): Promise<{ messages: string[]; requests: string[] }> {
  const { hash, ...contextOptions } = options;
  const context = await browser.newContext(contextOptions);
  const page = await context.newPage();
  const messages: string[] = [];
  const requests: string[] = [];
  page.on("console", (message) => messages.push(message.text()));
  page.on("pageerror", (error) => messages.push(error.message));
  page.on("request", (request) => {
    if (!request.url().startsWith("data:") && !request.url().startsWith(address)) requests.push(request.url());
  });
  await page.goto(`${address}${hash ?? ""}`);
  await look(page);
  await context.close();
  return { messages, requests };
}

const visibleLanguage = (page: Page): Promise<string[]> =>
  page.$$eval(".document", (documents) => documents.filter((entry) => getComputedStyle(entry).display !== "none").map((entry) => entry.id));

/** The words of a line from left to right, as the glyphs stand. */
function visualWords(page: Page, selector: string, words: readonly string[]): Promise<string[]> {
  return page.$eval(
    selector,
    (element, wanted) => {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      const found: { word: string; middle: number; left: number }[] = [];
      const left = new Set(wanted);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        for (const word of left) {
          const start = (node.textContent ?? "").indexOf(word);
          if (start < 0) continue;
          const range = document.createRange();
          range.setStart(node, start);
          range.setEnd(node, start + word.length);
          const rectangle = range.getBoundingClientRect();
          found.push({ word, middle: (rectangle.top + rectangle.bottom) / 2, left: rectangle.left });
          left.delete(word);
        }
      }
      return found.sort((a, b) => (Math.abs(a.middle - b.middle) > 9 ? a.middle - b.middle : a.left - b.left)).map((entry) => entry.word);
    },
    words,
  );
}

describe("the page in a browser", () => {
  for (const language of ["en", "he"] as const) {
    for (const colorScheme of ["light", "dark"] as const) {
      for (const width of [320, 1440]) {
        it(`stays inside ${width} pixels in ${language}, ${colorScheme}, without a message, a request or a barrier`, async () => {
          const seen = await visit(
            { hash: `#${language}`, colorScheme, viewport: { width, height: 900 }, bypassCSP: true },
            async (page) => {
              expect(await visibleLanguage(page)).toEqual([language]);
              expect(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual([
                language,
                language === "he" ? "rtl" : "ltr",
              ]);
              await page.$$eval(`#${language} details`, (all) => {
                for (const details of all) details.setAttribute("open", "");
              });
              expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
              expect(await page.$$(`#${language} :is([data-plot], [data-measured-plot]) .lines path`)).not.toHaveLength(0);
              await page.evaluate(axeSource);
              const violations = await page.evaluate(
                "axe.run().then((result) => result.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.target + ' ' + n.failureSummary).slice(0, 3).join(' | ')))",
              );
              expect(violations).toEqual([]);
            },
          );
          expect(seen).toEqual({ messages: [], requests: [] });
        }, 60_000);
      }
    }
  }

  it("keeps to its content security policy with scripts running", async () => {
    const seen = await visit({ viewport: { width: 1200, height: 900 } }, async (page) => {
      await page.click("#en a.language");
      expect(await visibleLanguage(page)).toEqual(["he"]);
      expect(await page.evaluate(() => [document.documentElement.dir, location.hash, document.title])).toEqual([
        "rtl",
        "#he",
        "60 חקירות, סביבת staging",
      ]);
      await page.reload();
      expect(await visibleLanguage(page)).toEqual(["he"]);
    });
    expect(seen.messages).toEqual([]);
  });

  it("takes the language from ?lang= and shows the place that the address names", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${address}?lang=he`);
    expect(await visibleLanguage(page)).toEqual(["he"]);
    await page.goto(`${address}#he-investigation-41`);
    expect(await page.$eval("#he-investigation-41", (row) => row.closest("details")?.open)).toBe(true);
    await context.close();
  });

  it("filters claims by verdict and sorts investigations", async () => {
    await visit({ hash: "#en" }, async (page) => {
      const rows = (): Promise<(string | null)[]> =>
        page.$$eval("#en tbody[data-verdict]", (bodies) =>
          bodies.filter((body) => !body.hasAttribute("hidden")).map((body) => body.getAttribute("data-verdict")),
        );
      expect(await rows()).toHaveLength(8);
      await page.click("#en .chip.contradicted");
      expect(new Set(await rows())).toEqual(new Set(["contradicted"]));
      await page.click("#en .chip.all");
      expect(await rows()).toHaveLength(8);
      await page.$$eval("#en details", (all) => {
        for (const details of all) details.setAttribute("open", "");
      });
      await page.click('#en .sortable th:has-text("Connecting") button');
      const keys = await page.$$eval("#en .sortable tbody tr", (body) =>
        body.map((row) => Number(row.querySelectorAll<HTMLElement>("th, td")[5]?.dataset.key || Number.POSITIVE_INFINITY)),
      );
      expect(keys).toEqual([...keys].sort((a, b) => a - b));
    });
  });

  it("finds investigations by their error, which has no column", async () => {
    await visit({ hash: "#en" }, async (page) => {
      await page.$$eval("#en details", (all) => {
        for (const details of all) details.setAttribute("open", "");
      });
      const failed = shortReport().investigations.filter(({ error }) => error !== undefined);
      expect(failed).not.toHaveLength(0);
      await page.fill("#en [data-find=investigations]", (failed[0]?.error ?? "").slice(0, 12).toUpperCase());
      const shown = await page.$$eval("#en-investigations tbody tr:not([hidden])", (rows) => rows.map((row) => row.id));
      expect(shown).toContain(`en-investigation-${failed[0]?.id}`);
      expect(shown.length).toBeLessThan(60);
    });
  });

  it("finds an investigation by the whole name of its Job, which has no column either", async () => {
    await visit({ hash: "#en" }, async (page) => {
      await page.$$eval("#en details", (all) => {
        for (const details of all) details.setAttribute("open", "");
      });
      const job = shortReport().jobs.find(({ investigationId }) => investigationId !== undefined);
      await page.fill("#en [data-find=investigations]", job?.name ?? "");
      const shown = await page.$$eval("#en-investigations tbody tr:not([hidden])", (rows) => rows.map((row) => row.id));
      expect(shown).toContain(`en-investigation-${job?.investigationId}`);
    });
  });

  it("shows characters that act on their surroundings in the CSV that it makes", async () => {
    const file = join(directory, "hostile.html");
    const report = shortReport();
    const investigations = report.investigations.map((entry, index) => (index === 0 ? { ...entry, error: "a\u202Eb\u2066" } : entry));
    writeFileSync(file, await renderHtml({ ...report, investigations }));
    await visit({}, async (page) => {
      await page.goto(pathToFileURL(file).href);
      await page.evaluate(() => {
        for (const details of document.querySelectorAll("details")) details.open = true;
      });
      const [download] = await Promise.all([page.waitForEvent("download"), page.click("#en [data-download=investigations]")]);
      const text = readFileSync(await download.path(), "utf8");
      expect(text).toContain("a[U+202E]b[U+2066]");
      expect(text).not.toMatch(/[\u202E\u2066]/);
    });
  });

  it("keeps the whole life of a Job and a label of any length inside a phone", async () => {
    const file = join(directory, "long.html");
    writeFileSync(file, await renderHtml({ ...shortReport(), labels: { url: `https://ci.example.com/job/${"a".repeat(120)}/1` } }));
    for (const language of ["en", "he"]) {
      await visit({ viewport: { width: 360, height: 740 } }, async (page) => {
        await page.goto(`${pathToFileURL(file).href}#${language}`);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
        const totals = await page.$$eval(`#${language} .life .row-total`, (all) =>
          all
            .filter((one) => getComputedStyle(one).display !== "none")
            .map((one) => {
              const { left, right } = one.getBoundingClientRect();
              return left >= 0 && right <= innerWidth;
            }),
        );
        expect(totals, language).toEqual([true, true]);
      });
    }
  });

  it("cycles through the themes", async () => {
    await visit({ hash: "#en", colorScheme: "light" }, async (page) => {
      const ground = (): Promise<string> => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
      const light = await ground();
      await page.click("#en .theme");
      await page.click("#en .theme");
      expect(await ground()).not.toBe(light);
      expect(await page.textContent("#en .theme")).toBe("Theme: dark");
    });
  });

  it("follows the colours that the system forces, in charts as well, and shows which filter is pressed", async () => {
    await visit({ hash: "#en", colorScheme: "light" }, async (page) => {
      const ofText = (): Promise<string> => page.$eval("#en .plot text", (text) => getComputedStyle(text).fill);
      const ofFilter = (): Promise<string> => page.$eval("#en .chip", (chip) => getComputedStyle(chip).backgroundColor);
      const light = await ofText();
      await page.click("#en .theme");
      await page.click("#en .theme");
      expect(await ofText()).not.toBe(light);
      await page.emulateMedia({ colorScheme: "light", forcedColors: "active" });
      await expect.poll(ofText).toBe(light);
      expect(await page.$eval("#en .theme", (button) => getComputedStyle(button).display)).toBe("none");
      const unpressed = await ofFilter();
      await page.click("#en .chip");
      expect(await ofFilter()).not.toBe(unpressed);
    });
  });

  it("reaches both languages without a script", async () => {
    await visit({ javaScriptEnabled: false }, async (page) => {
      expect(await visibleLanguage(page)).toEqual(["en"]);
      await page.click("#en a.language");
      expect(await visibleLanguage(page)).toEqual(["he"]);
      await page.click("#he a.language");
      expect(await visibleLanguage(page)).toEqual(["en"]);
      await page.goto(`${address}#he-failed`);
      expect(await visibleLanguage(page)).toEqual(["he"]);
    });
  });

  it("prints what links lead to, and on A4 nothing beyond the edge", async () => {
    await visit({ hash: "#en", viewport: { width: 688, height: 1016 } }, async (page) => {
      await page.emulateMedia({ media: "print" });
      await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
      const printed = await page.$eval("#en .facts a[href^=http]", (link) => getComputedStyle(link, "::after").content);
      expect(printed).toContain("https://jira.example.com/browse/PZ-15186");
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(688);
      for (const selector of ["figure", "tr", ".changes li", ".relations li"])
        expect(await page.$eval(`#en ${selector}`, (part) => getComputedStyle(part).breakInside), selector).toBe("avoid");
      for (const selector of [".heading", ".finding", ".block > summary"])
        expect(await page.$eval(`#en ${selector}`, (part) => getComputedStyle(part).breakAfter), selector).toBe("avoid");
      // With a button as a box in it, a header would stand on the first page of its table only.
      expect(await page.$eval("#en .sortable thead button", (button) => getComputedStyle(button).display)).toBe("contents");
      const pdf = await page.pdf({ preferCSSPageSize: true });
      expect(pdf.subarray(0, 5).toString("latin1")).toBe("%PDF-");
    });
  });

  it("prints each picture on one page, and shows it as it was afterwards", async () => {
    await visit({ hash: "#en", viewport: { width: 688, height: 1016 } }, async (page) => {
      const heightAfter = (event: string): Promise<number> =>
        page.$eval(
          "#en .gantt",
          (plot, name) => {
            dispatchEvent(new Event(name));
            return plot.getBoundingClientRect().height;
          },
          event,
        );
      // 60 rows.
      await page.$eval("#en .gantt", (plot) => plot.setAttribute("height", "1660"));
      expect(await heightAfter("beforeprint")).toBeCloseTo(900, 0);
      expect(await heightAfter("afterprint")).toBe(1660);
    });
  });

  it("prints light, with everything open and no control in the way", async () => {
    await visit({ hash: "#he", colorScheme: "dark" }, async (page) => {
      await page.emulateMedia({ media: "print", colorScheme: "dark" });
      await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
      expect(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)).toBe("rgb(255, 255, 255)");
      expect(await page.$$eval("#he details:not([open])", (closed) => closed.length)).toBe(0);
      expect(await page.$eval("#he .controls", (controls) => getComputedStyle(controls).display)).toBe("none");
      expect(await page.$eval("#he .hash .full", (hash) => getComputedStyle(hash).display)).not.toBe("none");
    });
  });

  it("lines digits up by their places in both languages", async () => {
    for (const language of ["en", "he"]) {
      await visit({ hash: `#${language}`, viewport: { width: 1440, height: 900 } }, async (page) => {
        const edges = await page.$$eval(`#${language}-stages tbody tr`, (rows) =>
          rows.map((row) => {
            const range = document.createRange();
            range.selectNodeContents(row.children[2] as Element);
            return Math.round(range.getBoundingClientRect().right);
          }),
        );
        expect(edges.length).toBeGreaterThan(4);
        expect(new Set(edges).size, language).toBe(1);
      });
    }
  });

  it("keeps the words of every vertical axis off its plot", async () => {
    await visit({ hash: "#he", viewport: { width: 1440, height: 900 } }, async (page) => {
      const overlaps = await page.$$eval("#he svg.plot", (plots) =>
        plots.flatMap((plot) => {
          const left = plot.getBoundingClientRect().left;
          return [...plot.querySelectorAll("text.level[text-anchor=end]")]
            .filter((word) => word.getBoundingClientRect().right > left)
            .map((word) => word.textContent);
        }),
      );
      expect(overlaps).toEqual([]);
      expect(await page.$$("#he svg.plot text.level[text-anchor=end]")).not.toHaveLength(0);
    });
  });

  it("makes a card of each claim on a phone, documented and measured beside each other", async () => {
    await visit({ hash: "#he", viewport: { width: 360, height: 740 } }, async (page) => {
      const [documented, measured, chart] = await page.$eval("#he .claims tbody", (card) =>
        [".documented", ".measured", ".chart"].map((cell) => {
          const { left, right, top } = (card.querySelector(cell) as Element).getBoundingClientRect();
          return { left, right, top };
        }),
      );
      expect(documented?.top).toBe(measured?.top);
      expect(documented?.left).toBeGreaterThanOrEqual(measured?.right ?? 0);
      expect(chart?.top).toBeGreaterThan(documented?.top ?? 0);
    });
  });

  it("orders the words of crucial Hebrew lines from right to left around their numbers", async () => {
    await visit({ hash: "#he", viewport: { width: 1440, height: 900 } }, async (page) => {
      expect(await visualWords(page, "#he .lead", ["ה-Job", "נשאר", "פתוח", "שנ׳"])).toEqual(["שנ׳", "פתוח", "נשאר", "ה-Job"]);
      expect(await visualWords(page, "#he .claims .measured", ["59.2", "שנ׳", "חציון"])).toEqual(["חציון", "שנ׳", "59.2"]);
      expect(await visualWords(page, "#he .claims .measured .small", ["58.4", "–", "59.8"])).toEqual(["58.4", "–", "59.8"]);
      expect(await visualWords(page, "#he .facts", ["10:50", "עד", "12:40"])).toEqual(["12:40", "עד", "10:50"]);
    });
  });
});
