import { Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { gate, printVerdicts, selectClaims } from "../../src/commands/check.js";
import { exitCodeOf, exitCodes } from "../../src/commands/exit-codes.js";
import { ciLabels } from "../../src/commands/labels.js";
import { reportFileName } from "../../src/commands/render-forms.js";
import { generationTime } from "../../src/commands/run-analysis.js";
import type { Report, ReportClaim, Verdict } from "../../src/model/report.js";

const claims = (...verdicts: readonly Verdict[]) => verdicts.map((verdict, index) => ({ id: `claim-${index}`, verdict }) as ReportClaim);

describe("the gate", () => {
  it("fails on a contradicted claim whatever else there is", () => {
    expect(gate(claims("contradicted", "not-measured", "inconclusive"), true)).toBe(1);
    expect(gate(claims("contradicted", "not-measured"), false)).toBe(1);
  });

  it("passes what is confirmed, and what is unsettled unless it is strict", () => {
    expect(gate(claims("confirmed", "inconclusive", "not-measured", "not-applicable"), false)).toBe(0);
    expect(gate(claims("confirmed", "inconclusive"), true)).toBe(4);
    expect(gate(claims("confirmed", "not-measured"), true)).toBe(4);
    expect(gate(claims("confirmed", "not-applicable"), true)).toBe(0);
  });

  it("says that nothing could be measured", () => {
    expect(gate(claims("not-measured", "not-applicable"), false)).toBe(3);
    expect(gate([], false)).toBe(3);
  });

  it("looks only at the claims that are required, in their order", () => {
    const all = claims("confirmed", "contradicted");
    expect(selectClaims(all, undefined)).toEqual(all);
    expect(selectClaims(all, ["claim-1", "claim-0"]).map((claim) => claim.id)).toEqual(["claim-1", "claim-0"]);
    expect(() => selectClaims(all, ["claim-2"])).toThrow(/no claim "claim-2"/);
  });
});

/** What `printVerdicts` prints of claims with these sides. */
async function printedOf(sides: readonly object[]): Promise<readonly (string | undefined)[]> {
  const printed: string[] = [];
  const to = new Writable({
    write: (text, _, done) => {
      printed.push(String(text));
      done();
    },
  });
  await printVerdicts(
    sides.map((side) => ({ id: "mean", verdict: "inconclusive", ...side }) as unknown as ReportClaim),
    to,
  );
  return printed.map((line) => /documented .*/.exec(line)?.[0]);
}

it("a mean of open Jobs that is known only as a band is printed as one", async () => {
  const documented = { operator: "about", value: 2.5, unit: "jobs" };
  const measured = { unit: "jobs", statistic: "mean", intervalKind: "band", value: 3.794, n: 19, resolution: 0 };
  const bands = [
    [1.975, 6.903],
    [3.78, 3.8],
  ];
  expect(await printedOf(bands.map((ci95) => ({ documented, measured: { ...measured, ci95 } })))).toEqual([
    "documented about 2.5  measured 2.0 to 6.9 (n=19)",
    "documented about 2.5  measured 3.79 (n=19)",
  ]);
});

it("a verdict is printed with the words and the digits of the report", async () => {
  const measured = {
    unit: "s",
    statistic: "median",
    intervalKind: "confidence",
    value: 43.217,
    ci95: [42.6, 53.2],
    n: 28,
    resolution: 0.361,
  };
  const counted = { unit: "count", statistic: "count", intervalKind: "band", value: 5, ci95: [5, 5], n: 30, resolution: 0 };
  expect(
    await printedOf([
      { documented: { operator: "about", value: 50, tolerance: 2.5, unit: "s" }, measured },
      { documented: { operator: "between", low: 6, high: 7, unit: "s" }, reason: { key: "no-log", values: {} } },
      {
        documented: { operator: "about", value: 10, tolerance: 1, unit: "s" },
        reason: { key: "interval-outside", values: { lower: 0.01, upper: 8.98, n: 59, allowedLow: 9 } },
      },
      { documented: { operator: "at-most", value: 13, unit: "count" }, measured: { ...counted, atLeast: 5 } },
    ]),
  ).toEqual([
    "documented about 50 s (tolerance 2.5)  measured 43 s (n=28)",
    "documented 6 to 7 s",
    "documented about 10 s (tolerance 1)  measured 0.01 to 8.98 s (n=59)",
    "documented up to 13  measured at least 5 (n=30)",
  ]);
});

it("every expected problem has its exit code", () => {
  expect((["usage", "config", "output", "input"] as const).map(exitCodeOf)).toEqual([2, 2, 2, 3]);
  expect(exitCodes).toMatchObject({ done: 0, contradicted: 1, usage: 2, input: 3, unsettled: 4, bug: 70 });
});

describe("labels of a CI system", () => {
  it("are build, branch and short commit, where there are any", () => {
    expect(ciLabels({ BUILD_NUMBER: "4812", GIT_BRANCH: "main", GIT_COMMIT: "0123456789abcdef" })).toEqual({
      build: "4812",
      branch: "main",
      commit: "0123456789ab",
    });
    expect(ciLabels({ BUILD_NUMBER: "" })).toEqual({});
    expect(ciLabels({ GITHUB_HEAD_REF: "", GITHUB_REF_NAME: "topic" })).toEqual({ branch: "topic" });
  });
});

describe("the time of generation", () => {
  it("is what was given, else that of the build", () => {
    expect(generationTime("2026-01-01T00:00:00.000Z", "5")).toBe("2026-01-01T00:00:00.000Z");
    expect(generationTime(undefined, "1700000000")).toBe("2023-11-14T22:13:20.000Z");
    expect(Math.abs(Date.parse(generationTime(undefined, "")) - Date.now())).toBeLessThan(5_000);
  });

  it("is refused where it is no number of seconds", () => {
    for (const wrong of ["soon", "1e18", "-5", "1.5"]) expect(() => generationTime(undefined, wrong)).toThrow(/SOURCE_DATE_EPOCH/);
  });
});

describe("the name of a report", () => {
  const report = (fields: Partial<Report>) =>
    ({
      title: null,
      investigations: [1, 2],
      jobs: [],
      window: { from: "2025-12-07T08:50:11.323Z" },
      generatedAt: "x",
      ...fields,
    }) as Report;

  it("says how much and when", () => {
    expect(reportFileName(report({}))).toBe("postrun-2-investigations-20251207-0850.html");
    expect(reportFileName(report({ investigations: [], jobs: [{}] as never, window: null, generatedAt: "2026-01-01T00:00:00.000Z" }))).toBe(
      "postrun-1-jobs-20260101-0000.html",
    );
  });

  it("takes nothing from a title that a file system minds", () => {
    expect(reportFileName(report({ title: '../a:b*"c' }))).toBe("postrun-a-b-c-20251207-0850.html");
    expect(reportFileName(report({ title: "ריצת לילה" }))).toBe("postrun-ריצת-לילה-20251207-0850.html");
    expect(reportFileName(report({ title: "///" }))).toBe("postrun-run-20251207-0850.html");
    expect(reportFileName(report({ title: "x".repeat(500) })).length).toBeLessThan(100);
  });
});
