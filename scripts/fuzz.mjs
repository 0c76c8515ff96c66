/**
 * Fuzzes all readers and the analysis: `node scripts/fuzz.mjs [--inputs N] [--seed S] [--only NUMBER]`, after a build. The same seed gives the
 * same inputs as long as the samples are the same. Ends with 1 and stores each input that crashes, hangs or loses a line; `--only` repeats one.
 */
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { inputOf } from "./fuzz/mutations.mjs";
import { fuzz } from "./fuzz/session.mjs";
import { startingPoints } from "./fuzz/starts.mjs";
import { makeSubject } from "./fuzz/subject.mjs";

/** An input that is not over after this is given up [s]. */
const HANG_S = 30;
/** Inputs handed to the worker at once. */
const PORTION = 500;

if (isMainThread) {
  process.chdir(fileURLToPath(new URL("..", import.meta.url)));
  main();
} else await work();

function main() {
  const { values } = parseArgs({
    options: { inputs: { type: "string", default: "20000" }, seed: { type: "string", default: "1" }, only: { type: "string" } },
  });
  const seed = Number(values.seed);
  const from = Number(values.only ?? 0);
  const count = values.only === undefined ? Number(values.inputs) : 1;
  const starts = startingPoints("samples");
  const current = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(new URL(import.meta.url), { workerData: { seed, from, count, current } });
  let seen = -1;
  let since = 0;
  const watchdog = setInterval(() => {
    const number = Atomics.load(current, 0);
    since = number === seen ? since + 1 : 0;
    seen = number;
    if (since < HANG_S) return;
    process.stderr.write(`input ${number} of seed ${seed} hangs; it is in ${store(seed, number, inputOf(starts, seed, number).bytes)}\n`);
    process.exit(1);
  }, 1000);
  let failed = false;
  let finished = false;
  worker.on("message", (/** @type {{ text: string, failed?: boolean, finished?: boolean }} */ message) => {
    process.stdout.write(message.text);
    failed ||= message.failed === true;
    finished ||= message.finished === true;
  });
  worker.on("error", (error) => {
    process.stderr.write(`input ${Atomics.load(current, 0)} of seed ${seed} ends the program: ${error.stack ?? error.message}\n`);
    failed = true;
  });
  worker.on("exit", () => {
    clearInterval(watchdog);
    if (!finished && !failed) {
      const number = Atomics.load(current, 0);
      process.stderr.write(
        `input ${number} of seed ${seed} never ends (nothing is left to wait for); it is in ${store(seed, number, inputOf(starts, seed, number).bytes)}\n`,
      );
      failed = true;
    }
    process.exitCode = failed ? 1 : 0;
  });
}

async function work() {
  /** @type {{ seed: number, from: number, count: number, current: Int32Array<SharedArrayBuffer> }} */
  const { seed, from, count, current } = workerData;
  const say = (/** @type {string} */ text, failed = false, finished = false) => parentPort?.postMessage({ text, failed, finished });
  const subject = await makeSubject(await compiledModules());
  const starts = startingPoints("samples");
  /** @type {Record<string, number>} */
  const formats = {};
  let slowestMs = 0;
  let found = 0;
  for (let at = from; at < from + count; at += PORTION) {
    const portion = await fuzz({
      starts,
      seed,
      from: at,
      count: Math.min(PORTION, from + count - at),
      analyzeEvery: count === 1 ? 1 : 4,
      subject,
      onInput: (number) => Atomics.store(current, 0, number),
    });
    for (const { number, what, applied, bytes } of portion.findings) {
      found += 1;
      say(`input ${number} of seed ${seed}, in ${store(seed, number, bytes)} (${applied.join(", ")}): ${what}\n`, true);
    }
    for (const [format, times] of Object.entries(portion.formats)) formats[format] = (formats[format] ?? 0) + times;
    slowestMs = Math.max(slowestMs, portion.slowestMs);
  }
  const read = Object.entries(formats)
    .sort()
    .map(([format, times]) => `${format} ${times}`);
  say(
    `${count} inputs of seed ${seed}: ${found} findings; slowest ${Math.round(slowestMs)} ms; read as ${read.join(", ")}\n`,
    found > 0,
    true,
  );
}

/** Keeps an input for a closer look. @param {number} seed @param {number} number @param {Buffer} bytes @returns {string} its path */
function store(seed, number, bytes) {
  const path = join(tmpdir(), `postrun-fuzz-${seed}-${number}`);
  writeFileSync(path, bytes);
  return path;
}

/** @returns {Promise<import("./fuzz/subject.mjs").Modules>} */
async function compiledModules() {
  const load = (/** @type {string} */ path) => import(new URL(`../dist/${path}`, import.meta.url).href);
  const [text, detect, recorder, compiled, profiles, postrun, errors] = await Promise.all(
    [
      "ingest/bytes/text-source.js",
      "ingest/detect.js",
      "ingest/recorder.js",
      "ingest/log/compiled-profile.js",
      "profiles/load-profile.js",
      "postrun.js",
      "model/errors.js",
    ].map(load),
  );
  return { ...text, ...detect, ...recorder, ...compiled, ...profiles, ...postrun, ...errors };
}
