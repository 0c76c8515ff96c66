/// <reference lib="dom" />
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../src/model/report.js";
import { isoFromEpoch } from "../../src/model/time.js";
import { renderHtml } from "../../src/report/html.js";
import { launchBrowser } from "../browser.js";
import { fixtureReport } from "./fixture.js";
import { randomFrom } from "./fixture-run.js";

const INVESTIGATIONS = 40_000;
const TEN_MEGABYTES = 10 * 1024 * 1024;
/** To the first chart, against a page of 40 investigations or so. */
const MOST_TIMES_AS_LONG = 15;
/** What a tab may keep once the whole report is unpacked in it. */
const MOST_HEAP_BYTES = 200 * 1024 * 1024;

/** The fixture's run over and over, an hour and a bit apart, with times and ids that do not repeat. */
function hugeReport(): Report {
  const report = fixtureReport();
  const random = randomFrom(7);
  const length = Date.parse(report.window?.to ?? "") - Date.parse(report.window?.from ?? "");
  const copies = Math.ceil(INVESTIGATIONS / report.investigations.length);
  const moved = (at: string, by: number): string => isoFromEpoch(Date.parse(at) + by + Math.floor(random() * 400));
  const all = Array.from({ length: copies }, (_, copy) => copy);
  const investigations = all
    .flatMap((copy) =>
      report.investigations.map((entry) => ({
        ...entry,
        id: String(Number(entry.id) + copy * report.investigations.length),
        jobUid: `${entry.jobUid}-${copy}`,
        startedAt: moved(entry.startedAt ?? "", copy * length),
        endedAt: moved(entry.endedAt ?? "", copy * length),
        stages: entry.stages.map((part) => ({
          ...part,
          from: moved(part.from ?? "", copy * length),
          to: moved(part.to ?? "", copy * length),
        })),
      })),
    )
    .slice(0, INVESTIGATIONS);
  const jobs = all.flatMap((copy) =>
    report.jobs.map((job) => ({
      ...job,
      uid: `${job.uid}-${copy}`,
      createdAt: moved(job.createdAt, copy * length),
      ...(job.deletedAt === undefined ? {} : { deletedAt: moved(job.deletedAt, copy * length) }),
    })),
  );
  const points = all.flatMap((copy) =>
    (report.concurrency.openJobs?.points ?? []).map(([at, level]): readonly [number, number] => [at + copy * length + random(), level]),
  );
  const window = { from: report.window?.from ?? "", to: isoFromEpoch(Date.parse(report.window?.from ?? "") + copies * length) };
  const { openJobs } = report.concurrency;
  return {
    ...report,
    window,
    investigations,
    jobs,
    stages: report.stages.map((row) => ({
      ...row,
      samplesMs: all.flatMap(() => row.samplesMs.map((ms) => Math.round(ms + random() * 50))),
    })),
    concurrency: { ...report.concurrency, window, ...(openJobs === undefined ? {} : { openJobs: { ...openJobs, points } }) },
  };
}

describe("a run of 40,000 investigations", () => {
  let directory: string;
  let html: string;
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), "postrun-size-"));
    html = await renderHtml(hugeReport());
    writeFileSync(join(directory, "report.html"), html);
    writeFileSync(join(directory, "ordinary.html"), await renderHtml(fixtureReport()));
  }, 120_000);
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it("makes a page below 10 MB", () => {
    expect(Buffer.byteLength(html)).toBeLessThan(TEN_MEGABYTES);
  });

  it("opens with its first chart in a few times the time of an ordinary page, and reaches its last row when it is asked for", async () => {
    const browser = await launchBrowser();
    const page = await browser.newPage();
    const address = pathToFileURL(join(directory, "report.html")).href;
    const ordinary = pathToFileURL(join(directory, "ordinary.html")).href;
    const opened = async (url: string): Promise<number> => {
      await page.goto("about:blank");
      const started = performance.now();
      await page.goto(`${url}#en`, { waitUntil: "domcontentloaded" });
      await page.waitForSelector("#en .measured-line", { state: "attached" });
      return performance.now() - started;
    };
    // The first page that a browser opens pays for its start; a busy machine slows both down alike.
    await opened(ordinary);
    const times: { readonly ordinary: number; readonly huge: number }[] = [];
    for (let round = 0; round < 3; round += 1) times.push({ ordinary: await opened(ordinary), huge: await opened(address) });
    const fastest = (which: "ordinary" | "huge") => Math.min(...times.map((time) => time[which]));
    expect(fastest("huge") / fastest("ordinary")).toBeLessThan(MOST_TIMES_AS_LONG);
    await page.goto(`${address}#en-investigation-${INVESTIGATIONS}`);
    await page.waitForSelector(`#en-investigation-${INVESTIGATIONS}`, { timeout: 30_000 });
    // The whole report is unpacked now; the curve and the rows are drawn from it.
    await page.click("#en [data-timeline-range] [data-range=to-peak]");
    await page.waitForFunction(() => document.querySelector("#en [data-shown]")?.textContent !== "", undefined, { timeout: 30_000 });
    const session = await page.context().newCDPSession(page);
    await session.send("HeapProfiler.collectGarbage");
    const { usedSize } = await session.send("Runtime.getHeapUsage");
    expect(usedSize).toBeLessThan(MOST_HEAP_BYTES);
    await browser.close();
  }, 120_000);
});
