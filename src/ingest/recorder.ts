import type { TimelineEvent } from "../model/event.js";
import { redactSecrets } from "../model/privacy/redaction.js";
import type { Diagnostic, Evidence, JobWatch, LineCounts, ParameterHint, Severity, SourceSummary } from "../model/source.js";
import { repairMojibake } from "../model/text/mojibake.js";
import { MOST_SHOWN } from "../model/text/shown-text.js";
import type { ClockId, EpochMs } from "../model/time.js";
import { EventTable } from "./event-table/event-table.js";
import type { Examination } from "./examination.js";

/** Examples kept with a diagnostic. */
const EXAMPLES = 5;

export type LineClass = "matched" | "ignored" | "unparsed";

/** What the reader must know about one source, or (without `source`) about the inputs as a whole. */
export interface ReadingNote {
  /** Index into the list of sources. */
  readonly source?: number;
  readonly diagnostic: Diagnostic;
}

/** What a written timeline brings along; it and the timeline's events point into these sources. */
export interface EmbeddedInputs {
  /** Undefined where a row cannot be believed: it holds the place of a source of which nothing is taken. */
  readonly sources: (SourceSummary | undefined)[];
  readonly hints: ParameterHint[];
  readonly notes: ReadingNote[];
}

/** What the reading of one source yields; one for each source, no state beyond. */
export class Recorder {
  readonly table: EventTable;
  readonly hints: ParameterHint[] = [];
  /** Set where the source is a written timeline. */
  embedded: EmbeddedInputs | undefined;
  readonly counts: LineCounts = { lines: 0, matched: 0, ignored: 0, unparsed: 0 };
  from: EpochMs | null = null;
  to: EpochMs | null = null;
  clock: ClockId | null = null;
  /** The zone of the clock, minutes east, where the source names it. */
  zoneMinutes: number | undefined;
  /** Every time names one. */
  zoned = false;
  /** Line of the last document that could not be read although rows of a watch follow it. */
  lostLine: number | undefined;
  /** The source says itself when its watches were up, and what bounds the clock of its arrivals. */
  selfDescribing = false;
  /** When nothing was missed of the Jobs, where the source tells that. */
  jobWatches: readonly JobWatch[] = [];
  /** What the source does not say of its date itself. */
  undated: "day" | "year" | undefined;
  /** The source says something, even where it holds no event (an empty List does). */
  usable = false;
  /** Set where the source is to be inspected. */
  examination: Examination | undefined;
  private readonly notes = new Map<
    string,
    { id: string; severity: Severity; count: number; values: Diagnostic["values"]; examples: Evidence[] }
  >();

  /**
   * @param source index into the list of sources
   * @param modifiedAt when the file was last written
   */
  constructor(
    readonly source: number,
    readonly path: string,
    readonly modifiedAt?: EpochMs,
  ) {
    this.table = new EventTable(source);
  }

  /** In the order in which they were read. */
  get events(): readonly TimelineEvent[] {
    return this.table.events;
  }

  emit(event: TimelineEvent): void {
    this.usable = true;
    this.table.add(event);
  }

  count(lineClass: LineClass, lines = 1): void {
    this.counts[lineClass] += lines;
    this.counts.lines += lines;
  }

  /** Widens the coverage to this moment of the source's clock. */
  see(at: EpochMs | undefined): void {
    if (at === undefined) return;
    if (this.from === null || at < this.from) this.from = at;
    if (this.to === null || at > this.to) this.to = at;
  }

  evidence(line: number, text?: string): Evidence {
    return text === undefined ? { source: this.source, line } : { source: this.source, line, text: excerpt(text) };
  }

  /** Notes something the reader must know. The same id is counted; the first values and examples stay. */
  diagnose(id: string, severity: Severity, values: Diagnostic["values"] = {}, example?: Evidence): void {
    const note = this.notes.get(id) ?? { id, severity, count: 0, values: { path: this.path, ...values }, examples: [] };
    note.count += 1;
    if (example && note.examples.length < EXAMPLES) note.examples.push(example);
    this.notes.set(id, note);
  }

  get diagnostics(): readonly Diagnostic[] {
    return [...this.notes.values()];
  }
}

/** Longest piece of a line that is searched for secrets [characters]; more than a reader sees, so that none is cut in two. */
const SEARCHED = 5000;

/** As much as a reader is shown, without secrets, as text of its own: a slice would keep the whole chunk it was cut from in memory. */
export function excerpt(text: string): string {
  return detach(redactSecrets(repairMojibake(text.slice(0, SEARCHED))).slice(0, MOST_SHOWN));
}

/** The same text without a hold on the chunk it was cut from. */
function detach(text: string): string {
  return Buffer.from(text, "utf16le").toString("utf16le");
}
