/**
 * Writes a run far larger than the samples, for measuring: node bench/large-run.mjs FOLDER [INVESTIGATIONS].
 * 40,000 investigations (the default) are a log of about 500 MB, 450 MB of Job watch, 230 MB of Events and 45 MB of audit log. Simulated in blocks with seeds of their
 * own, one after the other on one time axis, so that the memory of the generator stays flat; the same arguments give the same bytes.
 */
import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";

/** The simulator as it is built: the types of a checkout that is not built yet come from its source. @type {typeof import("../src/simulate/index.js")} */
const { simulateRun } = await import(new URL("../dist/simulate/index.js", import.meta.url).href);

/** Investigations simulated at once. */
const BLOCK = 200;
/** From the end of a block to the next: longer than its last Jobs live, shorter than the pause that tells two runs apart [ms]. */
const PAUSE_MS = 120_000;
/** A log line for each so many-th frame: 100 a stream, as a test that logs at DEBUG writes. */
const FRAME_LOG_EVERY = 5;
/** Room between the resourceVersions of two blocks. */
const VERSIONS_PER_BLOCK = 1_000_000;

/**
 * Writes test-run.log, jobs-watch.ndjson, events.ndjson and audit.log into a folder; answers with their paths.
 * @param {string} folder @param {number} investigations
 */
export function writeLargeRun(folder, investigations) {
  mkdirSync(folder, { recursive: true });
  const paths = largeRunPaths(folder);
  const files = {
    log: openSync(paths.log, "w"),
    jobs: openSync(paths.jobs, "w"),
    events: openSync(paths.events, "w"),
    audit: openSync(paths.audit, "w"),
  };
  let startAt = Date.UTC(2025, 0, 6, 8, 0, 0);
  for (let done = 0; done < investigations; done += BLOCK) {
    const size = Math.min(BLOCK, investigations - done);
    const run = simulateRun({
      seed: `large-${done / BLOCK}`,
      investigations: size,
      startAt,
      firstSequence: 100_000 + done,
      frameLogEvery: FRAME_LOG_EVERY,
      script: done === 0 ? "run_277_investigations_test.py" : null,
    });
    const text = (/** @type {string} */ name) => run.files.get(name) ?? "";
    const versions = (done / BLOCK) * VERSIONS_PER_BLOCK;
    writeSync(files.log, numbered(text("test-run.log"), done, investigations));
    writeSync(files.jobs, later(text("jobs-watch.json"), versions));
    writeSync(files.events, later(rows(text("events.json")), versions));
    writeSync(files.audit, later(deletions(text("audit.log")), versions));
    startAt = run.truth.run.to + PAUSE_MS;
  }
  for (const file of Object.values(files)) closeSync(file);
  return paths;
}

/** Where the files of such a run stand. @param {string} folder */
export function largeRunPaths(folder) {
  return {
    log: join(folder, "test-run.log"),
    jobs: join(folder, "jobs-watch.ndjson"),
    events: join(folder, "events.ndjson"),
    audit: join(folder, "audit.log"),
  };
}

/** Numbers go on over the blocks. @param {string} log @param {number} done @param {number} total */
function numbered(log, done, total) {
  return log.replace(/=== Investigation (\d+)\/\d+ ===/g, (_, number) => `=== Investigation ${Number(number) + done}/${total} ===`);
}

/** One order of writes over the blocks. @param {string} text @param {number} by */
function later(text, by) {
  return by === 0 ? text : text.replace(/"resourceVersion":"(\d+)"/g, (_, version) => `"resourceVersion":"${Number(version) + by}"`);
}

/** A List as a row for each object, as `jq -c '.items[]'` writes it. @param {string} list */
function rows(list) {
  return JSON.parse(list)
    .items.map((/** @type {object} */ item) => `${JSON.stringify(item)}\n`)
    .join("");
}

/** An audit policy that keeps deletions of Jobs only. @param {string} log */
function deletions(log) {
  return log
    .split("\n")
    .filter((line) => line.includes('"verb":"delete"') && line.includes('"resource":"jobs"'))
    .map((line) => `${line}\n`)
    .join("");
}

const [folder, investigations = "40000"] = process.argv.slice(2);
if (folder !== undefined && process.argv[1]?.endsWith("large-run.mjs")) writeLargeRun(folder, Number(investigations));
