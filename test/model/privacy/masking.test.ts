import { describe, expect, it } from "vitest";
import { namesLine } from "../../../src/commands/names-line.js";
import type { Inspection } from "../../../src/model/inspection.js";
import { identifiersIn, maskInspection, maskReport } from "../../../src/model/privacy/masking.js";
import type { Report } from "../../../src/model/report.js";
import { fixtureReport } from "../../report/fixture.js";
import { focusServer } from "../../timeline/builders.js";

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
    const masked = maskReport(report, ["hosts", "ips", "users", "namespaces"], focusServer);
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
    const masked = maskReport(report, ["ips"], focusServer);
    expect(masked.title).toBe(report.title);
    expect(JSON.stringify(masked)).not.toContain("10.0.0.7");
    expect(maskReport(report, ["hosts", "users", "namespaces"], focusServer).claims.map((claim) => claim.statement)).toEqual(
      report.claims.map((claim) => claim.statement),
    );
    expect(maskReport(report, [], focusServer)).toBe(report);
  });
});

/** The report with these errors of its first investigation. */
function withErrors(...errors: readonly string[]): Report {
  const [investigation] = fixtureReport().investigations;
  if (investigation === undefined) throw new Error("the fixture has no investigation");
  return { ...report, investigations: errors.map((error) => ({ ...investigation, error, stages: [], evidence: [] })) };
}

function maskedErrors(...errors: readonly string[]): (string | undefined)[] {
  return maskReport(withErrors(...errors), ["hosts", "users"], focusServer).investigations.map(({ error }) => error);
}

describe("the names of users", () => {
  it.each([
    ["proxy https://bob:[redacted]@proxy.example.com/", "proxy https://user-2:[redacted]@host-1/"],
    ["postgres://svc_admin@db-1/x", "postgres://user-2@host-1/x"],
    ["user 'yossi.k' denied", "user 'user-2' denied"],
    ['authentication failed for user "bob"', 'authentication failed for user "user-2"'],
    [String.raw`logged in as LAB\\noa.cohen`, String.raw`logged in as LAB\\user-2`],
    [String.raw`account: LAB\noa.cohen`, String.raw`account: LAB\user-2`],
    ["ssh -p 2222 tal@build-7 failed", "ssh -p 2222 user-2@host-1 failed"],
    ["scp log.txt tal@build-7:/tmp", "scp log.txt user-2@host-1:/tmp"],
  ])("are found in %s", (error, masked) => {
    expect(maskedErrors(error)).toEqual([masked]);
  });

  it("are not taken from prose, addresses without one, paths and escapes", () => {
    const errors = [
      "the user must reconnect",
      "user '42' of 50",
      "redis://:[redacted]@[::1]:6379",
      "see tests://load?mail=a@b",
      String.raw`HKLM\Software, D:\data\run, ERROR\nTraceback, exits as ERROR\nTraceback`,
      "retry @fixture, step@load",
    ];
    expect(maskReport(withErrors(...errors), ["users"], focusServer).investigations.map(({ error }) => error)).toEqual(errors);
  });
});

