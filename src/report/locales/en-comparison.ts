import type { Message } from "./message.js";

/** A run held against an earlier one: the section of the page, the text forms and the terminal. */
export const enComparison = {
  "compare.heading": "Compared with an earlier run: {run}",
  // The earlier run: its title, its day.
  "compare.run": "{title}, {date}",
  "compare.summary": "Stages that got longer: {longer}. Shorter: {shorter}. No change seen: {same}. Results that got worse: {worse}.",
  "compare.sizes-jobs": "Jobs of the earlier run: {a}; of this run: {b}.",
  "compare.sizes": "Earlier run: {a} (ended well: {b}). This run: {c} (ended well: {d}).",
  // Columns.
  "compare.before": "Earlier run",
  "compare.after": "This run",
  "compare.difference": "Difference",
  "compare.finding": "What it says",
  "compare.whole-run": "The run as a whole",
  // Beside a number of values.
  "compare.failed": "{n} failed",
  "compare.cut-off": "{n} cut off",
  // What a row says.
  "compare.longer": "longer by {x} s (95% interval: {a} to {b})",
  "compare.shorter": "shorter by {x} s (95% interval: {a} to {b})",
  "compare.no-change-seen":
    "no change seen (95% interval: {a} s shorter to {b} s longer); a change of {d} s would have shown in four of five cases",
  "compare.one-sided": "measured in one of the two runs only",
  "compare.too-few": "too few values to compare ({before} and {after}, at least {needed} are needed)",
  "compare.begun-before-capture": "{n} had begun before the capture did, which shows of those only the long ones",
  "compare.cut-off-unknown": "the end of the capture cut {n} off, and the report does not say how long they had lasted",
  "compare.values-missing": "one of the reports does not hold the values of all that it counts",
  "compare.too-many-cut-off": "the end of the capture cut too many off ({before} and {after}) to tell a difference",
  "compare.ranges-too-wide": "the ends of one of the runs are known so roughly that they leave no median",
  "compare.larger": "larger by {x}",
  "compare.smaller": "smaller by {x}",
  // Where the bands leave the difference open.
  "compare.larger-between": "larger by {a} to {b}",
  "compare.smaller-between": "smaller by {a} to {b}",
  "compare.equal": "the same",
  "compare.overlapping": "uncertain ends leave open which is larger",
  "compare.part": "not compared: of one of the runs only a part was seen",
  "compare.mean-open-jobs": "Open Jobs, mean",
  "compare.peak-open-jobs": "Open Jobs, peak",
  "compare.run-duration": "Length of the run",
  // Claims, labels and parameters.
  "compare.changes": "Results that changed",
  "compare.no-changes": "Every claim of both reports has the result that it had.",
  "compare.verdict": "{title}: was {before}, is now {after}",
  "compare.documented": "{title}: the documents said {before} then, and {after} now, so the results rest on different values",
  "compare.setup": "What else is different",
  "compare.no-setup": "Labels and parameters are the same.",
  "compare.name": "{name}: {before} then, {after} now",
  "compare.none": "none",
  "compare.claims-added": "claims that the earlier report does not hold: {ids}",
  "compare.claims-removed": "claims that only the earlier report holds: {ids}",
  "compare.caption":
    "Medians in seconds. The difference is the median of all differences between a value of this run and one of the earlier (Hodges and Lehmann); its interval inverts the Mann–Whitney test (Gehan’s, where some were cut off) and holds what the stamps leave open. One interval in twenty misses, so among many stages one may seem changed that is not. It is about these two runs: runs of one build differ from each other too.",

  // A report of several runs.
  "title.pooled": { plural: "n", one: "1 run", other: "{n} runs taken together" },
  "pool.heading": "The runs, and what each of them says",
  "pool.finding": "A value over several runs weighs whole runs, not single investigations, and its interval holds what lies between runs.",
  "pool.differ": "The runs differ by more than chance in: {claims}.",
  "pool.alike": "In nothing that was measured do the runs differ by more than chance.",
  "pool.facts": "{ok} of {n} investigations ended well",
  "pool.run": "Run",
  "pool.when": "When",
  "pool.investigations": "Investigations",
  "pool.ended-well": "Ended well",
  "pool.mean": "Open Jobs, mean",
  "pool.peak": "Open Jobs, peak",
  "pool.minutes": "Length in minutes",
  "pool.values": "In run {run}",
  "pool.together": "Together",
  "pool.between": "Between runs (standard deviation)",
  "pool.absent": "no such claim",
  "pool.documented-differently": "documented differently then",
  "pool.too-few": "too few values",
  "pool.caption":
    "Together: for durations random effects (Paule and Mandel, with Student’s t over the runs); for a number of a whole run the median of the runs, and from the lowest to the highest (that alone for open Jobs, unless it is as narrow as one number); a setting has the result that every run agrees on. With two or three runs little is known of how runs differ, so the intervals are wide.",
  "reason.pooled-crosses-limit":
    "The 95% interval over {runs} runs, from {lower} to {upper}, crosses the limit {limit}. More runs would narrow it; more investigations in the same runs would not.",
  "reason.pooled-verdicts-agree": "All {runs} runs that could tell have this result.",
  "reason.pooled-verdicts-differ": "The {runs} runs that could tell do not have the same result.",
  "reason.pooled-nothing": "None of the {runs} runs can be used for this claim.",
} as const satisfies Record<string, Message>;
