/// <reference lib="dom" />
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../src/model/report.js";
import { renderHtml } from "../../src/report/html.js";
import { serializeReport } from "../../src/report/json.js";
import { launchBrowser } from "../browser.js";
import { fixtureReport } from "./fixture.js";

let browser: Browser;
let directory: string;

/** The fixture many times over: more rows than stand in the page itself. */
function longReport(): Report {
  const report = fixtureReport();
  const copies = [0, 1, 2];
  const investigations = copies.flatMap((copy) =>
    report.investigations.map((entry) => ({
      ...entry,
      id: String(Number(entry.id) + copy * report.investigations.length),
      ...(entry.jobUid === undefined ? {} : { jobUid: `${entry.jobUid}-${copy}` }),
    })),
  );
  return { ...report, investigations, jobs: copies.flatMap((copy) => report.jobs.map((job) => ({ ...job, uid: `${job.uid}-${copy}` }))) };
}

async function opened(name: string, hash = "#en"): Promise<{ page: Page; messages: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, acceptDownloads: true });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const page = await context.newPage();
  const messages: string[] = [];
  page.on("console", (message) => messages.push(message.text()));
  page.on("pageerror", (error) => messages.push(error.message));
  await page.goto(`${pathToFileURL(join(directory, name)).href}${hash}`);
  return { page, messages };
}

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "postrun-reading-"));
  writeFileSync(join(directory, "report.html"), await renderHtml(fixtureReport()));
  writeFileSync(join(directory, "long.html"), await renderHtml(longReport()));
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  rmSync(directory, { recursive: true, force: true });
});

const shown = (page: Page, language = "en"): Promise<string | null> => page.textContent(`#${language} [data-shown]`);

describe("looking closer at the run", () => {
  it("shows the steps around the peak, says what is shown, and goes back", async () => {
    const { page, messages } = await opened("report.html");
    const curve = (): Promise<string | null> => page.getAttribute("#en .measured-line", "d");
    const before = await curve();
    expect(await page.$$("#en [data-plot=curve] .band")).toHaveLength(1);
    await page.click("#en [data-range=to-peak]");
    await page.waitForFunction(() => document.querySelector("#en [data-shown]")?.textContent !== "");
    expect(await shown(page)).toMatch(/^Shown: \d\d:\d\d:\d\d to \d\d:\d\d:\d\d\. Investigations: \d+\. Most Jobs open at once: \d+\.$/);
    expect(await page.$$("#en [data-plot=curve] .band")).toHaveLength(0);
    expect(await curve()).toMatch(/H[\d.]+V/);
    expect((await page.$$("#en [data-plot=gantt] .row-label")).length).toBeGreaterThan(5);
    await page.click("#en [data-timeline-range] [data-range=reset]");
    await expect.poll(curve).toBe(before);
    expect(messages).toEqual([]);
    await page.context().close();
  });

  it("works from the keyboard and by dragging, in the run's own direction in Hebrew too", async () => {
    const { page } = await opened("report.html", "#he");
    await page.focus("#he [data-plot=curve]");
    const range = async (): Promise<readonly string[]> =>
      [...((await shown(page, "he")) ?? "").matchAll(/\d\d:\d\d:\d\d/g)].map(([at]) => at);
    await page.keyboard.press("+");
    await expect.poll(range).toHaveLength(2);
    const first = await range();
    await page.keyboard.press("ArrowRight");
    await expect.poll(async () => ((await range())[0] ?? "") > (first[0] ?? "")).toBe(true);
    await page.keyboard.press("0");
    await expect.poll(async () => (await range())[0]).toBe("10:50:11");
    const chart = page.locator("#he [data-plot=gantt]");
    await chart.scrollIntoViewIfNeeded();
    const box = await chart.boundingBox();
    if (box === null) throw new Error("no chart");
    await page.mouse.move(box.x + box.width * 0.5, box.y + 40);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.6, box.y + 40);
    await page.mouse.up();
    await expect.poll(async () => (await range())[0]?.slice(0, 2)).toBe("11");
    await page.context().close();
  });
});

