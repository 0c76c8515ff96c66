/// <reference lib="dom" />
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../src/model/report.js";
import { predictRun } from "../../src/predict/predict.js";
import { renderHtml } from "../../src/report/html.js";
import { launchBrowser } from "../browser.js";
import { fixtureReport } from "./fixture.js";

let browser: Browser;
let directory: string;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "postrun-phone-"));
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  rmSync(directory, { recursive: true, force: true });
});

/** The page of a report on a phone that is held upright. */
async function onPhone(report: Report, language: "en" | "he", look: (page: Page) => Promise<void>): Promise<void> {
  const file = join(directory, "report.html");
  writeFileSync(file, await renderHtml(report));
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  await page.goto(`${pathToFileURL(file).href}#${language}`);
  await look(page);
  await context.close();
}

describe("the page on a phone", () => {
  it("shows the curve as means with a band where its steps are too close, and single steps again when turned", async () => {
    const bands = (page: Page) => page.$$eval("#he-curve .band, #he-curve [data-line=band]:not([hidden])", (found) => found.length);
    await onPhone(fixtureReport("stopped"), "he", async (page) => {
      await expect.poll(() => bands(page)).toBe(2);
      await page.setViewportSize({ width: 1440, height: 900 });
      await expect.poll(() => bands(page)).toBe(0);
    });
  });

  it.each(["en", "he"] as const)(
    "makes a card of each stage, source, clock, investigation, Job and delay, with all of its numbers in sight under their names (%s)",
    async (language) => {
      const report = fixtureReport();
      const whatIf = predictRun(report, { replicates: 50 });
      if ("notPredictable" in whatIf) throw new Error(whatIf.notPredictable.key);
      await onPhone({ ...report, whatIf }, language, async (page) => {
        await page.$$eval("details", (all) => {
          for (const folded of all) folded.open = true;
        });
        for (const section of ["stages", "sources", "clocks", "investigations", "jobs", "what-if"]) {
          const cells = await page.$$eval(`#${language}-${section} .cards tbody td`, (all) =>
            all.map((cell) => {
              const { left, right } = cell.getBoundingClientRect();
              const isNamed = !cell.matches("[data-label]") || getComputedStyle(cell, "::before").content.length > 2;
              return left >= 0 && right <= innerWidth && cell.scrollWidth <= Math.ceil(right - left) && isNamed;
            }),
          );
          expect(cells.length, section).toBeGreaterThan(3);
          expect(cells, section).not.toContain(false);
        }
      });
    },
  );

  it("sorts the cards of investigations by what the names of their columns were, and makes more cards alike", async () => {
    const report = fixtureReport();
    const more = report.investigations.map((entry) => ({ ...entry, id: String(Number(entry.id) + 277), jobId: "9-9999999" }));
    await onPhone({ ...report, investigations: [...report.investigations, ...more] }, "he", async (page) => {
      await page.$$eval("details", (all) => {
        for (const folded of all) folded.open = true;
      });
      const firstCard = () =>
        page.$eval("#he-investigations tbody tr", (row) => [...row.children].map((cell) => (cell as HTMLElement).dataset.label));
      const drawn = await firstCard();
      expect(drawn.slice(0, 3)).toEqual(["מס׳", "מזהה ה-Job", "תוצאה"]);
      const number = page.locator("#he-investigations thead button").first();
      await number.click();
      await number.click();
      await expect.poll(() => page.$eval("#he-investigations tbody tr", (row) => row.id)).toBe("he-investigation-554");
      expect(await firstCard()).toEqual(drawn);
    });
  });
});
