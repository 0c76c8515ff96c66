import type { Message } from "./message.js";

/** Single words and units in English: verdicts, outcomes, parts, operators. */
export const enTerms = {
  // Verdict beside a claim.
  "verdict.confirmed": "confirmed",
  "verdict.contradicted": "contradicted",
  "verdict.inconclusive": "inconclusive",
  "verdict.not-measured": "not measured",
  "verdict.not-applicable": "not applicable",
  // Verdict counts above the table.
  "chip.confirmed": { plural: "n", one: "{n} confirmed", other: "{n} confirmed" },
  "chip.contradicted": { plural: "n", one: "{n} contradicted", other: "{n} contradicted" },
  "chip.inconclusive": { plural: "n", one: "{n} inconclusive", other: "{n} inconclusive" },
  "chip.not-measured": { plural: "n", one: "{n} not measured", other: "{n} not measured" },
  "chip.not-applicable": { plural: "n", one: "{n} not applicable to this run", other: "{n} not applicable to this run" },
  // How the documents know a number.
  "basis.code": "found in code",
  "basis.documentation": "found in documentation",
  "basis.estimated": "estimated",
  "basis.computed": "computed from documented numbers",
  // Outcome of an investigation.
  "outcome.ok": "ok",
  "outcome.failed": "failed",
  "outcome.timeout": "timed out",
  "outcome.unopened": "never opened",
  "outcome.running": "end not in the log",
  // What ended a Job.
  "mechanism.idle-cleanup": "idle cleanup",
  "mechanism.ttl": "time to live",
  "mechanism.stream-timeout": "stream timeout",
  "mechanism.other": "something else",
  "mechanism.unknown": "unknown",
  "mechanism.open": "still open",
  // Role of a Job.
  "role.serving": "serving",
  "role.cleanup": "cleanup",
  "role.other": "other",
  // How a clock was tied.
  "method.reference": "the reference",
  "method.declared": "declared on the command line",
  "method.bounds": "bounds from requests and Jobs",
  "method.stamps": "bounds from stamps beside the cluster’s",
  "method.http-date": "HTTP dates",
  "method.none": "nothing ties it",
  // Parts of a Job's life.
  "part.create": "create",
  "part.connect": "connect",
  "part.frames": "frames",
  "part.disconnect": "disconnect",
  "part.first-check-wait": "wait for the first check",
  "part.checks": "CPU checks",
  "part.deletion": "deletion",
  "part.after-disconnect": "after the disconnect",
  // Whether a relation holds.
  "holds.yes": "holds",
  "holds.no": "does not hold",
  "holds.depends": "depends",
  // What the measured number is.
  "statistic.median": "median",
  "statistic.mean": "mean",
  "statistic.peak": "peak",
  "statistic.max": "maximum",
  "statistic.total": "total",
  "statistic.count": "count",
  "statistic.setting": "setting",
  "statistic.fit": "fit",
  // Columns of statistics.
  "column.n": "n",
  "column.min": "Min",
  "column.median": "Median",
  "column.median-seconds": "Median [s]",
  "column.p90": "p90",
  "column.p95": "p95",
  "column.p99": "p99",
  "column.max": "Max",
  "column.mean": "Mean",
  // Documented values in cells and sentences.
  "operator.about": "about {x}",
  "operator.exactly": "{x}",
  "operator.at-most": "up to {x}",
  "operator.at-least": "at least {x}",
  "operator.between": "{a} to {b}",
  // Units after a number; empty where the number speaks alone.
  "unit.s": "{x} s",
  "unit.count": "{x}",
  "unit.jobs": "{x}",
  "unit.millicores": "{x} millicores",
  "unit.share": "{x}",
  // The unit at the end of a scale.
  "scale.s": "s",
  "axis.seconds": "seconds",
  "scale.millicores": "millicores",
  // Severity of a diagnostic.
  "severity.info": "note",
  "severity.warning": "warning",
  "severity.error": "error",
} as const satisfies Record<string, Message>;
