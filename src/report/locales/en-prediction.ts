import type { Message } from "./message.js";

/** What a prediction says: the section of the page, the file of its own and the terminal. */
export const enPrediction = {
  "prediction.heading": "What if the delay were another",
  "prediction.title": "What if: {title}",
  "prediction.finding":
    "With a delay of {d} instead of {m}, {investigations} would take {t} (90%: {a} to {b}), with a mean of {x} open Jobs and a peak of {p} (90%: {q} to {r}).",
  "prediction.finding-total": "With a delay of {d} instead of {m}, {investigations} would take {t} (90%: {a} to {b}).",
  "prediction.basis": "Simulated {r} times for each delay, from {k} measured investigations; the measured peak is {p}.",
  "prediction.basis-total": "Simulated {r} times for each delay, from {k} measured investigations.",
  "prediction.limit": {
    plural: "p",
    one: "The smallest delay with which {share} of the simulated runs stay at or under 1 open Job: {d}.",
    other: "The smallest delay with which {share} of the simulated runs stay at or under {p} open Jobs: {d}.",
  },
  "prediction.limit-none": {
    plural: "p",
    one: "No delay keeps {share} of the simulated runs at or under 1 open Job, since some Jobs stay open.",
    other: "No delay keeps {share} of the simulated runs at or under {p} open Jobs, since some Jobs stay open.",
  },
  "prediction.limit-own": {
    plural: "p",
    one: "No delay keeps {share} of the simulated runs at or under 1 open Job, since one investigation alone has up to {k} at once.",
    other: "No delay keeps {share} of the simulated runs at or under {p} open Jobs, since one investigation alone has up to {k} at once.",
  },
  "prediction.caption": "Lines are the middle of the simulated runs, bands hold 90% of them.",
  "prediction.footer": "Made by postrun {version}, seed {seed}: the same report and seed give the same numbers.",
  "prediction.notes": "What this rests on",

  // A delay in these sentences.
  "prediction.seconds": { plural: "s", one: "1 s", other: "{s} s" },

  // Columns of the table.
  "prediction.delay": "Delay (s)",
  "prediction.total": "Total time",
  "prediction.mean": "Mean of open Jobs",
  "prediction.peak": "Peak of open Jobs",
  "prediction.interval": "90%",
  "prediction.interval-wide": "95%",
  "prediction.within": "Peak at most {p}",
  "prediction.beyond": "Beyond the data",

  // The picture.
  "prediction.axis": "Delay between investigations (s)",
  "prediction.unit": "Open Jobs",
  "prediction.line-peak": "peak",
  "prediction.line-mean": "mean",
  "prediction.line-limit": "limit {p}",

  // Where a prediction goes beyond what was measured.
  "prediction.shorter-delay": "shorter delay",
  "prediction.more-open-jobs": "more open Jobs",
  "prediction.more-investigations": "more investigations",

  // Assumptions, and what the data say against them.
  "prediction.load-assumed": "Investigations are taken to be as fast with any number of open Jobs; the data do not contradict it.",
  "prediction.load-unknown": "Investigations are taken to be as fast with any number of open Jobs; the data cannot tell.",
  "prediction.load-dependence":
    "Connecting took longer with more open Jobs, by about {slopeS} s for each (over {n} connections). The prediction does not include that: with more open Jobs than measured it is too fast.",
  "prediction.serial-dependence":
    "Slow investigations followed slow ones (rank correlation {r}), but they are drawn as if independent: the ranges of total time and mean are too narrow.",
  "prediction.few": "Only {n} investigations were measured: the ranges are too narrow.",
  "prediction.failures": "Of {n} measured investigations {failed} did not end well; the simulated runs have as many, within chance.",
  "prediction.no-failure-seen":
    "None of {n} investigations failed, so none does in the prediction; up to {percent}% may fail without any being seen.",
  "prediction.running-left-out": "Investigations left out because their end is not in the log: {n}.",
  "prediction.ends-drawn": "Jobs whose end was not seen: {n}. Their ends are drawn from those of the others (Kaplan-Meier).",
  "prediction.jobs-drawn": "Investigations whose Job was not captured from its beginning: {n}. Jobs of others are drawn for them.",
  "prediction.delay-is-gap": "Delay means the measured time between the end of an investigation and the start of the next.",
  "prediction.delay-overhead": "Beyond the set delay, {s} s pass between investigations; they are added to each delay.",
  "prediction.no-open-jobs": "Open Jobs are not predicted: the report does not know how many were open.",
  "prediction.stray-jobs":
    "Open Jobs are not predicted: the report does not say to which investigations some Jobs of the run belong ({n}).",
  "prediction.too-few-ends": "Open Jobs are not predicted: Jobs whose end was seen: {n}, and {needed} are needed.",

  // Why nothing can be predicted.
  "prediction.refused-several-runs": "the report holds {n} runs; analyze one of them (--run N)",
  "prediction.refused-no-investigations": "the report has no investigations with times, so there is nothing to draw from",
  "prediction.refused-parallel":
    "investigations overlapped ({k} of {n}): the run was parallel, and a delay between investigations says nothing about such a run",
  "prediction.refused-too-few": "finished investigations in the report: {n}, and at least {needed} are needed",
  "prediction.refused-no-delay": "no time between two investigations was measured",
} as const satisfies Record<string, Message>;
