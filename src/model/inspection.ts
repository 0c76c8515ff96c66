import type { MissingPiece, Report, ReportClock } from "./report.js";
import type { Diagnostic, SourceSummary } from "./source.js";

/** What lines that no pattern matched have in common. */
export interface UnmatchedShape {
  /** Numbers, ids and quoted texts masked. */
  readonly shape: string;
  /** At least so many; exact for sources of ordinary variety. */
  readonly count: number;
  /** Where such a line stands first. */
  readonly line: number;
  readonly example: string;
}

/** One input as `postrun inspect` sees it. */
export interface InspectedSource extends SourceSummary {
  /** The line by which the format was recognised; absent where it took more than one line. */
  readonly why?: { readonly line: number; readonly text: string };
  /** Facts read from it, by kind. */
  readonly events: Readonly<Record<string, number>>;
  /** What each pattern of the profile matched, zero included; empty for sources that patterns are not held against. */
  readonly patterns: Readonly<Record<string, number>>;
  readonly unmatched: number;
  readonly shapes: readonly UnmatchedShape[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What the inputs are, before any question is asked of them. */
export interface Inspection {
  readonly schemaVersion: 1;
  readonly tool: Report["tool"];
  readonly profile: string;
  readonly sources: readonly InspectedSource[];
  /** Of all inputs together; absent where they do not go together, or hold nothing: then `problem` says so. */
  readonly run?: Report["run"] & { readonly investigations: number; readonly jobs: number };
  readonly clocks: readonly ReportClock[];
  readonly diagnostics: readonly Diagnostic[];
  readonly missing: readonly MissingPiece[];
  readonly problem?: { readonly message: string; readonly hint?: string };
}
