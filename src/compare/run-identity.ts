import type { ComparedRun, Report } from "../model/report.js";
import { runJobs } from "../model/reports/run-jobs.js";

/**
 * Both reports measured the same: an investigation from the same line of the same file, or the same Job; or the same bytes were read, and the same part of
 * them. Parts of one run, and several runs in one log, are not the same.
 */
export function isSameRun(older: Report, newer: Report): boolean {
  const files = ({ sources }: Report) => JSON.stringify(sources.map((source) => source.sha256).sort());
  const span = ({ window, windowLocal }: Report) => JSON.stringify(window ?? windowLocal ?? null);
  if (newer.sources.length > 0 && files(older) === files(newer) && span(older) === span(newer)) return true;
  const measured = measuredThings(older);
  return [...measuredThings(newer)].some((thing) => measured.has(thing));
}

/**
 * Where each investigation stands in a log, and each Job of the run, in words that no other file or Job has. Only logs have a line for each thing: a list
 * of Jobs may stand on a single one.
 */
function measuredThings({ sources, investigations, jobs }: Report): ReadonlySet<string> {
  const places = investigations.flatMap(({ stages }) => stages.flatMap(({ evidence }) => evidence));
  const lines = places.flatMap(({ source, line }) => {
    const file = sources[source];
    return file?.clock === "runner" ? [`${file.sha256}:${line}`] : [];
  });
  const uids = jobs.filter(({ ofThisRun, uid }) => ofThisRun && uid !== "").map(({ uid }) => uid);
  return new Set([...lines, ...uids]);
}

/** How many runs a report takes together (`--run all`); they cannot be told apart in it. */
export function runsTogether({ run }: Report): number {
  return run.selected === "all" ? run.found : 1;
}

/** What names a run beside another: title, time, size. */
export function comparedRun(report: Report): ComparedRun {
  const { title, generatedAt, window, windowLocal, investigations } = report;
  const own = runJobs(report);
  return {
    runTitle: title,
    generatedAt,
    window,
    ...(windowLocal === undefined ? {} : { windowLocal }),
    investigations: investigations.length,
    ok: investigations.filter((entry) => entry.outcome === "ok").length,
    ...(investigations.length > 0 || own.length === 0
      ? {}
      : { jobs: { count: own.length, ok: own.filter(({ failed }) => !failed).length } }),
  };
}
