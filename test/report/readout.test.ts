/// <reference lib="dom" />
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../src/model/report.js";
import { isoFromEpoch } from "../../src/model/time.js";
import { renderHtml } from "../../src/report/html.js";
import { renderSplit } from "../../src/report/split-pages.js";
import { launchBrowser } from "../browser.js";
import { fixtureReport } from "./fixture.js";

let browser: Browser;
let directory: string;

/** Its log begins as long before the capture, and ends as long after it, as the capture goes on; Jobs are open at both ends of that. */
function longerThanCapture(): Report {
  const report = fixtureReport("capture-ended");
  const { window } = report.concurrency;
  if (window === null) throw new Error("the fixture has no window");
  const [from, to] = [Date.parse(window.from), Date.parse(window.to)];
  const jobs = report.jobs.map((job, index) => (index === 0 ? { ...job, truncated: true } : job));
  return { ...report, jobs, window: { from: isoFromEpoch(2 * from - to), to: isoFromEpoch(2 * to - from) } };
}

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "postrun-readout-"));
  const pages = await renderSplit(longerThanCapture(), "overview.html", { languages: ["en"], rowsOfPart: 100 });
  for (const [name, page] of pages) writeFileSync(join(directory, name), page);
  writeFileSync(join(directory, "whole.html"), await renderHtml(longerThanCapture(), { languages: ["en"] }));
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  rmSync(directory, { recursive: true, force: true });
});

async function opened(name: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
  await page.goto(`${pathToFileURL(join(directory, name)).href}#en`);
  return page;
}

/** What the page says of the moment at this share of the axis. */
async function readout(page: Page, share: number): Promise<string> {
  const plot = page.locator('#en-curve [data-plot="curve"] svg').first();
  await plot.scrollIntoViewIfNeeded();
  const box = await plot.boundingBox();
  if (box === null) throw new Error("the curve is not drawn");
  await page.mouse.move(box.x + box.width * share, box.y + 80);
  return (await page.locator("#en [data-readout]").first().textContent()) ?? "";
}

// The overview of a split report has none of the rows of Jobs.
describe.each(["whole.html", "overview.html"])("the curve of %s", (name) => {
  it("tells how many Jobs were open while there was a capture, and nothing before and after it", async () => {
    const page = await opened(name);
    await expect.poll(() => readout(page, 0.5), { timeout: 10_000 }).toMatch(/^At .*: \d+ open$/);
    for (const share of [0.1, 0.9])
      await expect.poll(() => readout(page, share), { timeout: 10_000 }).toMatch(/^At .*: how many were open is not known$/);
    await page.close();
  });

  it("names no highest number for a range that reaches beyond the capture", async () => {
    const page = await opened(name);
    await page.locator("#en-curve [data-range=zoom-in]").click();
    await page.locator("#en-curve [data-range=later]").click();
    const shown = page.locator("#en-curve [data-shown]");
    await expect.poll(() => shown.textContent(), { timeout: 10_000 }).toMatch(/Most Jobs open at once: –\.$/);
    await page.close();
  });
});
