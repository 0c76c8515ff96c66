/// <reference lib="dom" />
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packText } from "../../src/report/embed/embed.js";
import { packColumns } from "../../src/report/embed/embed-columns.js";
import { parseReport, parseWithParts, serializeReport } from "../../src/report/json.js";
import { joinRows, type SplitNote, splitRows } from "../../src/report/split.js";
import { renderSplit } from "../../src/report/split-pages.js";
import { launchBrowser } from "../browser.js";
import { fixtureReport } from "./fixture.js";

const report = fixtureReport();
const ROWS = 100;

const noted = (part: number, files: readonly string[], jobPlaces: readonly number[]): SplitNote => ({ id: "one", part, files, jobPlaces });

describe("the rows of a report in parts", () => {
  it("stand in one part each, a Job with its investigation, and come together in their own order", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 0, max: 277 }), (rows, count) => {
        const investigations = report.investigations.slice(0, count);
        const parts = splitRows({ ...report, investigations }, rows);
        for (const part of parts) {
          expect(part.investigations.length).toBeLessThanOrEqual(rows);
          const own = new Set(part.jobs.map(({ uid }) => uid));
          const known = new Set(report.jobs.map(({ uid }) => uid));
          for (const { jobUid } of part.investigations) if (jobUid !== undefined && known.has(jobUid)) expect(own).toContain(jobUid);
        }
        const files = parts.map((_, index) => `${index}.html`);
        const whole = joinRows(
          noted(0, files, []),
          parts.map((part, index) => ({ ...part, split: noted(index + 1, files, part.jobPlaces) })),
        );
        expect(whole).toEqual({ investigations, jobs: report.jobs });
      }),
    );
  });

  it("are not joined with those of another report, in another order, or without one", () => {
    const parts = splitRows(report, ROWS).map((part, index) => ({ ...part, split: noted(index + 1, ["1", "2", "3"], part.jobPlaces) }));
    const overview = noted(0, ["1", "2", "3"], []);
    expect(() => joinRows({ ...overview, id: "other" }, parts)).toThrow(/not a part of this report/);
    expect(() => joinRows(overview, [...parts].reverse())).toThrow(/not a part of this report/);
    expect(() => joinRows(overview, parts.slice(0, 2))).toThrow(/do not make a whole/);
    const [first, ...rest] = parts;
    if (first === undefined) throw new Error("three parts");
    const torn = { ...first, split: { ...first.split, jobPlaces: first.split.jobPlaces.map((place) => place + 1) } };
    expect(() => joinRows(overview, [torn, ...rest])).toThrow(/do not make a whole/);
  });
});

describe("a report in several pages", () => {
  let browser: Browser;
  let directory: string;
  let pages: ReadonlyMap<string, string>;
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), "postrun-split-"));
    pages = await renderSplit(report, "run 1.html", { rowsOfPart: ROWS });
    for (const [name, text] of pages) writeFileSync(join(directory, name), text);
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(directory, { recursive: true, force: true });
  });

  const read = async (name: string): Promise<string> => pages.get(name) ?? "";

  it("gives back the whole report to the byte, and says what to give where a page is alone", async () => {
    const overview = pages.get("run 1.html") ?? "";
    expect([...pages.keys()]).toEqual(["run 1.html", "run 1.part-1.html", "run 1.part-2.html", "run 1.part-3.html"]);
    expect(serializeReport(await parseWithParts(overview, read))).toBe(serializeReport(report));
    expect(() => parseReport(overview)).toThrow(/rows of this report stand in other pages/);
    await expect(parseWithParts(pages.get("run 1.part-2.html") ?? "", read)).rejects.toThrow(/part 2 of a report/);
    await expect(parseWithParts(overview, async () => overview)).rejects.toThrow(/not a part of this report/);
    await expect(parseWithParts(overview, async () => "<p>")).rejects.toThrow(/holds no postrun report/);
  });

  it("names files beside it alone: a page that names others is refused before anything is read", async () => {
    for (const name of ["../secret.html", "/etc/secret.html", "..\\secret.html", "secret.txt"]) {
      const data = { ...report, split: { id: "one", part: 0, files: [name], jobPlaces: [] } };
      const packed = await packText(packColumns(data));
      const hostile = `<!doctype html><script type="application/json" id="postrun-report" data-encoding="gzip-base64">${packed}</script>`;
      const asked: string[] = [];
      const reading = parseWithParts(hostile, async (file) => {
        asked.push(file);
        return "";
      });
      await expect(reading).rejects.toThrow(/its parts is damaged/);
      expect(asked).toEqual([]);
    }
  });

  it("tells the length of the run on the overview alone, beside the times of the whole", async () => {
    const [overview, ...parts] = (
      await renderSplit({ ...report, runDuration: { value: 6600 } }, "run.html", { rowsOfPart: ROWS })
    ).values();
    const facts = (page = "") => /<p class="facts">.*?<\/p>/s.exec(page)?.[0] ?? "";
    expect([overview, ...parts].map((page) => /(?<!\d)110(?!\d)/.test(facts(page)))).toEqual([true, false, false, false]);
    expect(parts.every((page) => facts(page).includes(":"))).toBe(true);
  });

  it("is the same bytes for the same report", async () => {
    expect(await renderSplit(report, "run 1.html", { rowsOfPart: ROWS })).toEqual(pages);
  });

  it("leads from the overview to the row that it names, without a message, a request or a table that is not there", async () => {
    const page = await browser.newPage();
    const messages: string[] = [];
    page.on("console", (message) => messages.push(message.text()));
    page.on("pageerror", (error) => messages.push(error.message));
    const address = pathToFileURL(join(directory, "run 1.html")).href;
    await page.goto(`${address}#en`);
    expect(await page.$$("#en [data-table]")).toHaveLength(0);
    expect(await page.$$eval("#en .parts a", (links) => links.length)).toBe(3);
    await page.click("#en [data-timeline-range] [data-range=to-peak]");
    await expect.poll(() => page.textContent("#en [data-shown]")).toMatch(/^Shown: [\d:]+ to [\d:]+\. Most Jobs open at once: \d+\.$/);
    // The rows are on other pages: here the stretch that the curve shows is shaded on their overview.
    const shaded = (): Promise<number[]> =>
      page.$$eval("#en [data-overview] .in-view", (shades) => shades.map((shade) => Number.parseFloat(shade.getAttribute("width") ?? "")));
    expect(await shaded()).toHaveLength(1);
    expect((await shaded())[0]).toBeLessThan(50);
    await page.click("#en [data-timeline-range] [data-range=reset]");
    await expect.poll(shaded).toEqual([]);
    const failed = page.locator("#en .failed a").last();
    const id = Number(await failed.textContent());
    await failed.click();
    await page.waitForSelector(`#en-investigation-${id}`);
    // Its controls do something from when its script has run.
    await page.waitForLoadState();
    expect(page.url()).toContain(`part-${Math.ceil(id / ROWS)}.html`);
    await page.click("#en [data-range=zoom-in]");
    await expect.poll(() => page.textContent("#en [data-shown]")).toMatch(/^Shown: [\d:]+ to [\d:]+\. Investigations: \d+\.$/);
    expect(await page.$$eval("#en [data-table=investigations] tbody tr", (rows) => rows.length)).toBeLessThanOrEqual(ROWS);
    await page.locator("#en main > p a").first().click();
    await page.waitForSelector("#en .parts");
    expect(messages).toEqual([]);
    await page.close();
  });
});
