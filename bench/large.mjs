/**
 * Times the whole main job on large runs beside what people would use to merely look at such files, alternating in one go, and prints a table:
 * node bench/large.mjs [INVESTIGATIONS ...], 400, 4,000 and 40,000 by default. Tools that are not installed are left out and named. The floor, against which the
 * others are held, is ripgrep on the log and DuckDB on both NDJSON files. A run that was generated before (postrun-large-N in the folder for temporary files) is taken
 * as it is and stays; BENCH_ROUNDS says how often everything is measured.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, statSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { largeRunPaths, writeLargeRun } from "./large-run.mjs";
import { measured, middle, table } from "./measure.mjs";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const sizes = process.argv.slice(2).map(Number);
const STAGE_LINE = "configured successfully|Connected|Stream ended|Disconnected";

/** What to run on a large run; each sees the paths by name. */
const CONTENDERS = [
  {
    name: "postrun analyze (report.json and HTML)",
    command: (/** @type {Paths} */ { folder }) => [
      process.execPath,
      "dist/cli.cjs",
      "analyze",
      folder,
      "-o",
      join(tmpdir(), "bench.html"),
      "--json",
      join(tmpdir(), "bench.json"),
      "--force",
    ],
  },
  { name: "ripgrep, counting stage lines", tool: "rg", command: (/** @type {Paths} */ { log }) => ["rg", "-c", STAGE_LINE, log] },
  {
    name: "awk, counting stage lines",
    tool: "awk",
    command: (/** @type {Paths} */ { log }) => ["awk", `/${STAGE_LINE}/ { n[$5] += 1 } END { for (k in n) print k, n[k] }`, log],
  },
  {
    name: "jq, one field of each row of both NDJSON files",
    tool: "jq",
    command: (/** @type {Paths} */ { jobs, events }) => ["jq", "-r", "(.object // .).metadata.name", jobs, events],
  },
  {
    name: "Miller, counting rows of both NDJSON files by kind",
    tool: "mlr",
    command: (/** @type {Paths} */ { jobs, events }) => [
      "mlr",
      "--ijsonl",
      "--ojson",
      "count-distinct",
      "-f",
      "type,kind",
      "-u",
      jobs,
      events,
    ],
  },
  {
    name: "DuckDB, rows of both NDJSON files by kind",
    tool: "duckdb",
    command: (/** @type {Paths} */ { jobs, events }) => [process.execPath, "bench/duckdb.mjs", jobs, events],
  },
  {
    name: "lnav, lines of the log by level",
    tool: "lnav",
    command: (/** @type {Paths} */ { log }) => [
      "lnav",
      "-N",
      "-n",
      "-c",
      ";SELECT log_level, count(*) FROM all_logs GROUP BY log_level",
      log,
    ],
  },
  {
    name: "pandas, rows of both NDJSON files",
    tool: "pandas",
    command: (/** @type {Paths} */ { jobs, events }) => [
      "/usr/bin/python3",
      "-c",
      "import pandas,sys\nfor p in sys.argv[1:]: print(len(pandas.read_json(p, lines=True)))",
      jobs,
      events,
    ],
  },
];

/** @typedef {{ folder: string, log: string, jobs: string, events: string, audit: string }} Paths */

const present = CONTENDERS.filter(({ tool }) => tool === undefined || isInstalled(tool));
const absent = CONTENDERS.filter((contender) => !present.includes(contender));

const rows = [];
/** What the job took by size, and what was aimed at beside it. @type {{ size: number, seconds: number, aims: string[][] }[]} */
const jobs = [];
for (const size of sizes.length > 0 ? sizes : [400, 4_000, 40_000]) {
  const folder = join(tmpdir(), `postrun-large-${size}`);
  mkdirSync(folder, { recursive: true });
  const kept = existsSync(join(folder, "audit.log"));
  const paths = { folder, ...(kept ? largeRunPaths(folder) : writeLargeRun(folder, size)) };
  const bytes = [paths.log, paths.jobs, paths.events, paths.audit].reduce((sum, path) => sum + statSync(path).size, 0);
  /** @type {Map<string, { seconds: number, cpu: number, megabytes: number }[]>} */
  const found = new Map(present.map(({ name }) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { name, command } of present) found.get(name)?.push(measured(command(paths)));
  }
  /** @param {string | undefined} tool @param {"seconds" | "cpu" | "megabytes"} measure */
  const of = (tool, measure) => middle(found.get(CONTENDERS.find((contender) => contender.tool === tool)?.name ?? "") ?? [])[measure];
  const floor = { seconds: of("rg", "seconds") + of("duckdb", "seconds"), cpu: of("rg", "cpu") + of("duckdb", "cpu") };
  for (const [name, runs] of found) {
    const { seconds, cpu, megabytes } = middle(runs);
    rows.push([
      size.toLocaleString("en"),
      (bytes / 1e6).toFixed(0),
      name,
      seconds.toFixed(2),
      cpu.toFixed(2),
      megabytes.toFixed(0),
      (seconds / floor.seconds).toFixed(1),
      (cpu / floor.cpu).toFixed(1),
    ]);
  }
  const seconds = of(undefined, "seconds");
  const times = (/** @type {number} */ other) => (Number.isNaN(other) ? "not measured" : `${(other / seconds).toFixed(2)} times as fast`);
  jobs.push({
    size,
    seconds,
    aims: [
      ["at most 3 times the floor (ripgrep and DuckDB)", `${(seconds / floor.seconds).toFixed(1)} times`],
      ["at least 2 times as fast as jq and awk together", times(of("jq", "seconds") + of("awk", "seconds"))],
      ["5 times as fast as lnav (the log alone)", times(of("lnav", "seconds"))],
      ["5 times as fast as Miller (the NDJSON files alone)", times(of("mlr", "seconds"))],
      ["5 times as fast as pandas (the NDJSON files alone)", times(of("pandas", "seconds"))],
      ["peak memory under 400 MB", `${of(undefined, "megabytes").toFixed(0)} MB`],
    ],
  });
  if (!kept) rmSync(folder, { recursive: true });
}

const header = ["investigations", "input [MB]", "what", "time [s]", "CPU [s]", "peak memory [MB]", "time / floor", "CPU / floor"];
process.stdout.write(
  `Node ${process.version}, ${cpus().length} cores, ${ROUNDS === 1 ? "one run of each" : `middle of ${ROUNDS} runs, alternating`}\n\n`,
);
process.stdout.write(table(header, rows));
for (const [index, { size, seconds, aims }] of jobs.entries()) {
  const before = jobs[index - 1];
  const growth =
    before === undefined
      ? []
      : [[`time against ${before.size.toLocaleString("en")} investigations`, `${(seconds / before.seconds).toFixed(1)} times`]];
  process.stdout.write(`\n${table([`aim, ${size.toLocaleString("en")} investigations, by time`, "measured"], [...aims, ...growth])}`);
}
if (absent.length > 0) process.stdout.write(`\nNot installed here: ${absent.map(({ tool }) => tool).join(", ")}\n`);

/** @param {string} tool */
function isInstalled(tool) {
  if (tool === "pandas") return spawnSync("/usr/bin/python3", ["-c", "import pandas"]).status === 0;
  if (tool === "duckdb") return spawnSync(process.execPath, ["bench/duckdb.mjs"]).status === 0;
  return spawnSync("sh", ["-c", `command -v ${tool}`]).status === 0;
}
