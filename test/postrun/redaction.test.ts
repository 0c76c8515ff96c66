import { describe, expect, test } from "vitest";
import { ciLabels } from "../../src/commands/labels.js";
import { renderMarkdown } from "../../src/report/forms/markdown.js";
import { renderHtml } from "../../src/report/html.js";
import { serializeReport } from "../../src/report/json.js";
import { simulateRun } from "../../src/simulate/index.js";
import { fixedFrame } from "./frame.js";
import { analyzeFiles } from "./simulated.js";

const secret = ["Sup3r", "S3cret", "Value"].join("-");
const jwt = ["eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiJxYSJ9", "c2lnbmF0dXJlLW9mLXRoZS10ZXN0"].join(".");

/** A run whose failures, Job specs and frame are full of secrets. */
async function hostileReport(redact: Parameters<typeof analyzeFiles>[2] = {}) {
  const run = simulateRun({ seed: "secrets", investigations: 8, trouble: { timeouts: 1, streamErrors: 1 } });
  const log = (run.files.get("test-run.log") ?? "")
    .split("\n")
    .map((line) =>
      /Failed to connect|stream (?:error|failed)/i.test(line)
        ? `${line} url=https://qa:${secret}@10.1.2.3/ Authorization: Bearer ${jwt}`
        : line,
    )
    .join("\n");
  const jobs = (run.files.get("jobs-watch.json") ?? "").replaceAll(
    /"env":\s*\[/g,
    `"env": [{"name": "DB_PASSWORD", "value": "${secret}"}, {"name": "DSN", "value": "pg://u:${secret}@db/x"},`,
  );
  const files = new Map([...run.files, ["test-run.log", log], ["jobs-watch.json", jobs]]);
  const frame = {
    ...fixedFrame,
    note: `use password=${secret}`,
    labels: { api_token: secret },
    command: `postrun analyze x --label api_token=${secret}`,
  };
  return analyzeFiles(files, ["test-run.log", "jobs-watch.json", "audit.log"], { frame, ...redact });
}

describe("a report", () => {
  test("holds no secret in any form, whatever the inputs and the flags hold", async () => {
    const report = await hostileReport();
    expect(report.investigations.filter(({ outcome }) => outcome !== "ok").length).toBeGreaterThan(0);
    const forms = [serializeReport(report), await renderHtml(report, { languages: ["en", "he"] }), renderMarkdown(report, "en")];
    for (const form of forms) {
      expect(form).not.toContain(secret);
      expect(form).not.toContain(jwt);
    }
    expect(serializeReport(report)).toContain("[redacted]");
  });

  test("holds no name of the kinds that were to be masked, nor loses what it measured", async () => {
    const [plain, masked] = [await hostileReport(), await hostileReport({ redact: ["hosts", "ips", "users", "namespaces"] })];
    const text = serializeReport(masked);
    expect(text).not.toMatch(/10\.1\.2\.3|"namespace": ?"default"|worker-\d/);
    expect(text).toMatch(/ip-\d/);
    expect(masked.stages).toEqual(plain.stages);
    expect(masked.claims.map(({ verdict, statement }) => [verdict, statement])).toEqual(
      plain.claims.map(({ verdict, statement }) => [verdict, statement]),
    );
  });
});

describe("labels", () => {
  test("come from the variables of CI systems and from the image tags of the Jobs", async () => {
    expect(ciLabels({ BUILD_NUMBER: "12", GIT_BRANCH: "main", GIT_COMMIT: "0123456789abcdef" })).toEqual({
      build: "12",
      branch: "main",
      commit: "0123456789ab",
    });
    expect(ciLabels({ GITHUB_SHA: "" })).toEqual({});
    const run = simulateRun({ seed: "labels", investigations: 6, otherNamespaceJobs: 4 });
    const report = await analyzeFiles(run.files, ["test-run.log", "jobs-watch.json"]);
    expect(Object.keys(report.labels).length).toBeGreaterThan(0);
    const only = await analyzeFiles(run.files, ["test-run.log", "jobs-watch.json"], { namespace: "default" });
    expect(new Set(only.jobs.map(({ namespace }) => namespace))).toEqual(new Set(["default"]));
    expect(only.jobs.filter(({ ofThisRun }) => ofThisRun)).toHaveLength(12);
  });
});