describe("a name that is also a word of postrun's own", () => {
  const words = ["test", "analyze", "param", "kubectl", "jobs", "stress", "serving", "pods", "277"];
  const [job] = report.jobs;
  if (job === undefined) throw new Error("the fixture has no Job");
  const reason = { key: "condition-false", values: { condition: "test = 277", seen: "test=stress, server=lab-7, investigations=30" } };
  const get = (namespace: string) => ({
    shell: "bash" as const,
    text: `kubectl get jobs -n ${namespace} -w; curl 'q{namespace="${namespace}"}'`,
  });
  const named: Report = {
    ...report,
    jobs: [...words, "lab-7"].map((namespace) => ({ ...job, namespace })),
    command: "postrun analyze /runs/test --param test=30 --label jobs=test --redact namespaces",
    claims: report.claims.slice(0, 1).map((claim) => ({ ...claim, reason, evidence: [{ source: 0, line: 1, text: "no test in test-1" }] })),
    parameters: { test: { value: "stress", origin: "given" }, server: { value: "lab-7", origin: "given" } },
    diagnostics: [
      {
        id: "parameter-contradicted",
        severity: "warning",
        count: 1,
        values: { parameter: "test", given: "277", claim: "test-277", path: "test/run.log" },
        examples: [],
      },
    ],
    missing: [{ key: "missing-jobs", values: {}, commands: [get("jobs")] }],
    comparison: {
      ...{ durations: [], runLevel: [], verdicts: [], documented: [], claimsAdded: [], claimsRemoved: [] },
      baseline: { runTitle: "test", generatedAt: report.generatedAt, window: null, investigations: 1, ok: 1 },
      labels: [{ name: "test", before: "test", after: null }],
      parameters: [
        { name: "test", before: "277", after: "stress" },
        { name: "server", before: null, after: "lab-7" },
      ],
    },
  };
  const masked = maskReport(named, ["namespaces"], focusServer);
  /** As in the order of the Jobs, after the namespace of the command. */
  const maskOf = (namespace: string) => masked.jobs[named.jobs.findIndex((one) => one.namespace === namespace)]?.namespace ?? "";

  it("stays where postrun, the profile or a claim says it", () => {
    const [claim] = masked.claims;
    expect(claim?.reason.values).toMatchObject({
      condition: "test = 277",
      seen: `test=stress, server=${maskOf("lab-7")}, investigations=30`,
    });
    expect(claim?.statement).toEqual(report.claims[0]?.statement);
    expect(masked.parameters.test?.value).toBe("stress");
    expect(masked.diagnostics[0]?.values).toMatchObject({ parameter: "test", given: "277", claim: "test-277" });
    expect(masked.comparison?.parameters[0]).toEqual({ name: "test", before: "277", after: "stress" });
    expect(masked.comparison?.labels[0]?.name).toBe("test");
    expect(masked.missing[0]?.commands[0]).toEqual(get(maskOf("jobs")));
    expect(masked.command).toBe(
      `postrun analyze /runs/${maskOf("test")} --param test=30 --label jobs=${maskOf("test")} --redact namespaces`,
    );
  });

  it("is masked where the run says it", () => {
    expect(maskOf("test")).toMatch(/^namespace-\d+$/);
    expect(masked.claims[0]?.evidence[0]?.text).toBe(`no ${maskOf("test")} in ${maskOf("test")}-1`);
    expect(masked.diagnostics[0]?.values.path).toBe(`${maskOf("test")}/run.log`);
    expect(masked.parameters.server?.value).toBe(maskOf("lab-7"));
    expect(masked.comparison?.parameters[1]?.after).toBe(maskOf("lab-7"));
    expect(masked.comparison?.baseline.runTitle).toBe(maskOf("test"));
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
      const masked = maskInspection(inspection, ["hosts", "ips", "users", "namespaces"], focusServer, known);
      for (const name of ["grpc.lab.example.com", "worker-3", "10.0.0.9", "dana"]) expect(JSON.stringify(masked)).not.toContain(name);
      if (known !== undefined) expect(masked.sources[0]?.clock).toBe("node:host-2");
    }
    expect(maskInspection(inspection, [], focusServer)).toBe(inspection);
  });
});

describe("the line that says which names a report holds", () => {
  it("does not take masks for names", () => {
    const masked = maskReport(report, ["hosts"], focusServer);
    expect(namesLine(report, "en")).toContain("grpc.lab.example.com, worker-3, 10.0.0.7");
    expect(namesLine(masked, "en", ["hosts"])).toMatch(/: 10\.0\.0\.7/);
    expect(namesLine(maskReport(report, ["hosts", "ips"], focusServer), "en", ["hosts", "ips"])).toBe("");
  });
});
