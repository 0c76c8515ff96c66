import { PostrunError } from "../model/errors.js";
import type { Report, ReportInvestigation, ReportJob } from "../model/report.js";
import { epochOf } from "./words/times.js";

/** Investigations (or Jobs, where there are no investigations) in one part: a page of some five megabytes. */
const ROWS_OF_PART = 20_000;

/** The rows of one part. Jobs stand with their investigations, so their places in the report's own list are kept. */
export interface Part {
  readonly investigations: readonly ReportInvestigation[];
  readonly jobs: readonly ReportJob[];
  readonly jobPlaces: readonly number[];
}

/** What the data inside a page says of the other pages of its report. */
export interface SplitNote {
  /** The same in all pages of one report. */
  readonly id: string;
  /** 0: the overview; its parts count from 1. */
  readonly part: number;
  /** Names of the parts' files, beside the overview. */
  readonly files: readonly string[];
  readonly jobPlaces: readonly number[];
}

/** Cuts the rows of a report into parts of so many; a Job goes with its investigation, any other one with those of its time. */
export function splitRows(report: Report, rowsOfPart = ROWS_OF_PART): readonly Part[] {
  const { investigations, jobs } = report;
  const count = Math.max(1, Math.ceil((investigations.length || jobs.length) / rowsOfPart));
  const slices = Array.from({ length: count }, (_, part) => investigations.slice(part * rowsOfPart, (part + 1) * rowsOfPart));
  const partOfUid = new Map(
    slices.flatMap((slice, part) => slice.flatMap(({ jobUid }) => (jobUid === undefined ? [] : [[jobUid, part] as const]))),
  );
  const starts = slices.map(([first]) => (first?.startedAt ? epochOf(first.startedAt) : Number.POSITIVE_INFINITY));
  const partOf = (job: ReportJob, place: number): number => {
    if (investigations.length === 0) return Math.floor(place / rowsOfPart);
    const created = epochOf(job.createdAt);
    return (
      partOfUid.get(job.uid) ??
      Math.max(
        0,
        starts.findLastIndex((start) => start <= created),
      )
    );
  };
  const places: number[][] = slices.map(() => []);
  for (const [place, job] of jobs.entries()) places[partOf(job, place)]?.push(place);
  return slices.map((slice, part) => {
    const jobPlaces = places[part] ?? [];
    return { investigations: slice, jobs: jobPlaces.flatMap((place) => jobs[place] ?? []), jobPlaces };
  });
}

/** Rows of a part as they were read, not yet checked, with what their page says of itself. */
export interface PartRows {
  readonly investigations: readonly unknown[];
  readonly jobs: readonly unknown[];
  readonly split: SplitNote | undefined;
}

/** The rows of all parts in their places again. Throws a PostrunError (input) where pages do not belong together. */
export function joinRows(
  overview: SplitNote,
  parts: readonly PartRows[],
): { readonly investigations: unknown[]; readonly jobs: unknown[] } {
  const places = new Map<number, unknown>();
  for (const [index, { split, jobs }] of parts.entries()) {
    if (split?.id !== overview.id || split.part !== index + 1)
      throw new PostrunError(
        "input",
        `${overview.files[index]}: is not a part of this report`,
        "give the pages that were written together",
      );
    for (const [at, place] of split.jobPlaces.entries()) places.set(place, jobs[at]);
  }
  const isWhole = parts.length === overview.files.length;
  const order = [...places.keys()].sort((a, b) => a - b);
  if (!isWhole || order.some((place, index) => place !== index))
    throw new PostrunError("input", "the parts of this report do not make a whole", "give the pages that were written together");
  return { investigations: parts.flatMap(({ investigations }) => investigations), jobs: order.map((place) => places.get(place)) };
}