describe("looking closer at the cleanup and at a stage over the run", () => {
  const figure = (page: Page, kind: string) => page.locator(`#en [data-measure=${kind}]`).first();

  it("says the value under the pointer, draws a part, and goes back to all of it", async () => {
    const { page, messages } = await opened("report.html", "#en-survival");
    const survival = figure(page, "survival");
    const before = await survival.locator(".measured-line").getAttribute("d");
    await survival.locator(".plot").hover();
    await expect.poll(() => survival.locator(".readout").textContent()).toMatch(/^After [\d.]+ s: \d+% still open$/);
    await survival.locator("[data-range=zoom-in]").click();
    await expect.poll(() => survival.locator(".range-shown").textContent()).toMatch(/^Shown: [\d.]+ to [\d.]+ s\.$/);
    expect(await survival.locator(".measured-line").getAttribute("d")).not.toBe(before);
    await survival.locator("[data-range=reset]").click();
    await expect.poll(() => survival.locator(".measured-line").getAttribute("d")).toBe(before);
    const overRun = figure(page, "over-run");
    await overRun.locator(".plot-frame").press("+");
    await expect.poll(() => overRun.locator(".range-shown").textContent()).toMatch(/^Shown: no\. \d+ to \d+ in run order\.$/);
    await overRun.locator(".plot").hover();
    await expect.poll(() => overRun.locator(".readout").textContent()).toMatch(/^No\. \d+ in run order: [\d.]+ s$/);
    expect(messages).toEqual([]);
    await page.context().close();
  });

  it("keeps the words below the curve of open Jobs true: pieces and their width, or single steps", async () => {
    const { page } = await opened("report.html");
    const shownLine = (): Promise<(string | null)[]> =>
      page.$$eval("#en [data-line]", (lines) => lines.filter((line) => !line.hasAttribute("hidden")).map((line) => line.textContent));
    const width = async (): Promise<number> => Number(/in each (\d+) s/.exec((await shownLine()).join())?.[1] ?? 0);
    const whole = await width();
    expect(whole).toBeGreaterThan(0);
    await page.click("#en [data-range=to-peak]");
    await expect.poll(shownLine).toEqual([expect.stringMatching(/^measured, mean [\d.]+$/)]);
    await page.click("#en [data-timeline-range] [data-range=reset]");
    await expect.poll(width).toBe(whole);
    await page.context().close();
  });
});

describe("the notice of loading", () => {
  it("stands while the page reads its own data for the first time, and not after", async () => {
    const { page } = await opened("long.html");
    await page.evaluate(() => {
      const notice = document.querySelector("#en [data-loading]");
      const seen: string[] = [];
      if (notice !== null) new MutationObserver(() => seen.push(notice.textContent ?? "")).observe(notice, { childList: true });
      Object.assign(globalThis, { seen });
    });
    await page.click("#en [data-timeline-range] [data-range=to-peak]");
    await page.waitForFunction(() => document.querySelector("#en [data-shown]")?.textContent !== "");
    await page.click("#en [data-timeline-range] [data-range=zoom-out]");
    expect(await page.evaluate("seen")).toEqual(["Reading the data inside this page…", ""]);
    await page.context().close();
  });
});

describe("hostile names", () => {
  it("stay text in what the script draws and writes", async () => {
    const hostile = '<img src=x onerror="document.title=1">\u202E{{title}}</script>';
    const report = longReport();
    const poisoned: Report = {
      ...report,
      investigations: report.investigations.map((entry) => ({ ...entry, jobId: hostile })),
      jobs: report.jobs.map((job) => ({ ...job, name: hostile })),
    };
    writeFileSync(join(directory, "hostile.html"), await renderHtml(poisoned));
    const { page, messages } = await opened("hostile.html", `#en-investigation-${report.investigations.length}`);
    await page.waitForSelector(`#en-investigation-${report.investigations.length}`);
    for (const step of ["to-peak", "zoom-in", "zoom-in"]) {
      const before = await shown(page);
      await page.click(`#en [data-timeline-range] [data-range=${step}]`);
      await expect.poll(() => shown(page)).not.toBe(before);
    }
    await page.waitForSelector("#en [data-plot=gantt] .row-label", { state: "attached" });
    expect(await page.$$("img[src=x], [onerror]")).toHaveLength(0);
    expect(await page.textContent("#en [data-plot=gantt] .row-label")).toMatch(/<img src=x onerror=.*\[U\+202E\]\{\{title\}\}<\/script>$/);
    expect(await page.textContent(`#en-investigation-${report.investigations.length}`)).toContain("[U+202E]");
    expect(messages).toEqual([]);
    await page.context().close();
  });
});

