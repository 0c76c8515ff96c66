import { describe, expect, test } from "vitest";
import type { Report } from "../../src/model/report.js";
import { simulateRun } from "../../src/simulate/index.js";
import { analyzeFiles } from "./simulated.js";

const STAMP = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d),(\d{3}) - (.*?) - ([A-Z]+) - (.*)$/gm;

/** The log of a run as a printer of another language writes its stamps; clocks that tick every 10 ms make many of them end in zeros. */
function logOf(log: string, print: (date: string, time: string, milliseconds: string, rest: string) => string): string {
  return log.replace(STAMP, (_, date: string, time: string, ms: string, logger: string, level: string, message: string) =>
    print(date, time, `${ms.slice(0, 2)}0`, ` - ${logger} - ${level} - ${message}`),
  );
}

const withoutZeros = (digits: string) => (/[1-9]/.test(digits) ? `.${digits.replace(/0+$/, "")}` : "");
const seconds = (date: string, time: string) => Date.parse(`${date}T${time}Z`) / 1000;

const PRINTERS = {
  "Java, ISO_INSTANT": (date: string, time: string, ms: string, rest: string) => `${date}T${time}${ms === "000" ? "" : `.${ms}`}Z${rest}`,
  "Go, RFC3339Nano": (date: string, time: string, ms: string, rest: string) => `${date}T${time}${withoutZeros(ms)}Z${rest}`,
  "epoch seconds": (date: string, time: string, ms: string, rest: string) => `${seconds(date, time)}.${ms}${rest}`,
  "repr of a float": (date: string, time: string, ms: string, rest: string) => `${seconds(date, time)}${withoutZeros(ms) || ".0"}${rest}`,
};

/** What is measured, whatever the stamps look like. */
function measured({ stages, investigations, diagnostics }: Report): object {
  const numbers = stages.map(({ stage, n, failed, p50Ms, maxMs, ci95Ms }) => ({ stage, n, failed, p50Ms, maxMs, ci95Ms }));
  return {
    numbers,
    outcomes: investigations.map(({ outcome }) => outcome),
    doubles: diagnostics.find(({ id }) => id === "doubled-records")?.count,
  };
}

describe("a run is measured the same, whether or not its log prints the zeros at the end of its decimals", () => {
  const log = simulateRun({ seed: "zeros", investigations: 60, zoneOffsetMinutes: 0 }).files.get("test-run.log") ?? "";
  const reportOf = (text: string) => analyzeFiles(new Map([["run.log", text]]), ["run.log"]);

  test.each(Object.entries(PRINTERS))("%s", async (name, print) => {
    const full = await reportOf(logOf(log, (date, time, ms, rest) => `${date}T${time}.${ms}Z${rest}`));
    const report = await reportOf(logOf(log, print));
    expect(full.investigations).toHaveLength(60);
    expect(measured(report)).toEqual(measured(full));
    const finest = /Go|float/.test(name) ? 10 : 1;
    expect([...new Set(report.stages.filter(({ n }) => n > 0).map(({ resolutionMs }) => resolutionMs))]).toEqual([finest]);
  });
});
