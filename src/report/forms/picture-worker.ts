/** Runs in a thread of its own: draws the pictures of the one report that it is sent (picture-thread.ts). */
import { parentPort } from "node:worker_threads";
import type { Report } from "../../model/report.js";
import { renderPngs } from "./png.js";

const loaded = import("../charts/canvas.js");
// If it cannot be loaded, whoever asks for pictures hears of it.
loaded.catch(() => undefined);

parentPort?.once("message", async (report: Report) => {
  await loaded;
  parentPort?.postMessage(await renderPngs(report));
});
