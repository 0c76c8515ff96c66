import type { Report } from "../../../src/model/report.js";
import { fixtureReport } from "../fixture.js";

/** What must stay text in every form. */
export const HOSTILE =
  '=HYPERLINK("http://evil.example","x") </script><img src=x onerror=alert(1)> javascript:alert(1) {{title}} {{{note}}} | [a|javascript:b] !pic! {color:red} {noformat} `tick` @octocat #12 *b* _i_ ]]> <!-- --> \u202Edrow\u2066 \u0000\u0007';

/** A report in which every name, path, message and command is hostile. */
export function hostileReport(text: string = HOSTILE): Report {
  const report = fixtureReport("contradicted");
  const both = { en: text, he: text };
  return {
    ...report,
    title: text,
    note: text,
    ticket: `javascript:alert(1)//${text}`,
    labels: { [text]: text, build: text },
    command: text,
    profile: { id: text, title: both },
    sources: report.sources.map((source) => ({ ...source, path: text, format: text })),
    investigations: report.investigations.map((entry, index) =>
      index < 3 ? { ...entry, jobId: text, error: text, outcome: "failed" as const, evidence: [{ source: 0, line: 1, text }] } : entry,
    ),
    jobs: report.jobs.map((job, index) => (index < 3 ? { ...job, name: text, namespace: text, deletedBy: text } : job)),
    stages: report.stages.map((stage) => ({ ...stage, title: both })),
    claims: report.claims.map((claim) => ({
      ...claim,
      title: both,
      statement: both,
      source: { file: text, lines: text, quote: text },
      ...(claim.suggestion === undefined ? {} : { suggestion: both }),
      reason: { key: text, values: { a: text } },
    })),
    consistency: report.consistency.map((relation) => ({ ...relation, statement: both, explanation: both })),
    diagnostics: [{ id: text, severity: "warning", count: 1, values: { a: text }, examples: [{ source: 0, line: 1, text }] }],
    missing: [{ key: text, values: { a: text }, commands: [{ shell: "bash", text }] }],
  };
}
