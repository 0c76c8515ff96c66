import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readInputs } from "../../src/ingest/index.js";
import { loadProfile } from "../../src/profiles/load-profile.js";
import { simulateRun } from "../../src/simulate/index.js";
import { analyzeFiles } from "../postrun/simulated.js";

/** Three times what it takes today. */
const MOST_TIMES = 30;
const CAPTURES = ["audit.log", "jobs-watch.json", "events.json"];
const { profile } = await loadProfile("focus-server");

/** Processor time of this process that the work takes [ms]: the least of some tries, so that what else runs on the machine counts little. */
async function processorMs(work: () => Promise<unknown> | unknown, tries = 3): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < tries; round += 1) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000);
  }
  return Math.min(...times);
}

function simulated(investigations: number) {
  return simulateRun({ seed: "growth", investigations, frameLogEvery: 5 }).files;
}

describe("the work of an analysis", () => {
  test("grows with the run and not with its square: four times the investigations, far less than sixteen times the work", async () => {
    const [small, large] = [simulated(200), simulated(800)];
    const work = (files: ReadonlyMap<string, string>) => processorMs(() => analyzeFiles(files, ["test-run.log", ...CAPTURES]));
    await work(small);
    const ratio = (await work(large)) / (await work(small));
    expect(ratio).toBeLessThan(8);
  }, 120_000);

  test("is no more than some times what parsing the rows alone takes", async () => {
    const files = simulated(600);
    const documents = CAPTURES.flatMap((name) =>
      name === "events.json" ? [files.get(name) ?? ""] : (files.get(name) ?? "").trim().split("\n"),
    );
    const log = files.get("test-run.log") ?? "";
    // The same machine, the same moment: what a reader must do at the least.
    const least = await processorMs(() => {
      for (const document of documents) JSON.parse(document);
      for (const line of log.split("\n")) /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d),(\d{3}) - (\S+) - (\w+) - (.*)$/.exec(line);
    }, 5);
    const whole = await processorMs(() => analyzeFiles(files, ["test-run.log", ...CAPTURES]));
    expect(whole / least).toBeLessThan(MOST_TIMES);
  }, 120_000);

  test("keeps nothing for a line that no pattern takes: a log ten times as long holds the same events", async () => {
    const folder = mkdtempSync(join(tmpdir(), "postrun-growth-"));
    try {
      const read = async (name: string, frameLogEvery?: number) => {
        const { files } = simulateRun({ seed: "growth", investigations: 20, ...(frameLogEvery === undefined ? {} : { frameLogEvery }) });
        const path = join(folder, name);
        writeFileSync(path, files.get("test-run.log") ?? "");
        const { events, sources } = await readInputs([path], { profile });
        return { events: events.length, lines: sources[0]?.lines ?? 0 };
      };
      const [short, long] = [await read("short.log"), await read("long.log", 1)];
      expect(long.lines).toBeGreaterThan(short.lines * 10);
      expect(long.events).toBe(short.events);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
