import { describe, expect, test } from "vitest";
import { rowsOf, TABLE_NAMES } from "../../src/table/index.js";
import type { TableRows } from "../../src/table/rows.js";
import { fixtureReport } from "../report/fixture.js";

function column(table: TableRows, name: string): readonly unknown[] {
  const index = table.columns.indexOf(name);
  expect(index, `column ${name}`).toBeGreaterThanOrEqual(0);
  return table.rows.map((row) => row[index]);
}

describe("the tables of a report", () => {
  const report = fixtureReport();
  const tables = rowsOf(report);

  test("every row has a cell for each column, and no cell is undefined", () => {
    for (const name of TABLE_NAMES) {
      const { columns, rows } = tables[name];
      expect(new Set(columns).size).toBe(columns.length);
      for (const row of rows) {
        expect(row).toHaveLength(columns.length);
        expect(row).not.toContain(undefined);
      }
    }
  });

  test("a row stands for each investigation, Job, claim, stage and source", () => {
    expect(tables.investigations.rows).toHaveLength(report.investigations.length);
    expect(tables.jobs.rows).toHaveLength(report.jobs.length);
    expect(tables.claims.rows).toHaveLength(report.claims.length);
    expect(tables.stages.rows).toHaveLength(report.stages.length);
    expect(tables.sources.rows).toHaveLength(report.sources.length);
  });

  test("the stage columns of investigations hold the very samples of the stage", () => {
    const connect = column(tables.investigations, "connectMs").filter((value) => value !== null);
    expect(connect).toEqual(report.stages.find((row) => row.stage === "connect")?.samplesMs);
  });

  test("what is measured at the Job of an investigation stands in its row, and no column is there for stages of Jobs alone", () => {
    const cleanup = column(tables.investigations, "jobCleanupMs").filter((value) => value !== null);
    const linked = new Set(report.investigations.flatMap(({ jobUid }) => jobUid ?? []));
    expect(cleanup.length).toBeGreaterThan(0);
    expect(cleanup).toHaveLength(report.jobs.filter(({ uid, cleanupMs }) => linked.has(uid) && cleanupMs !== undefined).length);
    const stage = { ...(report.stages[0] as (typeof report.stages)[number]), stage: "of-jobs" };
    expect(rowsOf({ ...report, stages: [...report.stages, stage] }).investigations.columns).not.toContain("of-jobsMs");
  });

  test("a step of a curve stands under its moment", () => {
    const [first] = report.concurrency.openJobs?.points ?? [];
    expect(tables.concurrency.rows[0]).toEqual(["openJobs", new Date(first?.[0] ?? Number.NaN).toISOString(), null, first?.[1]]);
  });

  test("without an anchored clock the steps are in local time, without a zone", () => {
    const local = rowsOf({ ...report, concurrency: { ...report.concurrency, window: null } }).concurrency;
    expect(column(local, "at").every((value) => value === null)).toBe(true);
    for (const value of column(local, "atLocal")) expect(value).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$/);
  });

  test("what the report could not measure stays empty, it does not become 0", () => {
    const bare = rowsOf({ ...report, claims: report.claims.map(({ measured: _, ...claim }) => claim) });
    expect(column(bare.claims, "measured").every((value) => value === null)).toBe(true);
  });
});
