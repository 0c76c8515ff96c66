import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { readInputs } from "../../src/ingest/index.js";
import type { Report } from "../../src/model/report.js";
import { analyze } from "../../src/postrun.js";
import { loadProfile } from "../../src/profiles/load-profile.js";
import { fixedFrame } from "../postrun/frame.js";
import { folderWith } from "./support.js";

const SAMPLE = new URL("../../samples/277-investigations/", import.meta.url).pathname;
const CAPTURES = ["audit.log.gz", "jobs-watch.json.gz", "pods-watch.json.gz"].map((name) => join(SAMPLE, name));

/** The record as pytest's live log prints it: whole seconds, level in brackets. */
function asLiveRecord(line: string): string {
  return line.replace(/^(\S+ \d\d:\d\d:\d\d),\d{3} - (.*?) - ([A-Z]+) - /, (_all, stamp: string, logger: string, level: string) => {
    return `${stamp} [${level.padStart(8)}] ${logger}: `;
  });
}

/** UTF-8 read in the code page of an English Windows console. */
function mangled(text: string): string {
  return text.replaceAll("✅", "Γ£à");
}

/** Cut at every `columns` characters, as a console does. */
function wrapped(line: string, columns: number): string[] {
  const pieces = [];
  for (let at = 0; at === 0 || at < line.length; at += columns) pieces.push(line.slice(at, at + columns));
  return pieces;
}

/** What PowerShell makes of the log: every record doubled, decoration mangled, wrapped, UTF-16LE with a mark and CRLF. */
function asPowerShellCapture(log: string, columns: number): Buffer {
  const lines = mangled(log)
    .trimEnd()
    .split("\n")
    .flatMap((line) => [line, asLiveRecord(line)])
    .flatMap((line) => wrapped(line, columns));
  return Buffer.from(`\ufeff${lines.join("\r\n")}\r\n`, "utf16le");
}

const analyzeLog = (log: string): Promise<Report> => analyze({ inputs: [log, ...CAPTURES], frame: fixedFrame });

describe.each([120, 80])("the full-size sample as PowerShell redirects it, at %i columns", (columns) => {
  let plain: Report;
  let ugly: Report;
  let marks: number;
  beforeAll(async () => {
    const log = await readFile(join(SAMPLE, "test-run.log"), "utf8");
    const folder = await folderWith({ "test-run.log": asPowerShellCapture(log, columns) });
    const { profile } = await loadProfile("focus-server");
    marks = (await readInputs([join(SAMPLE, "test-run.log")], { profile })).events.filter(({ type }) => type === "log-mark").length;
    plain = await analyzeLog(join(SAMPLE, "test-run.log"));
    ugly = await analyzeLog(join(folder, "test-run.log"));
  }, 60_000);

  test("gives the same stage durations to the millisecond", () => {
    const durations = (report: Report) =>
      report.investigations.map(({ stages }) => stages.map(({ stage, durationMs }) => [stage, durationMs]));
    expect(durations(ugly)).toEqual(durations(plain));
    expect(ugly.stages).toEqual(plain.stages);
  });

  test("gives the same investigations, outcomes, errors and Jobs", () => {
    const facts = (report: Report) =>
      report.investigations.map(({ id, jobId, outcome, error, attempts, startedAt, endedAt }) => [
        id,
        jobId,
        outcome,
        error,
        attempts,
        startedAt,
        endedAt,
      ]);
    expect(facts(ugly)).toEqual(facts(plain));
    const jobs = (report: Report) => report.jobs.map(({ evidence: _places, ...job }) => job);
    expect(jobs(ugly)).toEqual(jobs(plain));
    expect(ugly.claims.map(({ id, verdict }) => [id, verdict])).toEqual(plain.claims.map(({ id, verdict }) => [id, verdict]));
  });

  test("says how many records stand twice, and accounts for every line", () => {
    const source = ugly.sources.find(({ path }) => path.endsWith("test-run.log"));
    expect(source).toMatchObject({ encoding: "utf-16le", unparsed: 0 });
    expect((source?.matched ?? 0) + (source?.ignored ?? 0)).toBe(source?.lines);
    expect(ugly.diagnostics.find(({ id }) => id === "doubled-records")?.count).toBe(marks);
    expect(plain.diagnostics.map(({ id }) => id)).not.toContain("doubled-records");
  });
});

describe("the small sample in other forms of logs", () => {
  const folderOf = new URL("../../samples/30-investigations/", import.meta.url).pathname;
  const jobs = join(folderOf, "jobs-watch-received.jsonl.gz");
  const RECORD = /^(\S+) (\S+),(\d{3}) - (.*?) - ([A-Z]+) - (.*)$/;
  const facts = (report: Report) =>
    report.investigations.map(({ id, outcome, startedAt, stages }) => [
      id,
      outcome,
      startedAt,
      stages.map(({ stage, durationMs }) => [stage, durationMs]),
    ]);

  /** Local wall time of the sample is UTC+3. */
  const epoch = (day: string, time: string, ms: string): number => Date.parse(`${day}T${time}.${ms}+03:00`);

  test.each([
    [
      "rows of pino, whose zone is then known",
      (line: string) =>
        line.replace(RECORD, (_all, day: string, time: string, ms: string, name: string, _level, msg: string) =>
          JSON.stringify({ level: 30, time: epoch(day, time, ms), name, msg }),
        ),
    ],
    [
      "every other record as a row of a JSON logger",
      (line: string, index: number) =>
        index % 2 === 0
          ? line
          : line.replace(RECORD, (_all, day: string, time: string, ms: string, name: string, _level, message: string) =>
              JSON.stringify({ message, name, timestamp: new Date(epoch(day, time, ms)).toISOString() }),
            ),
    ],
  ])("%s: the same investigations, times and stages", async (_name, convert) => {
    const log = await readFile(join(folderOf, "test-run.log"), "utf8");
    const folder = await folderWith({ "test-run.log": log.split("\n").map(convert).join("\n") });
    const analyzed = (path: string) => analyze({ inputs: [path, jobs], frame: fixedFrame });
    const [plain, other] = [await analyzed(join(folderOf, "test-run.log")), await analyzed(join(folder, "test-run.log"))];
    expect(facts(other)).toEqual(facts(plain));
    expect(other.clocks.find(({ id }) => id === "runner")).toMatchObject({
      skewMs: plain.clocks.find(({ id }) => id === "runner")?.skewMs,
    });
  });
});
