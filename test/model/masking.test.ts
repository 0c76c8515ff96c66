import { describe, expect, it } from "vitest";
import { identifiersIn, maskReport } from "../../src/model/masking.js";
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
