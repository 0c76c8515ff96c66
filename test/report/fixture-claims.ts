import type { ReportClaim, ReportConcurrency, ReportRelation, ReportStage, Verdict } from "../../src/model/report.js";
import type { Variant } from "./fixture.js";

const LOAD = "docs/04_testing/analysis/277_INVESTIGATIONS_LOAD_ANALYSIS.md";
const LIFE = "docs/07_infrastructure/GRPC_JOB_LIFECYCLE.md";

const TEXTS: Record<string, readonly [string, string, string, string]> = {
  "cleanup-after-disconnect": [
    "Time a Job stays open after the disconnect",
    "משך הזמן שה-Job נשאר פתוח אחרי הניתוק",
    "The Job stays open about 50 s after the client disconnects.",
    "ה-Job נשאר פתוח כ-50 שניות אחרי שהלקוח מתנתק.",
  ],
  "configure-duration": ["Creating the Job", "יצירת ה-Job", "Creating the Job takes about 0.3 s.", "יצירת ה-Job נמשכת כ-0.3 שניות."],
  "connect-duration": ["Connecting to gRPC", "חיבור ל-gRPC", "Connecting to gRPC takes about 12 s.", "החיבור ל-gRPC נמשך כ-12 שניות."],
  "frames-duration": [
    "Reading 500 frames",
    "קריאת 500 frames",
    "Reading 500 frames takes 6 to 7 s.",
    "קריאת 500 frames נמשכת בין 6 ל-7 שניות.",
  ],
};

/** Claims of every verdict, judged from the drawn run. */
export function fixtureClaims(variant: Variant, stages: readonly ReportStage[], concurrency: ReportConcurrency): readonly ReportClaim[] {
  const stage = (id: string): ReportStage | undefined => stages.find((row) => row.stage === id);
  const duration = (
    id: string,
    from: ReportStage | undefined,
    bounds: { value?: number; low?: number; high?: number; tolerance?: number },
  ): ReportClaim => {
    const texts = TEXTS[id] ?? [id, id, id, id];
    const base = {
      id,
      title: { en: texts[0], he: texts[1] },
      statement: { en: texts[2], he: texts[3] },
      documented: {
        ...bounds,
        unit: "s" as const,
        operator: bounds.value === undefined ? ("between" as const) : ("about" as const),
        from: "start",
        to: "end",
      },
      evidenceClass: "estimated" as const,
      source: {
        file: id.startsWith("cleanup") ? "docs/07_infrastructure/JOB_DELETION_TIMELINE.md" : LOAD,
        lines: id.startsWith("cleanup") ? "21-53" : "11-33",
      },
      evidence: [],
    };
    if (from === undefined || from.n === 0 || from.p50Ms === undefined) {
      return { ...base, verdict: "not-measured", reason: { key: id.startsWith("cleanup") ? "no-cluster-data" : "no-samples", values: {} } };
    }
    const low = bounds.low ?? (bounds.value ?? 0) - (bounds.tolerance ?? 0);
    const high = bounds.high ?? (bounds.value ?? 0) + (bounds.tolerance ?? 0);
    const ci = from.ci95Ms ? ([from.ci95Ms[0] / 1000, from.ci95Ms[1] / 1000] as const) : null;
    const verdict: Verdict =
      ci === null || variant === "inconclusive"
        ? "inconclusive"
        : ci[0] >= low && ci[1] <= high
          ? "confirmed"
          : ci[0] > high || ci[1] < low
            ? "contradicted"
            : "inconclusive";
    return {
      ...base,
      measured: {
        value: from.p50Ms / 1000,
        ci95: ci,
        intervalKind: ci === null ? "none" : "confidence",
        n: from.n,
        failed: from.failed,
        censored: from.censored,
        statistic: "median",
        unit: "s",
        samples: from.samplesMs.slice(0, 300).map((ms) => ms / 1000),
        resolution: 0.001,
      },
      verdict,
      reason: intervalReason(verdict, ci, high),
      ...(verdict === "contradicted"
        ? {
            suggestion: {
              en: `The Job is deleted about ${Math.round(from.p50Ms / 1000)} s after the disconnect (90% of cases: between 53 and 65 s).`,
              he: `ה-Job נמחק כ-${Math.round(from.p50Ms / 1000)} שניות אחרי הניתוק (ב-90% מהמקרים: בין 53 ל-65 שניות).`,
            },
          }
        : {}),
      evidence: [{ source: 0, line: 118, text: "grpc_client: Disconnected from 10.10.10.100:12301 (job 12-70788)" }],
    };
  };
  const mean = concurrency.openJobs?.mean;
  const overlapping: ReportClaim = {
    id: "sequential",
    title: { en: "One investigation at a time", he: "חקירה אחת בכל רגע" },
    statement: { en: "Investigations run one after another.", he: "החקירות רצות אחת אחרי השנייה." },
    documented: { value: 1, unit: "count", operator: "exactly" },
    measured: {
      value: concurrency.connected?.peak ?? 0,
      ci95: null,
      intervalKind: "none",
      n: 1,
      failed: 0,
      censored: 0,
      statistic: "peak",
      unit: "count",
      samples: [],
      resolution: 0,
    },
    verdict: variant === "overlapping" ? "contradicted" : "confirmed",
    reason: { key: "run-value-inside", values: { value: concurrency.connected?.peak ?? 0 } },
    evidenceClass: "code",
    source: { file: LOAD, lines: "11-33" },
    evidence: [],
  };
  const openJobs: ReportClaim = {
    id: "mean-open-jobs-delay-5",
    title: { en: "Open Jobs on average", he: "ממוצע ה-Jobs הפתוחים" },
    statement: { en: "With a delay of 5 s about 2 Jobs are open on average.", he: "בהשהיה של 5 שניות פתוחים בממוצע כ-2 Jobs." },
    documented: { value: 2, tolerance: 0.5, unit: "jobs", operator: "about" },
    ...(mean === undefined
      ? {}
      : {
          measured: {
            value: mean,
            ci95: [mean - 0.01, mean + 0.01] as const,
            intervalKind: "band" as const,
            n: 1,
            failed: 0,
            censored: 0,
            statistic: "mean",
            unit: "jobs" as const,
            samples: [],
            resolution: 0,
          },
        }),
    verdict:
      mean === undefined
        ? "not-measured"
        : variant === "inconclusive"
          ? "inconclusive"
          : variant === "confirmed" || Math.abs(mean - 2) <= 0.5
            ? "confirmed"
            : "contradicted",
    reason: { key: mean === undefined ? "no-cluster-data" : "run-value-outside", values: { value: mean ?? 0 } },
    ...(mean !== undefined && variant !== "confirmed"
      ? { suggestion: { en: "With a delay of 5 s about 3.2 Jobs are open on average.", he: "בהשהיה של 5 שניות פתוחים בממוצע כ-3.2 Jobs." } }
      : {}),
    evidenceClass: "computed",
    source: { file: LOAD, lines: "71-105" },
    evidence: [],
  };
  return [
    duration("configure-duration", stage("configure"), { value: 0.3, tolerance: 0.05 }),
    duration("connect-duration", stage("connect"), { value: 12, tolerance: 1.2 }),
    duration("frames-duration", stage("frames"), { low: 6, high: 7 }),
    duration("cleanup-after-disconnect", stage("cleanup"), { value: 50, tolerance: 2.5 }),
    openJobs,
    overlapping,
    {
      id: "peak-open-jobs",
      title: { en: "Open Jobs at the peak", he: "שיא ה-Jobs הפתוחים" },
      statement: {
        en: "Up to about 13 Jobs are open at the peak, if the delay is very short.",
        he: "בשיא פתוחים עד 13 Jobs, אם ההשהיה קצרה מאוד.",
      },
      documented: { high: 13, unit: "jobs", operator: "at-most" },
      verdict: "not-applicable",
      reason: { key: "condition-false", values: { condition: "test = 277 and delay <= 1", seen: "test=277, delay=5" } },
      evidenceClass: "computed",
      source: { file: LOAD, lines: "71-105", quote: "up to ~13 jobs" },
      evidence: [],
    },
    {
      id: "cleanup-cpu-threshold",
      title: { en: "CPU threshold of the cleanup", he: "סף ה-CPU של הניקוי" },
      statement: { en: "A reading of at most 4 millicores counts as idle.", he: "קריאה של 4 millicores לכל היותר נחשבת ללא פעילות." },
      documented: { value: 4, unit: "millicores", operator: "exactly" },
      verdict: "not-measured",
      reason: { key: "no-cpu-samples", values: {} },
      evidenceClass: "documentation",
      source: { file: LIFE, lines: "114-117" },
      evidence: [],
    },
  ];
}