describe("taking the data along", () => {
  it("gives back report.json to the byte, and tables with every row", async () => {
    const { page, messages } = await opened("long.html");
    const download = async (name: string): Promise<string> => {
      const [file] = await Promise.all([page.waitForEvent("download"), page.click(`#en [data-download=${name}]`)]);
      return readFileSync(await file.path(), "utf8");
    };
    expect(await download("json")).toBe(serializeReport(longReport()));
    const rows = (text: string): number => text.trim().split("\r\n").length - 1;
    expect(rows(await download("investigations"))).toBe(longReport().investigations.length);
    expect(rows(await download("jobs"))).toBe(longReport().jobs.length);
    expect(rows(await download("claims"))).toBe(longReport().claims.length);
    expect(messages).toEqual([]);
    await page.context().close();
  });

  it("copies the claims and the summary as Markdown", async () => {
    const { page } = await opened("report.html");
    await page.click("#en [data-copy-table]");
    const text = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(text).toContain("| about 50 s (tolerance ±2.5) | 59.2 s median (95% interval 58.4 to 59.8) |");
    const table = await text();
    expect(table.split("\n").filter((line) => line.startsWith("| "))).toHaveLength(fixtureReport().claims.length + 2);
    expect(table).toContain("| contradicted |");
    await page.click("#en [data-copy-summary]");
    await expect.poll(text).toMatch(/^# 277 investigations[\s\S]*\*\*The Job stays open/);
    await page.context().close();
  });

  it("copies Hebrew without a range whose ends plain text would turn around", async () => {
    const { page } = await opened("report.html", "#he");
    await page.click("#he [data-copy-table]");
    const text = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(text).toContain("59.2 שנ׳ חציון (רווח סמך 95% בין 58.4 ל-59.8) |");
    expect(await text()).not.toMatch(/\d–\d/);
    await page.context().close();
  });
});

describe("copying for Jira", () => {
  const clipboard = (page: Page): Promise<{ html: string; plain: string }> =>
    page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      const text = async (type: string): Promise<string> => (item === undefined ? "" : (await item.getType(type)).text());
      return { html: await text("text/html"), plain: await text("text/plain") };
    });

  it("puts the summary, every claim and every proposed wording on the clipboard as markup, and as text beside it", async () => {
    const { page, messages } = await opened("report.html");
    await page.click("#en [data-copy-ticket]");
    await expect.poll(() => page.textContent("#en [data-copy-ticket]")).toBe("Copied");
    const { html, plain } = await clipboard(page);
    const { claims } = fixtureReport();
    expect(html.match(/<tr>/g)).toHaveLength(claims.length + 1);
    for (const { suggestion } of claims.filter((claim) => claim.verdict === "contradicted" && claim.suggestion !== undefined))
      expect(html).toContain(suggestion?.en.slice(0, 20));
    expect(html).toMatch(/<h2>277 investigations[^<]*<\/h2>/);
    expect(plain).toMatch(/^# 277 investigations[\s\S]*\| contradicted \|/);
    expect(messages).toEqual([]);
    await page.context().close();
  });

  it("falls back on the browser's copy command where the clipboard is closed to scripts", async () => {
    const { page } = await opened("report.html", "#he");
    await page.evaluate(() => Reflect.deleteProperty(globalThis, "ClipboardItem"));
    await page.click("#he [data-copy-ticket]");
    await expect.poll(() => page.textContent("#he [data-copy-ticket]")).toBe("הועתק");
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("הופרכה");
    await page.context().close();
  });

  it("makes no element of what a log says", async () => {
    const report = fixtureReport();
    const text = '<img src=x onerror="document.title=1">';
    writeFileSync(
      join(directory, "ticket.html"),
      await renderHtml({ ...report, title: text, claims: report.claims.map((claim) => ({ ...claim, title: { en: text, he: text } })) }),
    );
    const { page } = await opened("ticket.html");
    await page.click("#en [data-copy-ticket]");
    await expect.poll(() => page.textContent("#en [data-copy-ticket]")).toBe("Copied");
    const { html } = await clipboard(page);
    expect(await page.evaluate((markup) => new DOMParser().parseFromString(markup, "text/html").querySelectorAll("img").length, html)).toBe(
      0,
    );
    expect(
      await page.evaluate((markup) => new DOMParser().parseFromString(markup, "text/html").querySelector("h2")?.textContent, html),
    ).toBe(text);
    await page.context().close();
  });
});

