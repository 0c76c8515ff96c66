import type { ClockId, EpochMs } from "./time.js";

/** Where a fact was read: an index into the list of sources, and a physical line (from 1) of the decoded, decompressed text. */
export interface Evidence {
  readonly source: number;
  readonly line: number;
  /** The line itself or its message, redacted and at most 300 characters; only where a reader is meant to see it. */
  readonly text?: string;
}

/** The place of a line as one number, to look it up among many. */
export function placeOf({ source, line }: Evidence): number {
  return source * 2 ** 32 + line;
}

/** Every line of a source is in exactly one class: `matched + ignored + unparsed = lines`. */
export interface LineCounts {
  lines: number;
  /** The record was understood and used. */
  matched: number;
  /** The record was understood and is of no use here (or says nothing). */
  ignored: number;
  /** The record could not be read. */
  unparsed: number;
}

/** A stretch in which a capture of postrun's own missed nothing of the Jobs that it watches: from a complete list of them on. */
export interface JobWatch {
  /** Empty: all namespaces. */
  readonly namespace: string;
  /** When the list was complete, and until when nothing was missed after it; in the clock of the source. */
  readonly from: EpochMs;
  readonly to: EpochMs;
  /** Where the source says that the list is complete. */
  readonly line: number;
  /** Only Jobs with certain labels. */
  readonly selected?: true;
}

/** One input after it was read. */
export interface SourceSummary extends Readonly<LineCounts> {
  /** As given on the command line, or relative to the folder that was given. */
  readonly path: string;
  readonly sha256: string;
  /** Id of the ingester that read it. */
  readonly format: string;
  readonly encoding: string;
  /** Size of the file as stored (compressed). */
  readonly bytes: number;
  /** First and last time seen in it, in its own clock; null where no stamp was seen. */
  readonly from: EpochMs | null;
  readonly to: EpochMs | null;
  readonly clock: ClockId | null;
  /** The zone of its clock, minutes east, where the source itself names it. */
  readonly zoneMinutes?: number;
  /** Every time in it names its zone: summer time moves none of its readings. */
  readonly zoned?: true;
  /** Line of the last document that could not be read although rows of a watch follow it. */
  readonly lostLine?: number;
  /** It says itself when its watches were up, and what bounds the clock of its arrivals. */
  readonly selfDescribing?: true;
  /** In order of time; only of a capture that tells when its watches were up. */
  readonly jobWatches?: readonly JobWatch[];
  /** What its times do not say themselves, so that it is a guess: their day, or only their year. */
  readonly undated?: "day" | "year";
}

/** `warning`: something may be missing or wrong; `error`: something is. */
export type Severity = "info" | "warning" | "error";

/** Something the reader must know about the input or the analysis; its sentence is in the locales under `id`. */
export interface Diagnostic {
  readonly id: string;
  readonly severity: Severity;
  readonly count: number;
  readonly values: Readonly<Record<string, string | number>>;
  readonly examples: readonly Evidence[];
}

/** A sentence to be said later, in any language: a key of the locales and the values for its placeholders. */
export interface Reason {
  readonly key: string;
  readonly values: Readonly<Record<string, string | number>>;
}

/** A `detect` expression of the profile that matched a log message or a file's name (then line 0): the value of a parameter. */
export interface ParameterHint {
  readonly parameter: string;
  readonly value: string | number;
  readonly evidence: Evidence;
}
