import { describe, expect, it } from "vitest";
import { namesLine } from "../../src/commands/names-line.js";
import type { Inspection } from "../../src/model/inspection.js";
import { identifiersIn, maskInspection, maskReport } from "../../src/model/masking.js";
import type { Report } from "../../src/model/report.js";
import { fixtureReport } from "../report/fixture.js";

const report: Report = (() => {
  const base = fixtureReport();
  const [job, ...others] = base.jobs;
  if (job === undefined) throw new Error("the fixture has no Job");
  const evidence = [
    { source: 0, line: 7, text: "Failed to connect to gRPC server at grpc.lab.example.com:12312: user=dana at conftest.py:270" },
    { source: 0, line: 8, text: "at 10.0.0.7:12312 from fe80::1ff:fe23:4567:890a, 10:51:15,323, retry to grpc.lab.example.com" },
  ];
  return {
    ...base,
    investigations: [],
    diagnostics: [],
    claims: base.claims.map((claim) => ({ ...claim, evidence: [] })),
    title: "Load run on grpc.lab.example.com",
    ticket: "QA-12",
    command: "postrun analyze /home/dana/runs/qa-ns --namespace qa-ns",
    clocks: [...base.clocks, { id: "node:worker-3", zoneOffsetMinutes: 0, skewMs: 1, uncertaintyMs: 1, method: "bounds", anchors: 3 }],
    jobs: [{ ...job, namespace: "qa-ns", deletedBy: "system:serviceaccount:qa-ns:job-cleanup", evidence }, ...others],
  };
})();

describe("the names in a report", () => {
  it("are found by where they stand", () => {
    const found = identifiersIn(report);
    expect(found.hosts).toEqual(["grpc.lab.example.com", "worker-3"]);
    expect(found.ips).toEqual(["10.0.0.7", "fe80::1ff:fe23:4567:890a"]);
    expect(found.users).toEqual(expect.arrayContaining(["dana", "job-cleanup"]));
    expect(found.namespaces).toContain("qa-ns");
  });

  it("are masked everywhere, the same name with the same mask", () => {
    const masked = maskReport(report, ["hosts", "ips", "users", "namespaces"]);
    const text = JSON.stringify(masked);
    for (const name of ["grpc.lab.example.com", "worker-3", "10.0.0.7", "fe80::1ff", "dana", "qa-ns"]) expect(text).not.toContain(name);
    expect(masked.title).toBe("Load run on host-1");
    expect(masked.jobs[0]?.evidence.map((one) => one.text)).toEqual([
      "Failed to connect to gRPC server at host-1:12312: user=user-1 at conftest.py:270",
      "at ip-1:12312 from ip-2, 10:51:15,323, retry to host-1",
    ]);
    expect(masked.clocks.at(-1)?.id).toBe("node:host-2");
  });

  it("stay where they were not asked for, and claims are never touched", () => {
    const masked = maskReport(report, ["ips"]);
    expect(masked.title).toBe(report.title);
    expect(JSON.stringify(masked)).not.toContain("10.0.0.7");
    expect(maskReport(report, ["hosts", "users", "namespaces"]).claims.map((claim) => claim.statement)).toEqual(
      report.claims.map((claim) => claim.statement),
    );
    expect(maskReport(report, [])).toBe(report);
  });
});

describe("the names in an inspection", () => {
  const inspection: Inspection = {
    schemaVersion: 1,
    tool: report.tool,
    profile: "focus-server",
    sources: [
      {
        path: "/home/dana/run.log",
        sha256: "0",
        format: "python-log",
        encoding: "utf-8",
        bytes: 1,
        lines: 1,
        matched: 0,
        ignored: 0,
        unparsed: 1,
        from: null,
        to: null,
        clock: "node:worker-3",
        why: { line: 1, text: "connected to 10.0.0.9:80" },
        events: {},
        patterns: {},
        unmatched: 1,
        shapes: [{ shape: "connected to grpc.lab.example.com:<n>", count: 1, line: 1, example: "connected to grpc.lab.example.com:80" }],
        diagnostics: [],
      },
    ],
    clocks: report.clocks,
    diagnostics: [],
    missing: [],
    problem: { message: "nothing usable in /home/dana/run.log", hint: "ask dana" },
  };

  it("are masked everywhere, with or without a report, with its masks where there is one", () => {
    for (const known of [undefined, report]) {
      const masked = maskInspection(inspection, ["hosts", "ips", "users", "namespaces"], known);
      for (const name of ["grpc.lab.example.com", "worker-3", "10.0.0.9", "dana"]) expect(JSON.stringify(masked)).not.toContain(name);
      if (known !== undefined) expect(masked.sources[0]?.clock).toBe("node:host-2");
    }
    expect(maskInspection(inspection, [])).toBe(inspection);
  });
});

describe("the line that says which names a report holds", () => {
  it("does not take masks for names", () => {
    const masked = maskReport(report, ["hosts"]);
    expect(namesLine(report, "en")).toContain("grpc.lab.example.com, worker-3, 10.0.0.7");
    expect(namesLine(masked, "en", ["hosts"])).toMatch(/: 10\.0\.0\.7/);
    expect(namesLine(maskReport(report, ["hosts", "ips"]), "en", ["hosts", "ips"])).toBe("");
  });
});