describe("finding an investigation", () => {
  it("filters the rows of the page and says how many are left", async () => {
    const { page } = await opened("report.html", "#en-investigations");
    await page.$$eval("#en details", (all) => {
      for (const details of all) details.setAttribute("open", "");
    });
    await page.fill("#en [data-find]", "timed out");
    const bad = fixtureReport().investigations.filter((entry) => entry.outcome === "timeout").length;
    await expect.poll(() => page.textContent("#en [data-found]")).toBe(`Rows found: ${bad}`);
    expect(await page.$$eval("#en [data-table=investigations] tbody tr:not([hidden])", (rows) => rows.length)).toBe(bad);
    await page.context().close();
  });

  it("reaches, sorts and finds rows that the page makes from the report, written as the others are", async () => {
    const total = longReport().investigations.length;
    const { page, messages } = await opened("long.html", `#en-investigation-${total}`);
    await page.waitForSelector(`#en-investigation-${total}`);
    const asMade = await page.$eval(`#en-investigation-${total}`, (row) => [...row.children].slice(1).map((cell) => cell.textContent));
    const asWritten = await page.$eval(`#en-investigation-${total / 3}`, (row) =>
      [...row.children].slice(1).map((cell) => cell.textContent),
    );
    expect(asMade.slice(0, -1)).toEqual(asWritten.slice(0, -1));
    await page.click("#en .sortable th:nth-child(1) button");
    await page.click("#en .sortable th:nth-child(1) button");
    await expect.poll(() => page.textContent("#en .sortable tbody th")).toBe(String(total));
    await page.fill("#en [data-find]", String(total));
    await expect.poll(() => page.textContent("#en [data-found]")).toMatch(/^Rows found: [1-9]$/);
    const named = fixtureReport().jobs.find(({ investigationId }) => investigationId !== undefined);
    await page.fill("#en [data-find]", named?.name ?? "");
    await expect.poll(() => page.textContent("#en [data-found]")).toMatch(/^Rows found: [1-9]\d*$/);
    expect(messages).toEqual([]);
    await page.context().close();
  });
});

describe("the keyboard alone", () => {
  it("reaches every control of a language once, in order, with a visible mark", async () => {
    const { page } = await opened("report.html");
    await page.$$eval("#en details", (all) => {
      for (const details of all) if (details.closest("#en-investigations, #en-jobs") === null) details.setAttribute("open", "");
    });
    const wanted = await page.$$eval("#en :is(a[href], button, input, summary, [tabindex='0'])", (all) =>
      all
        .filter((control) => control.checkVisibility({ visibilityProperty: true }))
        .map((control, index) => {
          control.setAttribute("data-walk", String(index));
          return String(index);
        }),
    );
    expect(wanted.length).toBeGreaterThan(40);
    const reached: (string | null)[] = [];
    await page.evaluate(() => {
      document.body.tabIndex = -1;
      document.body.focus();
    });
    for (let press = 0; press < wanted.length; press++) {
      await page.keyboard.press("Tab");
      const [walk, outline] = await page.evaluate(() => {
        const control = document.activeElement;
        return control === null
          ? [null, ""]
          : [control.getAttribute("data-walk") ?? control.outerHTML.slice(0, 90), getComputedStyle(control).outlineStyle];
      });
      reached.push(walk ?? null);
      expect(outline, `control ${walk}`).not.toBe("none");
    }
    expect(reached).toEqual(wanted);
    await page.context().close();
  });
});
