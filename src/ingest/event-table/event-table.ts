/**
 * The events of one source. Those of a cluster and of logs are by far the most, so they stand in rows of numbers with their texts as bytes: a tenth
 * of what plain objects take, and quickly handed from one thread to another.
 */

import type { PackedRows } from "../../model/bytes/number-rows.js";
import type { TimelineEvent } from "../../model/event.js";
import type { DurationMs } from "../../model/time.js";
import { API_REQUEST_WIDTH, ApiRequestRow, writeApiRequest } from "./api-request-row.js";
import { CLUSTER_EVENT_WIDTH, ClusterEventRow, writeClusterEvent } from "./cluster-event-row.js";
import { EventOrder } from "./event-order.js";
import { EventRows, type Place } from "./event-rows.js";
import { JOB_WIDTH, JobRow, writeJob } from "./job-row.js";
import { LOG_MARK_WIDTH, LogMarkRow, writeLogMark } from "./log-mark-row.js";
import { Parts } from "./parts.js";
import { POD_WIDTH, PodRow, writePod } from "./pod-row.js";
import { RowWriter } from "./row.js";
import { type PackedTexts, Texts } from "./texts.js";

/** Kinds of rows, by their number in the order of events; the last stands for events that travel as they are. */
const WIDTHS = [JOB_WIDTH, POD_WIDTH, CLUSTER_EVENT_WIDTH, API_REQUEST_WIDTH, LOG_MARK_WIDTH] as const;
const [JOB, POD, CLUSTER_EVENT, API_REQUEST, LOG_MARK, PLAIN] = [0, 1, 2, 3, 4, 5] as const;
type Kind = typeof JOB | typeof POD | typeof CLUSTER_EVENT | typeof API_REQUEST | typeof LOG_MARK | typeof PLAIN;
const KINDS: Readonly<Partial<Record<TimelineEvent["type"], Kind>>> = {
  job: JOB,
  pod: POD,
  "cluster-event": CLUSTER_EVENT,
  "api-request": API_REQUEST,
};

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
  readonly arrivalMs: DurationMs | undefined;
}

export class EventTable {
  readonly #order = new EventOrder();
  readonly #plain: TimelineEvent[] = [];
  readonly #parts = new Parts();
  readonly #place: Place;
  readonly #rows: readonly EventRows[];
  readonly #writers: readonly RowWriter[];
  #events: TimelineEvent[] | undefined;

  /** @param source index of the source */
  constructor(private readonly source: number) {
    this.#place = { source, linesBefore: 0 };
    this.#rows = WIDTHS.map((width) => new EventRows(width, this.#place, this.#parts));
    this.#writers = this.#rows.map((rows) => new RowWriter(rows));
  }

  /** In the order in which they were read. They are made when somebody asks for them: nobody does where they are for another thread. */
  get events(): readonly TimelineEvent[] {
    this.#events ??= eventsOf(this.#order, this.#rows, this.#plain);
    return this.#events;
  }

  get length(): number {
    return this.#order.length;
  }

  /** Whether all of them are of a type that stands in no rows. */
  holdsOnly(type: Extract<TimelineEvent["type"], "test-result">): boolean {
    return this.#plain.length === this.length && this.#plain.every((event) => event.type === type);
  }

  add(event: TimelineEvent): void {
    this.#events = undefined;
    const kind = this.#kindOf(event);
    this.#order.add(kind, kind === PLAIN ? this.#plain.push(event) - 1 : this.#write(kind, event));
  }

  /** How fine all times of arrival are; undefined where each is as fine as it is printed. */
  settleArrivals(resolutionMs: DurationMs | undefined): void {
    this.#place.arrivalMs = resolutionMs;
  }

  /** In the order of their lines; those of one line stay as they were. */
  sortByLine(): void {
    const { events } = this;
    this.#order.reorder([...events.keys()].sort((a, b) => lineOf(events, a) - lineOf(events, b)));
    this.#events = undefined;
  }

  #kindOf(event: TimelineEvent): Kind {
    if (event.evidence.source !== this.source) return PLAIN;
    if (event.type === "log-mark") return LOG_MARK;
    // Other rows have no room for the text of a line; only written timelines have it here.
    if (event.evidence.text !== undefined) return PLAIN;
    return KINDS[event.type] ?? PLAIN;
  }

  /** Returns in which row of its kind it stands. */
  #write(kind: Kind, event: TimelineEvent): number {
    const rows = this.#rows[kind];
    const writer = this.#writers[kind];
    if (rows === undefined || writer === undefined) throw new RangeError(`no rows of kind ${kind}`);
    rows.add();
    if (event.type === "log-mark") writeLogMark(writer, event);
    else if (event.type === "job") writeJob(writer, event);
    else if (event.type === "pod") writePod(writer, event);
    else if (event.type === "cluster-event") writeClusterEvent(writer, event);
    else if (event.type === "api-request") writeApiRequest(writer, event);
    return rows.length - 1;
  }

  /** As what can be handed to another thread; `transfer` are the buffers that go over without a copy, so nothing here can be asked any more. */
  pack(): { readonly packed: PackedEvents; readonly transfer: ArrayBuffer[] } {
    const { kinds, indexes } = this.#order.pack();
    const rows = this.#rows.map((ofKind) => ofKind.pack());
    const texts = this.#parts.texts.pack();
    const views = [kinds, indexes, texts.bytes, texts.ends];
    const transfer = [
      ...views.flatMap(({ buffer }) => (buffer instanceof ArrayBuffer ? [buffer] : [])),
      ...rows.flatMap(({ blocks }) => blocks),
    ];
    return {
      packed: { kinds, indexes, rows, texts, values: this.#parts.values, plain: this.#plain, arrivalMs: this.#place.arrivalMs },
      transfer,
    };
  }
}

/** The events that another thread has read, as they stand here. */
export function unpackEvents(
  { kinds, indexes, rows, texts, values, plain, arrivalMs }: PackedEvents,
  { source, linesBefore }: Place,
): TimelineEvent[] {
  const parts = new Parts(Texts.unpack(texts), [...values]);
  const place = { source, linesBefore, arrivalMs };
  const tables = WIDTHS.map((width, kind) => new EventRows(width, place, parts, rows[kind]));
  return eventsOf(new EventOrder(kinds, indexes), tables, plain);
}

function eventsOf(order: EventOrder, rows: readonly EventRows[], plain: readonly TimelineEvent[]): TimelineEvent[] {
  const [jobs, pods, clusterEvents, apiRequests, logMarks] = rows;
  if (!jobs || !pods || !clusterEvents || !apiRequests || !logMarks) throw new RangeError("events without rows");
  const events: TimelineEvent[] = [];
  for (let place = 0; place < order.length; place += 1) {
    const kind = order.kindAt(place);
    const index = order.indexAt(place);
    if (kind === JOB) events.push(new JobRow(jobs, index));
    else if (kind === POD) events.push(new PodRow(pods, index));
    else if (kind === CLUSTER_EVENT) events.push(new ClusterEventRow(clusterEvents, index));
    else if (kind === API_REQUEST) events.push(new ApiRequestRow(apiRequests, index));
    else if (kind === LOG_MARK) events.push(new LogMarkRow(logMarks, index));
    else events.push(...plain.slice(index, index + 1));
  }
  return events;
}

function lineOf(events: readonly TimelineEvent[], place: number): number {
  return events[place]?.evidence.line ?? Number.NaN;
}

/** The event with properties of its own. */
export function plainEvent(event: TimelineEvent): TimelineEvent {
  for (const ofKind of ROWS) if (event instanceof ofKind) return event.toJSON();
  return event;
}
