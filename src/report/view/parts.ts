import type { Report } from "../../model/report.js";
import type { Part } from "../split.js";
import type { Html } from "../templates/markup.js";
import { type Context, sayHtml } from "./context.js";

/** The pages that hold the rows of a report. */
export interface PartsView {
  readonly list: readonly { readonly href: string; readonly text: Html }[];
  /** Address of the page that holds an investigation, by its id. */
  readonly pageOf: ReadonlyMap<string, string>;
}

/** Links to the parts of a report. */
export function partsView(context: Context, parts: readonly Part[], files: readonly string[]): PartsView {
  const hrefs = files.map(encodeURIComponent);
  return {
    list: parts.map((part, index) => ({ href: hrefs[index] ?? "", text: partTitle(context, part, index, parts.length) })),
    pageOf: new Map(parts.flatMap((part, index) => part.investigations.map(({ id }) => [id, hrefs[index] ?? ""] as const))),
  };
}

/** What a part holds: which investigations, and how many Jobs. */
export function partTitle(context: Context, part: Part, index: number, of: number): Html {
  const [first, last] = [part.investigations[0], part.investigations.at(-1)];
  const values = { k: index + 1, n: of, jobs: part.jobs.length };
  if (first === undefined || last === undefined) return sayHtml(context, "parts.jobs", values);
  return sayHtml(context, "parts.part", { ...values, from: Number(first.id), to: Number(last.id) });
}

/** The report of a part: its rows in their stretch of time, without what only the whole has. */
export function partReport(report: Report, part: Part, next: Part | undefined): Report {
  const edge = <Key extends "startedAt" | "startedAtLocal">(of: Part | undefined, key: Key) => of?.investigations[0]?.[key] ?? undefined;
  const from = edge(part, "startedAt");
  const fromLocal = edge(part, "startedAtLocal");
  const { window, windowLocal } = report;
  const stretch = window === null ? null : { from: from ?? window.from, to: edge(next, "startedAt") ?? window.to };
  return {
    ...report,
    window: stretch,
    ...(windowLocal === undefined
      ? {}
      : { windowLocal: { from: fromLocal ?? windowLocal.from, to: edge(next, "startedAtLocal") ?? windowLocal.to } }),
    investigations: part.investigations,
    jobs: part.jobs,
    stages: report.stages.map((row) => ({ ...row, samplesMs: [] })),
    concurrency: { window: null },
    cleanup: {},
    claims: [],
    consistency: [],
    diagnostics: [],
    missing: [],
  };
}
