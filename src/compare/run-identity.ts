import type { ComparedRun, Report } from "../model/report.js";

/** The same bytes were read, and the same part of them. */
export function isSameRun(older: Report, newer: Report): boolean {
  const files = ({ sources }: Report) => JSON.stringify(sources.map((source) => source.sha256).sort());
  const span = ({ window, windowLocal }: Report) => JSON.stringify(window ?? windowLocal ?? null);
  return newer.sources.length > 0 && files(older) === files(newer) && span(older) === span(newer);
}

/** What names a run beside another: title, time, size. */
export function comparedRun({ title, generatedAt, window, windowLocal, investigations }: Report): ComparedRun {
  return {
    runTitle: title,
    generatedAt,
    window,
    ...(windowLocal === undefined ? {} : { windowLocal }),
    investigations: investigations.length,
    ok: investigations.filter((entry) => entry.outcome === "ok").length,
  };
}
