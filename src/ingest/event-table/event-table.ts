/**
 * The events of one source. Those of a cluster and of logs are by far the most, so they stand in rows of numbers with their texts as bytes: a tenth
 * of what plain objects take, and quickly handed from one thread to another.
 */
import type { TimelineEvent } from "../../model/event.js";
import { API_REQUEST_WIDTH, ApiRequestRow, writeApiRequest } from "./api-request-row.js";
import { CLUSTER_EVENT_WIDTH, ClusterEventRow, writeClusterEvent } from "./cluster-event-row.js";
import { JOB_WIDTH, JobRow, writeJob } from "./job-row.js";
import { LOG_MARK_WIDTH, LogMarkRow, writeLogMark } from "./log-mark-row.js";
import { NumberRows, type PackedRows, type Place } from "./number-rows.js";
import { Parts } from "./parts.js";
import { POD_WIDTH, PodRow, writePod } from "./pod-row.js";
import { Row, RowWriter } from "./row.js";
import { type PackedTexts, Texts } from "./texts.js";

/** Kinds of rows, by their number in the order of events; the last stands for events that travel as they are. */
const WIDTHS = [JOB_WIDTH, POD_WIDTH, CLUSTER_EVENT_WIDTH, API_REQUEST_WIDTH, LOG_MARK_WIDTH] as const;
const [JOB, POD, CLUSTER_EVENT, API_REQUEST, LOG_MARK, PLAIN] = [0, 1, 2, 3, 4, 5] as const;

const ROWS = [JobRow, PodRow, ClusterEventRow, ApiRequestRow, LogMarkRow] as const;

/** Events on their way from one thread to another. */
export interface PackedEvents {
  readonly kinds: Uint8Array;
  /** In which row each event of a kind stands. */
  readonly indexes: Uint32Array;
  readonly rows: readonly PackedRows[];
  readonly texts: PackedTexts;
  readonly values: readonly object[];
  readonly plain: readonly TimelineEvent[];
}

export class EventTable {
  /** In the order in which they were read. */
  readonly events: TimelineEvent[] = [];
  readonly #parts = new Parts();
  readonly #rows: readonly NumberRows[];
  readonly #writers: readonly RowWriter[];

  /** @param source index of the source */
  constructor(private readonly source: number) {
    this.#rows = WIDTHS.map((width) => new NumberRows(width, { source, linesBefore: 0 }, this.#parts));
    this.#writers = this.#rows.map((rows) => new RowWriter(rows));
  }

  add(event: TimelineEvent): void {
    this.events.push(this.#stored(event));
  }

  #stored(event: TimelineEvent): TimelineEvent {
    if (event.evidence.source !== this.source) return event;
    if (event.type === "log-mark") return new LogMarkRow(...this.#write(LOG_MARK, writeLogMark, event));
    // Other rows have no room for the text of a line; only written timelines have it here.
    if (event.evidence.text !== undefined) return event;
    if (event.type === "job") return new JobRow(...this.#write(JOB, writeJob, event));
    if (event.type === "pod") return new PodRow(...this.#write(POD, writePod, event));
    if (event.type === "cluster-event") return new ClusterEventRow(...this.#write(CLUSTER_EVENT, writeClusterEvent, event));
    if (event.type === "api-request") return new ApiRequestRow(...this.#write(API_REQUEST, writeApiRequest, event));
    return event;
  }

  #write<T>(kind: number, write: (to: RowWriter, event: T) => void, event: T): [NumberRows, number] {
    const rows = this.#rows[kind];
    const writer = this.#writers[kind];
    if (rows === undefined || writer === undefined) throw new RangeError(`no rows of kind ${kind}`);
    rows.add();
    write(writer, event);
    return [rows, rows.length - 1];
  }

  /** As what can be handed to another thread; `transfer` are the buffers that go over without a copy, so nothing here can be asked any more. */
  pack(): { readonly packed: PackedEvents; readonly transfer: ArrayBuffer[] } {
    const { events } = this;
    const kinds = new Uint8Array(events.length);
    const indexes = new Uint32Array(events.length);
    const plain: TimelineEvent[] = [];
    for (const [order, event] of events.entries()) {
      const { kind, index } = this.#place(event, plain);
      kinds[order] = kind;
      indexes[order] = index;
    }
    const rows = this.#rows.map((ofKind) => ofKind.pack());
    const texts = this.#parts.texts.pack();
    const views = [kinds, indexes, texts.bytes, texts.ends];
    const transfer = [
      ...views.flatMap(({ buffer }) => (buffer instanceof ArrayBuffer ? [buffer] : [])),
      ...rows.flatMap(({ blocks }) => blocks),
    ];
    return { packed: { kinds, indexes, rows, texts, values: this.#parts.values, plain }, transfer };
  }

  #place(event: TimelineEvent, plain: TimelineEvent[]): { kind: number; index: number } {
    if (event instanceof Row) return { kind: this.#rows.indexOf(event.rows), index: event.index };
    return { kind: PLAIN, index: plain.push(event) - 1 };
  }
}

/** The events that another thread has read, as they stand here. */
export function unpackEvents({ kinds, indexes, rows, texts, values, plain }: PackedEvents, place: Place): TimelineEvent[] {
  const parts = new Parts(Texts.unpack(texts), [...values]);
  const tables = WIDTHS.map((width, kind) => NumberRows.unpack(width, place, parts, rows[kind] ?? { blocks: [], length: 0 }));
  const [jobs, pods, clusterEvents, apiRequests, logMarks] = tables;
  if (!jobs || !pods || !clusterEvents || !apiRequests || !logMarks) throw new RangeError("events without rows");
  const events: TimelineEvent[] = [];
  for (const [order, kind] of kinds.entries()) {
    const index = indexes[order] ?? 0;
    if (kind === JOB) events.push(new JobRow(jobs, index));
    else if (kind === POD) events.push(new PodRow(pods, index));
    else if (kind === CLUSTER_EVENT) events.push(new ClusterEventRow(clusterEvents, index));
    else if (kind === API_REQUEST) events.push(new ApiRequestRow(apiRequests, index));
    else if (kind === LOG_MARK) events.push(new LogMarkRow(logMarks, index));
    else events.push(...plain.slice(index, index + 1));
  }
  return events;
}

/** The event with properties of its own. */
export function plainEvent(event: TimelineEvent): TimelineEvent {
  for (const ofKind of ROWS) if (event instanceof ofKind) return event.toJSON();
  return event;
}
