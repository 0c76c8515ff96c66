/// <reference lib="dom" />
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { isoFromEpoch } from "../../src/model/time.js";
import { renderHtml } from "../../src/report/html.js";
import { launchBrowser } from "../browser.js";
import { fixtureReport } from "./fixture.js";

let browser: Browser;
let directory: string;
let page: Page;

/** The log goes on for as long as the capture did. */
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "postrun-readout-"));
  const report = fixtureReport("capture-ended");
  const { window } = report.concurrency;
  if (window === null) throw new Error("the fixture has no window");
  const to = isoFromEpoch(2 * Date.parse(window.to) - Date.parse(window.from));
  const file = join(directory, "report.html");
  writeFileSync(file, await renderHtml({ ...report, window: { from: window.from, to } }));
  browser = await launchBrowser();
  page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
  await page.goto(`${pathToFileURL(file).href}#en`);
});

afterAll(async () => {
  await browser?.close();
  rmSync(directory, { recursive: true, force: true });
});

/** What the page says of the moment at this share of the axis. */
async function readout(share: number): Promise<string> {
  const plot = page.locator('#en-curve [data-plot="curve"] svg').first();
  await plot.scrollIntoViewIfNeeded();
  const box = await plot.boundingBox();
  if (box === null) throw new Error("the curve is not drawn");
  await page.mouse.move(box.x + box.width * share, box.y + 80);
  const text = page.locator("#en [data-readout]").first();
  await expect.poll(() => text.textContent()).toMatch(/./);
  return (await text.textContent()) ?? "";
}

it("tells how many Jobs were open while there was a capture, and nothing after it", async () => {
  expect(await readout(0.25)).toMatch(/^At .*: \d+ open$/);
  await expect.poll(() => readout(0.75)).toMatch(/^At .*: how many were open is not known$/);
});

it("names no highest number for a range that reaches beyond the capture", async () => {
  await page.locator("#en-curve [data-range=later]").click();
  const shown = page.locator("#en-curve [data-shown]");
  await expect.poll(() => shown.textContent()).toMatch(/Most Jobs open at once: –\.$/);
});
