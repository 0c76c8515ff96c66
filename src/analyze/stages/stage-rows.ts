import { NumberRows } from "../../model/bytes/number-rows.js";
import type { ReportInvestigationStage } from "../../model/report.js";
import type { Evidence } from "../../model/source.js";
import { type EpochMs, isoFromEpoch, localIso } from "../../model/time.js";
import type { StageInterval } from "./stage-intervals.js";

const KIND = 0;
const FROM = 1;
const TO = 2;
const DURATION_MS = 3;
const RESOLUTION_MS = 4;
/** Source and line that begin it, then those that end it. */
const BEGIN = 5;
const END = 7;
/** What these lines say, where a reader is meant to see it. */
const TEXTS = 9;
const WIDTH = 11;

/** What few rows differ in, together in one number. */
interface RowKind {
  readonly stage: string;
  readonly outcome: StageInterval["outcome"];
  readonly anchored: boolean;
}

/** Cluster time of a reading of a clock; null where nothing anchors it. */
export type ClusterTime = (reading: EpochMs) => EpochMs | null;

/** Some of the rows, one after the other. */
export interface StageRange {
  readonly from: number;
  readonly count: number;
}

/** The stages of all investigations as the report lists them, in numbers: most of a large report are rows of stages, and each is made when it is asked for. */
export class StageRows {
  readonly #rows = new NumberRows(WIDTH);
  readonly #kinds: RowKind[] = [];
  readonly #texts: string[] = [];
  #last: { readonly range: StageRange; readonly stages: readonly ReportInvestigationStage[] } | undefined;

  /** @param clusterTime of the investigation's clock; null: nothing anchors it, and the stages keep their own time, as one does of which an end is not anchored */
  add(intervals: readonly StageInterval[], clusterTime: ClusterTime | null): StageRange {
    const from = this.#rows.length;
    for (const interval of intervals) this.#addRow(interval, clusterTime);
    return { from, count: intervals.length };
  }

  /** The same rows while nobody asks for others: whoever asks once will often ask again. */
  rowsOf(range: StageRange): readonly ReportInvestigationStage[] {
    if (range === this.#last?.range) return this.#last.stages;
    const stages: ReportInvestigationStage[] = [];
    for (let index = range.from; index < range.from + range.count; index += 1) stages.push(this.#row(index));
    this.#last = { range, stages };
    return stages;
  }

  #addRow(interval: StageInterval, clusterTime: ClusterTime | null): void {
    const { stage, outcome, from, to = Number.NaN, durationMs, resolutionMs, evidence } = interval;
    const rows = this.#rows;
    rows.add();
    const [start, end] = clusterTime === null ? [null, null] : [clusterTime(from), clusterTime(to)];
    const anchored = start !== null && end !== null;
    rows.set(KIND, this.#kindOf(stage, outcome, anchored));
    // As they are printed: what takes few bytes.
    rows.set(FROM, Math.round(anchored ? start : from));
    rows.set(TO, Math.round(anchored ? end : to));
    rows.set(DURATION_MS, durationMs ?? Number.NaN);
    rows.set(RESOLUTION_MS, resolutionMs);
    for (const [index, field] of [BEGIN, END].entries()) {
      const line = evidence[index];
      rows.set(field, line?.source ?? Number.NaN);
      rows.set(field + 1, line?.line ?? Number.NaN);
      rows.set(TEXTS + index, line?.text === undefined ? Number.NaN : this.#texts.push(line.text) - 1);
    }
  }

  #kindOf(stage: string, outcome: StageInterval["outcome"], anchored: boolean): number {
    const known = this.#kinds.findIndex((kind) => kind.stage === stage && kind.outcome === outcome && kind.anchored === anchored);
    return known < 0 ? this.#kinds.push({ stage, outcome, anchored }) - 1 : known;
  }

  #row(index: number): ReportInvestigationStage {
    // Asked for millions of times in a long run: nothing is made here but the row itself.
    const rows = this.#rows;
    const { stage, outcome, anchored } = this.#kinds[rows.get(index, KIND)] as RowKind;
    const [from, to] = [rows.get(index, FROM), rows.get(index, TO)];
    const duration = rows.get(index, DURATION_MS);
    const durationMs = Number.isNaN(duration) ? null : duration;
    const resolutionMs = rows.get(index, RESOLUTION_MS);
    const evidence = this.#evidence(index);
    const end = Number.isNaN(to) ? null : to;
    if (anchored)
      return { stage, from: isoFromEpoch(from), to: end === null ? null : isoFromEpoch(end), durationMs, resolutionMs, outcome, evidence };
    const local = { fromLocal: localIso(from), ...(end === null ? {} : { toLocal: localIso(end) }) };
    return { stage, from: null, to: null, ...local, durationMs, resolutionMs, outcome, evidence };
  }

  #evidence(index: number): Evidence[] {
    const rows = this.#rows;
    const evidence: Evidence[] = [{ source: rows.get(index, BEGIN), line: rows.get(index, BEGIN + 1) }];
    const end = rows.get(index, END);
    if (!Number.isNaN(end)) evidence.push({ source: end, line: rows.get(index, END + 1) });
    if (this.#texts.length === 0) return evidence;
    return evidence.map((line, place) => {
      const text = this.#texts[rows.get(index, TEXTS + place)];
      return text === undefined ? line : { ...line, text };
    });
  }
}
