import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { Report } from "../../model/report.js";

/** Pictures by their file names. */
export type Pictures = ReadonlyMap<string, Uint8Array>;

/** Only where the modules are compiled; elsewhere pictures are drawn where they are asked for. */
const WORKER = new URL("./picture-worker.js", import.meta.url);
/** Investigations and Jobs. A thread needs a copy of the report, which takes 0.3 s for 10,000 of them, where all pictures take 1 s, and as much memory again. */
const MOST_ROWS = 20_000;

/**
 * Gets ready to draw the pictures of a report that is still to come, and returns what draws them. A thread of its own loads the canvas and chart.js
 * meanwhile, and then draws beside the page; it keeps the process alive only while it draws.
 */
export function prepareDrawing(): (report: Report) => Promise<Pictures> {
  const thread = existsSync(fileURLToPath(WORKER)) ? new Worker(WORKER) : undefined;
  thread?.unref();
  const failure = new Promise<never>((_, failed) => thread?.once("error", failed));
  failure.catch(() => undefined);
  return async (report) => {
    const rows = report.investigations.length + report.jobs.length;
    try {
      if (thread === undefined || rows > MOST_ROWS) return await (await import("./png.js")).renderPngs(report);
      const pictures = new Promise<Pictures>((done) => thread.once("message", done));
      thread.ref();
      thread.postMessage(report);
      return await Promise.race([pictures, failure]);
    } finally {
      await thread?.terminate();
    }
  };
}