export const fixtureRelations: readonly ReportRelation[] = [
  {
    id: "mean-from-life",
    statement: { en: "Mean of open Jobs = life of a Job / period", he: "ממוצע ה-Jobs הפתוחים = חיי Job חלקי המחזור" },
    documented: { left: [1.95, 2.05], right: [2.7, 2.85] },
    measured: { left: [3.2, 3.21], right: [3.18, 3.24], holds: "yes" },
    relation: "mean = (configure + connect + frames + disconnect + cleanup) / period",
    holds: "no",
    explanation: { en: "The page leaves out the investigation itself.", he: "בחישוב חסר זמן החקירה עצמה." },
  },
  {
    id: "trigger-from-checks",
    statement: { en: "Trigger = number of checks × interval", he: "זמן ההפעלה = מספר הבדיקות כפול המרווח" },
    documented: { left: [40, 40], right: [50, 50] },
    relation: "trigger = checks * interval",
    holds: "no",
    explanation: { en: "Five checks span four intervals.", he: "בין חמש בדיקות יש ארבעה מרווחים." },
  },
  {
    id: "investigation-from-stages",
    statement: { en: "One investigation = its stages + delay", he: "משך חקירה = השלבים וההשהיה" },
    documented: { left: [19, 21], right: [19.4, 24.4] },
    relation: "investigation = configure + connect + frames + disconnect + delay",
    holds: "depends",
    dependsOn: { en: "the delay", he: "ההשהיה" },
    explanation: { en: "It fits a delay of 1 or 2 s, not of 5 s.", he: "הסכום מתאים להשהיה של 1 או 2 שניות, לא של 5." },
  },
];

function intervalReason(verdict: Verdict, interval: readonly [number, number] | null, limit: number): ReportClaim["reason"] {
  if (interval === null) return { key: "too-few-samples", values: { n: 4, needed: 6 } };
  const values = { lower: interval[0], upper: interval[1], n: 270, limit, moreSamples: 12 };
  if (verdict === "confirmed") return { key: "interval-inside", values };
  return { key: verdict === "contradicted" ? "interval-outside" : "interval-crosses-limit", values };
}
