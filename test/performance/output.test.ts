import { describe, expect, test } from "vitest";
import { redactDeep } from "../../src/model/privacy/redaction.js";
import type { Report } from "../../src/model/report.js";
import { visibleData } from "../../src/model/reports/visible.js";
import { predictRun } from "../../src/predict/predict.js";
import { packColumns } from "../../src/report/embed/embed-columns.js";
import { serializedParts } from "../../src/report/serialize.js";
import { reportOf } from "../predict/builders.js";
import { fixtureReport } from "../report/fixture.js";

/** Two to four times what it takes today, against what JSON.stringify takes for the same report in the same process. */
const MOST_TIMES = { redact: 1.5, visible: 1, serialize: 3, pack: 4 };

/** A report of some ten thousand investigations, as far as rows go. */
function longReport(): Report {
  const report = fixtureReport();
  const rows = <T>(list: readonly T[]): T[] => Array.from({ length: Math.ceil(10_000 / list.length) }, () => structuredClone(list)).flat();
  return { ...report, investigations: rows(report.investigations), jobs: rows(report.jobs) };
}

/** Processor time of this process [ms]: the least of some tries, so that what else runs on the machine counts little. */
function processorMs(work: () => unknown): number {
  const times = [1, 2, 3, 4].map(() => {
    const before = process.cpuUsage();
    work();
    return process.cpuUsage(before).user / 1000;
  });
  return Math.min(...times);
}

describe("what follows a finished report", () => {
  const report = longReport();
  const least = processorMs(() => JSON.stringify(report, null, 2));

  test("takes a bounded share of what JSON.stringify takes for it", () => {
    const works: Record<keyof typeof MOST_TIMES, () => unknown> = {
      redact: () => redactDeep(report),
      visible: () => visibleData(report),
      serialize: () => [...serializedParts(report)].length,
      pack: () => packColumns(report),
    };
    for (const [name, most] of Object.entries(MOST_TIMES)) {
      const work = works[name as keyof typeof MOST_TIMES];
      expect(processorMs(work) / least, name).toBeLessThan(most);
    }
  }, 120_000);

  test("keeps no second report where there is nothing to take out or to show", () => {
    const clean = visibleData(redactDeep(report));
    expect(visibleData(redactDeep(clean))).toBe(clean);
  });

  test("hands on its JSON in pieces of a bounded size, however long a list or a curve is", () => {
    const points = Array.from({ length: 100_000 }, (_, index): [number, number] => [1.7e12 + index, index % 7]);
    const { openJobs } = report.concurrency;
    if (openJobs === undefined) throw new Error("the fixture has a curve");
    const long: Report = { ...report, concurrency: { ...report.concurrency, openJobs: { ...openJobs, points } } };
    for (const piece of serializedParts(long)) expect(piece.length).toBeLessThan(1 << 20);
  });

  test("simulates a long run no longer than a short one", () => {
    const measured = reportOf(
      Array.from({ length: 300 }, (_, index) => ({ busyS: 8 + (index % 5), delayS: 5, createdS: 0.5, goneS: 28 + (index % 13) })),
    );
    const simulated = [400, 4000].map((n) => processorMs(() => predictRun(measured, { n, replicates: 300, mostDrawn: 120_000 })));
    const [short = 0, long = 0] = simulated;
    expect(long / short).toBeLessThan(4);
  }, 120_000);
});
